"""Which entries of a feed were fetched for good, and which are owed?

What is owed stays owed until a visit says what became of it: an owed entry that a visit does not
mention is kept. The oldest comes first, so rows stay in place while their entry is owed.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, TypeVar

from sqlalchemy import Connection, RowMapping, delete, select, update
from sqlalchemy.orm import InstrumentedAttribute

from domain.poll import Fate, Owed, Visit
from domain.release import Entry, EntryKey
from domain.source import FeedId
from storage.columns import checksum_of
from storage.schema import EntryRow, OwedRow
from storage.writing import chunks, upsert

T = TypeVar("T")

SETTLED = frozenset({Fate.FETCHED, Fate.KNOWN, Fate.SKIPPED})
"""What ends owing an entry, besides giving it up."""


def marks(
    connection: Connection, feed_id: FeedId, keys: Collection[EntryKey]
) -> dict[EntryKey, str]:
    """The marks under which these entries were fetched for good, where they were."""
    return _look_up(connection, EntryRow.mark, feed_id=feed_id, keys=keys)


def settle(connection: Connection, visit: Visit) -> dict[EntryKey, int]:
    """Mark what was fetched or given up, and when known entries were seen; ids of the fetched."""
    done = [*(item.entry for item in visit.fetched), *visit.given_up]
    rows = [
        {
            "feed_id": visit.feed_id,
            "key": entry.key,
            "key_checksum": checksum_of(entry.key),
            "mark": entry.mark,
            "last_seen_at": visit.finished_at,
        }
        for entry in done
    ]
    upsert(connection, EntryRow, rows, key=["feed_id", "key_checksum"])
    _see_again(connection, visit)
    return _look_up(
        connection, EntryRow.id, feed_id=visit.feed_id, keys=[entry.key for entry in done]
    )


def owed_by(connection: Connection, feed_ids: Collection[FeedId]) -> dict[FeedId, tuple[Owed, ...]]:
    """What each of these feeds owes, oldest first."""
    found: dict[FeedId, list[Owed]] = {}
    for chunk in chunks(feed_ids):
        statement = select(OwedRow).where(OwedRow.feed_id.in_(chunk)).order_by(OwedRow.id)
        for row in connection.execute(statement).mappings():
            found.setdefault(FeedId(row["feed_id"]), []).append(_owed(row))
    return {feed_id: tuple(items) for feed_id, items in found.items()}


def owe(connection: Connection, visit: Visit) -> None:
    """Remember what a feed owes after a visit."""
    if not visit.fates and not visit.owed:
        return
    before = owed_by(connection, [visit.feed_id]).get(visit.feed_id, ())
    known = {checksum_of(item.entry.key): item for item in before}
    now = {checksum_of(item.entry.key): item for item in visit.owed}
    settled = {checksum_of(key) for key, fate in visit.fates if fate in SETTLED}
    settled |= {checksum_of(entry.key) for entry in visit.given_up}
    for chunk in chunks(settled.intersection(known).difference(now)):
        connection.execute(
            delete(OwedRow).where(OwedRow.feed_id == visit.feed_id, OwedRow.key_checksum.in_(chunk))
        )
    changed = [item for checksum, item in now.items() if known.get(checksum) != item]
    upsert(
        connection,
        OwedRow,
        [_owed_row(visit.feed_id, item) for item in changed],
        key=["feed_id", "key_checksum"],
    )


def _see_again(connection: Connection, visit: Visit) -> None:
    known = [checksum_of(key) for key, fate in visit.fates if fate is Fate.KNOWN]
    for chunk in chunks(known):
        connection.execute(
            update(EntryRow)
            .where(EntryRow.feed_id == visit.feed_id, EntryRow.key_checksum.in_(chunk))
            .values(last_seen_at=visit.finished_at)
        )


def _look_up(
    connection: Connection,
    column: InstrumentedAttribute[T],
    *,
    feed_id: FeedId,
    keys: Collection[EntryKey],
) -> dict[EntryKey, T]:
    """A column of those entries that are known."""
    by_checksum = {checksum_of(key): key for key in keys}
    found: dict[EntryKey, T] = {}
    for chunk in chunks(by_checksum):
        statement = select(EntryRow.key_checksum, column).where(
            EntryRow.feed_id == feed_id, EntryRow.key_checksum.in_(chunk)
        )
        for checksum, value in connection.execute(statement):
            found[by_checksum[checksum]] = value
    return found


def _owed_row(feed_id: FeedId, item: Owed) -> dict[str, Any]:
    entry = item.entry
    return {
        "feed_id": feed_id,
        "key": entry.key,
        "key_checksum": checksum_of(entry.key),
        "url": entry.url,
        "title": entry.title,
        "published_at": entry.published_at,
        "summary": entry.summary,
        "attempts": item.attempts,
        "not_before_at": item.not_before_at,
        "reason": item.reason,
    }


def _owed(row: RowMapping) -> Owed:
    return Owed(
        entry=Entry(
            key=EntryKey(row["key"]),
            url=row["url"],
            title=row["title"],
            published_at=row["published_at"],
            summary=row["summary"],
        ),
        attempts=row["attempts"],
        not_before_at=row["not_before_at"],
        reason=row["reason"],
    )
