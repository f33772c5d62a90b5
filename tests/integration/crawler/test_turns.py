"""Whether a host stays ours until the last request to it has ended, whoever made it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from crawler.hosts import Hosts
from domain.poll import HostMemory, HostWork, Visit
from domain.source import Feed
from pollwatch.demo.town import Answer, Town, page
from tests.builders import a_feed
from tests.integration.crawler.conftest import Loop
from tests.integration.crawler.offices import (
    NAME,
    OTHER,
    RSS,
    a_feed_of,
    a_release_page,
    feed_text,
    item,
)
from tests.integration.crawler.visitors import Crawl, FakeRecall, a_batch, a_policy, utc_now

A_WHILE = timedelta(milliseconds=300)
WORK = HostWork(host=HostMemory(host=NAME), feeds=())


def the_feed(town: Town, host: str, name: str) -> Feed:
    return a_feed(url=f"http://{host}:{town.port}/feed", name=name)


def visit_of_the_other(crawl: Crawl, answer: Answer, recall: FakeRecall) -> Visit:
    """The only visit of a host whose page another host's feed leads to while it is polled."""
    slow = Answer(body=a_feed_of().body, headers=(("Content-Type", RSS),), delay=A_WHILE)
    with Town({NAME: {}, OTHER: {"/feed": slow, "/1": answer}}) as town:
        link = f"http://{OTHER}:{town.port}/1"
        listed = page(feed_text([item(1, link=link)]), content_type=RSS)
        town.offices = {NAME: {"/feed": listed}, OTHER: {"/feed": slow, "/1": answer}}
        feeds = (the_feed(town, NAME, "news"), the_feed(town, OTHER, "files"))
        visits = crawl(a_batch(*feeds), town, recall=recall)
    (visit,) = (visit for visit in visits if visit.feed_id == "xx_economy/files")
    return visit


def test_a_host_is_given_up_only_when_the_last_request_to_it_has_ended(crawl: Crawl) -> None:
    recall = FakeRecall()
    slow = Answer(body=a_release_page(1).body, delay=A_WHILE)
    visit = visit_of_the_other(crawl, slow, recall)
    assert recall.borrowed == []
    assert visit.host.last_asked_at is not None
    assert visit.host.last_asked_at - visit.started_at >= 2 * A_WHILE


def test_what_a_host_asks_of_a_guest_from_elsewhere_is_remembered(crawl: Crawl) -> None:
    busy = Answer(status=429, headers=(("Retry-After", "600"),))
    visit = visit_of_the_other(crawl, busy, FakeRecall())
    assert visit.host.not_before_at is not None


class Street:
    """One host: somebody polls it, and somebody else asks it meanwhile."""

    def __init__(self) -> None:
        self.hosts = Hosts(a_policy(), utc_now)
        self.recall = FakeRecall()
        self.asking, self.answer = asyncio.Event(), asyncio.Event()
        self.remembered: list[HostMemory] = []

    async def poll(self) -> None:
        """Have the host until somebody asks it, and remember it when it is ours no more."""
        try:
            async with self.hosts.leased(WORK) as host:
                await self.asking.wait()
        finally:
            self.remembered.append(host.memory)

    async def ask(self) -> None:
        """Ask the host for as long as it takes to answer."""
        async with self.hosts.turn(NAME, self.recall) as host:
            self.asking.set()
            await self.answer.wait()
            host.was_asked()


async def all_have_gone_on() -> None:
    """Let every task come to where it has to wait."""
    for _ in range(10):
        await asyncio.sleep(0)


async def stopped_in_between() -> Street:
    """A street where the poll was over and stopped while the other was still asking."""
    street = Street()
    polling = asyncio.create_task(street.poll())
    await all_have_gone_on()
    asking = asyncio.create_task(street.ask())
    await all_have_gone_on()
    polling.cancel()
    await all_have_gone_on()
    street.answer.set()
    await asyncio.wait([polling, asking])
    return street


def test_also_a_stop_waits_for_the_end_of_the_last_request(on_loop: Loop[Any]) -> None:
    street = on_loop(stopped_in_between())
    (memory,) = street.remembered
    assert memory.last_asked_at is not None


def test_a_host_whose_poll_was_stopped_is_borrowed_again(on_loop: Loop[Any]) -> None:
    async def asked_again() -> Street:
        street = await stopped_in_between()
        await street.ask()
        return street

    street = on_loop(asked_again())
    assert street.recall.borrowed == [NAME]
    assert street.recall.taken == set()


def test_what_a_host_remembers_stays_when_it_is_borrowed_again(on_loop: Loop[Any]) -> None:
    async def asked_again() -> tuple[HostMemory, HostMemory]:
        street = await stopped_in_between()
        await street.ask()
        return street.remembered[0], street.recall.hosts[NAME]

    before, after = on_loop(asked_again())
    assert before.last_asked_at < after.last_asked_at
