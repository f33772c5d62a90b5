"""What does a JSON Feed list? Versions 1.0 and 1.1 of https://jsonfeed.org."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from crawler.extract.dates import read_date
from crawler.page import Page, page_text
from crawler.readers.keys import absolute, entry_key, stable_guids
from crawler.readers.listed import Listed
from crawler.texts import one_line, paragraphs, plain_text
from domain.errors import ParseError
from domain.release import Entry
from domain.source import Feed

VERSION = re.compile(r"https?://(?:www\.)?jsonfeed\.org/version/1(?:\.\d+)?/?")
OBJECT = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{")

Item = Mapping[str, Any]


def is_json(body: bytes) -> bool:
    """True for an answer that begins as every JSON Feed does, and no XML."""
    return OBJECT.match(body) is not None


def read_json_feed(page: Page, feed: Feed) -> Listed:
    """The entries of a JSON Feed, in its order.

    Raises ParseError where the answer holds none.
    """
    document = _document(page)
    listed, version = document.get("items"), document.get("version")
    if not isinstance(listed, list) or not VERSION.fullmatch(str(version)):
        raise ParseError(
            f"{page.url} answers with JSON that is no JSON Feed",
            next_step="Open it in a browser: it may be made for the site's own pages only",
        )
    # What is no object says nothing of any entry, but was listed all the same.
    items = [item if isinstance(item, dict) else {} for item in listed]
    stable = stable_guids((_text(item, "id"), _link(item)) for item in items)
    return Listed(
        entries=tuple(_entry(item, page=page, feed=feed, stable=stable) for item in items),
        hint="the feed is there, but holds no item; look whether the site has another feed now",
    )


def _document(page: Page) -> dict[str, Any]:
    try:
        found = json.loads(page_text(page))
    except (ValueError, RecursionError) as error:
        # Only the parser's own words: they name line and column.
        reason = str(error) if isinstance(error, json.JSONDecodeError) else "no sane values"
        raise ParseError(
            f"{page.url} begins like JSON and is none: {reason}",
            next_step="It may have broken off; if it stays so, tell the institution",
        ) from None
    return found if isinstance(found, dict) else {}


def _entry(item: Item, *, page: Page, feed: Feed, stable: frozenset[str]) -> Entry:
    url = absolute(page.url, _link(item))
    title = one_line(plain_text(_text(item, "title")))
    return Entry(
        key=entry_key(_text(item, "id"), url=url, title=title, stable=stable),
        url=url,
        title=title,
        published_at=_published_at(item, feed),
        summary=_summary(item),
    )


def _text(item: Item, field: str) -> str:
    """A field as text: ids may be numbers, and some feeds fill in null."""
    value = item.get(field)
    is_written = isinstance(value, str | int | float) and not isinstance(value, bool)
    # JSON can say half a surrogate pair, which is no letter.
    return str(value).strip().encode(errors="ignore").decode() if is_written else ""


def _link(item: Item) -> str:
    """The entry's own page; the id is one in many feeds that name no other."""
    guid = _text(item, "id")
    own = guid if guid.startswith(("http://", "https://")) else ""
    return _text(item, "url") or own or _text(item, "external_url")


def _published_at(item: Item, feed: Feed) -> datetime | None:
    stated = (_text(item, field) for field in ("date_published", "date_modified"))
    read = (read_date(text, zone=feed.zone, languages=feed.languages) for text in stated)
    return next((moment for moment in read if moment), None)


def _summary(item: Item) -> str:
    """The longest text that the feed carries of an entry: the whole release in most."""
    texts = (plain_text(_text(item, field)) for field in ("content_html", "summary"))
    return max(*texts, paragraphs(_text(item, "content_text")), key=len)
