"""Two processes on one database: cron and cron at once are harmless."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from typing import Any

import pytest

from domain.source import SourceId
from storage.store import Store
from tests.builders import NOW, a_feed, a_release, a_source, a_visit
from tests.integration.storage.saving import FEED, OTHER_FEED, SOURCES, after, rows, save

VISITS = 12
FEEDS = tuple(
    a_feed(name=f"feed{number}", url=f"https://host{number}.example/feed") for number in range(8)
)


@pytest.fixture
def made(database_url):
    """A database that knows its sources, with nobody at work."""
    with Store.open(database_url, now=NOW) as store:
        store.remember_sources([*SOURCES, a_source(id=SourceId("zz_many"), feeds=())], now=NOW)
    return database_url


def at_once(job: Callable[..., Any], *arguments: tuple[Any, ...]) -> list[Any]:
    """What the job returns, or fails with, in one process for each of the arguments."""
    context = multiprocessing.get_context("spawn")
    start, answers = context.Barrier(len(arguments)), context.SimpleQueue()
    processes = [
        context.Process(target=_work, args=(job, start, answers, own)) for own in arguments
    ]
    for process in processes:
        process.start()
    collected = [answers.get() for _ in processes]
    for process in processes:
        process.join()
        process.close()
    answers.close()
    return collected


def _work(job, start, answers, arguments) -> None:
    try:
        answers.put(job(start, *arguments))
    except Exception as error:  # noqa: BLE001 - whatever it is, the test must hear of it
        answers.put(repr(error))


def _open(start, url) -> int:
    start.wait()
    with Store.open(url, now=NOW) as store:
        return len(store.check())


def _save_all(start, url, feed) -> list[int]:
    with Store.open(url, now=NOW) as store:
        start.wait()
        return [save(store, _visit(feed, number)).stored for number in range(VISITS)]


def _visit(feed, number):
    here = [
        a_release(
            source_id=feed.source_id,
            url=f"https://{feed.source_id}.example/{number}/{part}",
            title=f"{number} {part}",
            text=f"Words that both feeds print: {number} {part}",
        )
        for part in range(4)
    ]
    return a_visit(*here, feed=feed, finished_at=after(minutes=number))


def _poll_what_is_due(start, url) -> list[str]:
    with Store.open(url, now=NOW) as store:
        start.wait()
        batch = store.lease_due_hosts(FEEDS, now=NOW, everything=False)
        polled = [feed for work in batch for feed, _ in work.feeds]
        for feed in polled:
            save(store, a_visit(feed=feed))
        return [feed.id for feed in polled]


def test_a_new_database_is_made_once(tmp_path):
    url = f"sqlite:///{tmp_path}/new.db"
    assert at_once(_open, (url,), (url,), (url,)) == [0, 0, 0]


def test_a_new_database_is_made_once_on_postgresql_too(empty_postgresql_url):
    assert at_once(_open, (empty_postgresql_url,), (empty_postgresql_url,)) == [0, 0]


def test_the_same_visits_saved_twice_at_once_are_stored_once(made):
    stored = at_once(_save_all, (made, FEED), (made, FEED))
    assert [sum(counts) for counts in zip(*stored, strict=True)] == [4] * VISITS
    assert rows(made, "SELECT count(*) FROM texts") == [(48,)]
    assert rows(made, "SELECT count(*) FROM appearances") == [(48,)]


def test_reprints_saved_at_once_find_each_other(made):
    stored = at_once(_save_all, (made, FEED), (made, OTHER_FEED))
    assert stored == [[4] * VISITS, [4] * VISITS]
    with Store.open(made, now=NOW) as store:
        assert (store.counts().releases, store.counts().stories) == (96, 48)
        assert store.check() == ()


def test_what_is_due_is_polled_by_one_of_two(made):
    with Store.open(made, now=NOW) as store:
        store.remember_sources([a_source(feeds=FEEDS)], now=NOW)
    one, two = at_once(_poll_what_is_due, (made,), (made,))
    assert sorted([*one, *two]) == [feed.id for feed in FEEDS]
