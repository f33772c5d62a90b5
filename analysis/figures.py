"""Which numbers and which days does a text give, whatever its language?

A number is what it is worth: 46.300 and 46,300 are one, 6,5 and 6.5 are one, 15:00 is 15, and so
are the digits of all scripts. A day is written with its month's name, which CLDR knows, or with
numbers: 3 February 2025, Feb. 3, 3.2.2025, 2025年2月3日.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache, partial
from typing import NamedTuple

from babel import Locale, UnknownLocaleError

from analysis.fold import fold
from analysis.words import INDIC

# By thousands, or as India groups: 10,43,000.
_GROUPED = re.compile(
    r"(?<![\d.,])(?:\d{1,3}(?:[.,' ]\d{3})+|\d{1,2}(?:,\d\d)+,\d{3})(?![\d]|[.,]\d)"
)
_FRACTION = re.compile(r"(?<![\d.,:])(\d+)[.,:](\d{1,2})(?![\d]|[.,:]\d)")
_NUMBER = re.compile(r"\d+")
_AFTERNOON = re.compile(r"(?<![\d.,:])(\d{1,2})(?:[.:](\d\d))?\s?p\.?\s?m\b")

# Folding has made hyphens spaces.
_YEAR_FIRST = (
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?[ -/.年년]\s?(?P<month>\d{1,2})\s?[ -/.月월]\s?"
    r"(?P<day>\d{1,2})(?!\d)\s?[日일]?"
)
_DAY_FIRST = (
    r"(?<![\d.])(?P<day>\d{1,2})[ ./]\s?(?P<month>\d{1,2})[ ./]\s?(?P<year>(?:19|20)\d\d)(?!\d)"
)
_WITHOUT_YEAR = r"(?<!\d)(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]"
IN_NUMBERS = tuple(map(re.compile, (_YEAR_FIRST, _WITHOUT_YEAR, _DAY_FIRST)))
SHORTEST_NAMES = {"wide": 2, "abbreviated": 3}
_NO_LETTER_BEFORE, _NO_LETTER = rf"(?<![\w{INDIC}])", rf"(?![\w{INDIC}])"
MONTHS, LONGEST_MONTH = 12, 31


class Figures(NamedTuple):
    """The numbers and days of a text, in order."""

    numbers: tuple[str, ...]
    days: tuple[tuple[int, int], ...]
    """Month and day; the year stays among the numbers."""


@lru_cache(maxsize=512)
def figures(text: str, language: str | None) -> Figures:
    """What a text gives in numbers.

    >>> figures("Am 3. Februar 2025 waren 46.300 Wähler in 6,5 Stunden da.", "de")
    Figures(numbers=('2025', '46300', '6.5'), days=((2, 3),))
    """
    left = fold(text, None).text
    if not any(map(str.isdigit, left)):
        return Figures(numbers=(), days=())
    days: list[tuple[int, tuple[int, int]]] = []
    for each in dict.fromkeys((language or "en", "en")):
        named, months = _months(each)
        left = named.sub(partial(_taken_out, days, months), left)
    for written in IN_NUMBERS:
        left = written.sub(partial(_taken_out, days, {}), left)
    return Figures(numbers=_numbers(left), days=tuple(day for _, day in sorted(days)))


def _taken_out(
    days: list[tuple[int, tuple[int, int]]], months: Mapping[str, int], match: re.Match[str]
) -> str:
    """What stays of a day that was found: its year, at its place."""
    parts = match.groupdict()
    month = months[parts["month"]] if months else int(parts["month"])
    day = int(parts["day"] or parts["after"])
    if not (0 < month <= MONTHS and 0 < day <= LONGEST_MONTH):
        return match[0]
    days.append((match.start(), (month, day)))
    # As long as it was, so that what follows keeps its place.
    return f" {parts.get('year') or ''} ".ljust(len(match[0]))


def is_calendar_word(word: str, language: str | None) -> bool:
    """True for a folded word that names a month or a day of the week.

    >>> is_calendar_word("juni", "de"), is_calendar_word("july", None)
    (True, True)
    """
    return word in _calendar(language or "en") or word in _calendar("en")


@cache
def _calendar(language: str) -> frozenset[str]:
    locale = _locale(language)
    names = (
        name
        for kinds in (locale.months, locale.days)
        for form in ("format", "stand-alone")
        for name in kinds[form]["wide"].values()
    )
    return frozenset(word for name in names for word in fold(name, None).text.split())


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")


def _numbers(text: str) -> tuple[str, ...]:
    text = _AFTERNOON.sub(_in_the_afternoon, text)
    text = _GROUPED.sub(lambda match: re.sub(r"\D", "", match[0]), text)
    found = (match[0].replace(",", ".").replace(":", ".") for match in _ANY.finditer(text))
    return tuple(
        number.rstrip("0").rstrip(".") if "." in number else number.lstrip("0") or "0"
        for number in found
    )


_ANY = re.compile(rf"{_FRACTION.pattern}|{_NUMBER.pattern}")


def _in_the_afternoon(match: re.Match[str]) -> str:
    return f"{int(match[1]) % 12 + 12}.{match[2] or '00'}"


@cache
def _months(language: str) -> tuple[re.Pattern[str], Mapping[str, int]]:
    """What finds a day beside the name of a month, and which month each name means."""
    months = _locale(language).months
    named = (
        (fold(name, None).text.strip(". "), number, shortest)
        for form in ("format", "stand-alone")
        for width, shortest in SHORTEST_NAMES.items()
        for number, name in months[form][width].items()
    )
    names = {
        name: number
        for name, number, shortest in named
        if len(name) >= shortest and not name[0].isdigit()
    }
    some = "|".join(map(re.escape, sorted(names, key=len, reverse=True))) or "(?!)"
    before = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?\s(?:de |d'|of )?"
    after = r"\s(?P<after>\d{1,2})(?!\d)(?:st|nd|rd|th)?"
    return re.compile(
        rf"(?:{before})?{_NO_LETTER_BEFORE}(?P<month>{some}){_NO_LETTER}\.?(?(day)|{after})"
    ), names
