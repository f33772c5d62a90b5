"""What becomes of a release that our reading stumbles over?

It costs that release, never the feed: its entry counts as failed, is owed, and is given up after
as many attempts as any other. The fault is ours and will not be mended within minutes, so it is
tried again only after hours, which also leaves the time for an upgrade.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import structlog

from crawler.visiting import ATTEMPTS, LONGEST_WAIT
from domain.poll import Code, Fate, FeedMemory, Fetched, Owed, Problem, Visit
from domain.reading import Reading
from domain.release import EntryKey, Release

log = structlog.get_logger()
OUR_FAULT = "A fault of the program: please report it with the log's traceback"
DETAIL = 200
"""Letters of an exception's text that a problem shows; the log holds the rest."""


def read_all(
    visit: Visit, memory: FeedMemory, *, read: Callable[[Release], Reading]
) -> tuple[Visit, dict[EntryKey, Reading]]:
    """A reading for each release that a visit brought, and the visit without those that failed."""
    readings: dict[EntryKey, Reading] = {}
    for item in visit.fetched:
        try:
            readings[item.entry.key] = read(item.release)
        # What nobody foresaw in one text is logged whole and reported.
        except Exception as error:
            log.exception("release not read", feed=visit.feed_id, entry=item.entry.url)
            visit = _without(visit, item, attempts=_attempts(item, memory) + 1, error=error)
    return visit, readings


def _attempts(item: Fetched, memory: FeedMemory) -> int:
    before = (owed.attempts for owed in memory.owed if owed.entry.key == item.entry.key)
    return next(before, 0)


def _without(visit: Visit, failed: Fetched, *, attempts: int, error: Exception) -> Visit:
    """The same visit as if that entry had failed."""
    entry, reason = failed.entry, in_one_line(error)
    problem = Problem(code=Code.UNEXPECTED, place=entry.url, detail=reason, hint=OUR_FAULT)
    visit = replace(
        visit,
        fates=tuple(
            (key, Fate.FAILED if (key, fate) == (entry.key, Fate.FETCHED) else fate)
            for key, fate in visit.fates
        ),
        fetched=tuple(item for item in visit.fetched if item is not failed),
        problems=(*visit.problems, problem),
    )
    if attempts >= ATTEMPTS:
        return _given_up(visit, failed, attempts=attempts, reason=reason)
    owed = Owed(
        entry=entry,
        attempts=attempts,
        not_before_at=visit.finished_at + LONGEST_WAIT,
        reason=reason,
    )
    return replace(visit, owed=(*visit.owed, owed))


def _given_up(visit: Visit, failed: Fetched, *, attempts: int, reason: str) -> Visit:
    problem = Problem(
        code=Code.ENTRY_GIVEN_UP,
        place=failed.entry.url,
        detail=f"given up after {attempts} attempts: {reason}",
        hint=OUR_FAULT,
    )
    return replace(
        visit,
        given_up=(*visit.given_up, failed.entry),
        problems=(*visit.problems, problem),
    )


def in_one_line(error: Exception) -> str:
    """An exception's class and text, short enough for a problem."""
    return " ".join(f"{type(error).__name__}: {error}".split())[:DETAIL]
