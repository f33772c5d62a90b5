"""What becomes of texts that arrive, whoever brings them: a feed or an import?

Those that are held are seen again. The others are placed among releases and stories, and kept
with their pages and with what was read in them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import Connection, text

from domain.poll import Fate
from domain.reading import Judge, Likeness, TextKey
from storage import likenesses, neighbours, texts
from storage.neighbourhood import marked
from storage.placing import Placing, place
from storage.texts import Arrival, Held

ADVISORY_PLACING = 0x706F7701
"""Held on PostgreSQL while releases and stories are decided: two newcomers must see each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of all that arrived."""

    ids: Mapping[TextKey, int] = field(default_factory=dict)
    """The row of each text."""
    releases: Mapping[TextKey, int] = field(default_factory=dict)
    """The row of the release of each text that was new."""
    fates: tuple[Fate, ...] = ()
    """Of each arrival, in their order."""
    matched: int = 0
    """New releases that match a topic."""
    stories: int = 0


def take_turns(connection: Connection) -> None:
    """Wait for those who place texts just now; SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_PLACING})


def keep(
    connection: Connection,
    arrivals: Sequence[Arrival],
    *,
    judge: Judge,
    seen_at: datetime,
    earlier: Collection[Held] = (),
    bonds: Collection[Likeness] = (),
) -> Kept:
    """Keep what is new of these arrivals, and note that the rest was seen again.

    Whoever brings them may know more than texts show: ``bonds`` hold between a newcomer and a
    text that was held ``earlier``.
    """
    ids = texts.known(connection, [arrival.key for arrival in arrivals])
    texts.see_again(connection, set(ids.values()), seen_at=seen_at)
    newcomers: dict[TextKey, Arrival] = {}
    for arrival in arrivals:
        if arrival.key not in ids:
            newcomers.setdefault(arrival.key, arrival)
    marks = {
        key: marked(arrival.text, arrival.reading.marks, seen_at=seen_at)
        for key, arrival in newcomers.items()
    }
    near = neighbours.near(connection, marks.values())
    # What a row brought before is what it is, however little it has in common with what it brings.
    near = replace(near, held={held.key: held for held in earlier} | near.held)
    placing = place(
        connection,
        {key: arrival.text for key, arrival in newcomers.items()},
        near=near,
        judge=judge,
        bonds=[bond for bond in bonds if bond.a in newcomers or bond.b in newcomers],
    )
    ids |= {key: held.id for key, held in near.held.items()}
    ids |= texts.add_texts(connection, newcomers, releases=placing.releases, seen_at=seen_at)
    likenesses.add_likenesses(connection, placing.likenesses, ids=ids)
    return _kept(arrivals, newcomers, placing, ids)


def _kept(
    arrivals: Sequence[Arrival],
    newcomers: Mapping[TextKey, Arrival],
    placing: Placing,
    ids: Mapping[TextKey, int],
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
    return Kept(
        ids=ids,
        releases={key: placing.releases[key] for key in newcomers},
        fates=tuple(fates),
        matched=sum(matched),
        stories=placing.new_stories,
    )
