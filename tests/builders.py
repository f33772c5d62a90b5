"""Values that are valid by default, so that a test varies the one thing it is about."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from domain.poll import (
    Code,
    Fate,
    Fetched,
    HostMemory,
    Outcome,
    Owed,
    Problem,
    Validators,
    Visit,
)
from domain.reading import Fingerprint, Folded, Hit, HitKind, Marks, Match, Part, Reading, Text
from domain.record import Record
from domain.release import Entry, EntryKey, Original, Release, Witness
from domain.source import Feed, FeedId, FeedKind, Source, SourceId, Trust
from domain.urls import canonical_url, host_of

NOW = datetime(2024, 3, 18, 9, 0, tzinfo=UTC)
"""The morning after the founding case."""

TITLE = "Statement on the elections"
TEXT = "The ministry does not recognise the vote.\nIt was neither free nor fair."
URL = "https://press.economy.example/news/1"


def a_feed(**changes: Any) -> Feed:
    """A news feed of ``xx_economy``; its id follows from source and name."""
    values: dict[str, Any] = {
        "source_id": SourceId("xx_economy"),
        "name": "news",
        "kind": FeedKind.RSS,
        "url": "https://press.economy.example/feed",
        "languages": ("en",),
        "zone": "UTC",
        "every": timedelta(minutes=30),
    } | changes
    return Feed(**{"id": FeedId(f"{values['source_id']}/{values['name']}")} | values)


def a_source(**changes: Any) -> Source:
    """A ministry with one feed, which bears the source's id."""
    values: dict[str, Any] = {
        "id": SourceId("xx_economy"),
        "name": "Ministry of Economy",
        "country": "FR",
        "languages": ("en",),
        "zone": "UTC",
        "trust": Trust.CHECKED,
        "speaks_for": "FR",
    } | changes
    return Source(**{"feeds": (a_feed(source_id=values["id"]),)} | values)


def an_entry(**changes: Any) -> Entry:
    """An entry known by its address."""
    values: dict[str, Any] = {"url": URL, "title": TITLE, "published_at": NOW} | changes
    return Entry(**{"key": EntryKey(canonical_url(values["url"]))} | values)


def an_original(**changes: Any) -> Original:
    """A page; its body is given as received, and its checksum is of that."""
    values: dict[str, Any] = {
        "url": URL,
        "headers": (("Content-Type", "text/html; charset=utf-8"),),
        "body": b"<html><title>Statement</title></html>",
        "fetched_at": NOW,
    } | changes
    page = values.pop("body")
    derived = {"body": zlib.compress(page), "checksum": sha256(page).hexdigest()}
    return Original(**derived | values)


def a_release(**changes: Any) -> Release:
    """A release whose canonical address and original follow from its address."""
    values: dict[str, Any] = {
        "source_id": SourceId("xx_economy"),
        "url": URL,
        "title": TITLE,
        "text": TEXT,
        "language": "en",
        "published_at": NOW,
        "witnesses": {"title": Witness.HEADING, "text": Witness.EXTRACTOR},
    } | changes
    derived: dict[str, Any] = {
        "canonical_url": canonical_url(values["url"]),
        "original": an_original(url=values["url"]),
    }
    return Release(**derived | values)


def a_fingerprint(text: str = TEXT) -> Fingerprint:
    """Marks that are equal for equal words."""
    words = text.casefold().split()
    return Fingerprint(
        version=1, exact=sha256(" ".join(words).encode()).hexdigest(), words=len(words)
    )


def a_text(release: Release | None = None, **changes: Any) -> Text:
    """The text of a release."""
    release = release or a_release()
    text = Text(
        source_id=release.source_id,
        canonical_url=release.canonical_url,
        title=release.title,
        text=release.text,
        language=release.language,
        published_at=release.published_at,
        fingerprint=a_fingerprint(release.text),
    )
    return replace(text, **changes)


def some_marks(text: Text, **changes: Any) -> Marks:
    """Those of a text that is near others only by its address and its exact words."""
    address = sha256(f"{text.source_id} {text.canonical_url}".encode(errors="replace")).digest()
    document = int.from_bytes(address[:8], signed=True)
    return replace(Marks(document=document, words=frozenset(), anchors=frozenset()), **changes)


def a_hit(**changes: Any) -> Hit:
    """The word *elections* in the title."""
    values: dict[str, Any] = {
        "term": "election*",
        "language": "en",
        "kind": HitKind.STRONG,
        "where": Part.TITLE,
        "start": 17,
        "end": 26,
        "counts": True,
    }
    return Hit(**values | changes)


def a_match(**changes: Any) -> Match:
    """A match of the topic ``elections``, decided by the title."""
    values: dict[str, Any] = {
        "topic": "elections",
        "score": 1.0,
        "is_match": True,
        "hits": (a_hit(),),
        "where": Part.TITLE,
        "start": 0,
        "end": 26,
    }
    return Match(**values | changes)


def a_folded(text: Text) -> Folded:
    """The words of a text in small letters."""
    folded = f"{text.title}\n{text.text}".casefold()
    words = frozenset(re.findall(r"\w+", folded))
    return Folded(version=1, text=folded, languages=("en",), words=words)


def a_reading(release: Release | None = None, **changes: Any) -> Reading:
    """What was found in a release: one match."""
    text = a_text(release)
    values: dict[str, Any] = {
        "text": text,
        "marks": some_marks(text),
        "language": text.language,
        "folded": a_folded(text),
        "matches": (a_match(),),
        "rules": "first",
    }
    return Reading(**values | changes)


def a_fetched(release: Release | None = None, **changes: Any) -> Fetched:
    """A release with the entry that listed it."""
    release = release or a_release()
    entry = an_entry(url=release.url, title=release.title, published_at=release.published_at)
    return Fetched(**{"entry": entry, "release": release} | changes)


def a_record(**changes: Any) -> Record:
    """A row from the press office of a source that nobody configured."""
    values: dict[str, Any] = {
        "id": "a1",
        "source_id": SourceId("plmfa"),
        "institution": "Ministry of Foreign Affairs of Poland",
        "country": "PL",
        "language": "en",
        "url": "https://msz.example/statement",
        "title": TITLE,
        "text": TEXT,
        "published": "2024-03-18",
        "published_at": datetime(2024, 3, 18, tzinfo=UTC),
        "line": b'{"id": "a1"}',
    }
    return Record(**values | changes)


def an_owed(entry: Entry | None = None, **changes: Any) -> Owed:
    """An entry that did not fit into an earlier poll."""
    values: dict[str, Any] = {"attempts": 0, "not_before_at": NOW, "reason": "budget reached"}
    return Owed(**{"entry": entry or an_entry()} | values | changes)


def a_problem(**changes: Any) -> Problem:
    """A listing that turned out empty."""
    values: dict[str, Any] = {
        "code": Code.LISTING_EMPTY,
        "place": "xx_economy/news",
        "detail": "The listing holds no entries",
        "hint": "See whether the page was redesigned",
    }
    return Problem(**values | changes)


def no_answer(**changes: Any) -> Problem:
    """A server that was silent, which often passes."""
    values: dict[str, Any] = {
        "code": Code.FEED_UNREACHABLE,
        "detail": "The server did not answer within 30 s",
        "hint": "Wait; if it stays, look for a new address",
        "is_patient": True,
    }
    return a_problem(**values | changes)


def a_visit(
    *releases: Release | Fetched,
    owed: Sequence[Owed] = (),
    feed: Feed | None = None,
    **changes: Any,
) -> Visit:
    """A visit of one feed that fetched these releases and owes those entries.

    The listing holds exactly the fetched and the owed; fates follow from that.
    """
    feed = feed or a_feed()
    fetched = tuple(
        release if isinstance(release, Fetched) else a_fetched(release) for release in releases
    )
    fates = [(item.entry.key, Fate.FETCHED) for item in fetched]
    fates += [(item.entry.key, Fate.DEFERRED) for item in owed]
    values: dict[str, Any] = {
        "feed_id": feed.id,
        "outcome": Outcome.NEWS,
        "started_at": NOW,
        "finished_at": NOW + timedelta(seconds=2),
        "host": HostMemory(host=host_of(feed.url), last_asked_at=NOW + timedelta(seconds=2)),
        "validators": Validators(etag='"1"'),
        "listed": len(fates),
        "taken_up": 0,
        "fates": tuple(fates),
        "fetched": fetched,
        "owed": tuple(owed),
    }
    return Visit(**values | changes)


def a_failed_visit(*problems: Problem, **changes: Any) -> Visit:
    """A visit that found no listing to read."""
    values: dict[str, Any] = {"outcome": Outcome.FAILED, "problems": problems}
    return a_visit(**values | changes)


def readings_of(visit: Visit, **changes: Any) -> Mapping[EntryKey, Reading]:
    """A reading for everything that a visit fetched, all with the same matches."""
    return {item.entry.key: a_reading(item.release, **changes) for item in visit.fetched}
