"""How does one crawl? ``Engine.crawl(batch, recall)`` gives visit after visit.

A crawl is a function: hosts with their due feeds go in, visits come out, and nothing is stored
on the way. One Scrapy crawler serves a whole batch. ``Engine.ask`` is for those who look around
on a site before there is a feed to poll; both go through the same door, with the same manners.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from scrapy.crawler import AsyncCrawlerRunner

from crawler.hosts import Hosts
from crawler.policy import CrawlPolicy, scrapy_settings
from crawler.spiders.asking import AskingSpider, Conversation, Guest
from crawler.spiders.fetching import Fetcher
from crawler.spiders.press import Errand, PressSpider
from domain.poll import Batch, Recall, Visit

T = TypeVar("T")

# Most hosts that are being polled rest between two requests, and each holds what its feed has
# brought so far. So many for each request under way keep the line busy and memory bounded.
OPEN_HOSTS = 4


class Engine:
    """Fetches what a batch of hosts has to tell. Lives on the reactor's loop."""

    def __init__(self, policy: CrawlPolicy, clock: Callable[[], datetime]) -> None:
        self._policy = policy
        self._clock = clock
        self._runner = AsyncCrawlerRunner(scrapy_settings(policy))
        self._hosts = Hosts(policy, clock)
        self._gate = asyncio.Semaphore(policy.at_once)
        self._room = asyncio.Semaphore(OPEN_HOSTS * policy.at_once)
        self._stopping: set[asyncio.Event] = set()
        self._is_stopped = False

    async def crawl(self, batch: Batch, recall: Recall) -> AsyncGenerator[Visit, None]:
        """Poll the feeds of a batch: a visit each, as soon as it is done.

        Raises what kept the crawl from starting. Whoever stops listening stops the crawl.
        """
        errand = Errand(
            batch=batch,
            policy=self._policy,
            clock=self._clock,
            hosts=self._hosts,
            gate=self._gate,
            room=self._room,
            recall=recall,
        )
        self._stopping.add(errand.stopping)
        if self._is_stopped:
            errand.stopping.set()
        closed = asyncio.ensure_future(self._runner.crawl(PressSpider, errand=errand))
        closed.add_done_callback(lambda _: errand.visits.put_nowait(None))
        try:
            while (visit := await errand.visits.get()) is not None:
                yield visit
            await closed
        finally:
            errand.stopping.set()
            self._stopping.discard(errand.stopping)
            await asyncio.wait([closed])
        if errand.faults:
            raise errand.faults[0]

    async def ask(self, recall: Recall, talk: Callable[[Guest], Coroutine[Any, Any, T]]) -> T:
        """What a guest makes of the addresses that it asks for, one at a time.

        A stop cancels it.
        """
        fetcher = partial(
            Fetcher,
            policy=self._policy,
            hosts=self._hosts,
            recall=recall,
            gate=self._gate,
            clock=self._clock,
        )
        conversation = Conversation(talk=talk, fetcher=fetcher)
        self._stopping.add(conversation.stopping)
        if self._is_stopped:
            conversation.stopping.set()
        closed = asyncio.ensure_future(self._runner.crawl(AskingSpider, conversation=conversation))
        try:
            await asyncio.shield(closed)
        finally:
            conversation.stopping.set()
            self._stopping.discard(conversation.stopping)
            await asyncio.wait([closed])
        if conversation.said is None:
            raise asyncio.CancelledError
        said: T = conversation.said.result()
        return said

    def stop(self) -> None:
        """End all crawls, now and from now on; what they have comes out as partial visits."""
        self._is_stopped = True
        for stopping in self._stopping:
            stopping.set()
