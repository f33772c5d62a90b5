"""When was something published? A moment, a day, a month, a year, or nothing.

Where only a day is known, the midnight at which it began stands for it, in the zone of the source:
so days and moments have one order. Whoever shows a date asks here which of the two it is.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from email.utils import parsedate_to_datetime

NO_DAY = re.compile(r"[12]\d{3}(?:-(?:0[1-9]|1[0-2])|-?W[0-5]\d)?")
"""A year, a month or a week."""
MAIL = re.compile(r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d.*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A date as somebody wrote it, and the moment it names."""

    written: str
    at: datetime | None
    """None where the date names no day: a day that nobody stated would be a wrong date."""


def day_only(at: datetime, zone: tzinfo) -> date | None:
    """The day that a moment stands for, where it is the midnight of one; else None.

    >>> day_only(datetime(2024, 3, 18, tzinfo=UTC), UTC)
    datetime.date(2024, 3, 18)
    >>> day_only(datetime(2024, 3, 18, 9, 30, tzinfo=UTC), UTC) is None
    True
    """
    try:
        day = at.astimezone(zone).date()
        return day if start_of(day, zone) == at else None
    except OverflowError:  # the first and last days of the calendar, as broken pages give them
        return None


def start_of(day: date, zone: tzinfo) -> datetime:
    """The moment that stands for a day of which no hour is known, in UTC."""
    # Also where clocks skip midnight: then it is the moment in which they do.
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


def read_published(written: str, *, zone: tzinfo) -> Published | None:
    """The date that was written by ISO 8601 or as in mail; None where it cannot be read.

    A day is one of the zone; a moment without a zone is taken to be in UTC.

    >>> read_published("2024-03-18", zone=UTC).at
    datetime.datetime(2024, 3, 18, 0, 0, tzinfo=datetime.timezone.utc)
    >>> read_published("2024-03", zone=UTC).at is None, read_published("soon", zone=UTC) is None
    (True, True)
    """
    words = written.strip()
    if NO_DAY.fullmatch(words):
        return Published(written=words, at=None)
    try:
        return Published(written=words, at=_moment(words, zone))
    except (ValueError, OverflowError):
        return None


def _moment(words: str, zone: tzinfo) -> datetime:
    with suppress(ValueError):
        return start_of(date.fromisoformat(words), zone)
    is_mail = MAIL.fullmatch(words)
    read = parsedate_to_datetime(words) if is_mail else datetime.fromisoformat(words)
    return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)
