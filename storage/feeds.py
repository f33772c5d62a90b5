"""Which feeds are due, and what do their polls leave behind?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Update,
    and_,
    bindparam,
    func,
    literal,
    not_,
    select,
    update,
)

from domain import health
from domain.health import FeedState
from domain.poll import FeedMemory, Outcome, Poll, Validators, Visit
from domain.source import Feed, FeedId, Source
from storage import entries
from storage.columns import Moment
from storage.problems import close_retired, open_codes
from storage.schema import FeedRow, PollRow, SourceRow
from storage.writing import add, chunks, upsert


def remember_sources(
    connection: Connection, sources: Sequence[Source], *, now: datetime
) -> tuple[FeedId, ...]:
    """Make sources and their feeds known; the feeds that are gone, and are retired just now.

    They keep their state, which holds again once they come back. Their problems close.

    Sources that imported rows made were never there, so they are not gone.
    """
    # Always in one order, so that two processes never wait for each other.
    sources = sorted(sources, key=lambda source: source.id)
    feeds = [feed for source in sources for feed in source.feeds]
    addresses = dict(connection.execute(select(FeedRow.id, FeedRow.url)).all())
    upsert(
        connection,
        SourceRow,
        [
            {
                "id": source.id,
                "name": source.name,
                "country": source.country,
                "is_import": False,
                "retired_at": None,
            }
            for source in sources
        ],
        key=["id"],
    )
    upsert(
        connection,
        FeedRow,
        [
            {"id": feed.id, "source_id": feed.source_id, "url": feed.url, "retired_at": None}
            for feed in feeds
        ],
        key=["id"],
    )
    _forget_validators(
        connection, [feed.id for feed in feeds if addresses.get(feed.id, feed.url) != feed.url]
    )
    made = connection.scalars(select(SourceRow.id).where(SourceRow.is_import)).all()
    kept = {source.id for source in sources}.union(made)
    _retire(connection, SourceRow, configured=kept, now=now)
    retired = _retire(connection, FeedRow, configured={feed.id for feed in feeds}, now=now)
    close_retired(connection, now=now)
    return tuple(map(FeedId, retired))


def _forget_validators(connection: Connection, moved: Sequence[FeedId]) -> None:
    """Ask a feed's new address soon, and without conditions that another address set."""
    if moved:
        connection.execute(
            update(FeedRow)
            .where(FeedRow.id == bindparam("moved"))
            .values(etag=None, last_modified=None, checksum=None, next_poll_at=None),
            [{"moved": feed_id} for feed_id in moved],
        )


def _retire(
    connection: Connection,
    table: type[SourceRow | FeedRow],
    *,
    configured: Collection[str],
    now: datetime,
) -> Sequence[str]:
    known = connection.scalars(select(table.id).where(table.retired_at.is_(None))).all()
    gone = sorted(set(known).difference(configured))
    for chunk in chunks(gone):
        connection.execute(update(table).where(table.id.in_(chunk)).values(retired_at=now))
    return gone


def due(connection: Connection, *, now: datetime, everything: bool) -> set[FeedId]:
    """The feeds whose time has come; ``everything`` asks for all that are configured."""
    statement = select(FeedRow.id).where(FeedRow.retired_at.is_(None))
    if not everything:
        statement = statement.where(not_(_waits(now)))
    return {FeedId(feed_id) for feed_id in connection.scalars(statement)}


def resting(connection: Connection, among: Sequence[Feed]) -> frozenset[FeedId]:
    """The fallbacks that nobody needs now, and that owe nothing from when they were needed."""
    fallbacks = [feed for feed in among if feed.fallback_for]
    if not fallbacks:
        return frozenset()
    owing = entries.owed_by(connection, [feed.id for feed in fallbacks])
    return health.resting(fallbacks, states=states(connection)).difference(owing)


def waiting(connection: Connection, *, now: datetime) -> set[tuple[str, str]]:
    """Id and address of the feeds whose time has not come; at another address it has."""
    statement = select(FeedRow.id, FeedRow.url).where(_waits(now))
    return {(feed_id, url) for feed_id, url in connection.execute(statement)}


def _waits(now: datetime) -> ColumnElement[bool]:
    # What was polled in the future was polled by a clock that was wrong: it is not waited for.
    # Not so within an hour: another process may have polled it while we waited for our turn.
    return and_(
        FeedRow.next_poll_at.is_not(None),
        FeedRow.last_polled_at.is_not(None),
        FeedRow.next_poll_at > now,
        FeedRow.last_polled_at <= now + timedelta(hours=1),
    )


def memories(connection: Connection, feed_ids: Collection[FeedId]) -> dict[FeedId, FeedMemory]:
    """What is remembered of these feeds, as they must be asked."""
    owed = entries.owed_by(connection, feed_ids)
    found = {}
    for chunk in chunks(feed_ids):
        statement = select(FeedRow).where(FeedRow.id.in_(chunk))
        for row in connection.execute(statement).mappings():
            feed_id = FeedId(row["id"])
            found[feed_id] = FeedMemory(
                validators=Validators(
                    etag=row["etag"], last_modified=row["last_modified"], checksum=row["checksum"]
                ),
                owed=owed.get(feed_id, ()),
                failures=row["failures"],
                last_new_at=row["last_new_at"],
            )
    return found


def remember_visit(connection: Connection, visit: Visit, *, next_poll_at: datetime) -> None:
    """Write down when a feed was polled, how that ended, and what to ask it with next time."""
    values = {
        "last_polled_at": visit.finished_at,
        "last_outcome": visit.outcome,
        "next_poll_at": next_poll_at,
    }
    # A failed visit has nothing to say of the listing.
    if visit.outcome is not Outcome.FAILED:
        values["etag"] = visit.validators.etag
        values["last_modified"] = visit.validators.last_modified
        values["checksum"] = visit.validators.checksum
    # Whatever was fetched is something new of this feed, also where another feed had it first.
    if visit.fetched:
        values["last_new_at"] = visit.finished_at
    statement = _remembering(visit.outcome, tuple(values))
    connection.execute(statement, {"feed": visit.feed_id, "started_at": visit.started_at, **values})


@cache
def _remembering(outcome: Outcome, columns: tuple[str, ...]) -> Update:
    """The statement for visits that end so. A stopped one says nothing of failures."""
    failures = {
        Outcome.NEWS: literal(0),
        Outcome.UNCHANGED: literal(0),
        Outcome.FAILED: FeedRow.failures + 1,
        Outcome.STOPPED: FeedRow.failures,
    }
    changes: dict[str, Any] = {name: bindparam(name) for name in columns}
    changes["failures"] = failures[outcome]
    changes["first_polled_at"] = func.coalesce(
        FeedRow.first_polled_at, bindparam("started_at", type_=Moment())
    )
    return update(FeedRow).where(FeedRow.id == bindparam("feed")).values(changes)


def add_poll(connection: Connection, poll: Poll) -> None:
    """Keep a poll."""
    row = {
        column.name: getattr(poll, column.name)
        for column in PollRow.__table__.columns
        if column.name != "id"
    }
    add(connection, PollRow, [row])


def states(connection: Connection) -> dict[FeedId, FeedState]:
    """How every feed stands, retired ones included."""
    problems = open_codes(connection)
    return {
        FeedId(row["id"]): FeedState(
            feed_id=FeedId(row["id"]),
            first_polled_at=row["first_polled_at"],
            last_polled_at=row["last_polled_at"],
            next_poll_at=row["next_poll_at"],
            last_new_at=row["last_new_at"],
            last_outcome=Outcome(row["last_outcome"]) if row["last_outcome"] else None,
            failures=row["failures"],
            open_problems=problems.get(row["id"], ()),
            is_retired=row["retired_at"] is not None,
        )
        for row in connection.execute(select(FeedRow).order_by(FeedRow.id)).mappings()
    }
