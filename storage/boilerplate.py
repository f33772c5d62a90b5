"""Which lines does a source show under its releases, and by which texts are they learned?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from domain.source import SourceId
from storage.columns import checksum_of
from storage.neighbourhood import day_of
from storage.readings import BoilerplateRow, MatchRow
from storage.schema import ReleaseRow, TextRow
from storage.writing import upsert


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """A text among the last of its source: its row, its story, and the day that it counts for."""

    text_id: int
    story_id: int
    day: int


def lines(connection: Connection) -> dict[SourceId, frozenset[str]]:
    """The lines that each source is known to show, folded."""
    found: dict[SourceId, set[str]] = {}
    for row in connection.execute(select(BoilerplateRow.source_id, BoilerplateRow.line)):
        found.setdefault(SourceId(row.source_id), set()).add(row.line)
    return {source_id: frozenset(shown) for source_id, shown in found.items()}


def learn(
    connection: Connection, source_id: SourceId, lines: Collection[str], *, now: datetime
) -> None:
    """Remember lines that a source shows."""
    rows = [
        {"source_id": source_id, "checksum": checksum_of(line), "line": line, "learned_at": now}
        for line in sorted(lines)
    ]
    upsert(
        connection, BoilerplateRow, rows, key=["source_id", "checksum"], keep=["line", "learned_at"]
    )


def texts_of(connection: Connection, source_id: SourceId) -> int:
    """How many texts of a source are held."""
    statement = select(func.count()).select_from(TextRow).where(TextRow.source_id == source_id)
    return connection.scalar(statement) or 0


def newest(connection: Connection, source_id: SourceId, *, at_most: int) -> tuple[Newcomer, ...]:
    """The texts of a source that were stored last, the last one first."""
    last = select(TextRow.id).where(TextRow.source_id == source_id)
    statement = (
        select(TextRow.id, ReleaseRow.story_id, TextRow.published_at, TextRow.first_seen_at)
        .join(ReleaseRow, ReleaseRow.id == TextRow.release_id)
        .where(TextRow.id.in_(last.order_by(TextRow.id.desc()).limit(at_most)))
        .order_by(TextRow.id.desc())
    )
    return tuple(
        Newcomer(
            text_id=row.id,
            story_id=row.story_id,
            day=day_of(row.published_at, seen_at=row.first_seen_at),
        )
        for row in connection.execute(statement)
    )


def hit(connection: Connection, source_id: SourceId) -> Sequence[int]:
    """The row ids of a source's texts with a hit, in order."""
    is_hit = select(MatchRow.text_id).where(MatchRow.text_id == TextRow.id).exists()
    statement = select(TextRow.id).where(TextRow.source_id == source_id, is_hit)
    return connection.scalars(statement.order_by(TextRow.id)).all()
