"""What becomes of imported rows?

Each row is an appearance of its own, known by its source and id. What it holds goes the way of all
texts. One thing rows know better than texts do: under one id there is one release, so a row with
other words than before is a revision, however little the two have in common.

What is imported happened before somebody watched: it is news to nobody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from domain.poll import Fate
from domain.reading import Judge, Likeness, TextKey, Verdict
from domain.record import Brought, Imported, Record
from domain.release import Entry, EntryKey
from domain.source import SourceId
from storage import texts
from storage.columns import checksum_of
from storage.imports import ImportRow
from storage.keeping import Kept, keep, take_turns
from storage.schema import AppearanceRow, SourceRow, TextRow
from storage.texts import Arrival, Held
from storage.told import count_as_told
from storage.writing import chunks, upsert

METHOD = "import/1"

RowKey = tuple[str, str]
"""The source of a row, and the checksum of its id."""


def arrivals(brought: Sequence[Brought]) -> tuple[Arrival, ...]:
    """What rows brought, made ready."""
    return tuple(texts.arrived(_entry(row.record), row.release, row.reading) for row in brought)


def save(
    connection: Connection,
    records: Sequence[Record],
    *,
    arrivals: Sequence[Arrival],
    subscribers: Sequence[str],
    judge: Judge,
    now: datetime,
) -> Imported:
    """Store rows with what they brought, no id twice among them; what became of them."""
    take_turns(connection)
    made = _make_sources(connection, records)
    keys = [(record.source_id, checksum_of(record.key)) for record in records]
    before = _held_before(connection, keys)
    kept = keep(
        connection,
        arrivals,
        judge=judge,
        seen_at=now,
        earlier=before.values(),
        bonds=_bonds(before, dict(zip(keys, arrivals, strict=True))),
    )
    _appear(connection, records, arrivals, kept=kept, now=now)
    _tell(connection, arrivals, kept=kept, subscribers=subscribers, now=now)
    fates = [_fate(arrival, before.get(key)) for key, arrival in zip(keys, arrivals, strict=True)]
    return Imported(
        new=fates.count(Fate.STORED),
        revised=fates.count(Fate.REVISED),
        known=fates.count(Fate.KNOWN),
        releases=kept.fates.count(Fate.STORED),
        matched=kept.matched,
        stories=kept.stories,
        sources=made,
    )


def _entry(record: Record) -> Entry:
    return Entry(
        key=EntryKey(record.key),
        url=record.url,
        title=record.title,
        published_at=record.published_at,
    )


def _make_sources(connection: Connection, records: Sequence[Record]) -> tuple[SourceId, ...]:
    """Let the sources of rows be there; those that were not."""
    first = {record.source_id: record for record in reversed(records)}
    known: set[str] = set()
    for chunk in chunks(first):
        known.update(connection.scalars(select(SourceRow.id).where(SourceRow.id.in_(chunk))))
    # Always in one order, so that two processes never wait for each other.
    made = sorted(set(first).difference(known))
    rows = [
        {
            "id": source_id,
            "name": first[source_id].institution or source_id,
            "country": first[source_id].country,
            "is_import": True,
            "retired_at": None,
        }
        for source_id in made
    ]
    # Whoever configures one just now knows more of it.
    upsert(connection, SourceRow, rows, key=["id"], keep=list(rows[0]) if rows else ())
    return tuple(made)


def _held_before(connection: Connection, keys: Sequence[RowKey]) -> dict[RowKey, Held]:
    """The texts that these rows brought last."""
    wanted = set(keys)
    found: dict[RowKey, Held] = {}
    for chunk in chunks({checksum for _, checksum in keys}):
        statement = (
            select(TextRow, ImportRow.key_checksum)
            .join(ImportRow, ImportRow.text_id == TextRow.id)
            .where(ImportRow.key_checksum.in_(chunk))
        )
        for row in connection.execute(statement).mappings():
            key = (row["source_id"], row["key_checksum"])
            if key in wanted:
                found[key] = texts.held_in(row)
    return found


def _bonds(before: Mapping[RowKey, Held], now: Mapping[RowKey, Arrival]) -> list[Likeness]:
    """What holds the texts of one id together."""
    changed = ((held.key, now[key].key) for key, held in before.items())
    pairs = {tuple(sorted(pair)) for pair in changed if pair[0] != pair[1]}
    return [_bond(a, b) for a, b in sorted(pairs)]


def _bond(a: TextKey, b: TextKey) -> Likeness:
    return Likeness(
        a=a,
        b=b,
        verdict=Verdict.SAME,
        strength=1.0,
        reason="were imported under one id",
        method=METHOD,
    )


def _appear(
    connection: Connection,
    records: Sequence[Record],
    arrivals: Sequence[Arrival],
    *,
    kept: Kept,
    now: datetime,
) -> None:
    pairs = list(zip(records, arrivals, strict=True))
    texts.appear(
        connection,
        [
            texts.appearance(
                arrival,
                text_id=kept.ids[arrival.key],
                origin=record.key,
                entry_id=None,
                seen_at=now,
            )
            for record, arrival in pairs
        ],
    )
    rows = [_row(record, text_id=kept.ids[arrival.key]) for record, arrival in pairs]
    upsert(connection, ImportRow, rows, key=["key_checksum", "source_id"])


def _row(record: Record, *, text_id: int) -> dict[str, Any]:
    return {
        "source_id": record.source_id,
        "key": record.key,
        "key_checksum": checksum_of(record.key),
        "text_id": text_id,
        "institution": record.institution,
        "country": record.country,
        "language": record.language,
        "published": record.published,
    }


def _tell(
    connection: Connection,
    arrivals: Sequence[Arrival],
    *,
    kept: Kept,
    subscribers: Sequence[str],
    now: datetime,
) -> None:
    """Count what matches or changed as told, unless a feed brought it too: then it is news."""
    old_news = {
        kept.releases[arrival.key]
        for arrival, fate in zip(arrivals, kept.fates, strict=True)
        if arrival.key in kept.releases
        and (fate is Fate.REVISED or any(one.is_match for one in arrival.reading.matches))
    }
    for chunk in chunks(old_news):
        listed = (
            select(TextRow.release_id)
            .join(AppearanceRow, AppearanceRow.text_id == TextRow.id)
            .where(TextRow.release_id.in_(chunk), AppearanceRow.entry_id.is_not(None))
        )
        old_news.difference_update(connection.scalars(listed.distinct()))
    if subscribers:
        count_as_told(connection, old_news, subscribers=subscribers, now=now)


def _fate(arrival: Arrival, before: Held | None) -> Fate:
    if before is None:
        return Fate.STORED
    text, earlier = arrival.text, before.text
    is_same = (text.title, text.fingerprint.exact) == (earlier.title, earlier.fingerprint.exact)
    return Fate.KNOWN if is_same else Fate.REVISED
