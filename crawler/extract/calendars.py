"""Which of our days does a day of another calendar name?

Thailand writes years of the Buddhist era, Iran days of its own solar calendar. Their years tell
them from ours: no release is of 2567 or of 1402 as we count.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

BUDDHIST_ERA = 543
BUDDHIST_YEARS = range(2500, 2700)
PERSIAN_YEARS = range(1340, 1480)
# Six months of 31 days, then five of 30, and one of 29 or, in leap years, of 30.
LONG_MONTHS, LAST_MONTH = 6, 12
# The last day before the year 1 of this calendar.
BEFORE_PERSIAN_YEARS = date(622, 3, 20).toordinal()
_PERSIAN_MONTHS = "فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند".split("|")


def persian_month(word: str) -> int | None:
    """The number of a month of the Persian calendar.

    >>> persian_month("اسفند"), persian_month("مارس")
    (12, None)
    """
    name = word.replace("ي", "ی")  # as keyboards for Arabic write it
    return _PERSIAN_MONTHS.index(name) + 1 if name in _PERSIAN_MONTHS else None


def is_persian(year: int, languages: Sequence[str]) -> bool:
    """True where a text of these languages counts by the Persian calendar."""
    return year in PERSIAN_YEARS and "fa" in languages


def day_of(year: int, month: int, day: int, *, languages: Sequence[str]) -> date:
    """The day of our calendar; raises ValueError where there is none.

    >>> day_of(2567, 3, 18, languages=["th"]), day_of(1402, 12, 28, languages=["fa"])
    (datetime.date(2024, 3, 18), datetime.date(2024, 3, 18))
    """
    if year in BUDDHIST_YEARS and "th" in languages:
        return date(year - BUDDHIST_ERA, month, day)
    if is_persian(year, languages):
        return _persian(year, month, day)
    return date(year, month, day)


def _persian(year: int, month: int, day: int) -> date:
    if not 1 <= month <= LAST_MONTH or not 1 <= day <= _length(year, month):
        raise ValueError("the Persian calendar has no such day")
    before = 30 * (month - 1) + min(month - 1, LONG_MONTHS)
    return date.fromordinal(BEFORE_PERSIAN_YEARS + _days_before(year) + before + day)


def _length(year: int, month: int) -> int:
    if month == LAST_MONTH:
        return 30 if _days_before(year + 1) - _days_before(year) > 365 else 29  # noqa: PLR2004
    return 31 if month <= LONG_MONTHS else 30


def _days_before(year: int) -> int:
    """How many days the years before this one have; leap years come eight times in 33."""
    return 365 * (year - 1) + (8 * year + 21) // 33
