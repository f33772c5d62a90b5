"""What does a feed list: RSS, RDF, Atom, CDF, or JSON Feed?

feedparser reads what publishers really send: broken markup, several encodings at once, dates in
thirty spellings. What it recovers is taken; where it had to leave entries out, that is said; an
answer with no feed in it at all is refused. Press offices change their feeds without notice, so
an answer is read as what it is, whichever kind of feed the source's file names.
"""

from __future__ import annotations

import re
from calendar import timegm
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from html import unescape
from io import BytesIO
from typing import Any

import feedparser

from crawler.extract.dates import YEARS, read_date
from crawler.page import Page, header, page_tree, thinned
from crawler.readers.damage import whole_items
from crawler.readers.entities import refuse_entities
from crawler.readers.json_feed import is_json, read_json_feed
from crawler.readers.keys import absolute, entry_key, stable_guids
from crawler.readers.listed import Listed
from crawler.texts import one_line, plain_text
from crawler.walls import check_page
from domain.errors import ParseError, TooLarge
from domain.release import Entry
from domain.source import Feed

HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+)?html", re.IGNORECASE)
FEED = re.compile(rb"<(?:\w+:)?(?:rss|feed|rdf|channel)\b", re.IGNORECASE)
# References to halves of surrogate pairs (U+D800 to U+DFFF), one or more in a row.
HALVES = re.compile(rb"(?:&#(?:[xX][dD][89a-fA-F][0-9a-fA-F]{2}|5(?:5[3-9]|6\d|7[0-3])\d\d);)+")
REFERENCE = re.compile(rb"(?<=#)[xX]?[0-9a-fA-F]+(?=;)")
# Of markup, which feedparser looks at in Python: a feed of five thousand entries has half of it.
MOST_TAGS = 200_000
STATES_ZONE = re.compile(r"(?:Z|[+-]\d{2}:?\d{2}|\b(?:UTC?|GMT|[ECMP][SD]T))\s*$")


def read_feed(page: Page, feed: Feed) -> Listed:
    """The entries of a feed, in its order, and why they may not be all.

    Raises ParseError where the answer holds no feed, or one that could harm; TooLarge where that
    would take minutes to find out; Refused or Gone where it is a wall.
    """
    if is_json(page.body):
        return read_json_feed(page, feed)
    if page.body.count(b"<") > MOST_TAGS:
        raise TooLarge(
            f"{page.url} holds more than {MOST_TAGS:,} tags, as no feed of news does",
            next_step="Look for a feed of the newest releases only",
        )
    refuse_entities(page)
    parsed, items = _parsed(page)
    if not items and not parsed.get("version"):
        check_page(page_tree(page), url=page.url, body=page.body)
        raise ParseError(
            f"{page.url} answers with something that is no feed: no RSS, RDF, Atom or JSON Feed",
            next_step="Open it in a browser: the feed may have moved, or ended",
        )
    items, fault = whole_items(items, page=page, error=parsed.get("bozo_exception"))
    if fault and not items:
        raise fault
    stable = stable_guids((_guid(item), item.get("link", "")) for item in items)
    return Listed(
        entries=tuple(_entry(item, page=page, feed=feed, stable=stable) for item in items),
        hint="the feed is there, but holds no item; look whether the site has another feed now",
        fault=fault,
    )


def _parsed(page: Page) -> tuple[Mapping[str, Any], Sequence[Any]]:
    """What feedparser finds, and the items of it; a version where it is any feed at all."""
    body = page.body.replace(b"\0", b"")
    is_html, has_root = HTML.match(body) is not None, FEED.search(body) is not None
    if is_html and not has_root:
        return {}, ()  # feedparser would spend a long time on it
    # As a stream: feedparser would open a body that reads like a file name.
    parsed = feedparser.parse(
        BytesIO(HALVES.sub(_joined, thinned(page.body))),
        response_headers={
            "content-type": header(page, "Content-Type") or "",
            "content-location": page.url,
        },
        sanitize_html=False,  # we take text only
        resolve_relative_uris=False,  # addresses of entries are resolved all the same
    )
    # An empty feed of a kind that feedparser has no name for is a feed.
    version = parsed.get("version") or (has_root and not is_html and "unknown")
    return {**parsed, "version": version}, parsed.get("entries", ())


def _joined(halves: re.Match[bytes]) -> bytes:
    """References to halves of surrogate pairs as references to whole letters.

    Some programs write an emoji so; feedparser stumbles over it. A lone half is no letter.
    """
    numbers = (number[0] for number in REFERENCE.finditer(halves[0]))
    units = (int(n[1:], 16) if n[:1] in b"xX" else int(n) for n in numbers)
    text = b"".join(unit.to_bytes(2, "big") for unit in units).decode("utf-16-be", "replace")
    return "".join(f"&#{ord(letter)};" for letter in text).encode()


def _entry(item: Any, *, page: Page, feed: Feed, stable: frozenset[str]) -> Entry:
    url = absolute(page.url, str(item.get("link", "")))
    title = _title(item)
    return Entry(
        key=entry_key(_guid(item), url=url, title=title, stable=stable),
        url=url,
        title=title,
        published_at=_published_at(item, feed),
        summary=_summary(item),
    )


def _title(item: Any) -> str:
    text, detail = item.get("title", ""), item.get("title_detail", {})
    is_plain = detail.get("type") == "text/plain"  # then "<vote>" is no markup
    return one_line(unescape(text) if is_plain else plain_text(text))


def _guid(item: Any) -> str:
    return str(item.get("id", "")).strip()


def _published_at(item: Any, feed: Feed) -> datetime | None:
    for field in ("published", "updated", "created"):
        # Asked as a plain dictionary: feedparser answers for fields that the feed does not have.
        text, parsed = dict.get(item, field, ""), dict.get(item, f"{field}_parsed")
        found = read_date(text, zone=feed.zone, languages=feed.languages) if text else None
        if found:
            return found
        if parsed and STATES_ZONE.search(text) and parsed[0] in YEARS:
            return datetime.fromtimestamp(timegm(parsed), UTC)
    return None


def _summary(item: Any) -> str:
    """The longest text that the feed carries of an entry: the whole release in some."""
    texts = [item.get("summary", ""), *(part.get("value", "") for part in item.get("content", ()))]
    return plain_text(max(texts, key=len))
