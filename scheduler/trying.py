"""What would these feeds bring, and what has a site? A live try that keeps nothing of it.

No entry counts as known, no release and no poll is stored. Manners hold as always, so what hosts
ask of us is remembered as always: pauses, robots.txt, and when to come again.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Coroutine, Mapping, Sequence
from contextlib import aclosing
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from domain.errors import Busy
from domain.poll import FeedMemory, HostMemory, HostWork, Visit
from domain.release import EntryKey
from domain.source import Feed, FeedId
from domain.urls import host_of

if TYPE_CHECKING:
    from crawler.engine import Engine
    from crawler.spiders.asking import Guest
    from storage.store import Store

T = TypeVar("T")


class Trial:
    """Visits feeds as if for the first time."""

    def __init__(self, *, engine: Engine, store: Store, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._store = store
        self._clock = clock
        self._held: set[str] = set()
        self._robots: dict[str, str] = {}

    async def visits(self, feeds: Sequence[Feed]) -> AsyncGenerator[Visit]:
        """Visit these feeds, each as soon as it is done.

        Raises Busy where a host is asked by somebody else, or asked to be left alone.
        """
        left = Counter(host_of(feed.url) for feed in feeds)
        try:
            batch = tuple([await self._leased(host, feeds) for host in left])
            async with aclosing(self._engine.crawl(batch, self)) as visits:
                async for visit in visits:
                    left[visit.host.host] -= 1
                    if not left[visit.host.host]:
                        await self.give_back(visit.host)
                    yield visit
        finally:
            await asyncio.to_thread(self._store.end_leases, self._held)

    async def talk(self, talk: Callable[[Guest], Coroutine[Any, Any, T]]) -> T:
        """What a guest makes of the addresses that it asks for, one at a time.

        Raises Busy where a host is asked by somebody else, or asked to be left alone.
        """
        try:
            return await self._engine.ask(self, talk)
        finally:
            await asyncio.to_thread(self._store.end_leases, self._held)

    def robots(self, url: str) -> str:
        """What the robots.txt of an address's host said; empty where it was not asked for."""
        return self._robots.get(host_of(url), "")

    async def _leased(self, host: str, feeds: Sequence[Feed]) -> HostWork:
        memory, now = await self.borrow(host), self._clock()
        if memory is None:
            raise Busy(
                f"{host} is being asked by another pollwatch", next_step="Try again when that ends"
            )
        if memory.not_before_at and memory.not_before_at > now:
            raise Busy(
                f"{host} asked to be left alone until {memory.not_before_at:%Y-%m-%d %H:%M} UTC",
                next_step="Try again then",
            )
        of_host = tuple((feed, FeedMemory()) for feed in feeds if host_of(feed.url) == host)
        return HostWork(host=memory, feeds=of_host)

    # What the crawler may ask in mid-crawl (domain.poll.Recall).

    async def marks(self, feed_id: FeedId, keys: Sequence[EntryKey]) -> Mapping[EntryKey, str]:  # noqa: ARG002 - asked as of a Collector
        """Nothing: every entry is new."""
        return {}

    async def borrow(self, host: str) -> HostMemory | None:
        """Lease a host; None while somebody else asks it."""
        borrow = partial(self._store.borrow, host, now=self._clock())
        if (memory := await asyncio.to_thread(borrow)) is not None:
            self._held.add(host)
        return memory

    async def give_back(self, host: HostMemory) -> None:
        """Store what is now known of a host and end its lease."""
        self._robots[host.host] = host.robots.text if host.robots else ""
        await asyncio.to_thread(self._store.give_back, host)
        self._held.discard(host.host)
