"""What does somebody know better: that two stories are one, or that one is several?

Such a likeness stands between the first texts of two releases, for these give releases their ids.
It takes the place of whatever was found between the two, and nothing that is found later takes
its own. A change of mind is nobody's news: what a reader knows of a story he knows of its parts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product

from sqlalchemy import Connection, Select, bindparam, delete, func, or_, select, tuple_

from domain.errors import CannotBe
from domain.reading import BY_PERSON, Judge, Likeness, TextKey, Verdict
from domain.urls import is_web_address
from storage import releases
from storage.inheritance import Standing, heirs
from storage.likenesses import among, replace_likenesses, standings
from storage.schema import AliasRow, LikenessRow, ReleaseRow, StoryRow, TextRow, ToldRow
from storage.settling import settle
from storage.told import count_as_told, told_at, told_releases
from storage.writing import chunks

Texts = Mapping[TextKey, Standing]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What a name stands for: a release, or a whole story."""

    name: str
    story: int
    releases: frozenset[int]
    """All of a story; of a release itself alone."""
    is_story: bool


def named(connection: Connection, name: str) -> Named:
    """The release or story that answers to an id, or the release at an address."""
    is_address = is_web_address(name)
    row = releases.row_at(connection, name) if is_address else releases.row_of(connection, name)
    if row is not None:
        story = connection.scalars(select(ReleaseRow.story_id).where(ReleaseRow.id == row)).one()
        return Named(name=name, story=story, releases=frozenset((row,)), is_story=False)
    living = select(StoryRow.id).where(StoryRow.public_id == name)
    alias = select(AliasRow.story_id).where(AliasRow.public_id == name)
    found = connection.scalar(living) or connection.scalar(alias)
    if found is None:
        raise CannotBe(
            f"There is no story or release '{name}'",
            next_step="`pollwatch releases find WORDS` shows ids",
        )
    members = frozenset(connection.scalars(_members(found)))
    return Named(name=name, story=found, releases=members, is_story=True)


def join(connection: Connection, one: Named, other: Named, *, because: str, judge: Judge) -> bool:
    """Make one story of two; false where a person did so before."""
    first = _first_texts(connection, one.releases | other.releases)
    a, b = (min(first[row] for row in each.releases) for each in (one, other))
    if one.name == other.name or (a == b and not (one.is_story or other.is_story)):
        raise CannotBe(
            f"{_listed((one, other))} are one and the same",
            next_step="Name two stories, or releases of two",
        )
    if one.story == other.story and (a == b or _said(connection, a, b) == Verdict.JOINS):
        return False
    held = standings(connection, [a, b])
    if one.story != other.story:
        rows = [set(connection.scalars(_members(each.story))) for each in (one, other)]
        sides = [_side(held, release_ids=side) for side in rows]
        _forget(connection, sides, all_but=Verdict.JOINS)
        told = [told_at(connection, side) for side in rows]
        _count_as_told(connection, rows[0], told[1])
        _count_as_told(connection, rows[1], told[0])
    _say(connection, held, [(a, b)], verdict=Verdict.JOINS, because=because)
    _settle_anew(connection, held, judge)
    return True


def split(connection: Connection, leaving: Sequence[Named], *, because: str, judge: Judge) -> bool:
    """Take releases out of their story, together; false where that was done before."""
    if whole := [each for each in leaving if each.is_story]:
        raise CannotBe(
            f"{_listed(whole)} is a whole story",
            next_step="Name the releases that are to leave it",
        )
    rows = {row for each in leaving for row in each.releases}
    staying = set(connection.scalars(_members(leaving[0].story))) - rows
    first = _first_texts(connection, rows | staying)
    if not staying or len({each.story for each in leaving}) > 1:
        if all(_was_split(connection, first[row]) for row in rows):
            return False
        raise CannotBe(
            f"Nothing stands in one story with {_listed(leaving)}, so there is nothing to split",
            next_step="`pollwatch stories show ID` shows what stands together",
        )
    held = standings(connection, [first[row] for row in rows])
    for subscriber, at in told_at(connection, rows | staying).items():
        seen = _seen_by(connection, rows | staying, at)
        _count_as_told(connection, seen, {subscriber: at})
    sides = [_side(held, release_ids=side) for side in (rows, staying)]
    _forget(connection, sides, all_but=Verdict.APART)
    pairs = ((first[row], first[other]) for row, other in product(rows, staying))
    _say(connection, held, pairs, verdict=Verdict.APART, because=because)
    _settle_anew(connection, held, judge)
    return True


def _members(story: int) -> Select[int]:
    return select(ReleaseRow.id).where(ReleaseRow.story_id == story)


def _first_texts(connection: Connection, release_ids: Collection[int]) -> dict[int, int]:
    """The first text of each release."""
    found: dict[int, int] = {}
    for chunk in chunks(release_ids):
        first = select(TextRow.release_id, func.min(TextRow.id)).group_by(TextRow.release_id)
        found.update(connection.execute(first.where(TextRow.release_id.in_(chunk))).all())
    return found


def _said(connection: Connection, one: int, other: int) -> str | None:
    """What a person said of two texts."""
    pairs = tuple_(LikenessRow.a_id, LikenessRow.b_id).in_([(one, other), (other, one)])
    said = select(LikenessRow.verdict).where(pairs, LikenessRow.method == BY_PERSON)
    return connection.scalar(said)


def _was_split(connection: Connection, text_id: int) -> bool:
    """True where a person kept a text apart from some other."""
    ends = or_(LikenessRow.a_id == text_id, LikenessRow.b_id == text_id)
    by_person = LikenessRow.method == BY_PERSON
    said = select(LikenessRow.a_id).where(ends, by_person, LikenessRow.verdict == Verdict.APART)
    return connection.scalar(said.limit(1)) is not None


def _side(held: Texts, *, release_ids: Collection[int]) -> set[int]:
    """The texts of some releases."""
    return {at.text_id for at in held.values() if at.release_id in release_ids}


def _forget(connection: Connection, sides: Sequence[set[int]], *, all_but: Verdict) -> None:
    """Take back what people said of texts of two sides to one another, but for one verdict."""
    one, other = sides
    gone = []
    for chunk in chunks(one | other):
        said = select(LikenessRow.a_id, LikenessRow.b_id).where(
            LikenessRow.a_id.in_(chunk),
            LikenessRow.method == BY_PERSON,
            LikenessRow.verdict != all_but,
        )
        gone += [
            {"a": a, "b": b}
            for a, b in connection.execute(said)
            if (a in one and b in other) or (a in other and b in one)
        ]
    if gone:
        pair = (LikenessRow.a_id == bindparam("a"), LikenessRow.b_id == bindparam("b"))
        connection.execute(delete(LikenessRow).where(*pair), gone)


def _say(
    connection: Connection,
    held: Texts,
    pairs: Iterable[tuple[int, int]],
    *,
    verdict: Verdict,
    because: str,
) -> None:
    keys = {at.text_id: key for key, at in held.items()}
    said = []
    for one, other in pairs:
        a, b = sorted((keys[one], keys[other]))
        said.append(
            Likeness(a=a, b=b, verdict=verdict, strength=1.0, reason=because, method=BY_PERSON)
        )
    replace_likenesses(connection, said, ids={key: at.text_id for key, at in held.items()})


def _settle_anew(connection: Connection, held: Texts, judge: Judge) -> None:
    """Let rows of releases and stories stand for what hangs together now."""
    found = judge.partition(held.keys(), among(connection, held))
    releases = {key: (at.text_id, at.release_id) for key, at in held.items()}
    stories = {key: (at.text_id, at.story_id) for key, at in held.items()}
    settle(
        connection,
        releases=heirs(found.releases, rows=releases),
        stories=heirs(found.stories, rows=stories),
        held=held,
    )


def _count_as_told(
    connection: Connection, release_ids: Collection[int], told: Mapping[str, datetime]
) -> None:
    """Let these be no news to whom a digest told of what they stand with."""
    for subscriber, at in told.items():
        known = told_releases(subscriber).where(ToldRow.release_id.in_(release_ids))
        untold = set(release_ids).difference(connection.scalars(known))
        count_as_told(connection, untold, subscribers=[subscriber], now=at)


def _seen_by(connection: Connection, release_ids: Collection[int], at: datetime) -> set[int]:
    """Those of these releases that were held at a moment."""
    statement = select(TextRow.release_id).where(TextRow.release_id.in_(release_ids))
    return set(connection.scalars(statement.where(TextRow.first_seen_at <= at)))


def _listed(those: Iterable[Named]) -> str:
    return " and ".join(f"'{each.name}'" for each in those)
