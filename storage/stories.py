"""Which stories are of interest to a topic?

Rows narrow the question down by what any text of a release matched; the release's text in force
then decides. Stories come whole, with all their releases.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import Connection, Select, select

from domain.story import StoredRelease, Story
from storage import releases
from storage.readings import MatchRow
from storage.schema import ReleaseRow, TextRow, ToldRow
from storage.told import told_releases
from storage.writing import chunks


def matched(connection: Connection, topic: str, *, since: datetime) -> tuple[Story, ...]:
    """Stories with a release that matches and was first seen since then."""
    statement = _matching(topic).where(TextRow.first_seen_at >= since)
    return _stories(connection, statement, topic=topic, since=since, told=None)


def untold(connection: Connection, topic: str, *, subscriber: str) -> tuple[Story, ...]:
    """Stories with a release that matches and that no digest told the subscriber of."""
    told = told_releases(subscriber)
    statement = _matching(topic).where(TextRow.release_id.not_in(told))
    return _stories(connection, statement, topic=topic, since=None, told=told)


def _matching(topic: str) -> Select[int]:
    """The releases of which some text matched."""
    return (
        select(TextRow.release_id)
        .join(MatchRow, MatchRow.text_id == TextRow.id)
        .where(MatchRow.topic == topic, MatchRow.is_match)
        .distinct()
    )


def _stories(
    connection: Connection,
    candidates: Select[int],
    *,
    topic: str,
    since: datetime | None,
    told: Select[int] | None,
) -> tuple[Story, ...]:
    wanted = set(connection.scalars(candidates))
    members = _members(connection, wanted)
    loaded = releases.load(connection, members)
    stories: dict[int, list[StoredRelease]] = {}
    for release_id, story_id in members.items():
        stories.setdefault(story_id, []).append(loaded[release_id])
    kept = {
        members[release_id]
        for release_id in wanted
        if _is_wanted(loaded[release_id], topic=topic, since=since)
    }
    told_ids = frozenset(loaded[row].id for row in _told(connection, members, told=told))
    whole = (_story(stories[story_id], told_ids) for story_id in kept)
    return tuple(sorted(whole, key=lambda one: _age(one.releases[0])))


def _told(
    connection: Connection, release_ids: Collection[int], *, told: Select[int] | None
) -> Iterator[int]:
    """Those of these releases that were told."""
    if told is not None:
        for chunk in chunks(release_ids):
            yield from connection.scalars(told.where(ToldRow.release_id.in_(chunk)))


def _members(connection: Connection, release_ids: Collection[int]) -> dict[int, int]:
    """The story of each release in the stories that these releases are in."""
    members: dict[int, int] = {}
    for chunk in chunks(release_ids):
        touched = select(ReleaseRow.story_id).where(ReleaseRow.id.in_(chunk))
        statement = select(ReleaseRow.id, ReleaseRow.story_id).where(
            ReleaseRow.story_id.in_(touched)
        )
        members.update(connection.execute(statement).all())
    return members


def _is_wanted(release: StoredRelease, *, topic: str, since: datetime | None) -> bool:
    match = release.match(topic)
    is_match = match is not None and match.is_match
    return is_match and (since is None or release.first_seen_at >= since)


def _story(members: Collection[StoredRelease], told: frozenset[str]) -> Story:
    in_order = sorted(members, key=_age)
    return Story(
        id=in_order[0].story_id,
        releases=tuple(in_order),
        told=told.intersection(release.id for release in in_order),
    )


def _age(release: StoredRelease) -> tuple[datetime, str]:
    return release.first_seen_at, release.id
