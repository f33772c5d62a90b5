"""Polls and problems that are valid by default."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from domain.poll import Code, KnownProblem, Outcome, Poll
from domain.source import FeedId
from tests.unit.digest.stories import NOW


def a_poll(**changes: Any) -> Poll:
    """A poll that brought two new releases of a listing of 25."""
    values: dict[str, Any] = {
        "feed_id": FeedId("xx_economy/news"),
        "outcome": Outcome.NEWS,
        "started_at": NOW,
        "finished_at": NOW + timedelta(seconds=2),
        "next_poll_at": NOW + timedelta(minutes=30),
        "listed": 25,
        "owed": 1,
        "known": 20,
        "stored": 2,
        "revised": 1,
        "deferred": 3,
        "skipped": 0,
        "failed": 0,
        "problems": (),
        "opened": (),
        "matched": 1,
        "stories": 2,
    }
    return Poll(**values | changes)


def a_known_problem(**changes: Any) -> KnownProblem:
    """An empty listing, open since yesterday."""
    values: dict[str, Any] = {
        "code": Code.LISTING_EMPTY,
        "place": "xx_economy/news",
        "feed_id": FeedId("xx_economy/news"),
        "detail": "'article.teaser' found nothing on a good page of 84 kB",
        "hint": "see whether the page was redesigned, and mend listing.item",
        "first_at": NOW - timedelta(days=1),
        "last_at": NOW - timedelta(hours=1),
        "count": 23,
        "opened_at": NOW - timedelta(days=1),
        "closed_at": None,
    }
    return KnownProblem(**values | changes)
