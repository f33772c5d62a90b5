"""What is held of a release, as readers meet it?

Whole releases are put together from their rows with a fixed number of questions for many of
them at once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, ScalarSelect, func, select
from sqlalchemy.orm import InstrumentedAttribute

from domain.reading import Match
from domain.release import Appearance, Witness
from domain.source import SourceId
from domain.story import StoredRelease
from domain.urls import canonical_url
from storage.columns import checksum_of
from storage.imports import ImportRow
from storage.matches import matches_in
from storage.readings import HitRow, MatchRow
from storage.revisions import Row, as_known, revisions, texts_in_turn
from storage.schema import (
    AliasRow,
    AppearanceRow,
    EntryRow,
    ReleaseRow,
    SourceRow,
    StoryRow,
    TextRow,
)
from storage.texts import imported_with
from storage.writing import Question, chunks

Turns = Callable[[int, Sequence[RowMapping]], list[Row]]
"""From a release and its texts to its revisions, as far as they are of interest."""


def find_by_address(connection: Connection, url: str) -> StoredRelease | None:
    """The release that was seen last at an address, or was listed under it."""
    row = row_at(connection, url)
    return load(connection, [row])[row] if row else None


def row_at(connection: Connection, url: str) -> int | None:
    """The row of the release that was seen last at an address, or was listed under it."""
    sources = select(SourceRow.id)
    at = select(TextRow.release_id).where(
        TextRow.source_id.in_(sources), TextRow.url_checksum == checksum_of(canonical_url(url))
    )
    listed = (
        select(TextRow.release_id)
        .join(AppearanceRow, AppearanceRow.text_id == TextRow.id)
        .where(AppearanceRow.url == url)
    )
    last = (TextRow.last_seen_at.desc(), TextRow.id.desc())
    return connection.scalar(at.order_by(*last).limit(1)) or connection.scalar(
        listed.order_by(*last).limit(1)
    )


def find(connection: Connection, public_id: str) -> StoredRelease | None:
    """The release that answers to a public id, be it its own or of one that vanished into it."""
    row = row_of(connection, public_id)
    return load(connection, [row])[row] if row else None


def row_of(connection: Connection, public_id: str) -> int | None:
    """The row of the release that answers to a public id."""
    living = select(ReleaseRow.id).where(ReleaseRow.public_id == public_id)
    alias = select(AliasRow.release_id).where(AliasRow.public_id == public_id)
    return connection.scalar(living) or connection.scalar(alias)


def load(connection: Connection, release_ids: Collection[int]) -> dict[int, StoredRelease]:
    """The releases of these rows."""
    return _loaded(connection, release_ids, lambda _, texts: texts_in_turn(texts))


def load_as_told(
    connection: Connection, told: Mapping[int, Collection[str]]
) -> dict[int, StoredRelease]:
    """Those of these releases that read otherwise by now, as somebody knows them.

    He was told of the texts with these checksums.
    """
    return _loaded(
        connection, told, lambda release_id, texts: as_known(texts, told=told[release_id])
    )


def _loaded(
    connection: Connection, release_ids: Collection[int], turns: Turns
) -> dict[int, StoredRelease]:
    texts = _grouped(connection, _texts(), TextRow.release_id, release_ids)
    all_turns = {release_id: turns(release_id, rows) for release_id, rows in texts.items()}
    in_turn = {release_id: rows for release_id, rows in all_turns.items() if rows}
    heads = _grouped(connection, _heads(), ReleaseRow.id, in_turn)
    in_force = [rows[-1]["id"] for rows in in_turn.values()]
    matches = _grouped(connection, select(MatchRow), MatchRow.text_id, in_force)
    hits = _grouped(connection, select(HitRow).order_by(HitRow.position), HitRow.text_id, in_force)
    appearances = _grouped(connection, _appearances(), TextRow.release_id, in_turn)
    found = {}
    for release_id, (head,) in heads.items():
        text_id = in_turn[release_id][-1]["id"]
        found[release_id] = _release(
            head,
            in_turn=in_turn[release_id],
            texts=texts[release_id],
            matches=matches_in(matches.get(text_id, ()), hits.get(text_id, ())),
            appearances=_merged(appearances[release_id]),
        )
    return found


def dump(connection: Connection) -> Iterator[dict[str, Any]]:
    """One record for each appearance, with the release that it belongs to."""
    ids = connection.scalars(select(ReleaseRow.id).order_by(ReleaseRow.id)).all()
    for chunk in chunks(ids):
        releases = load(connection, chunk)
        brought = _grouped(connection, _appearances(), TextRow.release_id, chunk)
        for release_id, release in releases.items():
            # The last row of an origin says what it brings now.
            latest = {row["origin"]: row for row in brought[release_id]}
            for row in latest.values():
                yield _record(release, row)


def _grouped(
    connection: Connection, statement: Question, column: Any, values: Collection[int]
) -> dict[int, list[RowMapping]]:
    """Rows by the value that they have in a column."""
    found: dict[int, list[RowMapping]] = {}
    for chunk in chunks(values):
        rows = connection.execute(
            statement.add_columns(column.label("group")).where(column.in_(chunk))
        )
        for row in rows.mappings():
            found.setdefault(row["group"], []).append(row)
    return found


def _heads() -> Question:
    return select(ReleaseRow.public_id, StoryRow.public_id.label("story")).join(
        StoryRow, StoryRow.id == ReleaseRow.story_id
    )


def _texts() -> Question:
    return (
        select(
            TextRow,
            SourceRow.name,
            SourceRow.country,
            _given(ImportRow.institution).label("institution"),
            _given(ImportRow.country).label("country_given"),
        )
        .join(SourceRow, SourceRow.id == TextRow.source_id)
        .order_by(TextRow.id)
    )


def _given(column: InstrumentedAttribute[str]) -> ScalarSelect[str]:
    """What the first imported row of a text said; where nobody configured its source."""
    return (
        select(column)
        .where(ImportRow.text_id == TextRow.id, SourceRow.is_import)
        .order_by(ImportRow.id)
        .limit(1)
        .scalar_subquery()
    )


def _appearances() -> Question:
    """Appearances, each origin's last text last, and when their entries were last listed."""
    return (
        select(
            AppearanceRow,
            TextRow.source_id,
            TextRow.text,
            func.coalesce(ImportRow.published, "").label("published"),
            func.coalesce(EntryRow.last_seen_at, AppearanceRow.last_seen_at).label("listed_at"),
        )
        .join(TextRow, TextRow.id == AppearanceRow.text_id)
        .outerjoin(EntryRow, EntryRow.id == AppearanceRow.entry_id)
        .outerjoin(ImportRow, imported_with())
        .order_by(AppearanceRow.last_seen_at, AppearanceRow.id)
    )


def _release(
    head: RowMapping,
    *,
    in_turn: Sequence[Mapping[str, Any]],
    texts: Sequence[RowMapping],
    matches: tuple[Match, ...],
    appearances: tuple[Appearance, ...],
) -> StoredRelease:
    in_force = in_turn[-1]
    return StoredRelease(
        id=head["public_id"],
        story_id=head["story"],
        source_id=SourceId(in_force["source_id"]),
        institution=in_force["institution"] or in_force["name"],
        country=in_force["country_given"] or in_force["country"],
        url=appearances[0].url,
        title=in_force["title"],
        text=in_force["text"],
        language=in_force["language"],
        published_at=in_force["published_at"],
        first_seen_at=min(row["first_seen_at"] for row in texts),
        matches=matches,
        appearances=appearances,
        revisions=revisions(in_turn),
        witnesses={field: Witness(name) for field, name in in_force["witnesses"].items()},
    )


def _merged(rows: Sequence[RowMapping]) -> tuple[Appearance, ...]:
    """One appearance for each origin, whatever number of texts it brought; oldest first."""
    origins: dict[str, list[RowMapping]] = {}
    for row in rows:
        origins.setdefault(row["origin"], []).append(row)
    merged = [_appearance(same) for same in origins.values()]
    return tuple(sorted(merged, key=lambda one: (one.first_seen_at, one.origin)))


def _appearance(same: Sequence[RowMapping]) -> Appearance:
    last = same[-1]
    return Appearance(
        source_id=SourceId(last["source_id"]),
        origin=last["origin"],
        url=last["url"],
        title=last["title"],
        is_imported=last["entry_id"] is None,
        published_at=last["published_at"],
        published=last["published"],
        first_seen_at=min(row["first_seen_at"] for row in same),
        last_seen_at=last["listed_at"],
    )


def _record(release: StoredRelease, row: RowMapping) -> dict[str, Any]:
    published_at = row["published_at"]
    return {
        "release": release.id,
        "story": release.story_id,
        "source": row["source_id"],
        "origin": row["origin"],
        "url": row["url"],
        "title": row["title"],
        "text": row["text"],
        "published": published_at.isoformat() if published_at else None,
        "matches": [[one.topic, one.score, one.is_match] for one in release.matches],
        "revisions": [[one.title, one.text] for one in release.revisions],
    }
