"""When does a row say that it was published? A moment, a day, a month, a year, or nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

MONTH_OR_YEAR = re.compile(r"[12]\d{3}(?:-(?:0[1-9]|1[0-2]))?")
MAIL = re.compile(r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d.*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A date as somebody wrote it, and the moment it names."""

    written: str
    at: datetime | None
    """None where the date names no day: a day that nobody stated would be a wrong date."""


def read_published(written: str) -> Published | None:
    """The date that was written by ISO 8601 or as in mail; None where it cannot be read.

    A day is its midnight, and a moment without a zone is taken, in UTC.

    >>> read_published("2024-03-18").at
    datetime.datetime(2024, 3, 18, 0, 0, tzinfo=datetime.timezone.utc)
    >>> read_published("2024-03").at is None, read_published("next week") is None
    (True, True)
    """
    words = written.strip()
    if MONTH_OR_YEAR.fullmatch(words):
        return Published(written=words, at=None)
    try:
        read = (
            parsedate_to_datetime(words) if MAIL.fullmatch(words) else datetime.fromisoformat(words)
        )
        at = read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    return Published(written=words, at=at)
