"""The memory's door for those who ask why releases make one story, and those who know better.

One method is one transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from sqlalchemy import Connection, RowMapping, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from domain.reading import BY_PERSON, Judge
from domain.story import Membership
from storage import by_hand, releases
from storage.database import Database
from storage.keeping import take_turns
from storage.likenesses import likeness_in
from storage.schema import LikenessRow, ReleaseRow, TextRow
from storage.stories import whole
from storage.texts import key_in
from storage.writing import chunks

MOST_NEAR = 20
"""A template has thousands of siblings; who wants to see more than these asks in SQL."""


class Memberships:
    """What belongs to which story, why, and what a person says of it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, name: str) -> Membership:
        """The story that answers to an id, or that a release belongs to, with all its reasons."""
        with self._database.reading() as connection:
            return _of(connection, by_hand.named(connection, name).story)

    def join(self, one: str, other: str, *, because: str, judge: Judge) -> bool:
        """Make one story of two; false where a person did so before."""
        with self._database.writing() as connection:
            take_turns(connection)
            both = (by_hand.named(connection, name) for name in (one, other))
            return by_hand.join(connection, *both, because=because, judge=judge)

    def split(self, names: Sequence[str], *, because: str, judge: Judge) -> bool:
        """Take releases out of their story, together; false where that was done before."""
        with self._database.writing() as connection:
            take_turns(connection)
            leaving = [by_hand.named(connection, name) for name in names]
            return by_hand.split(connection, leaving, because=because, judge=judge)


def _of(connection: Connection, story: int) -> Membership:
    of_story = select(ReleaseRow.id).where(ReleaseRow.story_id == story)
    members = connection.scalars(of_story).all()
    texts = _texts(connection, TextRow.release_id, members)
    edges = list(_likenesses(connection, texts))
    beyond = {end for edge in edges for end in (edge["a_id"], edge["b_id"])}.difference(texts)
    strangers = _texts(connection, TextRow.id, beyond)
    near = _nearest(edges, strangers)
    shown = set(near[:MOST_NEAR])
    texts |= {number: row for number, row in strangers.items() if row["release_id"] in shown}
    loaded = releases.load(connection, {*members, *shown})
    keys = {number: key_in(row) for number, row in texts.items()}
    return Membership(
        story=whole([loaded[row] for row in members], told=frozenset(), as_told={}),
        near=tuple(loaded[row] for row in near[:MOST_NEAR]),
        more_near=len(near[MOST_NEAR:]),
        likenesses=tuple(
            likeness_in(edge, keys)
            for edge in edges
            if edge["a_id"] in keys and edge["b_id"] in keys
        ),
        release_of={keys[number]: loaded[row["release_id"]].id for number, row in texts.items()},
    )


def _texts(
    connection: Connection, column: InstrumentedAttribute[int], values: Collection[int]
) -> dict[int, RowMapping]:
    """What tells texts from others, and their releases, by row."""
    found: dict[int, RowMapping] = {}
    for chunk in chunks(values):
        statement = select(
            TextRow.id,
            TextRow.source_id,
            TextRow.canonical_url,
            TextRow.checksum,
            TextRow.release_id,
        )
        rows = connection.execute(statement.where(column.in_(chunk)).order_by(TextRow.id))
        found.update({row["id"]: row for row in rows.mappings()})
    return found


def _likenesses(connection: Connection, text_ids: Collection[int]) -> Iterator[RowMapping]:
    """All likenesses of these texts, to one another and to others; each once, strongest first."""
    found: dict[tuple[int, int], RowMapping] = {}
    for chunk in chunks(text_ids):
        ends = or_(LikenessRow.a_id.in_(chunk), LikenessRow.b_id.in_(chunk))
        rows = connection.execute(select(LikenessRow.__table__).where(ends)).mappings()
        found.update({(row["a_id"], row["b_id"]): row for row in rows})
    return iter(sorted(found.values(), key=_by_weight))


def _by_weight(edge: RowMapping) -> tuple[bool, float, int, int]:
    return edge["method"] != BY_PERSON, -edge["strength"], edge["a_id"], edge["b_id"]


def _nearest(edges: Iterable[RowMapping], strangers: Mapping[int, RowMapping]) -> list[int]:
    """The releases of other stories that are like one of these, the most alike first."""
    ends = (end for edge in edges for end in (edge["a_id"], edge["b_id"]))
    return list(dict.fromkeys(strangers[end]["release_id"] for end in ends if end in strangers))
