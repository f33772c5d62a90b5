"""Which feeds should readers not rely on, and why; what must somebody mend? In plain words."""

from __future__ import annotations

from collections.abc import Sequence

from digest.calendar import Calendar, day_of, in_words
from digest.edition import TroubledFeed
from digest.plain import counted
from domain.delivery import ToldProblem
from domain.health import REFUSALS, WRONG_ANSWERS, FeedState, Health, WatchedFeed
from domain.poll import Code, KnownProblem

CAUSES = {
    Code.FEED_REFUSED: "we are refused",
    Code.FEED_UNREACHABLE: "no answer",
    Code.FEED_GONE: "nothing is at its address",
    Code.FEED_NOT_A_FEED: "the answer is no feed, or a torn one",
    Code.LISTING_EMPTY: "the listing is empty",
    Code.CERTIFICATE: "its certificate cannot be trusted",
    Code.PAGE_TOO_LARGE: "its listing is too large",
    Code.UNEXPECTED: "pollwatch failed over it",
}

# When the network is down all feeds have a problem, and one line says as much as a hundred.
MOST_PROBLEMS = 20


def trouble_notes(opened: Sequence[KnownProblem], closed: Sequence[ToldProblem]) -> tuple[str, ...]:
    """What the person who runs the program is told once, a sentence each."""
    notes = [
        f"Problem: {problem.code}, {problem.place}: {problem.detail}. To do: {problem.hint}."
        for problem in opened
    ]
    notes += [f"No longer a problem: {problem.code}, {problem.place}." for problem in closed]
    more = len(notes) - MOST_PROBLEMS
    if more <= 0:
        return tuple(notes)
    rest = f"{counted(more, 'more change')} of problems: `pollwatch problems list` shows them."
    return (*notes[:MOST_PROBLEMS], rest)


def silent(feeds: Sequence[WatchedFeed], calendar: Calendar) -> tuple[TroubledFeed, ...]:
    """The feeds that are quieter than they ever were."""
    return tuple(
        _troubled(feed, f"nothing new since {_last_sign(feed.state, calendar)}")
        for feed in feeds
        if feed.health is Health.SILENT and feed.state
    )


def failing(feeds: Sequence[WatchedFeed]) -> tuple[TroubledFeed, ...]:
    """The feeds that do not answer as they should."""
    return tuple(
        _troubled(feed, _cause(feed.state))
        for feed in feeds
        if feed.health in {Health.FAILING, Health.REFUSED} and feed.state
    )


def _last_sign(state: FeedState, calendar: Calendar) -> str:
    at = state.last_new_at or state.first_polled_at or calendar.now
    return in_words(day_of(at, calendar.zone))


def _cause(state: FeedState) -> str:
    codes = [code for code in state.open_problems if code in REFUSALS | WRONG_ANSWERS]
    if codes:
        return ", ".join(CAUSES[code] for code in codes)
    return f"{counted(state.failures, 'poll')} failed"


def _troubled(feed: WatchedFeed, reason: str) -> TroubledFeed:
    return TroubledFeed(institution=feed.source.name, feed_id=feed.feed.id, reason=reason)
