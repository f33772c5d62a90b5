"""When does a text say that something was published?

Read: ISO 8601, RFC 822, ``18.03.2024``, days with months by name, the Japanese, Chinese, Korean and
Vietnamese way, years of the eras of Japan, Taiwan and Thailand, days of the Persian calendar. What
can be read in two ways (``03/04/2024``) is read only where the language decides, and what cannot
be read is None: a wrong date is worse than none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from crawler.extract.calendars import day_of, is_persian, persian_month
from crawler.extract.months import is_day_first, month_named

# A text of this length is no date but holds one somewhere, and which one nobody can tell.
LONGEST = 120
YEARS = range(1970, 2101)
NOON = 12
MONTHS_IN_YEAR = 12
# Not \w: the vowels of many scripts are signs to it. Thai writes its months short with full stops.
LETTERS = r"[^\s\d.,،;:!?/\\()\[\]|–—-]+"
WORD = rf"{LETTERS}(?:\.{LETTERS})*(?:\s(?:الثاني|الأول|الاول))?"
OF = r"(?:(?:de|del|of|d['’])\s*)?"
YEAR_FIRST = re.compile(r"(?<![\d.,])(\d{4})([-/.])\s?(\d{1,2})\2\s?(\d{1,2})(?!\d)")
COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:T|$)")
CJK = re.compile(
    r"(?:(\d{4})|(令和|民國)\s*(元|\d{1,3}))\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]"
)
ERAS = {"令和": 2018, "民國": 1911}
"""The year before the first of an era."""
VIETNAMESE = re.compile(
    r"(?<!\d)(\d{1,2})\s*tháng\s*(\d{1,2})\s*(?:năm|,|/)?\s*(\d{4})(?!\d)", re.IGNORECASE
)
DOTTED = re.compile(r"(?<![\d.,])(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})(?![\d:])")
SLASHED = re.compile(r"(?<!\d)(\d{1,2})([/-])(\d{1,2})\2(\d{4})(?!\d)")
DAY_NAME_YEAR = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|er|º|ª|\.)?[\s-]*{OF}({WORD})\.?[,،]?[\s-]*{OF}(?:พ\.?ศ\.?\s*)?(\d{{4}})(?!\d)"
)
NAME_DAY_YEAR = re.compile(rf"({WORD})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})(?!\d)")
YEAR_NAME_DAY = re.compile(rf"(?<!\d)(\d{{4}})\.?\s*(?:m\.\s*)?({WORD})\.?\s+(\d{{1,2}})(?!\d)")
YEAR_DAY_NAME = re.compile(
    rf"(?<!\d)(\d{{4}})\.?\s*(?:gada|жылғы|жылдын|-?yil)\s+(\d{{1,2}})(?:\.|-)?\s*({WORD})"
)
CLOCK = re.compile(
    r"(?<![\d.:])(\d{1,2})(?::|h|時|시\s?)(\d{2})(?:[:分](\d{2})(?:[.,]\d+)?)?"
    r"\s*(?:([ap])\.?m\.?)?\s*"
    r"(Z\b|(?:GMT|UTC)?[+-]\d{2}:?\d{2}|(?:GMT|UTC)[+-]\d{1,2}\b|[A-Z]{2,4}\b)?",
    re.IGNORECASE,
)
OFFSET = re.compile(r"(?:GMT|UTC)?([+-])(\d{1,2}?):?(\d{2})?")
# By their usual meaning in datelines; IST and the like have several, and are left out.
ZONES = {
    "Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "CET": 1, "MEZ": 1, "CEST": 2,
    "MESZ": 2, "EET": 2, "EEST": 3, "MSK": 3, "JST": 9, "KST": 9, "EST": -5, "EDT": -4,
    "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip


def read_date(text: str, *, zone: str, languages: Sequence[str] = ()) -> datetime | None:
    """The moment that a text names, in UTC; a day alone is its midnight in the zone.

    >>> read_date("18 marca 2024, 10:30", zone="Europe/Warsaw", languages=("pl",))
    datetime.datetime(2024, 3, 18, 9, 30, tzinfo=datetime.timezone.utc)
    >>> read_date("03/04/2024", zone="UTC", languages=("en",)) is None
    True
    """
    line = _plain(text)
    if len(line) > LONGEST:
        return None
    for day, start, end in _days(line, languages):
        clock = CLOCK.search(line, end) or CLOCK.search(line[:start])
        at, offset = _clock(clock) if clock else (time(), None)
        try:
            local = datetime.combine(day, at, tzinfo=offset or ZoneInfo(zone))
            return local.astimezone(UTC)
        except OverflowError:
            return None
    return None


def _plain(text: str) -> str:
    """Digits of all scripts as ours, one kind of spaces, no marks of direction."""
    folded = unicodedata.normalize("NFKC", text)
    digits = (str(unicodedata.digit(c)) if c.isdigit() else c for c in folded)
    seen = (c for c in "".join(digits) if unicodedata.category(c) != "Cf")
    return " ".join("".join(seen).split())


def _days(line: str, languages: Sequence[str]) -> Iterator[tuple[date, int, int]]:
    """The days that a line names, the surest way of reading first, and where they stand."""
    for found, year, month, day in _readings(line, [code.split("-")[0] for code in languages]):
        with suppress(ValueError):
            named = day_of(year, month, day, languages=languages)
            if named.year in YEARS:
                yield named, found.start(), found.end()


def _readings(line: str, languages: Sequence[str]) -> Iterator[tuple[re.Match[str], int, int, int]]:
    """Year, month and day as they are written, by whatever calendar."""
    for pattern, order in (
        (YEAR_FIRST, (1, 3, 4)),
        (COMPACT, (1, 2, 3)),
        (DOTTED, (3, 2, 1)),
        (VIETNAMESE, (3, 2, 1)),
    ):
        for found in pattern.finditer(line):
            year, month, day = (found[group] for group in order)
            # Two digits are this century; "0001" is how some programs write that there is no date.
            yield found, int(year) + 2000 * (len(year) == 2), int(month), int(day)  # noqa: PLR2004
    for found in CJK.finditer(line):
        year = found[1] or ERAS[found[2]] + (1 if found[3] == "元" else int(found[3]))
        yield found, int(year), int(found[4]), int(found[5])
    yield from _named(line, languages)
    for found in SLASHED.finditer(line):
        yield from _slashed(found, languages)


def _named(line: str, languages: Sequence[str]) -> Iterator[tuple[re.Match[str], int, int, int]]:
    for pattern, order in (
        (DAY_NAME_YEAR, (3, 2, 1)),
        (NAME_DAY_YEAR, (3, 1, 2)),
        (YEAR_NAME_DAY, (1, 2, 3)),
        (YEAR_DAY_NAME, (1, 3, 2)),
    ):
        for found in pattern.finditer(line):
            written, name, day = (found[group] for group in order)
            year = int(written)
            if is_persian(year, languages):
                number = persian_month(name)
            else:
                number = month_named(name.lower(), languages=languages)
            if number:
                yield found, year, number, int(day)


def _slashed(
    found: re.Match[str], languages: Sequence[str]
) -> Iterator[tuple[re.Match[str], int, int, int]]:
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if first > MONTHS_IN_YEAR or first == second or is_day_first(languages):
        yield found, year, second, first
    elif second > MONTHS_IN_YEAR:
        yield found, year, first, second


def _clock(found: re.Match[str]) -> tuple[time, tzinfo | None]:
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if found[4]:
        hour = hour % NOON + (NOON if found[4].lower() == "p" else 0)
    try:
        return time(hour, minute, second), _offset((found[5] or "").upper())
    except ValueError:
        return time(), None


def _offset(said: str) -> tzinfo | None:
    if said in ZONES:
        return timezone(timedelta(hours=ZONES[said]))
    found = OFFSET.fullmatch(said)
    if not found:
        return None
    minutes = int(found[2]) * 60 + int(found[3] or 0)
    return timezone(timedelta(minutes=-minutes if found[1] == "-" else minutes))
