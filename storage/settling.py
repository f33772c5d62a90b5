"""How do rows of releases and stories come to stand for groups of texts?

New groups get new rows; texts and releases move to where they belong now; what vanishes leaves
its public id as an alias of its heir.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, literal, select, update
from sqlalchemy.orm import InstrumentedAttribute

from domain.reading import TextKey
from storage.inheritance import Heir, Standing
from storage.public_ids import new_ids
from storage.schema import AliasRow, ReleaseRow, StoryRow, TextRow
from storage.told import hand_on

Places = Mapping[TextKey, int]
"""The row that each text belongs to."""


def settle(
    connection: Connection,
    *,
    releases: Sequence[Heir],
    stories: Sequence[Heir],
    held: Mapping[TextKey, Standing],
) -> Places:
    """Let rows stand for these groups; the release of each text."""
    story_of = _places(stories, _new_stories(connection, stories))
    release_of = _places(releases, _new_releases(connection, releases, story_of))
    _move(connection, held, release_of=release_of, story_of=story_of)
    for heir in releases:
        row = release_of[min(heir.texts)]
        for giver in (*heir.vanishing, *heir.left):
            hand_on(connection, heir=row, giver=giver)
        for vanishing in heir.vanishing:
            _vanish(connection, ReleaseRow, vanishing, alias=AliasRow.release_id, heir=row)
    for heir in stories:
        for vanishing in heir.vanishing:
            row = story_of[min(heir.texts)]
            _vanish(connection, StoryRow, vanishing, alias=AliasRow.story_id, heir=row)
    return release_of


def _new_stories(connection: Connection, stories: Sequence[Heir]) -> list[int]:
    smallest = [min(heir.texts) for heir in stories if heir.row is None]
    names = new_ids(connection, "story", smallest)
    return _inserted(connection, StoryRow, [{"public_id": name} for name in names])


def _new_releases(connection: Connection, releases: Sequence[Heir], story_of: Places) -> list[int]:
    smallest = [min(heir.texts) for heir in releases if heir.row is None]
    names = new_ids(connection, "release", smallest)
    rows = [
        {"public_id": name, "story_id": story_of[text]}
        for name, text in zip(names, smallest, strict=True)
    ]
    return _inserted(connection, ReleaseRow, rows)


def _inserted(
    connection: Connection,
    table: type[StoryRow | ReleaseRow],
    rows: Sequence[Mapping[str, Any]],
) -> list[int]:
    if not rows:
        return []
    statement = insert(table).returning(table.id, sort_by_parameter_order=True)
    return list(connection.scalars(statement, rows))


def _places(groups: Sequence[Heir], new_rows: Sequence[int]) -> Places:
    places: dict[TextKey, int] = {}
    unused = iter(new_rows)
    for heir in groups:
        row = next(unused) if heir.row is None else heir.row
        places.update(dict.fromkeys(heir.texts, row))
    return places


def _move(
    connection: Connection,
    held: Mapping[TextKey, Standing],
    *,
    release_of: Places,
    story_of: Places,
) -> None:
    """Let held texts point to their releases, and releases to their stories."""
    stood_in = {standing.release_id: standing.story_id for standing in held.values()}
    stand_in = {release_of[key]: story_of[key] for key in held}
    releases = [
        {"moved": row, "to": story}
        for row, story in stand_in.items()
        if stood_in.get(row, story) != story
    ]
    texts = [
        {"moved": standing.text_id, "to": release_of[key]}
        for key, standing in held.items()
        if standing.release_id != release_of[key]
    ]
    if releases:
        statement = update(ReleaseRow).where(ReleaseRow.id == bindparam("moved"))
        connection.execute(statement.values(story_id=bindparam("to")), releases)
    if texts:
        statement = update(TextRow).where(TextRow.id == bindparam("moved"))
        connection.execute(statement.values(release_id=bindparam("to")), texts)


def _vanish(
    connection: Connection,
    table: type[StoryRow | ReleaseRow],
    row: int,
    *,
    alias: InstrumentedAttribute[int | None],
    heir: int,
) -> None:
    """Delete a row whose public id its heir answers to from now on."""
    connection.execute(update(AliasRow).where(alias == row).values({alias: heir}))
    name = select(table.public_id, literal(heir)).where(table.id == row)
    connection.execute(insert(AliasRow).from_select([AliasRow.public_id, alias], name))
    connection.execute(delete(table).where(table.id == row))
