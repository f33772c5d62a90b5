"""One pass over the feeds that are due, each from due to stored.

Here a newcomer reads the product: hosts are leased, their feeds polled, what they brought is
read, judged and stored, a transaction a feed. The crawler, the judgement and the store meet
nowhere else.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import structlog

from domain.errors import StorageError
from domain.poll import (
    Code,
    FeedMemory,
    HostMemory,
    Outcome,
    Poll,
    Problem,
    Visit,
)
from domain.reading import Judge, Reading
from domain.release import EntryKey, Release
from domain.source import Feed, FeedId, SourceId
from domain.urls import host_of
from scheduler import due
from scheduler.misreadings import OUR_FAULT, in_one_line, read_all

if TYPE_CHECKING:
    from crawler.engine import Engine
    from storage.store import Store

log = structlog.get_logger()
Answer = TypeVar("Answer")


class Collector:
    """Polls what is due; one for the life of a process."""

    def __init__(
        self,
        *,
        engine: Engine,
        store: Store,
        read: Callable[[Release], Reading],
        judge: Judge,
        learn: Callable[[Mapping[SourceId, int]], None],
        clock: Callable[[], datetime],
        may_fetch: bool,
    ) -> None:
        self._engine = engine
        self._store = store
        self._read = read
        self._judge = judge
        self._learn = learn
        self._clock = clock
        self._may_fetch = may_fetch
        # All writing goes through one thread: SQLite has one writer, and the loop stays free.
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer")

    async def collect(self, feeds: Sequence[Feed], *, everything: bool) -> AsyncGenerator[Poll]:
        """Poll those of these feeds that are due; yields each poll as it is stored.

        With ``everything`` the pace is overridden, never robots.txt or Retry-After. A database
        that fails ends the pass with StorageError; all else becomes a problem of its feed.
        """
        lease = partial(
            self._store.lease_due_hosts, feeds, now=self._clock(), everything=everything
        )
        batch = await self._write(lease)
        polled = {feed.id: (feed, memory) for work in batch for feed, memory in work.feeds}
        left = Counter(host_of(feed.url) for feed, _ in polled.values())
        brought: Counter[SourceId] = Counter()
        try:
            if batch:
                async with aclosing(self._engine.crawl(batch, self)) as visits:
                    async for visit in visits:
                        feed, memory = polled[visit.feed_id]
                        host = host_of(feed.url)
                        is_last = left[host] == 1
                        poll = await self._keep(visit, feed, memory, host_is_done=is_last)
                        left[host] -= 1
                        brought[feed.source_id] += poll.stored + poll.revised
                        yield poll
            await self._write(partial(self._learn, brought))
        finally:
            # Of no other hosts: those that are done may be another batch's by now.
            await self._write(
                partial(self._store.end_leases, [host for host in left if left[host]])
            )

    async def _keep(
        self, visit: Visit, feed: Feed, memory: FeedMemory, *, host_is_done: bool
    ) -> Poll:
        """Read what a visit brought and store it; a bug costs one poll, never the pass."""
        try:
            visit, readings = await asyncio.to_thread(read_all, visit, memory, read=self._read)
            poll = await self._save(visit, feed, memory, readings, host_is_done)
        except StorageError:
            raise
        # One bad feed never costs the others: what nobody foresaw is logged whole and reported.
        except Exception as error:
            log.exception("poll failed unexpectedly", feed=feed.id)
            visit = _as_bug(visit, memory, error)
            poll = await self._save(visit, feed, memory, {}, host_is_done)
        _report(poll)
        return poll

    async def _save(
        self,
        visit: Visit,
        feed: Feed,
        memory: FeedMemory,
        readings: Mapping[EntryKey, Reading],
        host_is_done: bool,  # noqa: FBT001 - private, and named at both calls
    ) -> Poll:
        next_poll_at = due.next_poll_at(feed, visit, memory=memory, may_fetch=self._may_fetch)
        save = partial(
            self._store.save_visit,
            visit,
            readings=readings,
            next_poll_at=next_poll_at,
            judge=self._judge,
            host_is_done=host_is_done,
        )
        return await self._write(save)

    async def _write(self, job: Callable[[], Answer]) -> Answer:
        return await asyncio.get_running_loop().run_in_executor(self._writer, job)

    # What the crawler may ask in mid-crawl (domain.poll.Recall).

    async def marks(self, feed_id: FeedId, keys: Sequence[EntryKey]) -> Mapping[EntryKey, str]:
        """The marks under which these entries were fetched for good."""
        return await self._write(partial(self._store.marks, feed_id, keys))

    async def borrow(self, host: str) -> HostMemory | None:
        """Lease a host that is not in the batch; None while somebody else asks it."""
        return await self._write(partial(self._store.borrow, host, now=self._clock()))

    async def give_back(self, host: HostMemory) -> None:
        """Store what is now known of a borrowed host and end its lease."""
        await self._write(partial(self._store.give_back, host))


def _as_bug(visit: Visit, memory: FeedMemory, error: Exception) -> Visit:
    """The same visit as if it had brought nothing, so that its entries are listed again."""
    problem = Problem(
        code=Code.UNEXPECTED,
        place=visit.feed_id,
        detail=in_one_line(error),
        hint=OUR_FAULT,
    )
    return replace(
        visit,
        outcome=Outcome.FAILED,
        validators=memory.validators,
        listed=0,
        taken_up=0,
        fates=(),
        fetched=(),
        owed=memory.owed,
        given_up=(),
        problems=(problem,),
    )


def _report(poll: Poll) -> None:
    for problem in poll.opened:
        log.warning("problem opened", code=problem.code, place=problem.place, detail=problem.detail)
    log.info(
        "poll finished",
        feed=poll.feed_id,
        outcome=poll.outcome,
        listed=poll.listed,
        owed=poll.owed,
        known=poll.known,
        stored=poll.stored,
        took=f"{(poll.finished_at - poll.started_at).total_seconds():.1f}s",
    )
