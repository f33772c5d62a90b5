"""One reactor for the whole test run: Twisted's cannot be started twice in a process."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future
from datetime import datetime
from threading import Thread
from typing import Any, TypeVar

import pytest

from crawler import reactor
from crawler.engine import Engine
from crawler.policy import CrawlPolicy
from domain.poll import Batch, Visit
from pollwatch.demo.town import Town
from tests.integration.crawler.visitors import Crawl, FakeRecall, a_policy, utc_now

T = TypeVar("T")
Loop = Callable[[Coroutine[Any, Any, T]], T]


@pytest.fixture(scope="session")
def on_loop() -> Iterator[Loop[Any]]:
    """Runs a coroutine on the shared reactor, and returns what it returns."""
    started: Future[asyncio.AbstractEventLoop] = Future()
    stopping: list[asyncio.Event] = []

    async def main() -> None:
        stopping.append(asyncio.Event())
        started.set_result(asyncio.get_running_loop())
        await stopping[0].wait()

    thread = Thread(target=lambda: reactor.run(main, policy=a_policy()), daemon=True)
    thread.start()
    loop = started.result(timeout=20)
    yield lambda work: asyncio.run_coroutine_threadsafe(work, loop).result(timeout=30)
    loop.call_soon_threadsafe(stopping[0].set)
    thread.join(timeout=10)


@pytest.fixture
def crawl(on_loop: Loop[Any]) -> Crawl:
    """Crawls a batch in a town from start to end, and returns its visits."""

    def crawl(
        batch: Batch,
        town: Town | None = None,
        *,
        policy: CrawlPolicy | None = None,
        recall: FakeRecall | None = None,
        clock: Callable[[], datetime] = utc_now,
    ) -> tuple[Visit, ...]:
        manners = policy or a_policy(hosts=town.hosts if town else {})

        async def work() -> tuple[Visit, ...]:
            reactor.guard_addresses(manners)
            engine = Engine(manners, clock)
            return tuple([visit async for visit in engine.crawl(batch, recall or FakeRecall())])

        visits: tuple[Visit, ...] = on_loop(work())
        return visits

    return crawl
