"""When is a feed polled next?

A feed states its interval; failures stretch it, the site's own wishes (Retry-After) override
it, and a fixed offset for each feed spreads the load. Nothing here is random, so the answer can
be tested and explained.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from domain.poll import Code, Outcome, Visit
from domain.source import Feed, FeedId

LONGEST_BACK_OFF = timedelta(hours=6)
GONE_FOR_NOW = timedelta(days=1)
# Enough to spread a thousand hourly feeds over six minutes, too little to be noticed at one.
SPREAD = 0.1


def next_poll_at(feed: Feed, visit: Visit, *, failures: int, may_fetch: bool) -> datetime:
    """The moment from which this feed is due again.

    ``failures`` are the failed polls in a row before this visit; ``may_fetch`` is false where
    the settings allow no releases to be fetched, so that owed entries are no reason to hurry.
    """
    if visit.outcome is Outcome.STOPPED:
        # What it did not reach is owed to nobody yet, and may leave the listing.
        return max(visit.finished_at, visit.host.not_before_at or visit.finished_at)
    wait = _wait(feed, visit, failures=failures)
    wished = visit.finished_at + wait * (1 + SPREAD * _share(feed.id))
    if visit.owed and may_fetch and visit.outcome is not Outcome.FAILED:
        first = min(owed.not_before_at for owed in visit.owed)
        wished = min(wished, max(first, visit.finished_at))
    if visit.host.not_before_at:
        wished = max(wished, visit.host.not_before_at)
    return wished


def _wait(feed: Feed, visit: Visit, *, failures: int) -> timedelta:
    if any(problem.code is Code.FEED_GONE for problem in visit.problems):
        return max(feed.every, GONE_FOR_NOW)
    if visit.outcome is Outcome.FAILED:
        # Beyond a dozen doublings every interval is at the limit; larger powers only overflow.
        doubled: timedelta = feed.every * 2 ** min(failures, 12)
        return max(feed.every, min(doubled, LONGEST_BACK_OFF))
    return feed.every


def _share(feed_id: FeedId) -> float:
    """The feed's own place between 0 and 1, for ever the same."""
    return int.from_bytes(sha256(feed_id.encode()).digest()[:4]) / 2**32
