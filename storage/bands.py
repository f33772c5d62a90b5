"""Which held texts share a near mark with others, and for how long can they be found by it?

A row for each near mark of a text, ordered by mark and day: who looks for one reads a short stretch
of one index. Marks are numbers of chance, so a thousand times as many texts make no stretch longer
unless they are alike.

Near marks go once a text has been published, and held, for as long as two texts may lie apart to be
near. Whatever comes in time is further away by then, so nothing is lost with them; what comes
later than that, as an archive does that is imported in parts over months, is found by exact words
and by address, which stay for ever.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta

from sqlalchemy import BigInteger, ColumnElement, Connection, Delete, and_, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from domain.reading import NEAR_BY_ANCHORS, NEAR_BY_WORDS, Marks
from storage.columns import Base
from storage.neighbourhood import Marked, day_of
from storage.writing import chunks, insert_for

KEPT = NEAR_BY_WORDS
# Marks are spread evenly, so each stretch holds as many.
STRETCHES = 256
SMALLEST, GREATEST = -(2**63), 2**63 - 1


class BandRow(Base):
    """One near mark of a text, and the day that the text counts for. All of it can be made again.

    It names no text as a foreign key: that would cost more than the row.
    """

    __tablename__ = "bands"

    mark: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    day: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)

    # The key is the whole row, and once is enough.
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - so SQLAlchemy wants it


def add_bands(connection: Connection, texts: Mapping[int, tuple[Marks, int]]) -> None:
    """Let texts be found by their near marks in their days; one that is there already stays."""
    rows = [
        {"mark": mark, "day": day, "text_id": text_id}
        for text_id, (marks, day) in texts.items()
        for mark in marks.words | marks.anchors
    ]
    if rows:
        # In their order, neighbours are written to one page.
        rows.sort(key=lambda row: row["mark"])
        insert = insert_for(connection.dialect.name, BandRow).on_conflict_do_nothing()
        connection.execute(insert, rows)


def sharing(connection: Connection, newcomers: Collection[Marked]) -> dict[int, set[int]]:
    """The texts that share near marks with newcomers of about their days, and which marks."""
    shared: defaultdict[int, set[int]] = defaultdict(set)
    for marks, reach in (
        ({mark for one in newcomers for mark in one.marks.words}, NEAR_BY_WORDS),
        ({mark for one in newcomers for mark in one.marks.anchors}, NEAR_BY_ANCHORS),
    ):
        days = [one.day for one in newcomers]
        for chunk in chunks(marks):
            statement = select(BandRow.mark, BandRow.text_id).where(
                BandRow.mark.in_(chunk),
                BandRow.day.between(min(days) - reach.days, max(days) + reach.days),
            )
            for mark, text_id in connection.execute(statement):
                shared[text_id].add(mark)
    return shared


def old_bands(connection: Connection, *, now: datetime, held_before: int) -> int:
    """How many near marks have been kept long enough; of texts up to that row id."""
    is_old = _is_old(now, held_before)
    return connection.scalar(select(func.count()).select_from(BandRow).where(is_old)) or 0


def old_stretches(*, now: datetime, held_before: int) -> Iterator[Delete]:
    """What deletes near marks that have been kept long enough, a portion at a time."""
    step = (GREATEST - SMALLEST) // STRETCHES + 1
    for first in range(SMALLEST, GREATEST, step):
        within = BandRow.mark.between(first, min(first + step - 1, GREATEST))
        yield delete(BandRow).where(within, _is_old(now, held_before))


def _is_old(now: datetime, held_before: int) -> ColumnElement[bool]:
    last = day_of(None, seen_at=now - KEPT - timedelta(days=1))
    return and_(BandRow.day <= last, BandRow.text_id <= held_before)
