"""How is a feed? A verdict from what its polls left behind; computed, never stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.poll import Code, Outcome
from domain.source import Feed, FeedId, Source


class Health(StrEnum):
    """What one can rely on a feed for."""

    UNTRIED = "untried"
    WELL = "well"
    LATE = "late"
    SILENT = "silent"
    FAILING = "failing"
    REFUSED = "refused"
    RETIRED = "retired"
    RESTING = "resting"
    """Stands in for another feed, which needs nobody now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What the store remembers of a feed's polls."""

    feed_id: FeedId
    first_polled_at: datetime | None
    last_polled_at: datetime | None
    next_poll_at: datetime | None
    last_new_at: datetime | None
    last_outcome: Outcome | None
    failures: int
    """Failed polls in a row."""
    open_problems: tuple[Code, ...]
    is_retired: bool
    """No longer among the configured feeds."""


REFUSALS = frozenset({Code.FEED_REFUSED})
WRONG_ANSWERS = frozenset(
    {
        Code.FEED_UNREACHABLE,
        Code.FEED_GONE,
        Code.FEED_NOT_A_FEED,
        Code.LISTING_EMPTY,
        Code.CERTIFICATE,
        Code.PAGE_TOO_LARGE,
        Code.UNEXPECTED,
    }
)
OWN_TROUBLE = REFUSALS | WRONG_ANSWERS
"""What explains by itself that a feed brings nothing."""
# One poll without an answer is nothing, and three in a row are what opens a problem too.
FAILING_FROM = 3


def verdict(state: FeedState) -> Health:
    """Judge a feed by its polls, and by what ``domain.watching`` found in many of them."""
    if state.is_retired:
        return Health.RETIRED
    if state.first_polled_at is None:
        return Health.UNTRIED
    if REFUSALS.intersection(state.open_problems):
        return Health.REFUSED
    if _is_failing(state):
        return Health.FAILING
    if Code.FEED_SILENT in state.open_problems:
        return Health.SILENT
    return Health.LATE if Code.FEED_LATE in state.open_problems else Health.WELL


def _is_failing(state: FeedState) -> bool:
    if state.failures >= FAILING_FROM or WRONG_ANSWERS.intersection(state.open_problems):
        return True
    # It has never brought anything, and did not answer now either.
    return bool(state.failures) and state.last_new_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedFeed:
    """A configured feed, what the store remembers of it, and how it is."""

    source: Source
    feed: Feed
    state: FeedState | None
    """None where the store has never heard of it."""
    health: Health


AILING = frozenset({Health.FAILING, Health.REFUSED})


def resting(feeds: Iterable[Feed], *, states: Mapping[FeedId, FeedState]) -> frozenset[FeedId]:
    """The fallbacks that need not be polled, because the feed that each stands in for is well."""
    known = {feed_id: verdict(state) for feed_id, state in states.items()}
    return frozenset(
        feed.id
        for feed in feeds
        if feed.fallback_for and known.get(feed.fallback_for) not in AILING
    )


def watched_feeds(
    sources: Iterable[Source], *, states: Mapping[FeedId, FeedState]
) -> tuple[WatchedFeed, ...]:
    """Judge every configured feed, in the order of the sources."""
    return tuple(_watched(source, feed, states) for source in sources for feed in source.feeds)


def _watched(source: Source, feed: Feed, states: Mapping[FeedId, FeedState]) -> WatchedFeed:
    state = states.get(feed.id)
    health = verdict(state) if state else Health.UNTRIED
    if resting((feed,), states=states):
        health = Health.RESTING
    return WatchedFeed(source=source, feed=feed, state=state, health=health)
