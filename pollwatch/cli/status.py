"""pollwatch status: how is everything?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import click

from digest.plain import counted
from domain.urls import without_password
from pollwatch.cli.exits import Exit
from pollwatch.cli.options import common, given, house
from pollwatch.cli.printing import data, moment, record, stamp, wrapped

if TYPE_CHECKING:
    from domain.poll import Owed
    from domain.source import FeedId
    from pollwatch.wiring import House
    from storage.counts import Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """Everything at a glance."""

    database: str
    health: dict[str, int]
    """How many feeds are how."""
    last_polled_at: datetime | None
    counts: Counts
    owed: list[dict[str, object]]
    """The entries that are owed, for programs."""
    problems: dict[str, int]
    """How many are open of each kind."""
    retired: int
    """Feeds that the configuration of the last run lacked; nobody polls them."""
    unjudged: int
    """Stored texts that keywords judged before they were edited."""


@click.command(epilog="\b\nExamples:\n  pollwatch status\n  pollwatch status --json\n")
@common
def status() -> Exit:
    """Show how everything is; exits 1 while a problem is open."""
    with house() as wired:
        glance = _glance(wired)
    if given().json:
        record(_record(glance))
    else:
        data("\n".join(_lines(glance)))
    return Exit.LOOK if glance.problems else Exit.DONE


def _glance(wired: House) -> Glance:
    from domain.health import watched_feeds
    from pollwatch.upkeep import open_problems
    from scheduler.rejudging import left_to_judge

    states = wired.store.feed_states()
    owed = wired.store.owed() if given().json else {}
    watched = watched_feeds(wired.config.sources, states=states)
    polled = [state.last_polled_at for state in states.values() if state.last_polled_at]
    known = [problem for problem in open_problems(wired) if problem.opened_at]
    return Glance(
        database=without_password(wired.config.settings.database.url),
        health=dict(Counter(feed.health.value for feed in watched)),
        last_polled_at=max(polled, default=None),
        counts=wired.store.counts(),
        owed=[_owed_record(feed_id, one) for feed_id, of in owed.items() for one in of],
        problems=dict(Counter(problem.code.value for problem in known)),
        retired=sum(state.is_retired for state in states.values()),
        unjudged=left_to_judge(wired.store.judgements, wired.config.topics),
    )


def _lines(glance: Glance) -> list[str]:
    counts = glance.counts
    health = ", ".join(f"{number:,} {health}" for health, number in glance.health.items())
    feeds = f"{sum(glance.health.values()):,}: {health}" if health else "none"
    matched = f"{counts.matched:,} matching, {counts.revisions:,} revised"
    shown = "; `pollwatch status --json` lists them"
    return [
        f"Database    {glance.database}",
        f"Feeds       {feeds}",
        *_retired_lines(glance.retired),
        f"Last poll   {moment(glance.last_polled_at)}",
        f"Releases    {counts.releases:,}: {matched}",
        f"Stories     {counts.stories:,}",
        f"Owed        {counted(counts.owed, 'entry', 'entries')}{shown if counts.owed else ''}",
        *_problem_lines(glance.problems),
        *_keyword_lines(glance.unjudged),
    ]


def _owed_record(feed_id: FeedId, owed: Owed) -> dict[str, object]:
    return {
        "feed": feed_id,
        "url": owed.entry.url,
        "title": owed.entry.title,
        "attempts": owed.attempts,
        "not_before": stamp(owed.not_before_at),
        "reason": owed.reason,
    }


def _retired_lines(feeds: int) -> list[str]:
    if not feeds:
        return []
    return [f"Retired     {counted(feeds, 'feed')} that the last run's configuration lacked"]


def _problem_lines(kinds: dict[str, int]) -> list[str]:
    if not kinds:
        return ["Problems    none open"]
    said = ", ".join(f"{number:,} {code}" for code, number in kinds.items())
    return [
        f"Problems    {sum(kinds.values()):,} open; `pollwatch problems list` says what to do:",
        *wrapped(said, indent=" " * 12),
    ]


def _keyword_lines(unjudged: int) -> list[str]:
    if not unjudged:
        return []
    return [
        f"Keywords    edited; {counted(unjudged, 'stored text')} not yet judged again:",
        "            `pollwatch keywords backtest` shows what would change",
    ]


def _record(glance: Glance) -> dict[str, object]:
    counts = glance.counts
    return {
        "database": glance.database,
        "feeds": glance.health,
        "last_polled": stamp(glance.last_polled_at),
        "polls": counts.polls,
        "releases": counts.releases,
        "matched": counts.matched,
        "revised": counts.revisions,
        "stories": counts.stories,
        "owed": counts.owed,
        "owed_entries": glance.owed,
        "problems": sum(glance.problems.values()),
        "open_problems": glance.problems,
        "retired": glance.retired,
        "unjudged": glance.unjudged,
    }
