"""How much is held?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, case, func, select

from domain.poll import Outcome
from domain.source import FeedId
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked of a host for one feed."""

    polls: int
    unchanged: int
    """Polls that a server answered with 304, or with the same bytes."""
    pages: int
    """Entries whose pages were fetched, or could not be."""


def asked_since(connection: Connection, since: datetime) -> dict[FeedId, Asked]:
    """What was asked for each feed that was polled since then."""
    is_unchanged = case((PollRow.outcome == Outcome.UNCHANGED, 1), else_=0)
    statement = (
        select(
            PollRow.feed_id,
            func.count(),
            func.sum(is_unchanged),
            func.sum(PollRow.stored + PollRow.revised + PollRow.failed),
        )
        .where(PollRow.started_at >= since)
        .group_by(PollRow.feed_id)
    )
    return {
        FeedId(feed_id): Asked(polls=polls, unchanged=unchanged, pages=pages)
        for feed_id, polls, unchanged, pages in connection.execute(statement)
    }
