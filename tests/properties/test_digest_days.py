"""A year of mornings: a digest each, none twice, none missing."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.digest_days import due_on
from tests.unit.scheduler.test_dispatch import a_subscriber

FIRST = datetime(2024, 12, 31, 22, tzinfo=UTC)
"""Before the year begins in Poland, and long before it does elsewhere."""
ZONES = ["Europe/Warsaw", "America/New_York", "Asia/Kolkata"]
HOURS = [time(7), time(2, 30), time(0), time(23, 59)]
EVERY_MORNING = [date(2025, 1, 1) + timedelta(days=day) for day in range(365)]


def days_of(subscriber, moments):
    """The days of the digests that go out at these moments."""
    days = [date(2024, 12, 31)]
    for now in moments:
        if day := due_on(subscriber, last=days[-1], now=now):
            days.append(day)
    return days[1:]


@pytest.mark.parametrize("at", HOURS)
@pytest.mark.parametrize("zone", ZONES)
def test_a_year_brings_365_digests_none_twice_and_none_missing(zone, at):
    subscriber = a_subscriber(zone=zone, at=at, days=tuple(range(7)))
    moments = [FIRST + timedelta(minutes=30 * number) for number in range(366 * 48 + 24)]
    days = [day for day in days_of(subscriber, moments) if day.year == 2025]

    assert days == EVERY_MORNING


@given(
    zone=st.sampled_from(ZONES),
    at=st.sampled_from(HOURS),
    steps=st.lists(st.tuples(st.integers(0, 36 * 60), st.integers(0, 60)), min_size=1),
)
def test_however_the_clock_leaps_ahead_and_back_an_hour_no_day_comes_twice(zone, at, steps):
    subscriber = a_subscriber(zone=zone, at=at, days=tuple(range(7)))
    furthest = accumulate(ahead for ahead, _ in steps)
    minutes = [at_most - back for at_most, (_, back) in zip(furthest, steps, strict=True)]
    days = days_of(subscriber, [FIRST + timedelta(minutes=minute) for minute in minutes])

    assert days == sorted(set(days))
