"""What leaves as rows? One for each appearance, with its own address, title, date and text.

An imported row leaves as it came. What a feed's entry brought leaves as last seen, under an id made
from what it was when first stored. Rows of one release come together; releases are asked for in
portions, so that a million of them need no more room than a few hundred.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any

from sqlalchemy import Connection, RowMapping, and_, select

from domain.dates import day_only
from domain.source import SourceId
from storage.imports import ImportRow
from storage.public_ids import appearance_id
from storage.readings import MatchRow
from storage.revisions import in_turn_of
from storage.schema import AppearanceRow, ReleaseRow, SourceRow, StoryRow, TextRow
from storage.texts import imported_with, key_in
from storage.writing import CHUNK, Question

Rows = Sequence[RowMapping]


def rows(
    connection: Connection,
    topic: str,
    *,
    source: SourceId | None,
    zones: Mapping[SourceId, tzinfo],
) -> Iterator[dict[str, Any]]:
    """One row for each appearance, judged by one topic; of one source, or of all.

    A day without an hour is a day in the zone of its source, or in UTC.
    """
    last = 0
    while release_ids := _next_releases(connection, after=last, source=source):
        last = release_ids[-1]
        in_turn = in_turn_of(connection, release_ids)
        appearances = _by_origin(connection, release_ids, topic=topic, source=source)
        for (release_id, _), same in appearances.items():
            if (row := _in_force(same)) is not None:
                revisions = max(len(in_turn[release_id]) - 1, _changes(same))
                zone = zones.get(row["source_id"], UTC)
                yield _exported(row, same, revisions=revisions, zone=zone)


def _next_releases(connection: Connection, *, after: int, source: SourceId | None) -> list[int]:
    statement = select(ReleaseRow.id).where(ReleaseRow.id > after)
    if source is not None:
        of_source = select(TextRow.release_id).where(TextRow.source_id == source)
        statement = statement.where(ReleaseRow.id.in_(of_source))
    return list(connection.scalars(statement.order_by(ReleaseRow.id).limit(CHUNK)))


def _by_origin(
    connection: Connection, release_ids: Sequence[int], *, topic: str, source: SourceId | None
) -> dict[tuple[int, str], list[RowMapping]]:
    """The appearances of each origin in each release, the last one last."""
    statement = _appearances(topic).where(TextRow.release_id.in_(release_ids))
    if source is not None:
        statement = statement.where(TextRow.source_id == source)
    ordered = statement.order_by(TextRow.release_id, AppearanceRow.last_seen_at, AppearanceRow.id)
    found: dict[tuple[int, str], list[RowMapping]] = {}
    for row in connection.execute(ordered).mappings():
        origin = f"{row['source_id']}\n{row['origin']}"
        found.setdefault((row["release_id"], origin), []).append(row)
    return found


def _appearances(topic: str) -> Question:
    return (
        select(
            AppearanceRow,
            TextRow.release_id,
            TextRow.source_id,
            TextRow.canonical_url,
            TextRow.checksum,
            TextRow.fingerprint,
            TextRow.text,
            TextRow.language,
            ReleaseRow.public_id.label("release"),
            StoryRow.public_id.label("story"),
            SourceRow.country,
            SourceRow.name,
            ImportRow.key,
            ImportRow.institution,
            ImportRow.country.label("country_given"),
            ImportRow.language.label("language_given"),
            ImportRow.published,
            MatchRow.score,
            MatchRow.is_match,
        )
        .join(TextRow, TextRow.id == AppearanceRow.text_id)
        .join(ReleaseRow, ReleaseRow.id == TextRow.release_id)
        .join(StoryRow, StoryRow.id == ReleaseRow.story_id)
        .join(SourceRow, SourceRow.id == TextRow.source_id)
        .outerjoin(ImportRow, imported_with())
        .outerjoin(MatchRow, and_(MatchRow.text_id == TextRow.id, MatchRow.topic == topic))
    )


def _in_force(same: Rows) -> RowMapping | None:
    """What an origin brings now; None for an imported row that is another release by now."""
    imported = [row for row in same if row["key"] is not None]
    if imported:
        return imported[-1]
    return same[-1] if same[-1]["entry_id"] is not None else None


def _changes(same: Rows) -> int:
    """How often the words of one origin changed."""
    return len({(row["title"], row["fingerprint"]) for row in same}) - 1


def _exported(row: RowMapping, same: Rows, *, revisions: int, zone: tzinfo) -> dict[str, Any]:
    is_imported = row["key"] is not None
    first = min(same, key=lambda one: one["id"])
    return {
        "id": row["key"] if is_imported else appearance_id(key_in(first), origin=first["origin"]),
        "release": row["release"],
        "story": row["story"],
        "source": row["source_id"],
        "institution": row["institution"] or _name(row),
        "country": row["country_given"] or row["country"],
        "lang": row["language_given"] or row["language"],
        "url": row["url"],
        "title": row["title"],
        "text": row["text"],
        "published": (row["published"] or None)
        if is_imported
        else _date(row["published_at"], zone),
        "first_seen": _stamp(min(one["first_seen_at"] for one in same)),
        "relevant": bool(row["is_match"]),
        "score": row["score"] or 0.0,
        "revisions": revisions,
    }


def _name(row: RowMapping) -> str | None:
    """The name of a source, where anybody gave one: rows may make a source without."""
    return row["name"] if row["name"] != row["source_id"] else None


def _date(at: datetime | None, zone: tzinfo) -> str | None:
    day = day_only(at, zone) if at else None
    return day.isoformat() if day else _stamp(at)


def _stamp(at: datetime | None) -> str | None:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if at else None
