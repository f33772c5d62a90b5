"""How are many rows written and asked for at once, the same way in both databases?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Connection, Insert, Select, insert
from sqlalchemy.dialects import postgresql, sqlite

from storage.columns import Base

Row = Mapping[str, Any]
Question = Select[*tuple[Any, ...]]
"""A select of whatever columns."""
T = TypeVar("T")

CHUNK = 500
"""Values in one IN (...): statements stay short, and few forms of them need compiling."""


def chunks(values: Collection[T]) -> Iterator[Sequence[T]]:
    """The values in portions that fit into a statement.

    >>> [len(chunk) for chunk in chunks(range(1200))]
    [500, 500, 200]
    """
    listed = list(values)
    return (listed[start : start + CHUNK] for start in range(0, len(listed), CHUNK))


def add(connection: Connection, table: type[Base], rows: Sequence[Row]) -> None:
    """Insert rows, all with the same columns."""
    if rows:
        connection.execute(insert(table), rows)


def insert_for(dialect: str, table: type[Base]) -> postgresql.Insert | sqlite.Insert:
    """An insert that can say what happens where a row is there already."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


def upsert(
    connection: Connection,
    table: type[Base],
    rows: Sequence[Row],
    *,
    key: Sequence[str],
    keep: Sequence[str] = (),
) -> None:
    """Insert rows, or where their key is there already, update all columns not to be kept."""
    if rows:
        statement = _upsert(
            table, connection.dialect.name, tuple(rows[0]), key=tuple(key), keep=tuple(keep)
        )
        connection.execute(statement, rows)


# Putting such a statement together costs more than executing it.
@cache
def _upsert(
    table: type[Base],
    dialect: str,
    columns: tuple[str, ...],
    *,
    key: tuple[str, ...],
    keep: tuple[str, ...],
) -> Insert:
    statement = insert_for(dialect, table)
    fixed = {*key, *keep}
    others = {name: statement.excluded[name] for name in columns if name not in fixed}
    if others:
        return statement.on_conflict_do_update(index_elements=key, set_=others)
    return statement.on_conflict_do_nothing(index_elements=key)
