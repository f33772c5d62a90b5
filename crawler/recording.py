"""What is kept of a site for tests: its pages, and what we read in them.

A recording holds of each feed the list and two releases. What is read there is read from the
pages as kept, so that the expectation drawn from it is one that a test can compare with for ever.
Pages are kept without what no reader of ours looks at (scripts, styles, pictures in the text); what
JSON-LD says stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from lxml import html

from crawler.extract.by_kind import release_on
from crawler.page import Page, header, page_tree
from crawler.readers import Listed
from crawler.sites import read_listed
from crawler.texts import one_line
from domain.errors import PollwatchError
from domain.release import Entry, Release
from domain.source import Feed

LARGEST = 200_000
WORDS_SHOWN = 6
# Two show whether a recipe holds for more than one.
KEPT = 2
HTML = "text/html; charset=utf-8"
TYPES: Mapping[str, str] = MappingProxyType(
    {
        ".html": HTML,
        ".xml": "application/xml",
        ".json": "application/json",
        ".pdf": "application/pdf",
    }
)
NOT_READ = ("style", "svg", "iframe", "noscript")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One page as it is kept, and under which name."""

    name: str
    page: Page


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRecording:
    """A feed's list, and the pages of its first releases with the entries that led there."""

    feed: Feed
    listing: Kept
    releases: tuple[tuple[Entry, Kept], ...]


def kept(page: Page, *, name: str) -> Kept:
    """A page as it is kept, under the name of a feed or a release of it.

    Raises PollwatchError where it is too large to be kept.
    """
    suffix = _suffix(page)
    if suffix == ".html":
        page = replace(page, headers=(("Content-Type", HTML),), body=_pruned(page))
    else:
        said = header(page, "Content-Type") or TYPES[suffix]
        page = replace(page, headers=(("Content-Type", said),))
    if len(page.body) > LARGEST:
        raise PollwatchError(
            f"{page.url} holds {len(page.body) / 1000:,.0f} kB, and more than {LARGEST // 1000} kB"
            " is not kept of a page",
            next_step="Record it by hand: cut the page short, and keep how it is built",
        )
    return Kept(name=f"{name}{suffix}", page=page)


def expectation(recording: FeedRecording) -> dict[str, Any]:
    """What we read in a recording, to be compared with the site by a person."""
    listed = read_listed(recording.listing.page, recording.feed)
    entries = listed.entries
    return {
        **_address_of(recording.listing),
        "recorded_at": _stamp(recording.listing.page.fetched_at),
        "entries": len(entries),
        **({"first": _entry(entries[0])} if entries else {}),
        **({"older": listed.next_url} if listed.next_url else {}),
        "releases": [
            {**_address_of(page), **_release(release_on(page.page, entry, recording.feed))}
            for entry, page in recording.releases
        ],
    }


def reread(feed: Feed, expected: Mapping[str, Any], bodies: Mapping[str, bytes]) -> tuple[str, ...]:
    """What is read otherwise now than a person found right; each a sentence, none where all is."""
    try:
        listed = read_listed(_page(expected, bodies), feed)
    except PollwatchError as error:
        return (f"{feed.id}: {error.message}",)
    found = _compared(feed.id, expected, _list(listed))
    for one in expected.get("releases", ()):
        found += _reread_release(feed, one, bodies, listed=listed)
    return tuple(found)


def _reread_release(
    feed: Feed, expected: Mapping[str, Any], bodies: Mapping[str, bytes], *, listed: Listed
) -> list[str]:
    place = f"{feed.id}, {expected['page']}"
    entry = next((one for one in listed.entries if one.url == expected["entry"]), None)
    if entry is None:
        return [f"{place}: {expected['entry']} is not listed any more"]
    try:
        release = release_on(_page(expected, bodies), entry, feed)
    except PollwatchError as error:
        return [f"{place}: {error.message}"]
    return _compared(place, expected, _release(release))


def _compared(place: str, expected: Mapping[str, Any], found: Mapping[str, Any]) -> list[str]:
    return [
        f"{place}: {field} is {found[field]!r}, and was {expected.get(field)!r}"
        for field in found
        if found[field] != expected.get(field)
    ]


def _page(expected: Mapping[str, Any], bodies: Mapping[str, bytes]) -> Page:
    name = expected["page"]
    kind = expected.get("content_type", TYPES["." + name.rpartition(".")[2]])
    return Page(
        url=expected["url"],
        headers=(("Content-Type", kind),),
        body=bodies[name],
        fetched_at=datetime.now(UTC),
    )


def _address_of(kept_page: Kept) -> dict[str, str]:
    said = header(kept_page.page, "Content-Type") or ""
    usual = TYPES["." + kept_page.name.rpartition(".")[2]]
    other = {} if said == usual else {"content_type": said}
    return {"page": kept_page.name, "url": kept_page.page.url, **other}


def _list(listed: Listed) -> dict[str, Any]:
    first = {"first": _entry(listed.entries[0])} if listed.entries else {}
    return {"entries": len(listed.entries), **first}


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "title": entry.title,
        "url": entry.url,
        "published_at": _stamp(entry.published_at),
    }


def _release(release: Release) -> dict[str, Any]:
    words = one_line(release.text).split(" ")
    return {
        "entry": release.url,
        "title": release.title,
        "published_at": _stamp(release.published_at),
        "language": release.language or "",
        "text_starts": " ".join(words[:WORDS_SHOWN]),
        "text_ends": " ".join(words[-WORDS_SHOWN:]),
        "text_words": len(words),
    }


def _stamp(at: datetime | None) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if at else ""


def _suffix(page: Page) -> str:
    beginning = page.body.lstrip(b"\xef\xbb\xbf \r\n\t")[:512].lower()
    if beginning.startswith(b"%pdf"):
        return ".pdf"
    if beginning.startswith((b"{", b"[")):
        return ".json"
    is_xml = beginning.startswith((b"<?xml", b"<rss", b"<feed", b"<rdf", b"<urlset", b"\x1f\x8b"))
    return ".xml" if is_xml and b"<html" not in beginning else ".html"


def _pruned(page: Page) -> bytes:
    """A page without what we never read, in UTF-8."""
    tree = page_tree(page)
    for element in list(tree.iter("script", *NOT_READ)):
        if element.tag != "script" or element.get("type", "") != "application/ld+json":
            element.drop_tree()
    for element in tree.iter("img", "source"):
        if element.get("src", "").startswith("data:"):
            element.set("src", "")
    for meta in tree.iter("meta"):
        if meta.get("charset"):
            meta.set("charset", "utf-8")
    pruned: bytes = html.tostring(tree, encoding="utf-8", doctype="<!doctype html>")
    return pruned


def first_releases(entries: Sequence[Entry], *, skip: Sequence[str]) -> tuple[Entry, ...]:
    """The first two entries that lead to releases."""
    wanted = [one for one in entries if one.url and not any(part in one.url for part in skip)]
    return tuple(wanted[:KEPT])
