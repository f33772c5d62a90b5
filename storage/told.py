"""What has a subscriber been told?

A release that vanishes into another hands on what was told of it, and so does one that some of
its texts leave: nobody is told twice because we changed our mind about what is one release.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, Select, literal, select

from storage.schema import ToldRow
from storage.writing import insert_for, upsert

BY_DIGEST = "digest"
"""An alert does not count as told: the digest holds it too."""


def told_releases(subscriber: str) -> Select[int]:
    """The releases that a digest told a subscriber of."""
    return select(ToldRow.release_id).where(
        ToldRow.subscriber == subscriber, ToldRow.by == BY_DIGEST
    )


def hand_on(connection: Connection, *, heir: int, giver: int) -> None:
    """Count as told of one release what was told of another."""
    others = [ToldRow.subscriber, ToldRow.revision, ToldRow.election, ToldRow.by, ToldRow.told_at]
    handed = select(literal(heir), *others).where(ToldRow.release_id == giver)
    columns = ["release_id", *(column.key for column in others)]
    statement = insert_for(connection.dialect.name, ToldRow).from_select(columns, handed)
    connection.execute(statement.on_conflict_do_nothing())


def count_as_told(
    connection: Connection, texts: Mapping[int, str], *, subscribers: Sequence[str], now: datetime
) -> None:
    """Let releases be news to nobody; each with the checksum of its text."""
    rows = [
        {
            "subscriber": subscriber,
            "release_id": release_id,
            "revision": checksum,
            "election": "",
            "by": BY_DIGEST,
            "told_at": now,
        }
        for release_id, checksum in texts.items()
        for subscriber in subscribers
    ]
    key = ["subscriber", "release_id", "revision", "election", "by"]
    upsert(connection, ToldRow, rows, key=key, keep=["told_at"])
