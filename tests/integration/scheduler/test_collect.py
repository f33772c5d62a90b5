"""One pass, from due to stored: what it leaves behind, also where something breaks."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

import pytest

from domain.errors import StorageError
from domain.poll import Code, Outcome
from scheduler.collect import Collector
from storage.store import Store
from tests.builders import NOW, a_feed, a_reading, a_release, a_source
from tests.fakes import FakeEngine, FakeJudge

NEWS = a_feed()
SPEECHES = a_feed(name="speeches", url="https://press.economy.example/speeches")
ELSEWHERE = a_feed(name="archive", url="https://archive.economy.example/feed")
FEEDS = (NEWS, SPEECHES, ELSEWHERE)
PRESS, ARCHIVE = "press.economy.example", "archive.economy.example"
GOOD = a_release(url="https://press.economy.example/1", title="On the vote")
ODD = a_release(url="https://press.economy.example/2", title="Odd", text="Other words.")


class BrokenJudge(FakeJudge):
    """A judge with a fault."""

    def partition(self, texts, likenesses):
        raise ZeroDivisionError("no weights")


class FullStore(Store):
    """A store whose disk is full."""

    def save_visit(self, visit, **_):
        raise StorageError("The disk is full")


def read(release):
    """A reading of every release but the odd one."""
    if release.title == "Odd":
        raise ZeroDivisionError("a text without\nsentences")
    return a_reading(release)


def an_open(kind, url):
    """An open store that knows all feeds."""
    store = kind.open(url, now=NOW)
    store.remember_sources([a_source(feeds=FEEDS)], now=NOW)
    return store


@pytest.fixture
def store(sqlite_url):
    with an_open(Store, sqlite_url) as opened:
        yield opened


@pytest.fixture
def engine():
    return FakeEngine()


@pytest.fixture
def collector(engine, store):
    """A way to make collectors on the store."""

    def made(*, judge=None, on=store, learn=lambda brought: None):
        return Collector(
            engine=engine,
            store=on,
            read=read,
            judge=judge or FakeJudge(),
            learn=learn,
            clock=lambda: NOW,
            may_fetch=True,
        )

    return made


def collected(collector, *feeds, after_each=lambda: None):
    """The polls of a pass; ``after_each`` is asked after each, beside them."""

    async def run():
        async with aclosing(collector.collect(feeds, everything=False)) as polls:
            return [(poll, after_each()) async for poll in polls]

    return asyncio.run(run())


def polls_of(collector, *feeds):
    return [poll for poll, _ in collected(collector, *feeds)]


def open_problems(store):
    return [(problem.code, problem.place) for problem in store.problems(include_closed=False)]


def test_what_a_visit_brought_is_read_and_stored(collector, engine, store):
    engine.lists(NEWS, GOOD)
    (poll,) = polls_of(collector(), NEWS)
    assert (poll.feed_id, poll.outcome, poll.stored, poll.matched) == (NEWS.id, "news", 1, 1)
    assert store.release_at(GOOD.url).title == "On the vote"
    assert store.feed_states()[NEWS.id].next_poll_at == poll.next_poll_at > NOW


def test_after_a_pass_it_is_learned_from_what_each_source_brought(collector, engine):
    learned = []
    engine.lists(NEWS, GOOD)
    polls_of(collector(learn=learned.append), NEWS)
    assert learned == [{NEWS.source_id: 1}]


def test_a_feed_that_was_polled_is_not_due_at_once(collector, engine):
    engine.lists(NEWS, GOOD)
    polls_of(collector(), NEWS)
    assert polls_of(collector(), NEWS) == []


def test_a_feed_that_refuses_costs_no_other(collector, engine, store):
    engine.refuses(NEWS)
    engine.lists(SPEECHES, GOOD)
    polls = polls_of(collector(), NEWS, SPEECHES)
    assert [poll.outcome for poll in polls] == [Outcome.FAILED, Outcome.NEWS]
    assert open_problems(store) == [(Code.FEED_REFUSED, NEWS.id)]


def test_a_release_that_cannot_be_read_costs_itself_alone(collector, engine, store):
    engine.lists(NEWS, ODD, GOOD)
    (poll,) = polls_of(collector(), NEWS)
    assert (poll.outcome, poll.listed, poll.stored, poll.failed) == (Outcome.NEWS, 2, 1, 1)
    assert store.release_at(GOOD.url).title == "On the vote"
    assert open_problems(store) == [(Code.UNEXPECTED, ODD.url)]
    assert store.counts().owed == 1


def test_a_visit_that_cannot_be_stored_is_an_unexpected_problem(collector, engine, store):
    engine.lists(NEWS, GOOD)
    (poll, other) = polls_of(collector(judge=BrokenJudge()), NEWS, ELSEWHERE)
    (problem,) = poll.opened
    assert (poll.outcome, poll.stored) == (Outcome.FAILED, 0)
    assert (problem.code, problem.place) == (Code.UNEXPECTED, NEWS.id)
    assert problem.detail == "ZeroDivisionError: no weights"
    assert other.outcome is Outcome.UNCHANGED
    assert store.marks(NEWS.id, ["https://press.economy.example/1"]) == {}


def test_a_host_is_free_for_others_only_after_its_last_feed(collector, store):
    def is_free():
        return store.borrow(PRESS, now=NOW) is not None

    polls = collected(collector(), NEWS, SPEECHES, after_each=is_free)
    assert [free for _, free in polls] == [False, True]


def test_a_host_that_another_batch_took_meanwhile_stays_with_it(collector, store):
    def borrow():
        return store.borrow(PRESS, now=NOW)

    collected(collector(), NEWS, ELSEWHERE, after_each=borrow)
    assert borrow() is None


def test_a_crawl_that_breaks_is_told_and_leaves_no_lease(collector, engine, store):
    engine.breaks(after=1)
    with pytest.raises(RuntimeError, match="the crawl broke"):
        polls_of(collector(), NEWS, SPEECHES, ELSEWHERE)
    assert store.borrow(PRESS, now=NOW)
    assert store.borrow(ARCHIVE, now=NOW)


def test_a_database_that_fails_ends_the_pass_and_leaves_no_lease(collector, store, sqlite_url):
    with an_open(FullStore, sqlite_url) as full:
        with pytest.raises(StorageError, match="The disk is full"):
            polls_of(collector(on=full), NEWS, ELSEWHERE)
        assert store.borrow(PRESS, now=NOW)
        assert store.borrow(ARCHIVE, now=NOW)
