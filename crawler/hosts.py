"""Whose turn is it to ask a host?

Manners belong to the host, not to the feed or the crawl: one request at a time, and a pause
from the end of one to the start of the next, whoever asks. Hosts of a batch are leased to us
already; any other host (a redirect leads there, an entry's page stands there) is borrowed from
those who remember for one request and given straight back. Nobody ever holds two turns, so
nobody waits for somebody who waits.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from math import inf
from time import monotonic

from crawler.policy import CrawlPolicy
from crawler.robots import crawl_delay
from domain.errors import Busy
from domain.poll import HostMemory, HostWork, Recall, Robots

# How long we wait before asking again whether a host is free.
ASK_AGAIN_AFTER = 0.2


class Taken(Busy):
    """Somebody else keeps asking the host; the host itself has not said a word."""


@dataclass(slots=True, kw_only=True)
class Host:
    """A host while we may ask it, and what we learn of it."""

    memory: HostMemory
    pause: timedelta
    token: str
    clock: Callable[[], datetime]
    asked_at: float | None = None
    """When its last request ended, on a clock that nobody sets."""

    async def rest(self) -> None:
        """Wait until the pause since the last request is over.

        Raises Busy where the host itself asked to be left alone until later.
        """
        now = self.clock()
        if self.memory.not_before_at and self.memory.not_before_at > now:
            raise Busy(
                f"{self.memory.host} asked to be left alone until"
                f" {self.memory.not_before_at:%Y-%m-%d %H:%M:%S} UTC",
                next_step="Nothing; it is asked again then",
                retry_at=self.memory.not_before_at,
            )
        pause = max(self.pause, crawl_delay(self.memory.robots, token=self.token))
        if (wait := pause.total_seconds() - self._rested_for(now)) > 0:
            await asyncio.sleep(wait)

    def _rested_for(self, now: datetime) -> float:
        """Seconds since its last request, ours or another process's.

        A clock that was set back counts as no time.
        """
        ours = inf if self.asked_at is None else monotonic() - self.asked_at
        if self.memory.last_asked_at is None:
            return ours
        return min(ours, max(0.0, (now - self.memory.last_asked_at).total_seconds()))

    def was_asked(self) -> None:
        """Note the end of a request: the pause begins."""
        self.asked_at = monotonic()
        self.memory = replace(self.memory, last_asked_at=self.clock())

    def leave_alone(self, until: datetime) -> None:
        """Note the host's own wish."""
        self.memory = replace(self.memory, not_before_at=until)

    def remember(self, robots: Robots) -> None:
        """Note what its robots.txt says."""
        self.memory = replace(self.memory, robots=robots)


@dataclass(slots=True, kw_only=True)
class _Place:
    """Where those who want to ask one host queue."""

    host: Host
    is_leased: bool = False
    """In a batch of ours, so that nobody outside asks it; else borrowed for each turn."""
    is_taken: bool = False
    """Somebody outside had it when we last waited for it."""
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    users: int = 0


class Hosts:
    """All hosts that this process asks, each by one request at a time."""

    def __init__(self, policy: CrawlPolicy, clock: Callable[[], datetime]) -> None:
        self._policy = policy
        self._clock = clock
        self._places: dict[str, _Place] = {}
        self._leases = 0

    @asynccontextmanager
    async def leased(self, work: HostWork) -> AsyncIterator[Host]:
        """Have a batch's host for the length of a block.

        The block ends after the turns of all who queued for it; what the host then remembers is
        final, and the lease may be ended where it is kept.
        """
        place = self._at(work.host.host)
        async with place.lock:  # another crawl of ours may be asking it on the way elsewhere
            place.host.memory, place.is_leased = work.host, True
        self._leases += 1
        try:
            yield place.host
        finally:
            await self._end_lease(place)

    async def _end_lease(self, place: _Place) -> None:
        """Let those who queue have their turns as long as the lease holds, then end it."""
        try:
            async with place.lock:
                pass
        except asyncio.CancelledError:  # a stop; whoever is asking needs a moment to hang up
            async with place.lock:
                pass
            raise
        finally:
            # Before anybody else comes to the lock: they borrow, and note it on a host of theirs.
            place.is_leased, place.host = False, replace(place.host)
            self._leases -= 1
            self._forget()

    @asynccontextmanager
    async def turn(self, name: str, recall: Recall) -> AsyncIterator[Host]:
        """Be the only one to ask a host for the length of a block.

        Raises Taken where somebody else keeps asking it.
        """
        place = self._at(name)
        place.users += 1
        try:
            async with place.lock:
                if place.is_leased:
                    yield place.host
                else:
                    async with self._borrowed(place, recall) as host:
                        yield host
        finally:
            place.users -= 1

    @asynccontextmanager
    async def _borrowed(self, place: _Place, recall: Recall) -> AsyncIterator[Host]:
        place.host.memory = await self._borrow(place, recall)
        try:
            yield place.host
        finally:
            await recall.give_back(place.host.memory)

    async def _borrow(self, place: _Place, recall: Recall) -> HostMemory:
        name = place.host.memory.host
        patience = 0.0 if place.is_taken else self._policy.timeout.total_seconds()
        until = monotonic() + patience
        while (memory := await recall.borrow(name)) is None:
            if monotonic() >= until:
                place.is_taken = True
                raise Taken(f"{name} is being asked by somebody else", retry_at=self._clock())
            await asyncio.sleep(ASK_AGAIN_AFTER)
        place.is_taken = False
        return memory

    def _at(self, name: str) -> _Place:
        if name not in self._places:
            host = Host(
                memory=HostMemory(host=name),
                pause=self._policy.delay,
                token=self._policy.product_token,
                clock=self._clock,
            )
            self._places[name] = _Place(host=host)
        return self._places[name]

    def _forget(self) -> None:
        """Between crawls, hosts are remembered elsewhere."""
        if not self._leases:
            self._places = {name: place for name, place in self._places.items() if place.users}
