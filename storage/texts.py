"""Which texts are held, which of them are near a newcomer, and what is kept of a new one?

A text is held once, with the page that brought it first, what was read in it, and every origin
that brought it. Near are texts of the same source at the same address, and texts of the same
words anywhere; empty texts have no words in common.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, insert, or_, select, update

from domain.poll import Visit
from domain.reading import Fingerprint, Reading, Text, TextKey
from domain.release import Entry, EntryKey, Release
from domain.source import SourceId
from storage import rules, search
from storage.columns import checksum_of, storable
from storage.imports import ImportRow
from storage.matches import keep_matches
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
    key: TextKey
    text: Text


def arrivals(visit: Visit, readings: Mapping[EntryKey, Reading]) -> tuple[Arrival, ...]:
    """What a visit fetched, with what was read in it."""
    return tuple(
        arrived(item.entry, item.release, readings[item.entry.key]) for item in visit.fetched
    )


def near(connection: Connection, texts: Collection[Text]) -> dict[TextKey, Held]:
    """The held texts that these may be, or may be like."""
    found: dict[TextKey, Held] = {}
    for chunk in chunks(texts):
        statement = select(TextRow).where(or_(_at_one_address(chunk), _of_one_wording(chunk)))
        for row in connection.execute(statement).mappings():
            held = held_in(row)
            found[held.key] = held
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


def _at_one_address(texts: Sequence[Text]) -> Any:
    addresses: dict[SourceId, list[str]] = {}
    for text in texts:
        addresses.setdefault(text.source_id, []).append(checksum_of(text.canonical_url))
    return or_(
        *(
            and_(TextRow.source_id == source_id, TextRow.url_checksum.in_(checksums))
            for source_id, checksums in addresses.items()
        )
    )


def _of_one_wording(texts: Sequence[Text]) -> Any:
    exact = [text.fingerprint.exact for text in texts if text.fingerprint.words]
    return and_(TextRow.fingerprint.in_(exact), TextRow.words > 0)


def held_in(row: RowMapping) -> Held:
    """The text that a row holds."""
    text = Text(
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
    return Held(id=row["id"], key=key_in(row), text=text)


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
