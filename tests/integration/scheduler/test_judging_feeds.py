"""Feeds that answer well and still need a person: judged by what the store remembers of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.health import Health, watched_feeds
from domain.poll import Code, Fate, Outcome
from domain.release import EntryKey
from domain.source import Expectation
from scheduler.upkeep import judge_feeds
from storage.store import Store
from tests.builders import NOW, a_failed_visit, a_problem, a_release, a_visit, an_owed, no_answer
from tests.integration.storage.saving import FEED, OTHER_FEED, SOURCES, after, save

FEEDS = (FEED, OTHER_FEED)


@pytest.fixture
def store(database_url):
    """A store whose first feed brought something every other day for ten days."""
    with Store.open(database_url, now=NOW) as opened:
        opened.remember_sources(SOURCES, now=NOW)
        for day in (0, 2, 4, 6, 8):
            news(opened, day)
        yield opened


def news(store, day):
    url = f"https://press.economy.example/news/{day}"
    release = a_release(url=url, title=f"Statement of day {day}", text=f"Words of day {day}.")
    save(store, a_visit(release, started_at=after(days=day), finished_at=after(days=day)))


def nothing_new(store, **span):
    save(store, a_visit(outcome=Outcome.UNCHANGED, finished_at=after(**span)))


def lists(store, entries, *, hours):
    """A listing of so many known entries is read."""
    fates = tuple((EntryKey(str(number)), Fate.KNOWN) for number in range(entries))
    at = after(days=8, hours=hours)
    save(store, a_visit(fates=fates, listed=entries, started_at=at, finished_at=at))


def judge(store, **span):
    return [problem.code for problem in judge_feeds(store, FEEDS, now=after(**span))]


def known(store):
    (problem,) = store.problems(include_closed=False)
    return problem


def health(store):
    return watched_feeds(SOURCES, states=store.feed_states())[0].health


def test_a_feed_that_is_silent_for_three_of_its_usual_gaps_is_a_problem_once(store):
    nothing_new(store, days=14)
    assert judge(store, days=14) == []
    nothing_new(store, days=15)
    assert judge(store, days=15) == [Code.FEED_SILENT]
    assert judge(store, days=15) == []
    assert (known(store).place, known(store).opened_at) == (FEED.id, after(days=15))
    assert health(store) is Health.SILENT


def test_it_counts_polls_and_not_how_often_it_is_judged(store):
    nothing_new(store, days=15)
    judge(store, days=15)
    judge(store, days=15, hours=1)
    assert known(store).count == 1
    nothing_new(store, days=16)
    judge(store, days=16)
    assert (known(store).count, known(store).first_at) == (2, after(days=15))
    assert "nothing new for 8 days" in known(store).detail


def test_the_count_survives_a_restart(store, database_url):
    nothing_new(store, days=15)
    judge(store, days=15)
    with Store.open(database_url, now=after(days=16)) as again:
        nothing_new(again, days=16)
        judge(again, days=16)
        assert known(again).count == 2


def test_silence_closes_by_itself_when_something_new_comes(store):
    nothing_new(store, days=15)
    judge(store, days=15)
    news(store, 16)
    assert known(store).code is Code.FEED_SILENT
    assert judge(store, days=16) == []
    assert store.problems(include_closed=False) == ()
    assert store.problems(include_closed=True)[0].closed_at == after(days=16)
    assert health(store) is Health.WELL


def test_a_good_poll_without_anything_new_does_not_close_it(store):
    nothing_new(store, days=15)
    judge(store, days=15)
    lists(store, 5, hours=7 * 24 + 1)
    judge(store, days=15, hours=1)
    assert known(store).code is Code.FEED_SILENT


def test_a_silent_feed_that_does_not_answer_once_stays_silent(store):
    nothing_new(store, days=15)
    judge(store, days=15)
    save(store, a_failed_visit(no_answer(), finished_at=after(days=16)))
    judge(store, days=16)
    assert (known(store).code, known(store).count) == (Code.FEED_SILENT, 1)


def test_a_feed_with_another_trouble_is_not_called_silent_too(store):
    empty = a_visit(problems=(a_problem(),), finished_at=after(days=30))
    save(store, empty)
    assert judge(store, days=30) == []


def test_a_feed_whose_entries_wait_to_be_fetched_is_not_silent(store):
    waiting = a_visit(owed=(an_owed(),), finished_at=after(days=30))
    save(store, waiting)
    assert judge(store, days=30) == []


def test_a_feed_that_nobody_polled_is_not_judged(store):
    assert judge(store, days=300) == []


def test_a_listing_that_shrinks_to_a_third_is_thin_until_it_is_whole_again(store):
    for hour in range(1, 21):
        lists(store, 25, hours=hour)
    lists(store, 8, hours=21)
    assert judge(store, days=8, hours=21) == [Code.FEED_THIN]
    assert known(store).detail == "its listing holds 8 entries, where 25 or more are usual"
    nothing_new(store, days=8, hours=22)
    judge(store, days=8, hours=22)
    assert known(store).count == 2
    lists(store, 24, hours=23)
    judge(store, days=8, hours=23)
    assert store.problems(include_closed=False) == ()


def test_what_the_file_expects_makes_a_new_feed_late(store):
    weekly = replace(OTHER_FEED, expect=Expectation(count=1, per=timedelta(weeks=1)))
    first = a_visit(feed=OTHER_FEED, started_at=NOW, finished_at=NOW)
    save(store, first)
    save(store, replace(first, finished_at=after(days=22)))
    opened = judge_feeds(store, [weekly], now=after(days=22))
    assert [problem.code for problem in opened] == [Code.FEED_LATE]
    assert watched_feeds(SOURCES, states=store.feed_states())[1].health is Health.LATE


def test_a_late_feed_that_falls_silent_has_one_problem(store):
    weekly = replace(OTHER_FEED, expect=Expectation(count=1, per=timedelta(weeks=1)))
    first = a_visit(feed=OTHER_FEED, started_at=NOW, finished_at=NOW)
    save(store, first)
    save(store, replace(first, finished_at=after(days=22)))
    judge_feeds(store, [weekly], now=after(days=22))
    save(store, replace(first, finished_at=after(days=71)))
    judge_feeds(store, [weekly], now=after(days=71))
    assert known(store).code is Code.FEED_SILENT


def test_a_feed_that_leaves_the_configuration_is_silent_no_more(store):
    nothing_new(store, days=15)
    judge(store, days=15)
    store.remember_sources(SOURCES[1:], now=after(days=16))
    assert store.problems(include_closed=False) == ()
    assert judge(store, days=16) == []
