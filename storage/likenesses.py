"""Which texts hang together, and by which likenesses?

A component is all texts that can be reached from one by likenesses that join. Likenesses that
keep apart lead nowhere, but count between texts of one component.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from sqlalchemy import Connection, RowMapping, or_, select

from domain.reading import Likeness, TextKey, Verdict
from storage.inheritance import Standing
from storage.schema import LikenessRow, ReleaseRow, TextRow
from storage.texts import key_in
from storage.writing import Row, add, chunks, upsert


def standings(connection: Connection, text_ids: Collection[int]) -> dict[TextKey, Standing]:
    """The texts of all components that these texts are in, and the rows they belong to."""
    reached = _reached(connection, text_ids)
    found: dict[TextKey, Standing] = {}
    for chunk in chunks(reached):
        statement = (
            select(
                TextRow.id,
                TextRow.source_id,
                TextRow.canonical_url,
                TextRow.checksum,
                TextRow.release_id,
                ReleaseRow.story_id,
            )
            .join(ReleaseRow, ReleaseRow.id == TextRow.release_id)
            .where(TextRow.id.in_(chunk))
        )
        for row in connection.execute(statement).mappings():
            found[key_in(row)] = Standing(
                text_id=row["id"], release_id=row["release_id"], story_id=row["story_id"]
            )
    return found


def among(connection: Connection, texts: Mapping[TextKey, Standing]) -> list[Likeness]:
    """The likenesses of these texts to one another."""
    keys = {standing.text_id: key for key, standing in texts.items()}
    return [
        likeness_in(row, keys)
        for chunk in chunks(keys)
        for row in connection.execute(
            select(LikenessRow).where(LikenessRow.a_id.in_(chunk))
        ).mappings()
        if row["b_id"] in keys
    ]


def add_likenesses(
    connection: Connection, likenesses: Collection[Likeness], *, ids: Mapping[TextKey, int]
) -> None:
    """Keep likenesses of held texts."""
    add(connection, LikenessRow, _rows(likenesses, ids))


def replace_likenesses(
    connection: Connection, likenesses: Collection[Likeness], *, ids: Mapping[TextKey, int]
) -> None:
    """Keep likenesses of held texts, in the place of those that they had."""
    upsert(connection, LikenessRow, _rows(likenesses, ids), key=["a_id", "b_id"])


def _rows(likenesses: Collection[Likeness], ids: Mapping[TextKey, int]) -> list[Row]:
    return [
        {
            "a_id": ids[likeness.a],
            "b_id": ids[likeness.b],
            "verdict": likeness.verdict,
            "strength": likeness.strength,
            "reason": likeness.reason,
            "method": likeness.method,
        }
        for likeness in likenesses
    ]


def _reached(connection: Connection, text_ids: Collection[int]) -> set[int]:
    reached = set(text_ids)
    frontier = set(text_ids)
    while frontier:
        frontier = set(_joined(connection, frontier)) - reached
        reached |= frontier
    return reached


def _joined(connection: Connection, text_ids: Collection[int]) -> Iterator[int]:
    for chunk in chunks(text_ids):
        statement = select(LikenessRow.a_id, LikenessRow.b_id).where(
            LikenessRow.verdict != Verdict.APART,
            or_(LikenessRow.a_id.in_(chunk), LikenessRow.b_id.in_(chunk)),
        )
        for a_id, b_id in connection.execute(statement):
            yield from (a_id, b_id)


def likeness_in(row: RowMapping, keys: Mapping[int, TextKey]) -> Likeness:
    """The likeness that a row holds; the keys are those of its texts."""
    return Likeness(
        a=keys[row["a_id"]],
        b=keys[row["b_id"]],
        verdict=Verdict(row["verdict"]),
        strength=row["strength"],
        reason=row["reason"],
        method=row["method"],
    )
