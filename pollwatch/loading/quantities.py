"""How long, how much, how often, when: what a number with its unit means.

Every function reads what a person wrote or raises ValueError with a sentence that says what to
write instead. A bare number is refused: whether ``delay = 2`` meant seconds or minutes, only its
author knows.
"""

from __future__ import annotations

import re
from datetime import time, timedelta

from domain.source import Expectation

_UNITS_OF_TIME = {
    "ms": timedelta(milliseconds=1),
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "y": timedelta(days=365),
}
_UNITS_OF_SIZE = {"b": 1, "kb": 1_000, "mb": 1_000_000, "gb": 1_000_000_000}
_SPANS = {"day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=30)}
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

# Nine digits hold everything sensible and keep a typing slip from overflowing a timedelta.
_NUMBER = r"([0-9]{1,9}(?:\.[0-9]{1,6})?)"
_DURATION = re.compile(_NUMBER + r" ?(ms|s|m|h|d|y)")
_SIZE = re.compile(_NUMBER + r" ?(b|kb|mb|gb)", re.IGNORECASE)
_EXPECTATION = re.compile(r"([0-9]{1,4}) per (day|week|month)")
_TIME_OF_DAY = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")


def duration(text: str) -> timedelta:
    """The length of time that a text names.

    >>> duration("250ms"), duration("1h")
    (datetime.timedelta(microseconds=250000), datetime.timedelta(seconds=3600))
    """
    found = _DURATION.fullmatch(text.strip())
    if not found:
        raise ValueError(
            f"{text!r} is no duration; write a number with its unit: 250ms, 30s, 2m, 1h or 7d"
        )
    try:
        return float(found[1]) * _UNITS_OF_TIME[found[2]]
    except OverflowError:
        raise ValueError(f"{text!r} is longer than any calendar; write less") from None


def size(text: str) -> int:
    """The number of bytes that a text names, in units of a thousand.

    >>> size("5 MB")
    5000000
    """
    found = _SIZE.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{text!r} is no size; write a number with its unit: 500 kB, 5 MB or 1 GB")
    return round(float(found[1]) * _UNITS_OF_SIZE[found[2].lower()])


def written_duration(length: timedelta) -> str:
    """A length of time as a person would write it.

    >>> written_duration(timedelta(hours=36)), written_duration(timedelta())
    ('36h', '0s')
    """
    for unit, of_unit in reversed(_UNITS_OF_TIME.items()):
        if length and length % of_unit == timedelta():
            return f"{length // of_unit}{unit}"
    return f"{length / _UNITS_OF_TIME['ms']:.3f}ms" if length else "0s"


def written_size(number: int) -> str:
    """A number of bytes as a person would write it.

    >>> written_size(5_000_000), written_size(1_234)
    ('5 MB', '1234 B')
    """
    for unit, of_unit in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if number and number % of_unit == 0:
            return f"{number // of_unit} {unit}"
    return f"{number} B"


def expectation(text: str) -> Expectation:
    """How often something new should come.

    >>> expectation("3 per week")
    Expectation(count=3, per=datetime.timedelta(days=7))
    """
    found = _EXPECTATION.fullmatch(text.strip())
    if not found or not int(found[1]):
        raise ValueError(
            f"{text!r} is no rhythm; write '3 per week': a number per day, week or month"
        )
    return Expectation(count=int(found[1]), per=_SPANS[found[2]])


def time_of_day(text: str) -> time:
    """The time on the clock that a text names.

    >>> time_of_day("07:30")
    datetime.time(7, 30)
    """
    found = _TIME_OF_DAY.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{text!r} is no time of day; write hours and minutes: 07:00")
    return time(int(found[1]), int(found[2]))


def days_of_week(text: str) -> tuple[int, ...]:
    """The days of the week that a text names, Monday being 0; a span may run over the weekend.

    >>> days_of_week("mon-fri"), days_of_week("sat-mon, wed")
    ((0, 1, 2, 3, 4), (0, 2, 5, 6))
    """
    days: set[int] = set()
    for part in text.lower().split(","):
        first, dash, last = (word.strip() for word in part.partition("-"))
        try:
            start, end = _WEEK.index(first), _WEEK.index(last if dash else first)
        except ValueError:
            raise ValueError(
                f"{part.strip()!r} names no days; write mon-fri, or mon, wed, fri"
            ) from None
        days.update((start + offset) % 7 for offset in range((end - start) % 7 + 1))
    return tuple(sorted(days))
