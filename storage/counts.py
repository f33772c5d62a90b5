"""How much is held?"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from storage.readings import MatchRow
from storage.schema import OwedRow, PollRow, ReleaseRow, StoryRow, TextRow
from storage.writing import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much a database holds."""

    releases: int
    stories: int
    matched: int
    """Releases of which some text matches a topic."""
    revisions: int
    """Texts that replaced another of the same release and address."""
    polls: int
    owed: int
    """Entries that were listed and not yet fetched for good."""


def counts(connection: Connection) -> Counts:
    """Count what is held."""

    def number(statement: Question) -> int:
        return connection.scalar(select(func.count()).select_from(statement.subquery())) or 0

    address = (TextRow.release_id, TextRow.source_id, TextRow.url_checksum)
    wordings = select(*address, TextRow.title, TextRow.fingerprint).distinct()
    matching = select(TextRow.release_id).join(MatchRow, MatchRow.text_id == TextRow.id)
    return Counts(
        releases=number(select(ReleaseRow.id)),
        stories=number(select(StoryRow.id)),
        matched=number(matching.where(MatchRow.is_match).distinct()),
        revisions=number(wordings) - number(select(*address).distinct()),
        polls=number(select(PollRow.id)),
        owed=number(select(OwedRow.id)),
    )
