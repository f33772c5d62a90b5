"""When is a feed polled next?

A feed states its interval, and is polled so often while it brings something. Days without news
stretch it, up to four times: so weekends, holidays and August slow down by themselves, in every
country, and the first news ends it. Failures stretch it too, the site's own wishes (Retry-After)
override it, and a fixed offset for each feed spreads the load. Nothing here is random, so the
answer can be tested and explained.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from domain.poll import Code, FeedMemory, Outcome, Visit
from domain.source import Feed, FeedId

# After a day of quiet an hourly feed is polled every hour, after four every four hours.
QUIET_FOR_EACH = 24
"""So many times the wait must nothing have come."""
SLOWEST = 4
SLOWEST_WAIT = timedelta(hours=6)
LOOKED_BACK = timedelta(days=14)
SATURDAY = 5
LONGEST_BACK_OFF = timedelta(hours=6)
GONE_FOR_NOW = timedelta(days=1)
# Enough to spread a thousand hourly feeds over six minutes, too little to be noticed at one.
SPREAD = 0.1


def next_poll_at(feed: Feed, visit: Visit, *, memory: FeedMemory, may_fetch: bool) -> datetime:
    """The moment from which this feed is due again.

    ``memory`` is of the time before this visit; ``may_fetch`` is false where the settings allow no
    releases to be fetched, so that owed entries are no reason to hurry.
    """
    if visit.outcome is Outcome.STOPPED:
        # What it did not reach is owed to nobody yet, and may leave the listing.
        return max(visit.finished_at, visit.host.not_before_at or visit.finished_at)
    wait = _wait(feed, visit, memory)
    wished = visit.finished_at + wait * (1 + SPREAD * _share(feed.id))
    if visit.owed and may_fetch and visit.outcome is not Outcome.FAILED:
        first = min(owed.not_before_at for owed in visit.owed)
        wished = min(wished, max(first, visit.finished_at))
    if visit.host.not_before_at:
        wished = max(wished, visit.host.not_before_at)
    return wished


def _wait(feed: Feed, visit: Visit, memory: FeedMemory) -> timedelta:
    if any(problem.code is Code.FEED_GONE for problem in visit.problems):
        return max(feed.every, GONE_FOR_NOW)
    if visit.outcome is Outcome.FAILED:
        # Beyond a dozen doublings every interval is at the limit; larger powers only overflow.
        doubled: timedelta = feed.every * 2 ** min(memory.failures, 12)
        return max(feed.every, min(doubled, LONGEST_BACK_OFF))
    if visit.fetched or memory.last_new_at is None:
        return feed.every
    quiet = _quiet(memory.last_new_at, visit.finished_at, zone=ZoneInfo(feed.zone))
    slowest = min(feed.every * SLOWEST, SLOWEST_WAIT)
    return max(feed.every, min(quiet / QUIET_FOR_EACH, slowest))


def _quiet(since: datetime, now: datetime, *, zone: ZoneInfo) -> timedelta:
    """How long nothing came. A working day does not ask about the weekend before it."""
    since = max(since, now - LOOKED_BACK)
    today = now.astimezone(zone).date()
    if today.weekday() >= SATURDAY:
        return now - since
    days = (today - since.astimezone(zone).date()).days
    weekend = sum((today - timedelta(days=back)).weekday() >= SATURDAY for back in range(days))
    return max(now - since - timedelta(days=weekend), timedelta(0))


def _share(feed_id: FeedId) -> float:
    """The feed's own place between 0 and 1, for ever the same."""
    return int.from_bytes(sha256(feed_id.encode()).digest()[:4]) / 2**32
