"""By which rules was which text judged, and what did those rules say?"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, delete, exists, func, select

from domain.reading import HitKind
from domain.rules import Judged, judged_anew
from domain.topic import Keyword, Topic
from storage.readings import JudgedRow, RulesRow
from storage.schema import TextRow
from storage.writing import add, upsert

UNKEPT = ("examples", "forms")
"""They decide nothing."""


def remember(
    connection: Connection, checksum: str, topics: Sequence[Topic], *, now: datetime
) -> None:
    """Keep what these rules say, so that an edit can be compared with them later."""
    if connection.scalar(select(RulesRow.checksum).where(RulesRow.checksum == checksum)):
        return
    row = {"checksum": checksum, "topics": _packed(topics), "first_used_at": now}
    upsert(connection, RulesRow, [row], key=["checksum"], keep=["topics", "first_used_at"])


def topics_of(connection: Connection, checksum: str) -> tuple[Topic, ...] | None:
    """What these rules said; None where nobody kept it."""
    packed = connection.scalar(select(RulesRow.topics).where(RulesRow.checksum == checksum))
    return None if packed is None else _unpacked(packed)


def ranges(connection: Connection, *, first: int = 1) -> tuple[Judged, ...]:
    """All ranges in order, or what lies from a row id on."""
    statement = select(JudgedRow.__table__).where(JudgedRow.last_id >= first)
    rows = connection.execute(statement.order_by(JudgedRow.first_id))
    return tuple(
        Judged(first=max(first, row.first_id), last=row.last_id, rules=row.rules) for row in rows
    )


def count_as_judged(connection: Connection, rules: Iterable[tuple[int, str]]) -> None:
    """Note by which rules new texts were judged: pairs of row id and checksum."""
    for checksum, texts in groupby(rules, key=lambda pair: pair[1]):
        ids = [text_id for text_id, _ in texts]
        judge_range(connection, Judged(first=ids[0], last=ids[-1], rules=checksum))


def judge_range(connection: Connection, newly: Judged) -> None:
    """Note that other rules judged a range; rules that judge nothing any more are let go."""
    before = ranges(connection)
    after = judged_anew(before, newly)
    gone = [each.first for each in before if each not in after]
    if gone:
        connection.execute(delete(JudgedRow).where(JudgedRow.first_id.in_(gone)))
    new = [each for each in after if each not in before]
    rows = [{"first_id": each.first, "last_id": each.last, "rules": each.rules} for each in new]
    add(connection, JudgedRow, rows)
    idle = {each.rules for each in before} - {each.rules for each in after}
    if idle:
        connection.execute(delete(RulesRow).where(RulesRow.checksum.in_(idle)))


def left_to_judge(connection: Connection, checksum: str) -> int:
    """How many texts other rules judged than these."""
    total = 0
    for each in ranges(connection):
        if each.rules != checksum:
            count = select(func.count(TextRow.id)).where(TextRow.id.between(each.first, each.last))
            total += connection.scalar(count) or 0
    return total


def unjudged(connection: Connection) -> int:
    """How many texts stand in no range; none where the database is sound."""
    known = exists().where(TextRow.id.between(JudgedRow.first_id, JudgedRow.last_id))
    return connection.scalar(select(func.count(TextRow.id)).where(~known)) or 0


def _packed(topics: Sequence[Topic]) -> bytes:
    said = [
        _fields(topic) | {"keywords": [_fields(one) for one in topic.keywords]} for topic in topics
    ]
    return zlib.compress(json.dumps(said, ensure_ascii=False).encode())


def _fields(value: Topic | Keyword) -> dict[str, Any]:
    # By hand, for asdict() copies each value of thirty thousand keywords.
    return {one.name: getattr(value, one.name) for one in fields(value) if one.name not in UNKEPT}


def _unpacked(packed: bytes) -> tuple[Topic, ...]:
    said: list[dict[str, Any]] = json.loads(zlib.decompress(packed))
    return tuple(
        Topic(**topic | {"keywords": tuple(_keyword(one) for one in topic["keywords"])})
        for topic in said
    )


def _keyword(said: dict[str, Any]) -> Keyword:
    return Keyword(**said | {"kind": HitKind(said["kind"])})
