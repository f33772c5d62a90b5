"""Which links of a page stand in an item of their own, and what does the item say?

An item is the largest part of a page that leads to one address only: a row of a table, a point
of a list, a card. What stands in it belongs to that address: its title, its date. Where a list
is flat (``<dt>date</dt><dd>link</dd>``) the date stands beside the item, always before or always
after it; where both could be, no date is taken, for a wrong one is worse than none.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from lxml import etree
from lxml.html import HtmlElement

from crawler.extract.dates import read_date
from crawler.readers.keys import absolute
from crawler.texts import one_line
from domain.source import Feed
from domain.urls import canonical_url

# What every page of a site shows; lists of releases stand elsewhere.
FURNITURE = frozenset({"nav", "footer", "aside", "script", "style", "template", "noscript"})
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# A text with a date in it that is longer is about that day, and was not published on it.
LONGEST_DATE = 60
# An address that comes back so often, with others between, is a category's or the site's own.
RECURRING = 3
# A text that so many links share says "read more", and is nobody's title.
SHARED = 3
# A shorter text is more often a button, or a label, than a title.
LETTERS_OF_A_TITLE = 20
# Scripts that say as much in fewer letters begin here.
DENSE_SCRIPTS = "\u2e80"
LETTERS_IN_DENSE_SCRIPTS = 8
SEVERAL = ""
# What scripts show as a date.
DATED = re.compile(r"^data-.*(?:date|publish)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A link that stands for itself, and the part of the page that speaks of it only."""

    url: str
    link: HtmlElement
    whole: HtmlElement
    title: str
    published_at: datetime | None


def items_of(tree: HtmlElement, *, base: str, feed: Feed) -> tuple[Item, ...]:
    """The items of a page, in its order; not what belongs to the furniture of the site."""
    links = _links(tree, base=base, own={canonical_url(feed.url), canonical_url(base)})
    beneath = _addresses_beneath(links)
    shared = _shared_texts(links)
    items = []
    for url, elements in links.items():
        whole = _whole(elements[0], url, beneath)
        title = _title(elements, whole=whole, feed=feed, shared=shared)
        moment = next(dates_in(whole, title=title, feed=feed), None)
        items.append(Item(url=url, link=elements[0], whole=whole, title=title, published_at=moment))
    return _dated_beside(items, leading=beneath.keys(), feed=feed)


def is_title(text: str) -> bool:
    """True for what is long enough to be a title even where nothing else shows that it is one.

    >>> is_title("Read more"), is_title("Statement on the elections"), is_title("選挙に関する談話")
    (False, True, True)
    """
    is_dense = any(letter >= DENSE_SCRIPTS for letter in text)
    return len(text) >= (LETTERS_IN_DENSE_SCRIPTS if is_dense else LETTERS_OF_A_TITLE)


def _links(tree: HtmlElement, *, base: str, own: Iterable[str]) -> dict[str, list[HtmlElement]]:
    """Addresses with the elements that lead there."""
    found: list[tuple[str, HtmlElement]] = []
    walk = etree.iterwalk(tree, events=("start",))
    for _, element in walk:
        if element.tag in FURNITURE or element.get("role") == "navigation":
            walk.skip_subtree()
        elif element.tag == "a" and (url := absolute(base, element.get("href", ""))):
            found.append((url, element))
    keys = [canonical_url(url) for url, _ in found]
    runs = Counter(key for key, _ in groupby(keys))
    links: dict[str, list[HtmlElement]] = {}
    first: dict[str, str] = {}
    for key, (url, element) in zip(keys, found, strict=True):
        if runs[key] < RECURRING and key not in own:
            links.setdefault(first.setdefault(key, url), []).append(element)
    return links


def _addresses_beneath(links: dict[str, list[HtmlElement]]) -> dict[HtmlElement, str]:
    """To each element the one address that it leads to, or that it leads to several."""
    beneath: dict[HtmlElement, str] = {}
    for url, elements in links.items():
        for element in elements:
            for part in (element, *element.iterancestors()):
                known = beneath.setdefault(part, url)
                if known == SEVERAL:
                    break
                if known != url:
                    beneath[part] = SEVERAL
    return beneath


def _shared_texts(links: dict[str, list[HtmlElement]]) -> frozenset[str]:
    texts = Counter(
        text for elements in links.values() for text in {_said(element) for element in elements}
    )
    return frozenset(text for text, count in texts.items() if count >= SHARED)


def _whole(link: HtmlElement, url: str, beneath: dict[HtmlElement, str]) -> HtmlElement:
    whole = link
    for part in link.iterancestors():
        if part.tag in {"body", "html"} or beneath[part] != url:
            break
        whole = part
    return whole


def _said(element: HtmlElement) -> str:
    return one_line(" ".join(element.itertext()))


def _title(
    links: Sequence[HtmlElement], *, whole: HtmlElement, feed: Feed, shared: frozenset[str]
) -> str:
    """What the link's heading says, else the link; where that is "read more", what stands first."""
    for link in links:
        around = next(link.iterancestors(*HEADINGS), None)
        if heading := heading_of(link if around is None else around):
            return heading
    texts = [_own_words(link, feed) for link in links]
    own = max((text for text in texts if text not in shared), key=len, default="")
    return own or heading_of(whole) or _first_words(whole, feed) or max(texts, key=len)


def heading_of(scope: HtmlElement) -> str:
    """What the first heading of a part of a page says; empty where it has none."""
    return next((text for part in scope.iter(*HEADINGS) if (text := _said(part))), "")


def _first_words(scope: HtmlElement, feed: Feed) -> str:
    pieces = (one_line(text) for text in scope.itertext())
    return next((piece for piece in pieces if is_title(piece) and not _date(piece, feed)), "")


def _own_words(link: HtmlElement, feed: Feed) -> str:
    """A link's text; without the date, where it encloses one."""
    pieces = [piece for text in link.itertext() if (piece := one_line(text))]
    others = [piece for piece in pieces if not _date(piece, feed)]
    is_mixed = 0 < len(others) < len(pieces)
    return max(others, key=len) if is_mixed else " ".join(pieces)


def dates_in(scope: HtmlElement, *, title: str, feed: Feed) -> Iterator[datetime]:
    """The dates that a part of a page states, the surest first."""
    for element in scope.iter("time"):
        if moment := _date(element.get("datetime", ""), feed):
            yield moment
    for element in scope.iter("*"):
        for name, text in element.items():
            if DATED.search(str(name)) and (moment := _date(str(text), feed)):
                yield moment
    for text in _short_texts(scope):
        if text not in title and (moment := _date(text, feed)):
            yield moment


def _short_texts(scope: HtmlElement) -> Iterator[str]:
    """What stands in each element and between them, where it is short."""
    for element in scope.iter("*"):
        if element.tag not in FURNITURE:
            yield _shortly([element.text or ""])
            # Days are often written in pieces; around a link the pieces are not of one text.
            if next(element.iter("a"), None) is None:
                yield _shortly(element.itertext())
        if element is not scope:
            yield _shortly([element.tail or ""])


def _shortly(texts: Iterable[str]) -> str:
    """Texts on one line; nothing where they are too long to be a date."""
    said: list[str] = []
    letters = 0
    for text in texts:
        said.append(text)
        letters += len(text.strip())
        if letters > LONGEST_DATE:
            return ""
    return one_line(" ".join(said))


def _date(text: str, feed: Feed) -> datetime | None:
    if len(text) > LONGEST_DATE or not any(map(str.isdigit, text)):
        return None
    return read_date(text, zone=feed.zone, languages=feed.languages)


def _dated_beside(
    items: Sequence[Item], *, leading: Collection[HtmlElement], feed: Feed
) -> tuple[Item, ...]:
    """The items, with the dates that stand beside them in flat lists."""
    lists: dict[HtmlElement, list[Item]] = defaultdict(list)
    for item in items:
        lists[item.whole.getparent()].append(item)
    found: dict[str, datetime] = {}
    for parent, siblings in lists.items():
        if not any(item.published_at for item in siblings):
            between = _dates_between(parent, siblings, leading=leading, feed=feed)
            found |= _beside(siblings, between)
    return tuple(
        replace(item, published_at=item.published_at or found.get(item.url)) for item in items
    )


def _dates_between(
    parent: HtmlElement, siblings: Sequence[Item], *, leading: Collection[HtmlElement], feed: Feed
) -> list[datetime | None]:
    """The first date before the first item, between each two, and after the last."""
    wholes = {item.whole for item in siblings}
    dates = [_date(_shortly([parent.text or ""]), feed)]
    for child in parent.iterchildren("*"):
        if child in wholes:
            dates.append(None)
        elif child not in leading:
            dates[-1] = dates[-1] or next(dates_in(child, title="", feed=feed), None)
        dates[-1] = dates[-1] or _date(_shortly([child.tail or ""]), feed)
    return dates


def _beside(siblings: Sequence[Item], between: Sequence[datetime | None]) -> dict[str, datetime]:
    """Each item's date, where the dates clearly stand before the items, or after them."""
    if bool(between[0]) == bool(between[-1]):
        return {}
    dates = between[:-1] if between[0] else between[1:]
    dated = {item.url: moment for item, moment in zip(siblings, dates, strict=True) if moment}
    return dated if len(dated) * 2 >= len(siblings) else {}
