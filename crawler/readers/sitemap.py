"""What does a sitemap list? Pages of a site, or, in an index, other maps.

A map says when a page was changed last, or when the site was built again: which of the two,
nobody knows. So ``lastmod`` only tells what to look at first, and is nobody's date of
publication; the extension for news has that, and titles.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from lxml import etree

from crawler.extract.dates import read_date
from crawler.page import Page, page_tree
from crawler.readers.entities import refuse_entities
from crawler.readers.keys import absolute
from crawler.readers.listed import Listed
from crawler.texts import one_line
from crawler.walls import check_page
from domain.errors import ParseError, TooLarge
from domain.release import Entry, EntryKey
from domain.source import Feed
from domain.urls import canonical_url

GZIP = b"\x1f\x8b"
# Of one map, unpacked. The protocol allows more; no map of a press office comes near.
MOST_BYTES = 20_000_000
# As many as a map of news may hold.
MOST_PAGES = 1000
# Of an index: each is a request, and those that changed last hold what is new.
MOST_MAPS = 10
END = re.compile(rb"</(?:\w+:)?(?:urlset|sitemapindex)\s*>")
NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """What a map says of one page, or of another map."""

    is_map: bool
    url: str
    lastmod: datetime | None
    title: str
    published_at: datetime | None


def read_sitemap(page: Page, feed: Feed) -> Listed:
    """The pages of a map whose addresses the source's file asks for, or the maps of an index.

    Raises ParseError where it is no map, or one that could harm; TooLarge where it is no map of
    news but of everything; Refused or Gone where it is a wall.
    """
    page = _unpacked(page)
    refuse_entities(page)
    places = tuple(_places(page, feed))
    fault = None if END.search(page.body) else _torn(page, places)
    places = places[:-1] if fault else places  # the last one may name half an address
    pattern = re.compile("|".join(map(_pattern, feed.pages)))
    pages = [place for place in places if not place.is_map and pattern.search(place.url)]
    maps = [place for place in places if place.is_map]
    return Listed(
        entries=tuple(map(_entry, _newest(pages, most=MOST_PAGES, page=page))),
        maps=tuple(place.url for place in _newest(maps, most=MOST_MAPS, page=page)),
        changes_silently=not all(place.lastmod for place in maps),
        fault=fault,
        hint=f"the map is there, but none of its {len(places)} addresses is one that 'pages' asks"
        " for; compare them in a browser",
    )


def _unpacked(page: Page) -> Page:
    """Maps are often files that were packed once, and are sent as they are."""
    if not page.body.startswith(GZIP):
        return page
    unpacking = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        body = unpacking.decompress(page.body, MOST_BYTES)
    except zlib.error:
        raise ParseError(
            f"{page.url} is packed in a way that cannot be unpacked",
            next_step="It may have broken off; if it stays so, tell the institution",
        ) from None
    if unpacking.unconsumed_tail:
        raise TooLarge(
            f"{page.url} unpacks to more than {MOST_BYTES / 1e6:g} MB",
            next_step="Look for a smaller map, of news or of the newest pages",
        )
    return replace(page, body=body)


def _places(page: Page, feed: Feed) -> Iterator[_Place]:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_comments=True
    )
    try:
        root = etree.fromstring(page.body, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    name = _name(root) if root is not None else ""
    if root is None or name not in {"urlset", "sitemapindex"}:
        check_page(page_tree(page), url=page.url, body=page.body)
        raise ParseError(
            f"{page.url} answers with something that is no sitemap",
            next_step="See which maps the site's robots.txt names",
        )
    for element in root:
        if (found := _name(element)) in {"url", "sitemap"}:
            yield _place(element, is_map=found == "sitemap", page=page, feed=feed)


def _place(element: etree._Element, *, is_map: bool, page: Page, feed: Feed) -> _Place:
    said = {_name(part): one_line(part.text or "") for part in element}
    # Pictures have titles too.
    news = (part for child in element if _name(child) == "news" for part in child.iter("*"))
    said |= {_name(part): one_line(part.text or "") for part in news}
    return _Place(
        is_map=is_map,
        url=absolute(page.url, said.get("loc", "")),
        lastmod=read_date(said.get("lastmod", ""), zone=feed.zone),
        title=said.get("title", ""),
        published_at=read_date(said.get("publication_date", ""), zone=feed.zone),
    )


def _name(element: etree._Element) -> str:
    """A tag without its namespace: some maps name a wrong one."""
    return str(element.tag).rpartition("}")[2]


def _pattern(part: str) -> str:
    """A part of an address, in which ``*`` is anything."""
    return ".*".join(map(re.escape, part.split("*")))


def _newest(places: Sequence[_Place], *, most: int, page: Page) -> Sequence[_Place]:
    """The places of a map, the newest first; only those where it lists too many."""
    if len(places) > most and not all(place.lastmod for place in places):
        what = "maps" if places[0].is_map else "pages"
        raise TooLarge(
            f"{page.url} lists {len(places):,} {what}, and does not say which are new",
            next_step="Write the address of the map that holds releases into the source's file,"
            " or narrow 'pages' there",
        )
    return sorted(places, key=lambda place: place.lastmod or NEVER, reverse=True)[:most]


def _torn(page: Page, places: Sequence[_Place]) -> ParseError:
    return ParseError(
        f"{page.url} breaks off before its end; {max(len(places) - 1, 0)} addresses could be read",
        next_step="If it stays so, tell the institution; the missing entries cannot be seen",
    )


def _entry(place: _Place) -> Entry:
    return Entry(
        key=EntryKey(canonical_url(place.url)),
        url=place.url,
        title=place.title,
        published_at=place.published_at,
    )
