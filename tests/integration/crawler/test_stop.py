"""What comes out of a crawl that is stopped in the middle."""

from __future__ import annotations

import asyncio
from contextlib import closing, suppress
from datetime import timedelta
from socket import create_server
from threading import Event, Thread
from time import monotonic
from typing import Any

from crawler import reactor
from crawler.engine import Engine
from domain.poll import Fate, FeedMemory, Outcome, Visit
from domain.source import Feed
from pollwatch.demo.town import Answer, Town
from tests.builders import a_feed, an_owed
from tests.integration.crawler.conftest import Loop
from tests.integration.crawler.offices import NAME, OTHER, a_feed_of, a_release_page, an_office
from tests.integration.crawler.visitors import (
    FakeRecall,
    a_batch,
    a_policy,
    utc_now,
)

SILENT = Answer(silence=True)


def the_feed(town: Town, *, host: str = NAME, name: str = "news") -> Feed:
    return a_feed(url=f"http://{host}:{town.port}/feed", name=name)


async def stopped(*feeds: Feed, memory: FeedMemory | None = None) -> Stopped:
    """Crawl, and stop while something silent is being asked."""
    policy = a_policy(hosts={NAME: "127.0.0.1"}, timeout=timedelta(seconds=20))
    reactor.guard_addresses(policy)
    engine = Engine(policy, utc_now)
    asyncio.get_running_loop().call_later(0.6, engine.stop)
    visits = [visit async for visit in engine.crawl(a_batch(*feeds, memory=memory), FakeRecall())]
    return visits, monotonic()


Stopped = tuple[list[Visit], float]


def test_a_stop_in_mid_poll_brings_home_what_is_there(on_loop: Loop[Any]) -> None:
    office = an_office(1, 2, 3) | {"/news/2": SILENT}
    with Town({NAME: office}) as town:
        began = monotonic()
        (visit,), ended = on_loop(stopped(the_feed(town)))
    assert visit.outcome is Outcome.STOPPED
    assert [fate for _, fate in visit.fates] == [Fate.FETCHED, Fate.DEFERRED, Fate.DEFERRED]
    assert [owed.entry.key for owed in visit.owed] == ["id-2", "id-3"]
    assert [owed.attempts for owed in visit.owed] == [0, 0]
    assert len(visit.fetched) == 1
    assert ended - began < 0.6 + 0.3


def test_a_stop_hangs_up_on_whoever_was_being_asked(on_loop: Loop[Any]) -> None:
    hung_up = Event()
    with closing(create_server(("127.0.0.1", 0))) as server:

        def listen() -> None:
            line, _ = server.accept()
            with line, suppress(ConnectionResetError):
                line.recv(10_000)
                line.recv(1)
            hung_up.set()

        Thread(target=listen, daemon=True).start()
        feed = a_feed(url=f"http://{NAME}:{server.getsockname()[1]}/feed")
        on_loop(stopped(feed))
        assert hung_up.wait(timeout=1)


def test_a_stop_before_anything_was_listed_leaves_all_as_it_was(on_loop: Loop[Any]) -> None:
    owed = (an_owed(attempts=2),)
    with Town({NAME: {"/feed": SILENT}}) as town:
        memory = FeedMemory(owed=owed)
        (visit,), _ = on_loop(stopped(the_feed(town), memory=memory))
    assert visit.outcome is Outcome.STOPPED
    assert (visit.listed, visit.taken_up, visit.fates) == (0, 0, ())
    assert visit.owed == owed
    assert visit.problems == ()


def test_feeds_that_were_not_begun_stay_due(on_loop: Loop[Any]) -> None:
    with Town({NAME: {"/feed": SILENT}}) as town:
        feeds = (the_feed(town), the_feed(town, name="speeches"))
        visits, _ = on_loop(stopped(*feeds))
    assert [visit.feed_id for visit in visits] == ["xx_economy/news"]


def test_a_feed_that_is_done_comes_out_while_others_are_polled(on_loop: Loop[Any]) -> None:
    async def first_of_two() -> str:
        policy = a_policy(hosts=town.hosts, timeout=timedelta(seconds=20))
        reactor.guard_addresses(policy)
        engine = Engine(policy, utc_now)
        feeds = (the_feed(town, host=OTHER, name="slow"), the_feed(town))
        crawl = engine.crawl(a_batch(*feeds), FakeRecall())
        visit = await anext(crawl)
        await crawl.aclose()
        return visit.feed_id

    offices = {NAME: an_office(1), OTHER: {"/feed": SILENT}}
    with Town(offices) as town:
        assert on_loop(first_of_two()) == "xx_economy/news"


def test_an_engine_crawls_as_often_as_it_is_asked(on_loop: Loop[Any]) -> None:
    async def three_times() -> list[Outcome]:
        policy = a_policy(hosts=town.hosts)
        reactor.guard_addresses(policy)
        engine = Engine(policy, utc_now)
        return [
            visit.outcome
            for _ in range(3)
            async for visit in engine.crawl(a_batch(the_feed(town)), FakeRecall())
        ]

    with Town({NAME: {"/feed": a_feed_of(1), "/news/1": a_release_page(1)}}) as town:
        assert on_loop(three_times()) == [Outcome.NEWS, Outcome.NEWS, Outcome.NEWS]


def test_an_empty_batch_brings_nothing(on_loop: Loop[Any]) -> None:
    async def nothing() -> list[Visit]:
        engine = Engine(a_policy(), utc_now)
        return [visit async for visit in engine.crawl((), FakeRecall())]

    assert on_loop(nothing()) == []
