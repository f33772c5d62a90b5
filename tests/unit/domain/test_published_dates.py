"""A date is a moment, a day, a month, a year, or nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.dates import Published, day_only, read_published


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("2024-07-09T00:52:00Z", datetime(2024, 7, 9, 0, 52, tzinfo=UTC)),
        ("2024-07-09T02:52:00+02:00", datetime(2024, 7, 9, 0, 52, tzinfo=UTC)),
        ("2024-07-09 00:52", datetime(2024, 7, 9, 0, 52, tzinfo=UTC)),
        ("Tue, 27 Jun 2017 15:05:00 +0100", datetime(2017, 6, 27, 14, 5, tzinfo=UTC)),
        ("27 Jun 2017 15:05:00 GMT", datetime(2017, 6, 27, 15, 5, tzinfo=UTC)),
        ("2024-07-09", datetime(2024, 7, 9, tzinfo=UTC)),
        (" 2024-07-09\n", datetime(2024, 7, 9, tzinfo=UTC)),
    ],
)
def test_a_moment_or_a_day_is_read(written, at):
    assert read_published(written, zone=UTC).at == at


@pytest.mark.parametrize("written", ["2024-03", "2024", "2024-W12"])
def test_a_month_a_year_or_a_week_names_no_day_and_stays_as_it_was_written(written):
    assert read_published(written, zone=UTC) == Published(written=written, at=None)


@pytest.mark.parametrize(
    "written",
    ["", "next week", "2024-13", "2024-02-30", "03/04/2024", "0001-01-01T00:00+14:00", "24"],
)
def test_what_is_no_date_cannot_be_read(written):
    assert read_published(written, zone=UTC) is None


@pytest.mark.parametrize(
    ("zone", "at"),
    [
        ("Asia/Tokyo", datetime(2024, 3, 17, 15, 0, tzinfo=UTC)),
        ("America/New_York", datetime(2024, 3, 18, 4, 0, tzinfo=UTC)),
    ],
)
def test_a_day_is_one_of_its_zone(zone, at):
    assert read_published("2024-03-18", zone=ZoneInfo(zone)).at == at


@pytest.mark.parametrize(
    ("zone", "at", "day"),
    [
        ("UTC", datetime(2024, 3, 18, tzinfo=UTC), date(2024, 3, 18)),
        ("Europe/Warsaw", datetime(2024, 3, 17, 23, 0, tzinfo=UTC), date(2024, 3, 18)),
        ("Europe/Warsaw", datetime(2024, 6, 17, 22, 0, tzinfo=UTC), date(2024, 6, 18)),
        ("America/New_York", datetime(2024, 3, 18, 4, 0, tzinfo=UTC), date(2024, 3, 18)),
        ("Africa/Cairo", datetime(2024, 4, 25, 22, 0, tzinfo=UTC), date(2024, 4, 26)),
    ],
    ids=["in UTC", "in the east", "in summer", "in the west", "where clocks skip midnight"],
)
def test_midnight_where_the_source_is_stands_for_the_day(zone, at, day):
    assert day_only(at, ZoneInfo(zone)) == day


@pytest.mark.parametrize(
    ("zone", "at"),
    [
        ("UTC", datetime(2024, 3, 18, 0, 0, 1, tzinfo=UTC)),
        ("Europe/Warsaw", datetime(2024, 3, 18, tzinfo=UTC)),
        ("Asia/Tokyo", datetime.max.replace(tzinfo=UTC)),
    ],
)
def test_any_other_moment_stands_for_itself(zone, at):
    assert day_only(at, ZoneInfo(zone)) is None
