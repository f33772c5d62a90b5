"""What does a page that lists releases list? What the source's recipe says, if it has one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from lxml.html import HtmlElement
from parsel import Selector

from crawler.extract.dates import read_date
from crawler.extract.selectors import texts_at
from crawler.page import Page, page_tree
from crawler.readers.auto import read_auto
from crawler.readers.items import SHARED
from crawler.readers.keys import absolute
from crawler.readers.listed import Listed
from crawler.texts import element_text, one_line
from crawler.walls import check_page
from domain.release import Entry, EntryKey
from domain.source import Feed, ListingRecipe
from domain.urls import canonical_url

# A menu and an imprint; what lists releases says more.
LETTERS_OF_A_SHELL = 200
BUILT_BY_SCRIPTS = (
    "scripts build this page, and are not run; see in a browser which data they fetch, and declare"
    " those as 'kind: api', or look for a feed"
)


def read_listing(page: Page, feed: Feed) -> Listed:
    """The entries that a page lists, and where the next page stands.

    Raises Refused or Gone where it is no page but a wall.
    """
    tree = page_tree(page)
    check_page(tree, url=page.url, body=page.body)
    root = Selector(root=tree, type="html")
    base = _base(root, page)
    recipe = feed.listing
    if recipe is None:
        listed = read_auto(tree, base=base, page=page, feed=feed)
    else:
        listed = _described(root, recipe=recipe, base=base, page=page, feed=feed)
    hint = listed.hint if listed.entries or not _is_shell(tree) else BUILT_BY_SCRIPTS
    return replace(listed, entries=_titled(listed.entries), hint=hint)


def _is_shell(tree: HtmlElement) -> bool:
    """True for a page that says next to nothing, and brings scripts that may say it."""
    has_scripts = next(tree.iter("script"), None) is not None
    return has_scripts and len(element_text(tree)) < LETTERS_OF_A_SHELL


def _described(
    root: Selector, *, recipe: ListingRecipe, base: str, page: Page, feed: Feed
) -> Listed:
    items = root.css(recipe.item)
    entries = tuple(_entry(item, recipe=recipe, feed=feed, base=base) for item in items)
    return Listed(
        entries=entries,
        next_url=_next_url(root, recipe=recipe, base=base, page=page),
        hint=f"'{recipe.item}' found nothing on a good page of {len(page.body) / 1000:.0f} kB;"
        " has the site been redesigned?",
    )


def _base(root: Selector, page: Page) -> str:
    """What relative addresses are relative to: <base href>, else the page itself."""
    return absolute(page.url, root.css("base::attr(href)").get("")) or page.url


def _entry(item: Selector, *, recipe: ListingRecipe, feed: Feed, base: str) -> Entry:
    link = _first(item, recipe.link)
    url = absolute(base, link)
    title = _first(item, recipe.title)
    date = _first(item, recipe.date) if recipe.date else ""
    return Entry(
        key=EntryKey(canonical_url(url) if url else title),
        url=url,
        title=title,
        published_at=read_date(date, zone=feed.zone, languages=feed.languages) if date else None,
    )


def _titled(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries; without titles that so many share, or all: whatever the words, they say "more".

    Their pages know better.
    """
    pairs = {(entry.key, entry.title) for entry in entries}
    counts = Counter(title for _, title in pairs)
    generic = {
        title for title, count in counts.items() if count >= SHARED or 1 < count == len(pairs)
    }
    return tuple(
        replace(entry, title="") if entry.url and entry.title in generic else entry
        for entry in entries
    )


def _next_url(root: Selector, *, recipe: ListingRecipe, base: str, page: Page) -> str | None:
    link = _first(root, recipe.next) if recipe.next else ""
    url = absolute(base, link)
    return url if url and url != page.url else None


def _first(scope: Selector, selector: str) -> str:
    return next((line for text in texts_at(scope, selector) if (line := one_line(text))), "")
