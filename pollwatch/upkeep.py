"""Who looks after feeds and database; for commands."""

from __future__ import annotations

from collections.abc import Collection

from domain.poll import KnownProblem, Outcome, Poll, Problem
from pollwatch.wiring import House
from scheduler import upkeep


def judge_feeds(house: House, polls: Collection[Poll]) -> tuple[Problem, ...]:
    """Judge the feeds of these polls by all their polls; the problems that opened."""
    polled = {poll.feed_id for poll in polls}
    return upkeep.judge_feeds(
        house.store,
        [feed for feed in house.feeds() if feed.id in polled],
        now=house.clock(),
        changed={poll.feed_id for poll in polls if poll.outcome is Outcome.NEWS},
    )


def open_problems(house: House) -> tuple[KnownProblem, ...]:
    """Everything that is wrong now, be it with feeds, mails, disk or keywords."""
    return upkeep.open_problems(house.store, house.config.topics, now=house.clock())
