"""The memory's door for those who look after it; one method is one transaction."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select

from domain.poll import HostMemory, Outcome, Problem
from domain.source import FeedId
from domain.watching import LISTINGS, Figures, Room
from storage import hosts, problems
from storage.counts import Asked, asked_since
from storage.database import Database
from storage.readings import RulesRow
from storage.schema import AppearanceRow, EntryRow, HostRow, OwedRow, PollRow

# Older listings say little of how long one is now.
LOOKED_AT = timedelta(days=90)


class Upkeep:
    """What feeds brought so far, and how the database itself is."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def owing(self) -> frozenset[FeedId]:
        """The feeds that listed what was not fetched for good yet."""
        with self._database.reading() as connection:
            return frozenset(map(FeedId, connection.scalars(select(OwedRow.feed_id).distinct())))

    def figures(self, feed_id: FeedId, *, with_arrivals: bool, now: datetime) -> Figures:
        """What a feed brought; when it did is only looked up where that is asked for."""
        arrived = AppearanceRow.first_seen_at
        arrivals = (
            select(arrived)
            .join(EntryRow, EntryRow.id == AppearanceRow.entry_id)
            .where(EntryRow.feed_id == feed_id)
            .distinct()
            .order_by(arrived)
        )
        listings = (
            select(PollRow.listed)
            .where(
                PollRow.feed_id == feed_id,
                PollRow.outcome == Outcome.NEWS,
                PollRow.started_at > now - LOOKED_AT,
            )
            .order_by(PollRow.started_at.desc())
            .limit(LISTINGS + 1)
        )
        with self._database.reading() as connection:
            return Figures(
                arrivals=connection.scalars(arrivals).all() if with_arrivals else (),
                listings=connection.scalars(listings).all(),
            )

    def note(
        self, judged: Mapping[FeedId, Sequence[Problem]], *, polled_at: Mapping[FeedId, datetime]
    ) -> tuple[Problem, ...]:
        """Count, open and close what the polls of these feeds add up to; what opened."""
        with self._database.writing() as connection:
            return tuple(
                opened
                for feed_id, found in judged.items()
                for opened in problems.judge(
                    connection, feed_id, found, polled_at=polled_at[feed_id]
                )
            )

    def room(self) -> Room | None:
        """How much room the database has; None where it lies on another machine."""
        if not self._database.is_sqlite:
            return None
        path = self._database.path
        free = shutil.disk_usage(path.parent).free
        return Room(place=str(path), free=free, held=path.stat().st_size)

    def rules_since(self, checksum: str) -> datetime | None:
        """When these rules first judged a text; None where they never did."""
        with self._database.reading() as connection:
            statement = select(RulesRow.first_used_at).where(RulesRow.checksum == checksum)
            return connection.scalar(statement)

    def last_asked_at(self) -> datetime | None:
        """When a host was asked last."""
        with self._database.reading() as connection:
            return connection.scalar(select(func.max(HostRow.last_asked_at)))

    def asked_since(self, since: datetime) -> dict[FeedId, Asked]:
        """What was asked for each feed since then, as far as polls are kept."""
        with self._database.reading() as connection:
            return asked_since(connection, since)

    def hosts(self) -> dict[str, HostMemory]:
        """What manners ask us to remember of each host."""
        with self._database.reading() as connection:
            return hosts.remembered(connection)

    def check_writable(self) -> None:
        """Nothing, where the database may be written to; else a StorageError."""
        with self._database.writing() as connection:
            connection.exec_driver_sql("CREATE TABLE pollwatch_doctor (it INTEGER)")
            connection.rollback()
