from contextlib import suppress
from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.source import Expectation
from pollwatch.loading.quantities import days_of_week as days
from pollwatch.loading.quantities import duration, expectation, size, time_of_day


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("250ms", timedelta(milliseconds=250)),
        ("30s", timedelta(seconds=30)),
        ("2m", timedelta(minutes=2)),
        ("1h", timedelta(hours=1)),
        ("7d", timedelta(days=7)),
        ("5y", timedelta(days=1825)),
        ("1.5h", timedelta(minutes=90)),
        (" 2 m ", timedelta(minutes=2)),
        ("0s", timedelta()),
    ],
)
def test_a_duration_is_a_number_with_its_unit(text, length):
    assert duration(text) == length


@pytest.mark.parametrize("text", ["2", "", "m", "-2m", "2 minutes", "1h30m", "٣s", "1e3s", "2M"])
def test_what_is_no_duration_is_refused_with_examples(text):
    with pytest.raises(ValueError, match="write a number with its unit: 250ms, 30s, 2m, 1h or 7d"):
        duration(text)


def test_a_duration_longer_than_any_calendar_is_refused():
    with pytest.raises(ValueError, match="longer than any calendar"):
        duration("999999999y")


@pytest.mark.parametrize(
    ("text", "size_in_bytes"),
    [
        ("5 MB", 5_000_000),
        ("5MB", 5_000_000),
        ("500 kB", 500_000),
        ("1.5 gb", 1_500_000_000),
        ("9 B", 9),
    ],
)
def test_a_size_counts_in_thousands(text, size_in_bytes):
    assert size(text) == size_in_bytes


@pytest.mark.parametrize("text", ["5", "5 M", "MB", "-1 MB", "5 MiB"])
def test_what_is_no_size_is_refused_with_examples(text):
    with pytest.raises(ValueError, match="write a number with its unit: 500 kB, 5 MB or 1 GB"):
        size(text)


@pytest.mark.parametrize(
    ("text", "rhythm"),
    [
        ("3 per week", Expectation(count=3, per=timedelta(days=7))),
        ("1 per day", Expectation(count=1, per=timedelta(days=1))),
        ("10 per month", Expectation(count=10, per=timedelta(days=30))),
    ],
)
def test_an_expectation_is_a_number_per_span(text, rhythm):
    assert expectation(text) == rhythm


@pytest.mark.parametrize("text", ["3 a week", "0 per day", "3 per year", "often", "3"])
def test_what_is_no_rhythm_is_refused_with_an_example(text):
    with pytest.raises(ValueError, match="write '3 per week'"):
        expectation(text)


@pytest.mark.parametrize(
    ("text", "clock"), [("07:00", time(7)), ("7:05", time(7, 5)), ("23:59", time(23, 59))]
)
def test_a_time_of_day_is_hours_and_minutes(text, clock):
    assert time_of_day(text) == clock


@pytest.mark.parametrize("text", ["24:00", "7", "07.00", "12:60", "7 am"])
def test_what_is_no_time_of_day_is_refused(text):
    with pytest.raises(ValueError, match="write hours and minutes: 07:00"):
        time_of_day(text)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("mon-fri", (0, 1, 2, 3, 4)),
        ("mon, wed, fri", (0, 2, 4)),
        ("sat-mon", (0, 5, 6)),
        ("Sun", (6,)),
        ("mon-sun", (0, 1, 2, 3, 4, 5, 6)),
    ],
)
def test_days_are_names_and_spans_of_names(text, numbers):
    assert days(text) == numbers


@pytest.mark.parametrize("text", ["monday", "mon-", "1-5", "", "daily", "mon,,fri"])
def test_what_names_no_days_is_refused(text):
    with pytest.raises(ValueError, match="write mon-fri, or mon, wed, fri"):
        days(text)


@given(st.text(max_size=20))
def test_any_text_is_a_duration_or_refused_with_a_sentence(text):
    with suppress(ValueError):
        duration(text)
