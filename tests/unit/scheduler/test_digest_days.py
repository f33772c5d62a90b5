"""Which day's digest is due."""

from datetime import UTC, date, datetime, time

import pytest

from scheduler.digest_days import due_on
from tests.unit.scheduler.test_dispatch import a_subscriber

EVERY_DAY = tuple(range(7))
WEDNESDAY = date(2024, 3, 20)
TUESDAY = date(2024, 3, 19)


def due(now, *, last=TUESDAY, **wishes):
    wishes = {"days": EVERY_DAY, "zone": "UTC", "at": time(7)} | wishes
    return due_on(a_subscriber(**wishes), last=last, now=datetime(*now, tzinfo=UTC))


def test_it_is_due_from_the_hour_on():
    assert due((2024, 3, 20, 7)) == WEDNESDAY


def test_a_minute_before_the_hour_nothing_is_due():
    assert due((2024, 3, 20, 6, 59)) is None


def test_the_hour_is_one_of_the_subscribers_zone():
    assert due((2024, 3, 20, 6, 0), zone="Europe/Warsaw") == WEDNESDAY


def test_it_comes_once_a_day():
    assert due((2024, 3, 20, 23), last=WEDNESDAY) is None


def test_after_a_week_without_power_one_is_due_for_the_last_day():
    assert due((2024, 3, 20, 12), last=date(2024, 3, 12)) == WEDNESDAY


def test_yesterdays_is_still_due_in_the_small_hours_if_it_never_came():
    assert due((2024, 3, 20, 3), last=date(2024, 3, 18)) == TUESDAY


def test_on_other_days_of_the_week_nothing_is_due():
    assert due((2024, 3, 23, 12), last=date(2024, 3, 22), days=(0, 1, 2, 3, 4)) is None


def test_a_new_subscriber_gets_todays_when_the_hour_has_struck():
    assert due((2024, 3, 20, 9), last=None) == WEDNESDAY


def test_a_new_subscriber_gets_none_of_the_day_before():
    assert due((2024, 3, 20, 5), last=None) is None


def test_a_clock_put_back_an_hour_sends_none_twice():
    assert due((2024, 3, 20, 7, 30), last=WEDNESDAY) is None


def test_who_had_tomorrows_before_moving_west_gets_none_today():
    assert due((2024, 3, 20, 8), last=date(2024, 3, 21)) is None


def test_a_clock_that_was_a_year_ahead_does_not_keep_digests_away():
    assert due((2024, 3, 20, 8), last=date(2025, 3, 20)) == WEDNESDAY


def test_an_hour_that_the_clocks_leave_out_strikes_nonetheless():
    day = date(2024, 3, 31)
    wishes = {"last": date(2024, 3, 30), "at": time(2, 30), "zone": "Europe/Warsaw"}

    assert due((2024, 3, 31, 1, 30), **wishes) == day


@pytest.mark.parametrize(("hour", "expected"), [((0, 30), date(2024, 10, 27)), ((0, 29), None)])
def test_of_an_hour_that_comes_twice_the_first_counts(hour, expected):
    wishes = {"last": date(2024, 10, 26), "at": time(2, 30), "zone": "Europe/Warsaw"}

    assert due((2024, 10, 27, *hour), **wishes) == expected
