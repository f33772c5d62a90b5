"""When a feed is polled next."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.poll import (
    Code,
    FeedMemory,
    HostMemory,
    Outcome,
    Owed,
    Problem,
    Validators,
    Visit,
)
from domain.release import Entry, EntryKey
from domain.source import Feed, FeedId, FeedKind, SourceId
from scheduler.due import next_poll_at

NOW = datetime(2024, 3, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
HOURLY = Feed(
    id=FeedId("pl_mfa/news"),
    source_id=SourceId("pl_mfa"),
    name="news",
    kind=FeedKind.RSS,
    url="https://mfa.example/rss",
    languages=("pl",),
    zone="Europe/Warsaw",
    every=HOUR,
)
GOOD = Visit(
    feed_id=HOURLY.id,
    outcome=Outcome.NEWS,
    started_at=NOW,
    finished_at=NOW,
    host=HostMemory(host="mfa.example"),
    validators=Validators(),
    listed=0,
    taken_up=0,
    fates=(),
    fetched=(),
    owed=(),
)
FAILED = replace(GOOD, outcome=Outcome.FAILED)


def wait(visit, failures=0, *, may_fetch=True, feed=HOURLY, last_new_at=None):
    memory = FeedMemory(failures=failures, last_new_at=last_new_at)
    return next_poll_at(feed, visit, memory=memory, may_fetch=may_fetch) - visit.finished_at


def hours_to_wait(visit, **memory):
    """The wait without what a feed adds of its own, in hours."""
    return round(wait(visit, **memory) / wait(GOOD), 2)


def a_poll_at(moment):
    return replace(GOOD, finished_at=datetime.fromisoformat(f"{moment}+00:00"))


FRIDAY_EVENING = datetime(2024, 3, 15, 17, tzinfo=UTC)


def owing(until):
    entry = Entry(key=EntryKey("a"), url="https://mfa.example/a", title="a", published_at=None)
    owed = Owed(entry=entry, attempts=1, not_before_at=until, reason="503")
    return replace(GOOD, owed=(owed,))


def test_a_good_poll_is_repeated_after_the_feeds_interval_and_a_little_of_its_own():
    assert HOUR <= wait(GOOD) <= HOUR * 1.1


def test_two_feeds_of_one_interval_are_not_due_at_the_same_moment():
    other = replace(HOURLY, id=FeedId("pl_mfa/speeches"))

    assert wait(GOOD) != wait(GOOD, feed=other)


def test_failures_double_the_wait():
    assert 4 * HOUR <= wait(FAILED, failures=2) <= 4.4 * HOUR


def test_the_wait_never_grows_beyond_six_hours_and_a_little():
    assert 6 * HOUR <= wait(FAILED, failures=900) <= 6.6 * HOUR


def test_a_feed_polled_less_often_than_the_longest_back_off_keeps_its_interval():
    daily = replace(HOURLY, every=24 * HOUR)

    assert 24 * HOUR <= wait(FAILED, failures=3, feed=daily) <= 26.4 * HOUR


def test_a_feed_that_is_gone_is_asked_once_a_day():
    gone = Problem(code=Code.FEED_GONE, place="pl_mfa/news", detail="410", hint="")

    assert wait(replace(FAILED, problems=(gone,))) >= 24 * HOUR


def test_the_hosts_own_wish_comes_before_ours():
    busy = replace(FAILED, host=HostMemory(host="mfa.example", not_before_at=NOW + 9 * HOUR))

    assert wait(busy) == 9 * HOUR


def test_a_feed_that_owes_entries_is_due_as_soon_as_they_are():
    assert wait(owing(NOW + timedelta(minutes=10))) == timedelta(minutes=10)


def test_owed_entries_are_no_hurry_where_nothing_may_be_fetched():
    assert wait(owing(NOW), may_fetch=False) >= HOUR


def test_owed_entries_never_make_a_feed_wait_longer():
    assert wait(owing(NOW + 5 * HOUR)) <= HOUR * 1.1


def test_a_feed_whose_poll_was_stopped_is_due_at_once():
    assert wait(replace(GOOD, outcome=Outcome.STOPPED)) == timedelta(0)


@pytest.mark.parametrize(
    ("polled", "hours"),
    [
        ("2024-03-15T20:00", 1),  # the same evening
        ("2024-03-16T12:00", 1),  # Saturday, after nineteen hours
        ("2024-03-17T17:00", 2),  # Sunday, after two days
        ("2024-03-18T09:00", 1),  # Monday morning, as if there had been no weekend
        ("2024-03-20T17:00", 3),  # Wednesday, after three working days
        ("2024-03-21T17:00", 4),
        ("2024-04-19T17:00", 4),  # weeks later
    ],
)
def test_an_hourly_feed_is_polled_less_often_the_longer_nothing_comes(polled, hours):
    poll = a_poll_at(polled)

    assert hours_to_wait(poll, last_new_at=FRIDAY_EVENING) == hours


def test_the_weekend_is_that_of_the_feeds_zone():
    tongan = replace(HOURLY, zone="Pacific/Tongatapu")  # where it is Monday already
    sunday = a_poll_at("2024-03-17T17:00")

    assert hours_to_wait(sunday, feed=tongan, last_new_at=FRIDAY_EVENING) == 1


def test_news_end_the_quiet_at_once():
    news = replace(GOOD, fetched=(object(),))

    assert hours_to_wait(news, last_new_at=NOW - 300 * HOUR) == 1


def test_a_feed_that_never_brought_anything_keeps_its_interval():
    assert hours_to_wait(GOOD, last_new_at=None) == 1


def test_a_feed_that_may_be_polled_often_is_never_left_alone_for_hours():
    often = replace(HOURLY, every=timedelta(minutes=5))

    assert wait(GOOD, feed=often, last_new_at=NOW - 300 * HOUR) <= timedelta(minutes=22)


@pytest.mark.parametrize("every", [timedelta(hours=5), timedelta(days=7)])
def test_no_quiet_makes_the_wait_longer_than_six_hours_or_what_the_file_says(every):
    feed = replace(HOURLY, every=every)

    waited = wait(GOOD, feed=feed, last_new_at=NOW - 3000 * HOUR)

    assert waited <= max(every, 6 * HOUR) * 1.1


def test_a_clock_that_was_set_back_is_no_quiet():
    assert hours_to_wait(GOOD, last_new_at=NOW + 3 * HOUR) == 1


@given(
    last_new_at=st.none()
    | st.timedeltas(timedelta(hours=-2), timedelta(days=9000)).map(lambda ago: NOW - ago),
    every=st.timedeltas(timedelta(minutes=1), timedelta(days=30)),
    failures=st.integers(0, 10_000),
    outcome=st.sampled_from(Outcome),
)
def test_the_next_poll_lies_ahead_and_within_bounds(every, failures, outcome, last_new_at):
    feed = replace(HOURLY, every=every)
    visit = replace(GOOD, outcome=outcome)
    waited = wait(visit, failures=failures, feed=feed, last_new_at=last_new_at)

    assert timedelta(0) <= waited <= max(every, 6 * HOUR) * 1.1 + timedelta(seconds=1)


@pytest.mark.parametrize("outcome", [Outcome.NEWS, Outcome.UNCHANGED, Outcome.STOPPED])
def test_the_same_visit_always_gives_the_same_answer(outcome):
    assert wait(replace(GOOD, outcome=outcome)) == wait(replace(GOOD, outcome=outcome))
