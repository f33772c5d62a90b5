"""Is a feed quieter, or its listing thinner, than it ever was?

No single poll can see it: each answer is good, only less comes than used to. So a feed is measured
by its own past, and where that is too short by what its source's file expects:

====== =============================================================================================
silent nothing new for three of its usual gaps, and for longer than ever before
late   nothing new for three of the gaps that its file expects; its own past is too short to tell
thin   its listing holds no third of what it used to hold, also at its leanest
====== =============================================================================================

A feed that also was as quiet before is left alone: nobody needs to act on a holiday. Time counts up
to the last poll, so that our own absence is never taken for silence of theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median_low

from domain.health import OWN_TROUBLE, FeedState
from domain.poll import Code, Outcome, Problem
from domain.source import Feed

JUDGED = frozenset({Code.FEED_SILENT, Code.FEED_LATE, Code.FEED_THIN})
"""What is found here; no single visit sees it, or that it is gone."""
MANY_GAPS = 3
"""Feeds are lumpy: three quiet spells in a row are worth a look."""
UNHEARD_OF = 10
"""So many spells without news are silence, whatever we know of the past."""
# Press offices sleep at night: who brings something every hour is not late by the evening.
SHORTEST_GAP = timedelta(days=1)
FEWEST_GAPS = 4
"""What a past is made of; fewer say little."""
LISTINGS = 20
"""So many earlier listings say how long one is."""
FEWEST_LISTINGS = 5
THIN = 3
# A listing of five that shrinks to one is a quiet month.
SHORTEST_LISTING = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a feed brought so far."""

    arrivals: Sequence[datetime] = ()
    """When it brought something new, oldest first."""
    listings: Sequence[int] = ()
    """How many entries each listing that was read held, newest first."""


def can_be_judged(state: FeedState) -> bool:
    """True where the last poll brought a good answer, and nothing else explains a silence."""
    answered = state.last_outcome in {Outcome.NEWS, Outcome.UNCHANGED}
    return answered and not state.is_retired and not OWN_TROUBLE.intersection(state.open_problems)


def may_need_a_look(feed: Feed, state: FeedState, *, may_have_changed: bool) -> bool:
    """True where looking up figures can change what is known of a feed."""
    is_open = JUDGED.intersection(state.open_problems)
    return can_be_judged(state) and bool(may_have_changed or is_open or is_quiet(feed, state))


def is_quiet(feed: Feed, state: FeedState) -> bool:
    """True where it pays to look up when the feed brought something."""
    return _quiet(state) > _expected(feed) * MANY_GAPS


def judge(feed: Feed, state: FeedState, figures: Figures) -> tuple[Problem, ...]:
    """What somebody should look at, though every answer was good."""
    found = (_silence(feed, state, figures.arrivals), _thinness(feed, figures.listings))
    return tuple(problem for problem in found if problem)


def _silence(feed: Feed, state: FeedState, arrivals: Sequence[datetime]) -> Problem | None:
    gaps = sorted(later - earlier for earlier, later in pairwise(arrivals))
    is_known = len(gaps) >= FEWEST_GAPS
    if not is_known and not feed.expect:
        return None
    usual = _expected(feed) if feed.expect else max(SHORTEST_GAP, median_low(gaps))
    quiet = _quiet(state)
    if quiet <= usual * MANY_GAPS or (is_known and quiet <= gaps[-1]):
        return None
    is_silent = is_known or quiet > usual * UNHEARD_OF
    so_far = f", and {_days(gaps[-1])} the longest so far" if is_known else ""
    rhythm = f"{_days(usual)} would be {'as expected' if feed.expect else 'usual'}{so_far}"
    less = ", else expect less there" if feed.expect else ""
    return Problem(
        code=Code.FEED_SILENT if is_silent else Code.FEED_LATE,
        place=feed.id,
        detail=f"it answers well, and brought nothing new for {_days(quiet)}; {rhythm}",
        hint="Open the institution's press page; if it has newer releases, they are listed"
        f" elsewhere now: write the new address into the source's file{less}",
    )


def _quiet(state: FeedState) -> timedelta:
    """How long nothing new came, as far as we looked."""
    since = state.last_new_at or state.first_polled_at
    return state.last_polled_at - since if since and state.last_polled_at else timedelta()


def _expected(feed: Feed) -> timedelta:
    """The longest gap that its file lets one expect, or the shortest that counts."""
    spell = feed.expect.per / feed.expect.count if feed.expect else SHORTEST_GAP
    return max(SHORTEST_GAP, spell)


def _thinness(feed: Feed, listings: Sequence[int]) -> Problem | None:
    if len(listings) <= FEWEST_LISTINGS:
        return None
    now, *before = listings[: LISTINGS + 1]
    # A quarter of them were as lean: what stays so becomes usual by itself.
    lean = sorted(before)[len(before) // 4]
    if lean < SHORTEST_LISTING or not 0 < now * THIN <= lean:
        return None
    return Problem(
        code=Code.FEED_THIN,
        place=feed.id,
        detail=f"its listing holds {now} entries, where {lean} or more are usual",
        hint="Compare it with what the source's file says of the listing: the page may have been"
        " rebuilt, or a new year's page begun",
    )


def _days(span: timedelta) -> str:
    days = round(span / timedelta(days=1))
    return "a day" if days == 1 else f"{days:,} days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How much room a database has, in bytes."""

    place: str
    """Its file."""
    free: int
    held: int
    """What it takes itself."""


# A day of a large catalogue with its pages fits into it many times over.
LEAST_ROOM = 500_000_000


def disk_low(room: Room) -> Problem | None:
    """A disk that is about to be full, or that cannot hold the copy before an upgrade."""
    if room.free >= max(LEAST_ROOM, room.held):
        return None
    return Problem(
        code=Code.DISK_LOW,
        place=room.place,
        detail=f"{_megabytes(room.free)} are free on the disk of the database, which takes"
        f" {_megabytes(room.held)}; an upgrade copies it first",
        hint="Make room: old copies lie beside the database, and `pollwatch db prune` lets it"
        " use its own room again",
    )


def keywords_not_applied(left: int, *, since: datetime | None, now: datetime) -> Problem | None:
    """An edit of the keywords that judges new releases, and not those that are stored."""
    if not left or since is None or now - since < NOT_APPLIED_FOR:
        return None
    return Problem(
        code=Code.KEYWORDS_NOT_APPLIED,
        place="keywords",
        detail=f"{left:,} stored texts are judged by older keywords than new ones",
        hint="See what would change with `pollwatch keywords backtest`, then run"
        " `pollwatch keywords apply`",
    )


def edit_refused(mistakes: Sequence[str]) -> Problem:
    """An edit that a running daemon could not take on: it goes on with what it had before."""
    more = f", and {len(mistakes) - 1:,} more" if len(mistakes) > 1 else ""
    return Problem(
        code=Code.EDIT_REFUSED,
        place="configuration",
        detail=f"the daemon goes on without the last edit: {mistakes[0]}{more}",
        hint="Mend what `pollwatch config check` names; the daemon looks again by itself",
    )


# An editor tries an edit for an hour or two, and is not to be hurried.
NOT_APPLIED_FOR = timedelta(days=1)


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.0f} MB"
