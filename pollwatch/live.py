"""What do the feeds of the whole catalogue bring on this very machine?

A live check polls each feed that nobody polled for a day, as any run does, and fetches two releases
of each. What it brings is kept, so health is learned from it and nothing is asked for twice; what
was polled within the day is taken from there. So a check that was stopped goes on where it stopped,
and one after a run has little left to do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.health import FeedState, Health, WatchedFeed, watched_feeds
from domain.poll import KnownProblem, Poll
from domain.source import FeedId
from pollwatch.upkeep import judge_feeds
from pollwatch.wiring import House

# A feed is polled once a day at the least, so a day's answer is still how it is.
FRESH_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedFeed:
    """A feed, what it brought, and what is to be mended."""

    watched: WatchedFeed
    poll: Poll | None
    """None where it was not polled in this check."""
    problems: tuple[KnownProblem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveCheck:
    """A check of all feeds, as far as it came."""

    feeds: tuple[CheckedFeed, ...]
    polled: int
    left: int
    """Feeds that are still to be asked: it was stopped, or their hosts want patience."""
    was_stopped: bool

    def health(self) -> Mapping[Health, int]:
        """How many feeds are how, the most first."""
        counts = Counter(one.watched.health for one in self.feeds)
        return dict(counts.most_common())


def check_live(house: House, *, on_poll: Callable[[int, int, Poll], None]) -> LiveCheck:
    """Poll what was not polled within a day; ``on_poll`` hears of each, and how many there are."""
    due = [
        one.feed
        for one in _watched(house)
        if one.health is not Health.RESTING and not _is_fresh(one.state, now=house.clock())
    ]
    polls: list[Poll] = []

    def heard(poll: Poll) -> None:
        polls.append(poll)
        on_poll(len(polls), len(due), poll)

    was_stopped = bool(due) and house.poll(due, on_poll=heard).was_stopped
    judge_feeds(house, polls)
    by_feed = {poll.feed_id: poll for poll in polls}
    problems: dict[FeedId | None, list[KnownProblem]] = {}
    # What may still pass by itself is the news of a first check.
    for problem in house.store.problems(include_closed=True):
        if problem.closed_at is None:
            problems.setdefault(problem.feed_id, []).append(problem)
    return LiveCheck(
        feeds=tuple(
            CheckedFeed(
                watched=one,
                poll=by_feed.get(one.feed.id),
                problems=tuple(problems.get(one.feed.id, ())),
            )
            for one in _watched(house)
        ),
        polled=len(polls),
        left=len(due) - len(polls),
        was_stopped=was_stopped,
    )


def page(found: LiveCheck, *, now: datetime) -> str:
    """The whole as one HTML page that loads nothing."""
    from pollwatch.pages import page as rendered

    return rendered("live.html", found=found, now=now)


def _watched(house: House) -> tuple[WatchedFeed, ...]:
    return watched_feeds(house.config.sources, states=house.store.feed_states())


def _is_fresh(state: FeedState | None, *, now: datetime) -> bool:
    return bool(state and state.last_polled_at and now - state.last_polled_at < FRESH_FOR)
