"""What is looked after between polls?

What no single poll can see: feeds that fall silent, listings that grow thin, a disk that fills up,
an edit of the keywords that nobody applied. The decisions are ``domain.watching``'s.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

import structlog

from domain.poll import KnownProblem, Problem
from domain.source import Feed, FeedId
from domain.topic import Topic
from domain.watching import (
    JUDGED,
    disk_low,
    edit_refused,
    is_quiet,
    judge,
    keywords_not_applied,
    may_need_a_look,
)
from scheduler.rejudging import rules_of
from storage.store import Store

log = structlog.get_logger()


def judge_feeds(
    store: Store,
    feeds: Collection[Feed],
    *,
    now: datetime,
    changed: Collection[FeedId] | None = None,
) -> tuple[Problem, ...]:
    """Open, count and close what the polls of these feeds add up to; what opened.

    ``changed`` are the feeds whose listings may have changed since, where that is known. Judged
    again without a poll between, a feed is as it was.
    """
    states = store.feed_states()
    # Who owes entries has brought something: it is only not fetched yet.
    owing = store.upkeep.owing()
    found: dict[FeedId, Sequence[Problem]] = {}
    polled_at: dict[FeedId, datetime] = {}
    for feed in feeds:
        state = states.get(feed.id)
        if state is None or state.last_polled_at is None or feed.id in owing:
            continue
        if may_need_a_look(feed, state, may_have_changed=changed is None or feed.id in changed):
            figures = store.upkeep.figures(feed.id, with_arrivals=is_quiet(feed, state), now=now)
            problems = judge(feed, state, figures)
            if problems or JUDGED.intersection(state.open_problems):
                found[feed.id] = problems
                polled_at[feed.id] = state.last_polled_at
    opened = store.upkeep.note(found, polled_at=polled_at) if found else ()
    for problem in opened:
        log.warning("problem opened", code=problem.code, place=problem.place, detail=problem.detail)
    return opened


def open_problems(
    store: Store, topics: Sequence[Topic], *, now: datetime
) -> tuple[KnownProblem, ...]:
    """All that is open: of feeds and mails as remembered, of disk and keywords as it is now."""
    return (*store.problems(include_closed=False), *_of_the_house(store, topics, now=now))


def refused_edit(mistakes: Sequence[str], *, now: datetime) -> KnownProblem:
    """What is wrong where a running daemon cannot take on an edit; only the daemon knows of it."""
    return _known(edit_refused(mistakes), since=now, now=now)


def _of_the_house(
    store: Store, topics: Sequence[Topic], *, now: datetime
) -> Iterator[KnownProblem]:
    """What concerns no feed; nobody need remember it, for it can be seen at any time."""
    room = store.upkeep.room()
    low = disk_low(room) if room else None
    if low:
        yield _known(low, since=now, now=now)
    rules = rules_of(topics)
    since = store.upkeep.rules_since(rules)
    left = store.judgements.left(rules) if since else 0
    old = keywords_not_applied(left, since=since, now=now)
    if old and since:
        yield _known(old, since=since, now=now)


def _known(problem: Problem, *, since: datetime, now: datetime) -> KnownProblem:
    return KnownProblem(
        code=problem.code,
        place=problem.place,
        feed_id=None,
        detail=problem.detail,
        hint=problem.hint,
        first_at=since,
        last_at=now,
        count=1,
        opened_at=since,
        closed_at=None,
    )
