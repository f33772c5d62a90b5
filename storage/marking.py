"""How do texts that an older program marked come to be found by the marks of this one?

They are marked again, a portion a transaction, in the order of their rows; what bears the marks of
this version is done, so it can be ended and goes on. Marks are made between the transactions.
Nothing held is compared with anything held: newcomers will find it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, func, or_, select, update

from domain.reading import Fingerprint, Marks, Text
from storage.bands import add_bands
from storage.database import Database
from storage.neighbourhood import day_of
from storage.schema import TextRow
from storage.texts import text_in
from storage.writing import CHUNK

Mark = Callable[[Text], tuple[Fingerprint, Marks]]
"""What makes the marks of a text."""


def mark_rest(database: Database, mark: Mark, *, version: int) -> Iterator[int]:
    """Mark again what bears no marks of this version; says at each portion how many are left."""
    with database.reading() as connection:
        left = _left(connection, version)
    while left > 0:
        yield left
        with database.reading() as connection:
            texts = _next(connection, version)
        marked = {row: mark(text) for row, (text, _) in texts.items()}
        if marked:
            with database.writing() as connection:
                _keep(connection, marked, texts)
        # What is not left any more, somebody else has marked meanwhile.
        left = left - len(texts) if texts else 0


def _left(connection: Connection, version: int) -> int:
    return connection.scalar(select(func.count(TextRow.id)).where(_is_other(version))) or 0


def _next(connection: Connection, version: int) -> dict[int, tuple[Text, datetime]]:
    """The next texts to be marked, and when each was first seen."""
    statement = select(TextRow).where(_is_other(version)).order_by(TextRow.id).limit(CHUNK)
    rows = connection.execute(statement).mappings()
    return {row["id"]: (text_in(row), row["first_seen_at"]) for row in rows}


def _is_other(version: int) -> ColumnElement[bool]:
    # Said so, an index knows the answer.
    return or_(TextRow.fingerprint_version < version, TextRow.fingerprint_version > version)


def _keep(
    connection: Connection,
    marked: Mapping[int, tuple[Fingerprint, Marks]],
    texts: Mapping[int, tuple[Text, datetime]],
) -> None:
    rows = [
        {
            "row": row,
            "version": fingerprint.version,
            "exact": fingerprint.exact,
            "size": fingerprint.words,
            "named": marks.document,
        }
        for row, (fingerprint, marks) in marked.items()
    ]
    statement = update(TextRow).where(TextRow.id == bindparam("row"))
    values: dict[str, Any] = {
        "fingerprint_version": bindparam("version"),
        "fingerprint": bindparam("exact"),
        "words": bindparam("size"),
        "document": bindparam("named"),
    }
    connection.execute(statement.values(values), rows)
    days = {
        row: day_of(text.published_at, seen_at=seen_at) for row, (text, seen_at) in texts.items()
    }
    add_bands(connection, {row: (marks, days[row]) for row, (_, marks) in marked.items()})
