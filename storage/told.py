"""What has a subscriber been told?

A release that vanishes into another hands on what was told of it, and so does one that some of
its texts leave: nobody is told twice because we changed our mind about what is one release.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import (
    Connection,
    Select,
    and_,
    delete,
    exists,
    func,
    literal,
    select,
)
from sqlalchemy.orm import aliased

from domain.delivery import DeliveryState
from storage.post import DeliveryRow
from storage.revisions import in_turn_of
from storage.schema import TextRow, ToldRow
from storage.writing import chunks, insert_for, upsert

BY_DIGEST = "digest"
BY_ALERT = "alert"
"""An alert does not count as told: the digest holds it too."""


def told_releases(subscriber: str) -> Select[int]:
    """The releases that a digest told a subscriber of."""
    return select(ToldRow.release_id).where(
        ToldRow.subscriber == subscriber, ToldRow.by == BY_DIGEST
    )


def changed_releases(subscriber: str) -> Select[int]:
    """Releases that may have been changed since a digest told a subscriber of them.

    A later text was never told, and stands at an address where the release has another one.
    """
    known, later, beside = aliased(TextRow), aliased(TextRow), aliased(TextRow)
    again = aliased(ToldRow)
    was_told = exists().where(
        again.subscriber == subscriber,
        again.release_id == later.release_id,
        again.revision == later.checksum,
        again.by == BY_DIGEST,
    )
    is_revision = exists().where(
        beside.release_id == later.release_id,
        beside.url_checksum == later.url_checksum,
        beside.id != later.id,
    )
    return (
        told_releases(subscriber)
        .join(
            known,
            and_(known.release_id == ToldRow.release_id, known.checksum == ToldRow.revision),
        )
        .join(later, later.release_id == ToldRow.release_id)
        .where(later.last_seen_at >= known.last_seen_at, ~was_told, is_revision)
    )


def told_texts(
    connection: Connection, subscriber: str, release_ids: Collection[int]
) -> dict[int, set[str]]:
    """The checksums of the texts of these releases that digests told a subscriber of."""
    found: dict[int, set[str]] = {}
    for chunk in chunks(release_ids):
        statement = select(ToldRow.release_id, ToldRow.revision).where(
            ToldRow.subscriber == subscriber,
            ToldRow.by == BY_DIGEST,
            ToldRow.release_id.in_(chunk),
        )
        for release_id, checksum in connection.execute(statement):
            found.setdefault(release_id, set()).add(checksum)
    return found


def hand_on(connection: Connection, *, heir: int, giver: int) -> None:
    """Count as told of one release what was told of another."""
    others = [column for column in ToldRow.__table__.columns if column.name != "release_id"]
    handed = select(literal(heir), *others).where(ToldRow.release_id == giver)
    columns = ["release_id", *(column.name for column in others)]
    statement = insert_for(connection.dialect.name, ToldRow).from_select(columns, handed)
    connection.execute(statement.on_conflict_do_nothing())


def told_at(connection: Connection, release_ids: Collection[int]) -> dict[str, datetime]:
    """Whom a digest told of one of these releases, and when it did so last."""
    found: dict[str, datetime] = {}
    for chunk in chunks(release_ids):
        statement = (
            select(ToldRow.subscriber, func.max(ToldRow.told_at))
            .where(ToldRow.release_id.in_(chunk), ToldRow.by == BY_DIGEST)
            .group_by(ToldRow.subscriber)
        )
        for subscriber, at in connection.execute(statement):
            found[subscriber] = max(at, found.get(subscriber, at))
    return found


def count_as_told(
    connection: Connection,
    release_ids: Collection[int],
    *,
    subscribers: Sequence[str],
    now: datetime,
    day: date | None = None,
    by: str = BY_DIGEST,
) -> None:
    """Let releases be news to nobody, as they read now; ``day`` is that of the digest with them."""
    rows = [
        {
            "subscriber": subscriber,
            "release_id": release_id,
            "revision": in_turn[-1]["checksum"],
            "election": "",
            "by": by,
            "told_at": now,
            "day": day,
        }
        for release_id, in_turn in in_turn_of(connection, release_ids).items()
        for subscriber in subscribers
    ]
    key = ["subscriber", "release_id", "revision", "election", "by"]
    upsert(connection, ToldRow, rows, key=key, keep=["told_at", "day"])


def alerted_at(
    connection: Connection, subscriber: str, release_ids: Collection[int]
) -> dict[int, datetime]:
    """When an alert first reached a subscriber that told of these releases."""
    found: dict[int, datetime] = {}
    for chunk in chunks(release_ids):
        statement = (
            select(ToldRow.release_id, func.min(DeliveryRow.settled_at))
            .join(
                DeliveryRow,
                (DeliveryRow.subscriber == ToldRow.subscriber)
                & (DeliveryRow.made_at == ToldRow.told_at),
            )
            .where(
                ToldRow.subscriber == subscriber,
                ToldRow.by == BY_ALERT,
                ToldRow.release_id.in_(chunk),
                DeliveryRow.alert_of.is_not(None),
                DeliveryRow.state == DeliveryState.DELIVERED,
            )
            .group_by(ToldRow.release_id)
        )
        found |= {release_id: at for release_id, at in connection.execute(statement) if at}
    return found


def count_as_unalerted(connection: Connection, subscriber: str, *, told_at: datetime) -> None:
    """Let what an alert told be news to the next one again: it never arrived."""
    mine = (ToldRow.subscriber == subscriber) & (ToldRow.by == BY_ALERT)
    connection.execute(delete(ToldRow).where(mine, ToldRow.told_at == told_at))


def count_as_untold(connection: Connection, subscriber: str, *, day: date) -> None:
    """Let what a digest told be news again: it never arrived."""
    connection.execute(delete(ToldRow).where(ToldRow.subscriber == subscriber, ToldRow.day == day))
