"""The memory's only door: one method is one transaction.

Writers of one process take turns by themselves, for they all sit in one writer thread; between
processes the database sees to it. Readers come from any thread.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from domain.evidence import Dropped, Evidence, Retention
from domain.health import FeedState
from domain.poll import Batch, HostMemory, KnownProblem, Owed, Poll, Visit
from domain.reading import Judge, Reading
from domain.record import Brought, Imported
from domain.release import EntryKey
from domain.search import Scope, Search
from domain.source import Feed, FeedId, Source, SourceId
from domain.story import StoredRelease, Story
from domain.subscriber import SubscriberId
from storage import (
    batches,
    entries,
    exporting,
    feeds,
    hosts,
    importing,
    originals,
    problems,
    pruning,
    releases,
    search,
    soundness,
    stories,
    texts,
    visits,
)
from storage.counts import Counts, counts
from storage.database import Database
from storage.deliveries import Deliveries
from storage.delivering import failures
from storage.judgements import Judgements
from storage.membership import Memberships
from storage.owner import Owner, an_owner
from storage.search import Fold
from storage.upgrade import copy_for_keeps, require, upgrade
from storage.upkeep import Upkeep


class Store:
    """An open database, and its owner's leases."""

    def __init__(self, database: Database, owner: Owner) -> None:
        self._database = database
        self._owner = owner
        self.judgements = Judgements(database)
        """The door for those who judge stored texts again."""
        self.memberships = Memberships(database)
        """The door for those who ask why releases make one story, or know better."""
        self.deliveries = Deliveries(database, owner)
        """The door for those who send mail."""
        self.upkeep = Upkeep(database)
        """The door for those who look after feeds and database."""

    @classmethod
    def open(cls, url: str, *, now: datetime, must_exist: bool = False) -> Self:
        """Open a database; makes it, or brings its tables up to date, where that is needed."""
        database = Database(url)
        try:
            if must_exist:
                require(database)
            upgrade(database, now=now)
            return cls(database, an_owner(database))
        except BaseException:
            database.close()
            raise

    def close(self) -> None:
        """Stop being an owner, which voids what is still leased, and let go of the database."""
        self._owner.leave()
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def remember_sources(self, sources: Sequence[Source], *, now: datetime) -> tuple[FeedId, ...]:
        """Make these the configured sources; the feeds of others, which are retired just now.

        They keep their state, and go on with it once they are configured again.
        """
        with self._database.writing() as connection:
            return feeds.remember_sources(connection, sources, now=now)

    def lease_due_hosts(self, feeds: Sequence[Feed], *, now: datetime, everything: bool) -> Batch:
        """Lease the hosts whose feeds are due, with what is remembered of both.

        Left out are hosts that somebody asks just now, and those that asked for patience, even
        where ``everything`` is wanted.
        """
        with self._database.writing() as connection:
            return batches.lease_due(
                connection, feeds, owner=self._owner, now=now, everything=everything
            )

    def due_feeds(
        self, feeds: Sequence[Feed], *, now: datetime, everything: bool
    ) -> tuple[Feed, ...]:
        """Those of these feeds that would be polled now; leases nothing.

        It asks who is alive, so like a writer it belongs into the writer thread.
        """
        with self._database.reading() as connection:
            return batches.due_now(
                connection, feeds, owner=self._owner, now=now, everything=everything
            )

    def marks(self, feed_id: FeedId, keys: Collection[EntryKey]) -> dict[EntryKey, str]:
        """The marks under which these entries were fetched for good, where they were."""
        with self._database.reading() as connection:
            return entries.marks(connection, feed_id, keys)

    def borrow(self, host: str, *, now: datetime) -> HostMemory | None:
        """Lease a host that is not in a batch; None while somebody asks it."""
        with self._database.writing() as connection:
            free = hosts.free(connection, [host], owner=self._owner, now=now)
            hosts.lease(connection, free, owner=self._owner)
            return free.get(host)

    def give_back(self, memory: HostMemory) -> None:
        """Remember a host and end its lease."""
        with self._database.writing() as connection:
            hosts.remember(connection, memory)
            hosts.end_lease(connection, memory.host, owner=self._owner)

    def end_leases(self, leased: Collection[str]) -> None:
        """End this store's leases of these hosts, where they have not ended yet."""
        with self._database.writing() as connection:
            hosts.end_leases(connection, leased, owner=self._owner)

    def save_visit(
        self,
        visit: Visit,
        *,
        readings: Mapping[EntryKey, Reading],
        next_poll_at: datetime,
        judge: Judge,
        host_is_done: bool,
    ) -> Poll:
        """Store everything that a visit brought home, or nothing; the poll that it makes.

        The judge is asked inside the transaction, so that nothing slips in between.
        """
        arrivals = texts.arrivals(visit, readings)
        with self._database.writing() as connection:
            poll = visits.save(
                connection, visit, arrivals=arrivals, next_poll_at=next_poll_at, judge=judge
            )
            if host_is_done:
                hosts.end_lease(connection, visit.host.host, owner=self._owner)
            return poll

    def import_rows(
        self,
        brought: Sequence[Brought],
        *,
        subscribers: Sequence[SubscriberId],
        judge: Judge,
        now: datetime,
    ) -> Imported:
        """Store rows, no id of a source twice among them, or none; what became of them.

        The subscribers are never mailed what nobody but these rows brought.
        """
        arrivals = importing.arrivals(brought)
        with self._database.writing() as connection:
            return importing.save(
                connection,
                [row.record for row in brought],
                arrivals=arrivals,
                subscribers=subscribers,
                judge=judge,
                now=now,
            )

    def export_rows(
        self, topic: str, *, source: SourceId | None, zones: Mapping[SourceId, tzinfo]
    ) -> Iterator[dict[str, Any]]:
        """A row for each appearance, all of one moment, judged by one topic."""
        with self._database.reading() as connection:
            yield from exporting.rows(connection, topic, source=source, zones=zones)

    def feed_states(self) -> dict[FeedId, FeedState]:
        """How every feed stands, retired ones included."""
        with self._database.reading() as connection:
            return feeds.states(connection)

    def problems(self, *, include_closed: bool) -> tuple[KnownProblem, ...]:
        """The open problems, oldest first; or all, with those that may still pass by themselves."""
        with self._database.reading() as connection:
            known = problems.listed(connection, include_closed=include_closed)
            return (*known, *failures(connection))

    def owed(self) -> dict[FeedId, tuple[Owed, ...]]:
        """What was listed and not yet fetched for good, by feed, oldest first."""
        with self._database.reading() as connection:
            return entries.owed_by(connection, feeds.states(connection))

    def release(self, public_id: str) -> StoredRelease | None:
        """The release that answers to an id, be it its own or of one that vanished into it."""
        with self._database.reading() as connection:
            return releases.find(connection, public_id)

    def release_at(self, url: str) -> StoredRelease | None:
        """The release that was seen last at an address, or was listed under it."""
        with self._database.reading() as connection:
            return releases.find_by_address(connection, url)

    def find(self, wanted: Search, *, scope: Scope, at_most: int) -> tuple[StoredRelease, ...]:
        """The releases that are looked for, newest first; also by words of an earlier text."""
        with self._database.reading() as connection:
            rows = search.find(connection, wanted, scope, at_most=at_most)
            found = releases.load(connection, rows)
            return tuple(found[row] for row in rows)

    def fold_rest(self, fold: Fold, *, version: int) -> Iterator[int]:
        """Let older texts be found too, a transaction a portion; says how many are left.

        A store that holds none yields nothing.
        """
        with self._database.reading() as connection:
            left = search.left_to_fold(connection, version=version)
        last = 0
        while left > 0:
            yield left
            with self._database.writing() as connection:
                folded = search.fold_some(connection, fold, version=version, behind=last)
            # What is not left any more, somebody else has folded meanwhile.
            left = left - len(folded) if folded else 0
            last = max(folded, default=last)

    def evidence(self, public_id: str) -> Evidence | None:
        """Everything that is held of the release that answers to an id."""
        with self._database.reading() as connection:
            release = releases.find(connection, public_id)
            if release is None:
                return None
            return Evidence(release=release, exhibits=originals.exhibits(connection, release.id))

    def prunable(self, retention: Retention, *, now: datetime) -> Dropped:
        """What has been kept long enough."""
        with self._database.reading() as connection:
            return pruning.due(connection, retention, now=now)

    def prune(self, retention: Retention, *, now: datetime) -> Iterator[Dropped]:
        """Drop what has been kept long enough, a transaction a portion; says what it was."""
        yield from pruning.drop(self._database, retention, now=now)

    def back_up(self, to: Path) -> None:
        """Copy the database to a new file while it is in use, and read the copy back."""
        copy_for_keeps(self._database, to=to)

    def matched_stories(self, topic: str, *, since: datetime) -> tuple[Story, ...]:
        """Stories with a release that matches and was first seen since then, first seen first."""
        with self._database.reading() as connection:
            return stories.matched(connection, topic, since=since)

    def untold_stories(self, topic: str, *, subscriber: str) -> tuple[Story, ...]:
        """Stories with a release that matches and that no digest told the subscriber of."""
        with self._database.reading() as connection:
            return stories.untold(connection, topic, subscriber=subscriber)

    def counts(self) -> Counts:
        """How much is held."""
        with self._database.reading() as connection:
            return counts(connection)

    def check(self) -> tuple[str, ...]:
        """What is wrong with the database, one sentence each; nothing where it is sound."""
        with self._database.reading() as connection:
            return soundness.faults(connection)

    def dump(self) -> Iterator[dict[str, Any]]:
        """A record for each appearance, all of one moment."""
        with self._database.reading() as connection:
            yield from releases.dump(connection)
