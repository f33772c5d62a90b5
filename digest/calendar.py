"""On which day was a release published, how is that said, and which one came first?

A day belongs to a place: what Tokyo dates 19 March is 18 March in London. So dates are shown as
the source counts days, and order never rests on a date that lies in the future.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from domain.dates import day_only
from domain.source import SourceId
from domain.story import StoredRelease

# Clocks and zones differ; a date beyond tomorrow is the source's own claim.
SOON = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The present moment, and the zones in which sources count their days."""

    now: datetime
    zone: tzinfo
    """The reader's own."""
    zones: Mapping[SourceId, tzinfo]

    def zone_of(self, source_id: SourceId) -> tzinfo:
        """The zone in which a source counts its days; days of one that is not known are in UTC."""
        return self.zones.get(source_id, UTC)


def in_words(day: date) -> str:
    """The day as readers of all countries read it the same way.

    >>> in_words(date(2024, 3, 8))
    '8 March 2024'
    """
    return f"{day.day} {day:%B} {day.year}"


def to_the_minute(at: datetime, zone: tzinfo) -> str:
    """The moment as a clock on the wall there shows it.

    >>> to_the_minute(datetime(2024, 3, 18, 9, 5, tzinfo=UTC), UTC)
    '18 March 2024 at 09:05'
    """
    return f"{in_words(day_of(at, zone))} at {_local(at, zone):%H:%M}"


def day_of(at: datetime, zone: tzinfo) -> date:
    """The day that a moment falls on in a zone."""
    return _local(at, zone).date()


def as_stated(published_at: datetime | None, source_id: SourceId, *, calendar: Calendar) -> str:
    """A date as its source states it, or in words that it does not."""
    if published_at is None:
        return "date not given"
    day = in_words(day_of(published_at, calendar.zone_of(source_id)))
    return f"dated {day} by the source" if _is_claim(published_at, calendar) else day


def order(release: StoredRelease, calendar: Calendar) -> tuple[date, str, str]:
    """By day, then by title: how stories of one country follow each other."""
    at = _credible(release, calendar) or release.first_seen_at
    return day_of(at, calendar.zone_of(release.source_id)), release.title, release.id


def precedence(release: StoredRelease, calendar: Calendar) -> tuple[bool, datetime, datetime, str]:
    """Least for what was published first, and so most likely by the actor itself.

    A release without a date comes after those with one. The hour of a day may be its last.
    """
    at = _credible(release, calendar)
    if at is None:
        return True, release.first_seen_at, release.first_seen_at, release.id
    if day_only(at, calendar.zone_of(release.source_id)):
        at += timedelta(days=1)
    return False, at, release.first_seen_at, release.id


def _credible(release: StoredRelease, calendar: Calendar) -> datetime | None:
    at = release.published_at
    return None if at is None or _is_claim(at, calendar) else at


def _is_claim(published_at: datetime, calendar: Calendar) -> bool:
    return published_at - calendar.now > SOON


def _local(at: datetime, zone: tzinfo) -> datetime:
    try:
        return at.astimezone(zone)
    except OverflowError:  # the first and last days of the calendar, as broken pages give them
        return at
