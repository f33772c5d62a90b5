"""A live try keeps nothing, and keeps manners."""

import asyncio
from datetime import timedelta

import pytest

from domain.errors import Busy
from domain.poll import FeedMemory, HostMemory
from scheduler.trying import Trial
from tests.builders import NOW, a_feed, a_visit

NEWS = a_feed()
SPEECHES = a_feed(name="speeches", url="https://press.economy.example/speeches")
ELSEWHERE = a_feed(name="archive", url="https://archive.economy.example/feed")
PRESS, ARCHIVE = "press.economy.example", "archive.economy.example"


class FakeStore:
    """Hosts and who has them; anything else that is stored would not be there."""

    def __init__(self) -> None:
        self.hosts = {host: HostMemory(host=host) for host in (PRESS, ARCHIVE)}
        self.given_back = []
        self.ended = None

    def borrow(self, host, *, now):
        return self.hosts.get(host)

    def give_back(self, memory):
        self.given_back.append(memory.host)

    def end_leases(self, leased):
        self.ended = set(leased)


class FakeEngine:
    """Visits every feed it is given, and remembers what it was given."""

    def __init__(self) -> None:
        self.batch = ()
        self.marks = None

    async def crawl(self, batch, recall):
        self.batch = batch
        for work in batch:
            for feed, _ in work.feeds:
                self.marks = await recall.marks(feed.id, ["a"])
                yield a_visit(feed=feed)


@pytest.fixture
def store():
    return FakeStore()


@pytest.fixture
def engine():
    return FakeEngine()


@pytest.fixture
def visits(store, engine):
    """What a trial of some feeds brings."""
    trial = Trial(engine=engine, store=store, clock=lambda: NOW)

    async def collected(feeds):
        return [visit.feed_id async for visit in trial.visits(feeds)]

    return lambda *feeds: asyncio.run(collected(feeds))


def test_every_feed_is_visited_as_if_for_the_first_time(visits, engine):
    assert visits(NEWS, SPEECHES, ELSEWHERE) == [NEWS.id, SPEECHES.id, ELSEWHERE.id]
    assert [work.feeds for work in engine.batch] == [
        ((NEWS, FeedMemory()), (SPEECHES, FeedMemory())),
        ((ELSEWHERE, FeedMemory()),),
    ]
    assert engine.marks == {}


def test_what_is_known_of_a_host_comes_along(visits, engine, store):
    asked_at = NOW - timedelta(seconds=1)
    store.hosts[PRESS] = HostMemory(host=PRESS, last_asked_at=asked_at)
    visits(NEWS)

    assert engine.batch[0].host.last_asked_at == asked_at


def test_a_host_is_given_back_once_its_last_feed_is_done(visits, store):
    visits(NEWS, SPEECHES, ELSEWHERE)

    assert store.given_back == [PRESS, ARCHIVE]
    assert store.ended == set()


def test_a_host_that_somebody_else_asks_is_left_alone(visits, store):
    del store.hosts[ARCHIVE]

    with pytest.raises(Busy, match=r"archive\.economy\.example is being asked by another"):
        visits(NEWS, ELSEWHERE)
    assert store.ended == {PRESS}


def test_a_host_that_asked_for_patience_is_left_alone(visits, store):
    store.hosts[PRESS] = HostMemory(host=PRESS, not_before_at=NOW + timedelta(hours=1))

    with pytest.raises(Busy, match="asked to be left alone until 2024-03-18 10:00 UTC"):
        visits(NEWS)
    assert store.ended == {PRESS}
