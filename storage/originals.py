"""Which pages stand behind a release, and which have been kept long enough?

A page that is dropped loses its body and nothing else: address, headers, time and checksum take
no room, and still prove what a copy kept elsewhere is.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    RowMapping,
    Select,
    and_,
    false,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import InstrumentedAttribute

from domain.evidence import Dropped, Exhibit, KeptPage, Retention
from storage.readings import MatchRow
from storage.revisions import revisions, texts_in_turn
from storage.schema import AppearanceRow, OriginalRow, ReleaseRow, TextRow
from storage.writing import CHUNK, chunks

# Longer than anybody keeps anything, and still on the calendar.
LONGEST = timedelta(days=365 * 100)


def exhibits(connection: Connection, release: str) -> tuple[Exhibit, ...]:
    """The texts of a release by its own public id, oldest first, each with its page."""
    texts = (
        select(TextRow)
        .join(ReleaseRow, ReleaseRow.id == TextRow.release_id)
        .where(ReleaseRow.public_id == release)
        .order_by(TextRow.id)
    )
    in_turn = texts_in_turn(connection.execute(texts).mappings().all())
    pages = _pages(connection, [row["id"] for row in in_turn])
    return tuple(
        Exhibit(revision=revision, page=pages.get(row["id"]))
        for row, revision in zip(in_turn, revisions(in_turn), strict=True)
    )


def due(connection: Connection, retention: Retention, *, now: datetime) -> Dropped:
    """What has been kept long enough."""
    return _counted(connection.execute(_due(retention, now)))


def drop_some(connection: Connection, retention: Retention, *, now: datetime) -> Dropped:
    """Drop a portion of what has been kept long enough; what it was."""
    rows = connection.execute(_due(retention, now).limit(CHUNK)).all()
    for chunk in chunks([row.text_id for row in rows]):
        statement = update(OriginalRow).where(OriginalRow.text_id.in_(chunk))
        connection.execute(statement.values(body=b"", dropped_at=now))
    return _counted(rows)


def _pages(connection: Connection, text_ids: Collection[int]) -> dict[int, KeptPage]:
    found: dict[int, KeptPage] = {}
    for chunk in chunks(text_ids):
        statement = select(OriginalRow).where(OriginalRow.text_id.in_(chunk))
        rows = _brought_by_rows(connection, chunk)
        for original in connection.execute(statement).mappings():
            text_id = original["text_id"]
            found[text_id] = _page(original, is_row=text_id in rows)
    return found


def _brought_by_rows(connection: Connection, text_ids: Collection[int]) -> set[int]:
    """Those of the texts that no feed's entry brought first, but an imported row."""
    statement = (
        select(AppearanceRow.text_id, AppearanceRow.entry_id)
        .where(AppearanceRow.text_id.in_(text_ids))
        .order_by(AppearanceRow.id.desc())
    )
    first: dict[int, int | None] = dict(connection.execute(statement).all())
    return {text_id for text_id, entry_id in first.items() if entry_id is None}


def _page(row: RowMapping, *, is_row: bool) -> KeptPage:
    return KeptPage(
        url=row["url"],
        headers=tuple((name, value) for name, value in row["headers"]),
        body=None if row["dropped_at"] else zlib.decompress(row["body"]),
        fetched_at=row["fetched_at"],
        checksum=row["checksum"],
        dropped_at=row["dropped_at"],
        is_row=is_row,
    )


def _due(retention: Retention, now: datetime) -> Select[int, bool, int]:
    """Pages that are older than kept: whether they belong to a match, and the room they take."""
    matching = select(TextRow.release_id).join(MatchRow, MatchRow.text_id == TextRow.id)
    is_matched = TextRow.release_id.in_(matching.where(MatchRow.is_match))
    return (
        select(
            OriginalRow.text_id,
            is_matched.label("is_matched"),
            func.length(OriginalRow.body).label("size"),
        )
        .join(TextRow, TextRow.id == OriginalRow.text_id)
        .where(
            OriginalRow.dropped_at.is_(None),
            or_(
                and_(is_matched, is_older(OriginalRow.fetched_at, retention.matched, now=now)),
                and_(~is_matched, is_older(OriginalRow.fetched_at, retention.unmatched, now=now)),
            ),
        )
    )


def is_older(
    moment: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None],
    kept: timedelta | None,
    *,
    now: datetime,
) -> ColumnElement[bool]:
    """The condition that something was kept as long as it should be."""
    return false() if kept is None else moment < now - min(kept, LONGEST)


def _counted(rows: Iterable[Row[int, bool, int]]) -> Dropped:
    matched = unmatched = size = 0
    for row in rows:
        matched += row.is_matched
        unmatched += not row.is_matched
        size += row.size
    return Dropped(unmatched=unmatched, matched=matched, size=size)
