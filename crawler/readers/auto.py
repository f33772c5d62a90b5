"""What does a page list, when nobody has described it?

Releases stand in items that repeat, with a date each. So every item with a title and a date is
an entry, and so is every item that is built as one of those, or stands in a row with it, with a
date or without. Nothing here knows how a site names its parts, so a redesign that keeps being a
list keeps working. On a page without such dates the largest group of items built alike is taken,
by their titles: menus have more links, but shorter words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.page import Page
from crawler.readers.items import Item, is_title, items_of
from crawler.readers.keys import absolute
from crawler.readers.listed import Listed
from domain.release import Entry, EntryKey
from domain.source import Feed
from domain.urls import canonical_url

# Fewer are no list.
REPEATED = 3
Path = tuple[tuple[str, str], ...]


def read_auto(tree: HtmlElement, *, base: str, page: Page, feed: Feed) -> Listed:
    """The entries that a page lists, found without a recipe, and where the next page stands."""
    found = items_of(tree, base=base, feed=feed)
    items = [item for item in found if item.title and not _is_home(item.url)]
    return Listed(
        entries=tuple(_entry(item) for item in _chosen(items)),
        next_url=_next_url(tree, base=base, page=page),
        hint=f"no links that repeat with dates on a good page of {len(page.body) / 1000:.0f} kB;"
        " name them by 'item', 'link' and 'title' under 'listing'",
    )


def _is_home(url: str) -> bool:
    """True for the first page of a site, which is no release wherever a list leads to it."""
    parts = urlsplit(url)
    return parts.path in {"", "/"} and not parts.query


def _entry(item: Item) -> Entry:
    return Entry(
        key=EntryKey(canonical_url(item.url)),
        url=item.url,
        title=item.title,
        published_at=item.published_at,
    )


def _chosen(items: Sequence[Item]) -> list[Item]:
    dated = [item for item in items if item.published_at]
    if len(dated) < REPEATED:
        group = {item.url for item in _largest_group(items)}
        return [item for item in items if item.published_at or item.url in group]
    paths, rows = {_path(item) for item in dated}, {_row(item) for item in dated}
    return [
        item
        for item in items
        if item.published_at
        or (is_title(item.title) and (_path(item) in paths or _row(item) in rows))
    ]


def _largest_group(items: Sequence[Item]) -> list[Item]:
    groups: dict[tuple[str, ...], list[Item]] = defaultdict(list)
    for item in items:
        groups[tuple(tag for tag, _ in _path(item))].append(item)
    repeated = (_titled(group) for group in groups.values() if len(group) >= REPEATED)
    return max(repeated, key=_weight, default=[])


def _titled(group: Sequence[Item]) -> list[Item]:
    """The items with whole titles; all where there are too few, for some sites title briefly."""
    titled = [item for item in group if is_title(item.title)]
    return titled if len(titled) >= REPEATED else list(group)


def _weight(group: Sequence[Item]) -> tuple[bool, int]:
    return all(is_title(item.title) for item in group), len(group)


def _path(item: Item) -> Path:
    """How the item's link is built into the page."""
    parts = [item.link, *item.link.iterancestors()]
    return tuple((part.tag, part.get("class", "")) for part in parts)


def _row(item: Item) -> tuple[HtmlElement | None, str]:
    return item.whole.getparent(), item.whole.tag


def _next_url(tree: HtmlElement, *, base: str, page: Page) -> str | None:
    links = tree.xpath("//*[self::a or self::link][@rel='next']/@href")
    url = absolute(base, next(iter(links), ""))
    return url if url and url != page.url else None
