"""Which texts are held, and what is kept of a new one?

A text is held once, with the page that brought it first, what was read in it, and every origin
that brought it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, insert, select, tuple_, update

from domain.poll import Visit
from domain.reading import Fingerprint, Marks, Reading, Text, TextKey
from domain.release import Entry, EntryKey, Release
from domain.source import SourceId
from storage import rules, search
from storage.bands import add_bands
from storage.columns import checksum_of, storable
from storage.imports import ImportRow
from storage.matches import keep_matches
from storage.neighbourhood import Marked, day_of
from storage.schema import AppearanceRow, OriginalRow, TextRow
from storage.writing import Row, add, chunks, upsert


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What one entry or row brought, made ready before the transaction begins."""

    entry: Entry
    reading: Reading
    text: Text
    key: TextKey
    release: Release


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A text that is held."""

    id: int
    text: Text
    marked: Marked

    @property
    def key(self) -> TextKey:
        """What tells it from all others."""
        return self.marked.key


def arrivals(visit: Visit, readings: Mapping[EntryKey, Reading]) -> tuple[Arrival, ...]:
    """What a visit fetched, with what was read in it."""
    return tuple(
        arrived(item.entry, item.release, readings[item.entry.key]) for item in visit.fetched
    )


def known(connection: Connection, keys: Collection[TextKey]) -> dict[TextKey, int]:
    """Those of these texts that are held, with their rows."""
    wanted = set(keys)
    found: dict[TextKey, int] = {}
    for chunk in chunks({(key.source_id, checksum_of(key.canonical_url)) for key in keys}):
        address = tuple_(TextRow.source_id, TextRow.url_checksum)
        columns = (TextRow.id, TextRow.source_id, TextRow.canonical_url, TextRow.checksum)
        for row in connection.execute(select(*columns).where(address.in_(chunk))).mappings():
            if (key := key_in(row)) in wanted:
                found[key] = row["id"]
    return found


def add_texts(
    connection: Connection,
    newcomers: Mapping[TextKey, Arrival],
    *,
    releases: Mapping[TextKey, int],
    seen_at: datetime,
) -> dict[TextKey, int]:
    """Keep new texts, each with its page and what was read in it; their ids."""
    if not newcomers:
        return {}
    rows = [
        _text_row(arrival, release_id=releases[key], seen_at=seen_at)
        for key, arrival in newcomers.items()
    ]
    statement = insert(TextRow).returning(TextRow.id, sort_by_parameter_order=True)
    ids = dict(zip(newcomers, connection.scalars(statement, rows), strict=True))
    items = [(ids[key], arrival) for key, arrival in newcomers.items()]
    add(connection, OriginalRow, [_original_row(text_id, arrival) for text_id, arrival in items])
    days = {text_id: day_of(one.text.published_at, seen_at=seen_at) for text_id, one in items}
    add_bands(connection, {text_id: (one.reading.marks, days[text_id]) for text_id, one in items})
    search.keep(connection, {text_id: arrival.reading.folded for text_id, arrival in items})
    keep_matches(connection, {text_id: arrival.reading.matches for text_id, arrival in items})
    rules.count_as_judged(connection, [(text_id, each.reading.rules) for text_id, each in items])
    return ids


def see_again(connection: Connection, text_ids: Collection[int], *, seen_at: datetime) -> None:
    """Note that held texts were seen with the same words."""
    for chunk in chunks(text_ids):
        connection.execute(
            update(TextRow).where(TextRow.id.in_(chunk)).values(last_seen_at=seen_at)
        )


def appear(connection: Connection, appearances: Sequence[Row]) -> None:
    """Note which origins brought which texts."""
    key = ["text_id", "origin_checksum"]
    upsert(connection, AppearanceRow, appearances, key=key, keep=["first_seen_at"])


def appearance(
    arrival: Arrival, *, text_id: int, origin: str, entry_id: int | None, seen_at: datetime
) -> Row:
    """The row that says where a text appeared, and under what."""
    return {
        "text_id": text_id,
        "entry_id": entry_id,
        "origin": origin,
        "origin_checksum": checksum_of(origin),
        "url": arrival.release.url,
        "title": arrival.text.title,
        "published_at": arrival.text.published_at,
        "first_seen_at": seen_at,
        "last_seen_at": seen_at,
    }


def imported_with() -> ColumnElement[bool]:
    """True of the imported row that an appearance stands for; of no row where a feed brought it."""
    return and_(
        ImportRow.text_id == AppearanceRow.text_id,
        ImportRow.key_checksum == AppearanceRow.origin_checksum,
        AppearanceRow.entry_id.is_(None),
    )


def arrived(entry: Entry, release: Release, reading: Reading) -> Arrival:
    """One text made ready, with the entry or the row that brought it."""
    text = _storable(reading.text)
    return Arrival(
        entry=entry,
        reading=reading,
        text=text,
        key=text.key,
        release=release,
    )


def _storable(text: Text) -> Text:
    """The text as it will be read back, so that its key is the same before and after."""
    words = (text.canonical_url, text.title, text.text)
    stored = tuple(storable(part) for part in words)
    if stored == words:
        return text
    canonical_url, title, body = stored
    return replace(text, canonical_url=canonical_url, title=title, text=body)


def held_in(row: RowMapping, near_marks: Collection[int] = ()) -> Held:
    """The text that a row holds, with those of its near marks that are known."""
    return Held(id=row["id"], text=text_in(row), marked=marked_in(row, near_marks))


def text_in(row: RowMapping) -> Text:
    """The text that a row holds."""
    return Text(
        source_id=SourceId(row["source_id"]),
        canonical_url=row["canonical_url"],
        title=row["title"],
        text=row["text"],
        language=row["declared_language"],
        published_at=row["published_at"],
        fingerprint=Fingerprint(
            version=row["fingerprint_version"], exact=row["fingerprint"], words=row["words"]
        ),
    )


def marked_in(row: RowMapping, near_marks: Collection[int]) -> Marked:
    """The text that a row is about, by the marks that are known of it."""
    # Whoever looks for them knows which are of words and which of anchors.
    known = frozenset(near_marks)
    marks = Marks(document=row["document"], words=known, anchors=known)
    return Marked(
        key=key_in(row),
        language=row["declared_language"],
        exact=row["fingerprint"] if row["words"] else "",
        marks=marks,
        day=day_of(row["published_at"], seen_at=row["first_seen_at"]),
    )


def key_in(row: RowMapping) -> TextKey:
    """The key of the text that a row is about."""
    return TextKey(
        source_id=SourceId(row["source_id"]),
        canonical_url=row["canonical_url"],
        checksum=row["checksum"],
    )


def _text_row(arrival: Arrival, *, release_id: int, seen_at: datetime) -> dict[str, Any]:
    text = arrival.text
    return {
        "release_id": release_id,
        "source_id": text.source_id,
        "canonical_url": text.canonical_url,
        "url_checksum": checksum_of(text.canonical_url),
        "document": arrival.reading.marks.document,
        "checksum": arrival.key.checksum,
        "title": text.title,
        "text": text.text,
        "declared_language": text.language,
        "language": arrival.reading.language,
        "published_at": text.published_at,
        "fingerprint_version": text.fingerprint.version,
        "fingerprint": text.fingerprint.exact,
        "words": text.fingerprint.words,
        "witnesses": dict(arrival.release.witnesses),
        "first_seen_at": seen_at,
        "last_seen_at": seen_at,
    }


def _original_row(text_id: int, arrival: Arrival) -> dict[str, Any]:
    original = arrival.release.original
    return {
        "text_id": text_id,
        "url": original.url,
        "headers": [list(header) for header in original.headers],
        "body": original.body,
        "fetched_at": original.fetched_at,
        "checksum": original.checksum,
    }
