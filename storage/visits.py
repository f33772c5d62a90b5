"""What becomes of a visit?

Everything it brought home is stored in one transaction, or nothing is. Whatever can be done
before it begins (compressing pages, making keys) is done before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from domain.poll import Fate, Poll, Problem, Visit
from domain.reading import Judge
from storage import entries, feeds, hosts, problems, texts
from storage.keeping import Kept, keep, take_turns
from storage.texts import Arrival
from storage.unchanged import as_before


def save(
    connection: Connection,
    visit: Visit,
    *,
    arrivals: Sequence[Arrival],
    next_poll_at: datetime,
    judge: Judge,
) -> Poll:
    """Store a visit; the poll that it makes."""
    if arrivals:
        take_turns(connection)
    feeds.remember_visit(connection, visit, next_poll_at=next_poll_at)
    hosts.remember(connection, visit.host)
    entry_ids = entries.settle(connection, visit)
    entries.owe(connection, visit)
    kept = Kept()
    if arrivals:
        arrivals = as_before(connection, arrivals, judge=judge)
        kept = keep(connection, arrivals, judge=judge, seen_at=visit.finished_at)
        texts.appear(
            connection,
            [
                texts.appearance(
                    arrival,
                    text_id=kept.ids[arrival.key],
                    origin=f"{visit.feed_id} {arrival.entry.key}",
                    entry_id=entry_ids[arrival.entry.key],
                    seen_at=visit.finished_at,
                )
                for arrival in arrivals
            ],
        )
    opened = problems.note(connection, visit)
    poll = _poll(visit, kept=kept, opened=opened, next_poll_at=next_poll_at)
    feeds.add_poll(connection, poll)
    return poll


def _poll(visit: Visit, *, kept: Kept, opened: tuple[Problem, ...], next_poll_at: datetime) -> Poll:
    seen = [fate for _, fate in visit.fates if fate is not Fate.FETCHED]
    if len(seen) + len(kept.fates) != visit.listed + visit.taken_up:
        raise ValueError(
            f"The visit of {visit.feed_id} says what became of {len(seen)} entries and fetched"
            f" {len(kept.fates)}, but listed {visit.listed} and took up {visit.taken_up}"
        )
    counts = Counter((*seen, *kept.fates))
    return Poll(
        feed_id=visit.feed_id,
        outcome=visit.outcome,
        started_at=visit.started_at,
        finished_at=visit.finished_at,
        next_poll_at=next_poll_at,
        listed=visit.listed,
        owed=visit.taken_up,
        known=counts[Fate.KNOWN],
        stored=counts[Fate.STORED],
        revised=counts[Fate.REVISED],
        deferred=counts[Fate.DEFERRED],
        skipped=counts[Fate.SKIPPED],
        failed=counts[Fate.FAILED],
        problems=tuple(dict.fromkeys(problem.code for problem in visit.problems)),
        opened=opened,
        matched=kept.matched,
        stories=kept.stories,
    )
