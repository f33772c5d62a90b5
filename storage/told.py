"""What has a subscriber been told?

A release that vanishes into another hands on what was told of it, and so does one that some of
its texts leave: nobody is told twice because we changed our mind about what is one release.
"""

from __future__ import annotations

from sqlalchemy import Connection, Select, literal, select

from storage.schema import ToldRow
from storage.writing import insert_for

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
