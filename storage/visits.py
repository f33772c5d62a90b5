"""What becomes of a visit?

Everything it brought home is stored in one transaction, or nothing is. Whatever can be done
before it begins (compressing pages, making keys) is done before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text

from domain.poll import Fate, Poll, Problem, Visit
from domain.reading import Judge, TextKey
from domain.release import EntryKey
from storage import entries, feeds, hosts, likenesses, problems, texts
from storage.placing import Placing, place
from storage.texts import Arrival

ADVISORY_PLACING = 0x706F7701
"""Held on PostgreSQL while releases and stories are decided: two newcomers must see each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of all that was fetched."""

    fates: tuple[Fate, ...] = ()
    matched: int = 0
    stories: int = 0


def save(
    connection: Connection,
    visit: Visit,
    *,
    arrivals: Sequence[Arrival],
    next_poll_at: datetime,
    judge: Judge,
) -> Poll:
    """Store a visit; the poll that it makes."""
    if arrivals and connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_PLACING})
    feeds.remember_visit(connection, visit, next_poll_at=next_poll_at)
    hosts.remember(connection, visit.host)
    entry_ids = entries.settle(connection, visit)
    entries.owe(connection, visit)
    kept = Kept()
    if arrivals:
        kept = _keep(connection, visit, arrivals=arrivals, entry_ids=entry_ids, judge=judge)
    opened = problems.note(connection, visit)
    poll = _poll(visit, kept=kept, opened=opened, next_poll_at=next_poll_at)
    feeds.add_poll(connection, poll)
    return poll


def _keep(
    connection: Connection,
    visit: Visit,
    *,
    arrivals: Sequence[Arrival],
    entry_ids: Mapping[EntryKey, int],
    judge: Judge,
) -> Kept:
    near = texts.near(connection, [arrival.text for arrival in arrivals])
    newcomers: dict[TextKey, Arrival] = {}
    for arrival in arrivals:
        if arrival.key not in near:
            newcomers.setdefault(arrival.key, arrival)
    placing = place(
        connection,
        {key: arrival.text for key, arrival in newcomers.items()},
        near=near,
        judge=judge,
    )
    ids = {key: held.id for key, held in near.items()}
    seen = [ids[arrival.key] for arrival in arrivals if arrival.key in ids]
    texts.see_again(connection, seen, seen_at=visit.finished_at)
    ids |= texts.add_texts(
        connection, newcomers, releases=placing.releases, seen_at=visit.finished_at
    )
    likenesses.add_likenesses(connection, placing.likenesses, ids=ids)
    brought = [(arrival, ids[arrival.key]) for arrival in arrivals]
    texts.appear(connection, visit, brought, entries=entry_ids)
    return _kept(arrivals, newcomers, placing)


def _kept(
    arrivals: Sequence[Arrival], newcomers: Mapping[TextKey, Arrival], placing: Placing
) -> Kept:
    fates = [
        placing.fates[arrival.key] if newcomers.get(arrival.key) is arrival else Fate.KNOWN
        for arrival in arrivals
    ]
    matched = [
        any(match.is_match for match in arrival.reading.matches)
        for arrival, fate in zip(arrivals, fates, strict=True)
        if fate is Fate.STORED
    ]
    return Kept(fates=tuple(fates), matched=sum(matched), stories=placing.new_stories)


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
