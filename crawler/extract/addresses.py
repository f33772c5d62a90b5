"""On which day was something published, by its address alone?

Many sites file releases by day: ``/2024/03/18/``, ``/2024-03-18-``, ``/202403/t20240318_1``. Where
nobody else says when, that is a witness; of a month alone, or of a number that may be anything
else, it is not.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from crawler.extract.dates import YEARS

DAY = re.compile(
    r"(?<!\d)(?:(\d{4})(?:([/_-])(\d{1,2})\2(\d{1,2})|(\d{2})(\d{2})|(\d{2})/(\d{2}))(?!\d))"
)


def date_in(url: str, *, zone: str) -> datetime | None:
    """Midnight of the one day that an address names; None where it names none, or several.

    >>> date_in("https://economy.example/news/202403/t20240318_1126.html", zone="UTC")
    datetime.datetime(2024, 3, 18, 0, 0, tzinfo=datetime.timezone.utc)
    >>> date_in("https://economy.example/2024/03/vote", zone="UTC") is None
    True
    """
    days = set()
    for found in DAY.finditer(urlsplit(url).path):
        year, month, day = (int(group) for group in found.groups() if group and group.isdigit())
        if year not in YEARS:
            continue
        try:
            days.add(date(year, month, day))
        except ValueError:
            continue
    if len(days) != 1:
        return None
    return datetime.combine(days.pop(), time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)
