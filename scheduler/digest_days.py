"""Which day's digest is due to a subscriber?

A digest belongs to a day of the subscriber's zone, and is due from his hour on. Where several days
went by there is one digest, for the last of them. All that is remembered is the day of the last
digest, so neither restarts nor clocks that are put forward or back leave one out or send one twice.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.subscriber import Subscriber

WEEK = 7
# Zones are up to a day apart: a subscriber who moved may have had tomorrow's digest already. A day
# beyond that was never lived: the clock was wrong then.
FURTHEST = timedelta(days=1)


def due_on(subscriber: Subscriber, *, last: date | None, now: datetime) -> date | None:
    """The day of the digest that is due now; None where none is.

    A new subscriber gets today's, and none for a day before.
    """
    day = _last_struck(subscriber, now)
    today = now.astimezone(ZoneInfo(subscriber.zone)).date()
    if day is None:
        return None
    if last is None:
        return day if day == today else None
    return day if day > last or last - today > FURTHEST else None


def _last_struck(subscriber: Subscriber, now: datetime) -> date | None:
    """The last of his days on which his hour has struck.

    An hour that a change of clocks leaves out strikes as if there were none; of one that comes
    twice the first counts.
    """
    zone = ZoneInfo(subscriber.zone)
    today = now.astimezone(zone).date()
    for back in range(WEEK + 1):
        day = today - timedelta(days=back)
        struck_at = datetime.combine(day, subscriber.at, tzinfo=zone)
        if day.weekday() in subscriber.days and struck_at <= now:
            return day
    return None
