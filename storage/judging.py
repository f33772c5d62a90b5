"""What is needed of stored texts to judge them again, and how is the new judgement kept?

Texts are walked in the order of their row ids, a range at a time, so that a walk over a million
of them needs no more room than one over a thousand, and can go on where it was ended.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, RowMapping, and_, exists, func, select, tuple_

from domain.reading import HitKind, Match
from domain.rules import Judged, overlaps
from domain.source import SourceId
from storage import keeping, rules, told
from storage.matches import forget_matches, keep_matches, matches_in
from storage.readings import FoldedRow, HitRow, MatchRow
from storage.revisions import in_turn_of
from storage.schema import ReleaseRow, TextRow
from storage.writing import chunks

Term = tuple[str, str, HitKind, str]
"""What hits name their keyword by: topic, language, kind, and the term as written."""
Readers = Mapping[str, AbstractSet[str]]
"""The topics that each subscriber reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldText:
    """A text as it is judged, and what to call it."""

    release_id: str
    source_id: SourceId
    title: str
    text: str
    language: str | None
    languages: tuple[str, ...]
    """Whose keywords read it, its own first; none where that was not kept."""


def first_since(connection: Connection, since: datetime | None) -> int | None:
    """The smallest row id of the texts first seen since then; None where there is none."""
    statement = select(func.min(TextRow.id))
    if since is not None:
        statement = statement.where(TextRow.first_seen_at >= since)
    return connection.scalar(statement)


def folded(
    connection: Connection, within: Judged, *, version: int
) -> Iterator[tuple[int, str, str]]:
    """Row id, languages and folded text of the texts of a range that were folded that way."""
    rows = connection.execute(
        select(FoldedRow.text_id, FoldedRow.languages, FoldedRow.text).where(
            FoldedRow.text_id.between(within.first, within.last), FoldedRow.version == version
        )
    )
    for row in rows:
        yield row.text_id, row.languages, row.text


def text_ids(connection: Connection, within: Judged) -> Sequence[int]:
    """The row ids of a range."""
    between = TextRow.id.between(within.first, within.last)
    return connection.scalars(select(TextRow.id).where(between)).all()


def unfolded(connection: Connection, within: Judged, *, version: int) -> set[int]:
    """The texts of a range that were never folded that way."""
    is_folded = exists().where(FoldedRow.text_id == TextRow.id, FoldedRow.version == version)
    between = TextRow.id.between(within.first, within.last)
    return set(connection.scalars(select(TextRow.id).where(between, ~is_folded)))


def counts(connection: Connection, within: Judged) -> tuple[int, int]:
    """How many texts a range has, and how many releases match some topic by one of them."""
    texts = select(func.count(TextRow.id)).where(TextRow.id.between(within.first, within.last))
    matching = (
        select(func.count(TextRow.release_id.distinct()))
        .join(MatchRow, MatchRow.text_id == TextRow.id)
        .where(MatchRow.text_id.between(within.first, within.last), MatchRow.is_match)
    )
    return connection.scalar(texts) or 0, connection.scalar(matching) or 0


def holding(connection: Connection, within: Judged, terms: Collection[Term]) -> set[int]:
    """The texts of a range with a hit of one of these terms."""
    found: set[int] = set()
    key = tuple_(HitRow.topic, HitRow.language, HitRow.kind, HitRow.term)
    for chunk in chunks(terms):
        statement = select(HitRow.text_id).where(
            HitRow.text_id.between(within.first, within.last), key.in_(chunk)
        )
        found.update(connection.scalars(statement))
    return found


def with_hits(connection: Connection, within: Judged, topics: Collection[str]) -> set[int]:
    """The texts of a range with a hit of one of these topics."""
    statement = select(MatchRow.text_id).where(
        MatchRow.text_id.between(within.first, within.last), MatchRow.topic.in_(topics)
    )
    return set(connection.scalars(statement))


def matches(connection: Connection, ids: Collection[int]) -> dict[int, tuple[Match, ...]]:
    """What topics made of these texts; nothing for those without a hit."""
    found = {}
    for chunk in chunks(ids):
        heads = _by_text(connection, MatchRow, chunk)
        hits = _by_text(connection, HitRow, chunk)
        for text_id, rows in heads.items():
            found[text_id] = matches_in(rows, hits.get(text_id, ()))
    return found


def held(connection: Connection, ids: Collection[int], *, version: int) -> dict[int, HeldText]:
    """These texts; the languages of those that were folded that way."""
    found = {}
    for chunk in chunks(ids):
        statement = (
            select(
                TextRow.id,
                ReleaseRow.public_id,
                TextRow.source_id,
                TextRow.title,
                TextRow.text,
                TextRow.language,
                FoldedRow.languages,
            )
            .join(ReleaseRow, ReleaseRow.id == TextRow.release_id)
            .outerjoin(
                FoldedRow, and_(FoldedRow.text_id == TextRow.id, FoldedRow.version == version)
            )
            .where(TextRow.id.in_(chunk))
        )
        for row in connection.execute(statement):
            found[row.id] = HeldText(
                release_id=row.public_id,
                source_id=SourceId(row.source_id),
                title=row.title,
                text=row.text,
                language=row.language,
                languages=tuple((row.languages or "").split()),
            )
    return found


def in_force(connection: Connection, ids: Collection[int]) -> set[int]:
    """Those of these texts that are in force in their releases."""
    releases: set[int] = set()
    for chunk in chunks(ids):
        of_these = select(TextRow.release_id).where(TextRow.id.in_(chunk))
        releases.update(connection.scalars(of_these))
    last = {in_turn[-1]["id"] for in_turn in in_turn_of(connection, releases).values()}
    return last.intersection(ids)


def judge_again(
    connection: Connection,
    portion: Judged,
    found: Mapping[int, Sequence[Match]],
    *,
    new_rules: str,
    subscribers: Readers,
    now: datetime,
) -> bool:
    """Keep what other rules make of some texts of a portion, and that they judged all of it.

    What matches only now is old to whoever reads that topic. False, and nothing is kept, where
    somebody else judged some of the portion in the meantime.
    """
    keeping.take_turns(connection)
    there = [one for one in rules.ranges(connection, first=portion.first) if overlaps(one, portion)]
    if any(one.rules != portion.rules for one in there):
        return False
    before = _matching_releases(connection, found)
    forget_matches(connection, found)
    keep_matches(connection, found)
    after = {
        text_id: {match.topic for match in matches if match.is_match}
        for text_id, matches in found.items()
    }
    for chunk in chunks([text_id for text_id, topics in after.items() if topics]):
        statement = select(TextRow.id, TextRow.release_id)
        rows = connection.execute(statement.where(TextRow.id.in_(chunk))).all()
        for subscriber, read in subscribers.items():
            old_news = {
                row.release_id
                for row in rows
                if after[row.id] & read and not before.get(row.release_id, set()) & read
            }
            told.count_as_told(connection, old_news, subscribers=[subscriber], now=now)
    rules.judge_range(connection, replace(portion, rules=new_rules))
    return True


def _matching_releases(connection: Connection, ids: Collection[int]) -> dict[int, set[str]]:
    """The topics that some text of a release matches, for the releases of these texts."""
    found: dict[int, set[str]] = {}
    for chunk in chunks(ids):
        releases = select(TextRow.release_id).where(TextRow.id.in_(chunk))
        statement = (
            select(TextRow.release_id, MatchRow.topic)
            .join(MatchRow, MatchRow.text_id == TextRow.id)
            .where(TextRow.release_id.in_(releases), MatchRow.is_match)
        )
        for row in connection.execute(statement):
            found.setdefault(row.release_id, set()).add(row.topic)
    return found


def _by_text(
    connection: Connection, table: type[MatchRow | HitRow], ids: Sequence[int]
) -> dict[int, list[RowMapping]]:
    statement = select(table.__table__).where(table.text_id.in_(ids))
    if table is HitRow:
        statement = statement.order_by(HitRow.position)
    found: dict[int, list[RowMapping]] = {}
    for row in connection.execute(statement).mappings():
        found.setdefault(row["text_id"], []).append(row)
    return found
