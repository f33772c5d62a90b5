"""Which stories are of interest to a topic?

Rows narrow the question down by what any text of a release matched; the release's text in force
then decides. Stories come whole, with all their releases.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, Select, exists, or_, select
from sqlalchemy.orm import aliased

from domain.story import StoredRelease, Story
from storage import releases
from storage.readings import MatchRow
from storage.schema import ReleaseRow, TextRow, ToldRow
from storage.told import alerted_at, changed_releases, told_releases, told_texts
from storage.writing import chunks


def matched(connection: Connection, topic: str, *, since: datetime) -> tuple[Story, ...]:
    """Stories with a release that matches and was first seen since then."""
    statement = _matching(topic).where(TextRow.first_seen_at >= since)
    return _stories(connection, statement, topic=topic, since=since, subscriber=None)


def untold(connection: Connection, topic: str, *, subscriber: str) -> tuple[Story, ...]:
    """Stories with a release that matches and that no digest told the subscriber of.

    Or one that was told and reads otherwise since, and matches in either form.
    """
    statement = _matching(topic).where(
        or_(
            TextRow.release_id.not_in(told_releases(subscriber)),
            TextRow.release_id.in_(changed_releases(subscriber)),
        )
    )
    return _stories(connection, statement, topic=topic, since=None, subscriber=subscriber)


def fresh(
    connection: Connection, topic: str, *, subscriber: str, since: datetime
) -> tuple[Story, ...]:
    """Stories that match, first seen since then, of which the subscriber was told nothing at all.

    Also not by an alert.
    """
    sibling = aliased(ReleaseRow)
    was_told = exists().where(ToldRow.subscriber == subscriber, ToldRow.release_id == sibling.id)
    is_known = exists().where(sibling.story_id == ReleaseRow.story_id, was_told)
    # This is asked every minute: what matched over the years need not be gone through.
    oldest = (
        select(TextRow.id)
        .where(TextRow.first_seen_at >= since)
        .order_by(TextRow.first_seen_at, TextRow.id)
        .limit(1)
        .scalar_subquery()
    )
    statement = (
        _matching(topic)
        .join(ReleaseRow, ReleaseRow.id == TextRow.release_id)
        .where(MatchRow.text_id >= oldest, TextRow.first_seen_at >= since, ~is_known)
    )
    return _stories(connection, statement, topic=topic, since=since, subscriber=subscriber)


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
    subscriber: str | None,
) -> tuple[Story, ...]:
    wanted = set(connection.scalars(candidates))
    members = _members(connection, wanted)
    loaded = releases.load(connection, members)
    told = told_texts(connection, subscriber, members) if subscriber else {}
    alerted = alerted_at(connection, subscriber, members) if subscriber else {}
    as_told = releases.load_as_told(connection, told)
    stories: dict[int, list[int]] = {}
    for release_id, story_id in members.items():
        stories.setdefault(story_id, []).append(release_id)
    news = {row for row in wanted - told.keys() if _is_wanted(loaded[row], topic, since)}
    changed = {
        row
        for row in wanted & as_told.keys()
        if _is_wanted(loaded[row], topic, None) or _is_wanted(as_told[row], topic, None)
    }
    kept = {members[row] for row in news | changed}
    found = (
        whole(
            [loaded[row] for row in stories[story_id]],
            told=frozenset(loaded[row].id for row in stories[story_id] if row in told),
            as_told={as_told[row].id: as_told[row] for row in stories[story_id] if row in as_told},
            alerted_at=min(
                (alerted[row] for row in stories[story_id] if row in alerted), default=None
            ),
        )
        for story_id in kept
    )
    return tuple(sorted(found, key=lambda one: _age(one.releases[0])))


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


def _is_wanted(release: StoredRelease, topic: str, since: datetime | None) -> bool:
    match = release.match(topic)
    is_match = match is not None and match.is_match
    return is_match and (since is None or release.first_seen_at >= since)


def whole(
    members: Iterable[StoredRelease],
    *,
    told: frozenset[str],
    as_told: Mapping[str, StoredRelease],
    alerted_at: datetime | None = None,
) -> Story:
    """The story that these releases are, and what a reader knows of it."""
    in_order = sorted(members, key=_age)
    return Story(
        id=in_order[0].story_id,
        releases=tuple(in_order),
        told=told,
        as_told=as_told,
        alerted_at=alerted_at,
    )


def _age(release: StoredRelease) -> tuple[datetime, str]:
    return release.first_seen_at, release.id
