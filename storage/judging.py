"""What is needed of stored texts to judge them again, and how is the new judgement kept?

Texts are walked in the order of their row ids, a range at a time, so that a walk over a million
of them needs no more room than one over a thousand, and can go on where it was ended.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping, and_, exists, func, select, tuple_

from domain.reading import HitKind, Match
from domain.rules import Judged
from domain.source import SourceId
from storage import rules, told
from storage.matches import forget_matches, keep_matches, matches_in
from storage.readings import FoldedRow, HitRow, MatchRow
from storage.schema import ReleaseRow, TextRow
from storage.writing import chunks

Term = tuple[str, str, HitKind, str]
"""What hits name their keyword by: topic, language, kind, and the term as written."""


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
    """How many texts a range has, and how many of them match some topic."""
    texts = select(func.count(TextRow.id)).where(TextRow.id.between(within.first, within.last))
    matching = select(func.count(MatchRow.text_id.distinct())).where(
        MatchRow.text_id.between(within.first, within.last), MatchRow.is_match
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


def judge_again(
    connection: Connection,
    judged: Judged,
    found: Mapping[int, Sequence[Match]],
    *,
    subscribers: Sequence[str],
    now: datetime,
) -> None:
    """Keep what other rules make of some texts of a range, and that they judged all of it.

    What matches only now is old to every subscriber.
    """
    before = _matching(connection, found)
    forget_matches(connection, found)
    keep_matches(connection, found)
    newly = [
        text_id
        for text_id, now_found in found.items()
        if text_id not in before and any(match.is_match for match in now_found)
    ]
    for chunk in chunks(newly):
        statement = select(TextRow.release_id, TextRow.checksum).where(TextRow.id.in_(chunk))
        texts = {row.release_id: row.checksum for row in connection.execute(statement)}
        told.count_as_told(connection, texts, subscribers=subscribers, now=now)
    rules.judge_range(connection, judged)


def _matching(connection: Connection, ids: Collection[int]) -> set[int]:
    found: set[int] = set()
    for chunk in chunks(ids):
        statement = select(MatchRow.text_id).where(MatchRow.text_id.in_(chunk), MatchRow.is_match)
        found.update(connection.scalars(statement))
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
