"""Which of the titles that a page and its feed give is the release's own?

Many sites give every page the same metadata, or head every page with the name of its section.
What a feed says is about this one release, so a title of the page that the feed confirms is
believed first; it is often the longer form. Where nothing on the page confirms the feed, only
metadata that describes an article stands before it. The text of a link is often no more than how
the title begins: then the page's own goes on. What a site puts behind each title is cut
off only where another witness shows that the title ends there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from lxml.html import HtmlElement
from parsel import Selector

from crawler.extract.errors import WithoutTitle
from crawler.extract.metadata import Metadata
from crawler.extract.selectors import texts_at
from crawler.texts import one_line
from domain.release import Entry, Witness
from domain.source import Feed, FeedKind

Stated = tuple[str, Witness]

SEPARATOR = re.compile(r"\s+(?:[|–—»·•-]|::)\s")
CUT_OFF = re.compile(r"\s*(?:…|\.\.\.|\[…\])$")


def best_title(tree: HtmlElement, about: Metadata, *, entry: Entry, feed: Feed) -> Stated:
    """The release's title, and who says so.

    Raises WithoutTitle where nobody says any.
    """
    recipe = feed.release.title
    found = texts_at(Selector(root=tree), recipe) if recipe else []
    for text in found:
        if title := one_line(text):
            return title, Witness.RECIPE
    page = [
        (about.json_title, Witness.JSON_LD),
        (about.meta_title, Witness.META),
        (about.heading, Witness.HEADING),
        (about.window_title, Witness.META),
    ]
    stated = [(title, witness) for title, witness in page if title]
    if not stated and not entry.title:
        raise WithoutTitle(
            f"{entry.url} names no title, and neither does its feed",
            next_step="Name the title's place in the source's file, under release",
        )
    if not entry.title:
        return _agreed(stated)
    return _confirmed(stated, entry.title, is_link=feed.kind is FeedKind.LISTING)


def _confirmed(stated: Sequence[Stated], said: str, *, is_link: bool) -> Stated:
    """The page's form of the title that the feed gives."""
    for title, witness in stated:
        if common := _common(title, said):
            return common, witness
    if is_link and (longer := [item for item in stated if _goes_on(item[0], said)]):
        return longer[0]
    specific = [item for item in stated if item[1] is Witness.JSON_LD]
    is_cut = CUT_OFF.search(said) is not None
    return next(iter([*specific, *(stated if is_cut else ())]), (said, Witness.FEED))


def _agreed(stated: Sequence[Stated]) -> Stated:
    """The first title that another witness confirms, else simply the first.

    >>> _agreed([("A vote | Ministry", Witness.META), ("A vote", Witness.HEADING)])
    ('A vote', <Witness.META: 'meta'>)
    """
    for (title, witness), (other, by) in combinations(stated, 2):
        if witness is not by and (common := _common(title, other)):
            return common, witness
    return stated[0]


def _goes_on(title: str, said: str) -> bool:
    return title.casefold().startswith(said.casefold())


def _common(title: str, other: str) -> str:
    """The title that two witnesses mean: without a site's name, not cut off; or empty.

    >>> _common("A vote - News - Ministry", "A vote"), _common("A vote in May", "A vote…")
    ('A vote', 'A vote in May')
    """
    short, long = sorted((title, other), key=len)
    if short.casefold() == long.casefold():
        return title
    is_start = long[: len(short)].casefold() == short.casefold()
    if is_start and SEPARATOR.match(long[len(short) :]):
        return short
    whole, cut = (title, other) if CUT_OFF.search(other) else (other, title)
    beginning = CUT_OFF.sub("", cut)
    is_cut = beginning != cut and whole[: len(beginning)].casefold() == beginning.casefold()
    return whole if is_cut and beginning else ""
