"""What has been kept long enough, and goes?

Pages, polls, mails and near marks. Of polls the last one of each feed stays, however old: what a
feed is called, what is due and which problems are open stand in rows of their own, and need none
of the others. Of a mail that has come to its end the bytes go, and the row with its end stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, Select, delete, func, select, update

from domain.evidence import Dropped, Retention
from storage import originals
from storage.bands import KEPT, old_bands, old_stretches
from storage.database import Database
from storage.originals import is_older
from storage.post import NOTHING_KEPT, DeliveryRow
from storage.schema import PollRow, TextRow
from storage.writing import chunks


def due(connection: Connection, retention: Retention, *, now: datetime) -> Dropped:
    """What has been kept long enough."""
    polls, mails = (
        connection.scalar(select(func.count()).select_from(old(retention, now).subquery())) or 0
        for old in (_old_polls, _old_mails)
    )
    pages = originals.due(connection, retention, now=now)
    marks = old_bands(connection, now=now, held_before=_held_before(connection, now=now))
    return pages + Dropped(polls=polls, mails=mails, marks=marks)


def drop(database: Database, retention: Retention, *, now: datetime) -> Iterator[Dropped]:
    """Drop what has been kept long enough, a transaction a portion; says what it was."""
    yield from _drop_pages(database, retention, now=now)
    with database.reading() as connection:
        old = connection.scalars(_old_polls(retention, now)).all()
    for chunk in chunks(old):
        with database.writing() as connection:
            connection.execute(delete(PollRow).where(PollRow.id.in_(chunk)))
        yield Dropped(polls=len(chunk))
    yield from _drop_mails(database, retention, now=now)
    yield from _drop_marks(database, now=now)


def _drop_mails(database: Database, retention: Retention, *, now: datetime) -> Iterator[Dropped]:
    with database.reading() as connection:
        old = connection.scalars(_old_mails(retention, now)).all()
    for chunk in chunks(old):
        with database.writing() as connection:
            these = update(DeliveryRow).where(DeliveryRow.id.in_(chunk))
            connection.execute(these.values(message=NOTHING_KEPT))
        yield Dropped(mails=len(chunk))


def _drop_marks(database: Database, *, now: datetime) -> Iterator[Dropped]:
    with database.reading() as connection:
        held_before = _held_before(connection, now=now)
    for statement in old_stretches(now=now, held_before=held_before):
        with database.writing() as connection:
            dropped = connection.execute(statement).rowcount
        if dropped:
            yield Dropped(marks=dropped)


def _held_before(connection: Connection, *, now: datetime) -> int:
    """The newest row of the texts that have been held as long as near marks are kept."""
    is_old = is_older(TextRow.first_seen_at, KEPT, now=now)
    return connection.scalar(select(func.max(TextRow.id)).where(is_old)) or 0


def _drop_pages(database: Database, retention: Retention, *, now: datetime) -> Iterator[Dropped]:
    dropped = True
    while dropped:
        with database.writing() as connection:
            some = originals.drop_some(connection, retention, now=now)
        dropped = bool(some.unmatched or some.matched)
        if dropped:
            yield some


def _old_polls(retention: Retention, now: datetime) -> Select[int]:
    last = select(func.max(PollRow.id)).group_by(PollRow.feed_id)
    is_old = is_older(PollRow.started_at, retention.polls, now=now)
    return select(PollRow.id).where(is_old, PollRow.id.not_in(last)).order_by(PollRow.id)


def _old_mails(retention: Retention, now: datetime) -> Select[int]:
    """Mails that came to their end so long ago; one that waits has none."""
    is_old = is_older(DeliveryRow.settled_at, retention.mails, now=now)
    # Its length is known without reading it.
    is_kept = func.length(DeliveryRow.message) > len(NOTHING_KEPT)
    return select(DeliveryRow.id).where(is_old, is_kept).order_by(DeliveryRow.id)
