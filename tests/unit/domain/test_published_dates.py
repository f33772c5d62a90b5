"""A row's date is a moment, a day, a month, a year, or nothing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.dates import Published, read_published


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
    assert read_published(written).at == at


@pytest.mark.parametrize("written", ["2024-03", "2024"])
def test_a_month_or_a_year_names_no_day_and_stays_as_it_was_written(written):
    assert read_published(written) == Published(written=written, at=None)


@pytest.mark.parametrize(
    "written",
    ["", "next week", "2024-13", "2024-02-30", "03/04/2024", "0001-01-01T00:00+14:00", "24"],
)
def test_what_is_no_date_cannot_be_read(written):
    assert read_published(written) is None
