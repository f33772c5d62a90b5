"""What does an RSS, RDF or Atom feed list?

feedparser reads what publishers really send: broken markup, several encodings at once, dates in
thirty spellings. What it recovers is taken; only an answer with no feed in it at all is refused.
"""

from __future__ import annotations

import re
from calendar import timegm
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from html import unescape
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

import feedparser

from crawler.extract.dates import read_date
from crawler.page import Page, header, page_tree
from crawler.readers.listed import Listed
from crawler.texts import one_line, plain_text
from crawler.walls import check_page
from domain.errors import ParseError
from domain.release import Entry, EntryKey
from domain.source import Feed
from domain.urls import canonical_url, is_web_address

HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+)?html", re.IGNORECASE)
FEED = re.compile(rb"<(?:\w+:)?(?:rss|feed|rdf|channel)\b", re.IGNORECASE)
STATES_ZONE = re.compile(r"(?:Z|[+-]\d{2}:?\d{2}|\b(?:UTC?|GMT|[ECMP][SD]T))\s*$")


def read_feed(page: Page, feed: Feed) -> Listed:
    """The entries of a feed, in its order.

    Raises ParseError where the answer holds no feed, Refused or Gone where it is a wall.
    """
    parsed = {} if _is_html(page.body) else _parse(page)
    items = parsed.get("entries", [])
    if not parsed.get("version") and not items:
        check_page(page_tree(page), url=page.url, body=page.body)
        raise ParseError(
            f"{page.url} answers with something that is no RSS, RDF or Atom feed",
            next_step="Open it in a browser: the feed may have moved, or ended",
        )
    guids = _stable_guids(items)
    return Listed(
        entries=tuple(_entry(item, page=page, feed=feed, guids=guids) for item in items),
        hint="the feed is there, but holds no item; look whether the site has another feed now",
    )


def _is_html(body: bytes) -> bool:
    """True for a page with no feed in it, on which feedparser would spend a long time."""
    return HTML.match(body) is not None and FEED.search(body) is None


def _parse(page: Page) -> Any:
    """Parse bytes, given as a stream: feedparser would open a body that reads like a file name."""
    return feedparser.parse(
        BytesIO(page.body),
        response_headers={
            "content-type": header(page, "Content-Type") or "",
            "content-location": page.url,
        },
        sanitize_html=False,  # we take text only
        resolve_relative_uris=False,  # addresses of entries are resolved all the same
    )


def _stable_guids(items: Sequence[Any]) -> frozenset[str]:
    """Guids that name one address each; some feeds give all their items the same."""
    addresses: dict[str, set[str]] = defaultdict(set)
    for item in items:
        if guid := _guid(item):
            addresses[guid].add(item.get("link", ""))
    return frozenset(guid for guid, links in addresses.items() if len(links) == 1)


def _entry(item: Any, *, page: Page, feed: Feed, guids: frozenset[str]) -> Entry:
    url = _address(item, page)
    title = _title(item)
    guid = _guid(item)
    return Entry(
        key=EntryKey(guid if guid in guids else canonical_url(url) if url else title),
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


def _address(item: Any, page: Page) -> str:
    """The entry's own page; empty where it names none that we could ask."""
    try:
        url = urljoin(page.url, str(item.get("link", "")).strip())
    except ValueError:
        return ""
    has_link = bool(item.get("link", "").strip())
    return url if has_link and is_web_address(url) else ""


def _published_at(item: Any, feed: Feed) -> datetime | None:
    for field in ("published", "updated", "created"):
        # Asked as a plain dictionary: feedparser answers for fields that the feed does not have.
        text, parsed = dict.get(item, field, ""), dict.get(item, f"{field}_parsed")
        found = read_date(text, zone=feed.zone, languages=feed.languages) if text else None
        if found:
            return found
        if parsed and STATES_ZONE.search(text):
            return datetime.fromtimestamp(timegm(parsed), UTC)
    return None


def _summary(item: Any) -> str:
    """The longest text that the feed carries of an entry: the whole release in some."""
    texts = [item.get("summary", ""), *(part.get("value", "") for part in item.get("content", ()))]
    return plain_text(max(texts, key=len))
