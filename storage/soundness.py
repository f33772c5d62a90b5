"""Is the database sound? What `db check` finds.

Constraints keep most contradictions out. Looked at here is what they cannot see: a damaged
file, tables that are not those of the schema, rows that nothing points to any more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Table, func, inspect, select

from storage import rules, search
from storage.schema import METADATA, AppearanceRow, OriginalRow, ReleaseRow, StoryRow, TextRow

SIGNS = {"add": "lack", "remove": "have, though nobody needs it,", "modify": "differ in"}
"""What Alembic would do about a difference, and what that says of the tables."""


def faults(connection: Connection) -> tuple[str, ...]:
    """What is wrong, one sentence each; nothing where the database is sound."""
    found = list(_differences(connection))
    if connection.dialect.name == "sqlite":
        found += _damage(connection)
    if not found:
        found += _orphans(connection)
    return tuple(found)


def _damage(connection: Connection) -> Iterator[str]:
    for (line,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if line != "ok":
            yield f"The file is damaged: {line}; put back a backup"
    astray = Counter(
        (table, other)
        for table, _, other, _ in connection.exec_driver_sql("PRAGMA foreign_key_check")
    )
    for (table, other), number in astray.items():
        what = f"{number} rows of {table} point to rows of {other} that are not there"
        yield f"{what}; put back a backup"


def _differences(connection: Connection) -> Iterator[str]:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    context = MigrationContext.configure(connection, opts={"include_object": _is_ours})
    for difference in compare_metadata(context, METADATA):
        # The changes of one table's columns come as a list of their own.
        for one in difference if isinstance(difference, list) else [difference]:
            yield f"The tables {_said(one)}; put back a backup, or report this line"
    # Each database has a full-text index of its own kind, which no model describes.
    if not inspect(connection).has_table("findable"):
        yield "The tables lack the table findable; put back a backup, or report this line"


def _is_ours(_item: Any, _name: str, kind: str, is_reflected: bool, ours: Any) -> bool:  # noqa: FBT001
    """Leave out other people's tables, which a PostgreSQL database may hold too."""
    return not (kind == "table" and is_reflected and ours is None)


def _said(difference: tuple[Any, ...]) -> str:
    deed, _, kind = difference[0].partition("_")
    match difference[1:]:
        case (Table() as table,):
            subject = table.name
        case (_, str(table), column, *_):
            subject = f"{table}.{getattr(column, 'name', column)}"
        case (item, *_):
            subject = f"{item.table.name}.{item.name}"
    return f"{SIGNS[deed]} the {kind} {subject}"


def _orphans(connection: Connection) -> Iterator[str]:
    for what, table, pointing in (
        ("releases hold no text", ReleaseRow.id, TextRow.release_id),
        ("stories hold no release", StoryRow.id, ReleaseRow.story_id),
        ("texts were brought by nothing", TextRow.id, AppearanceRow.text_id),
        ("texts lack the page that brought them", TextRow.id, OriginalRow.text_id),
    ):
        alone = select(func.count()).where(table.not_in(select(pointing)))
        if number := connection.scalar(alone):
            yield f"{number} {what}; report this line"
    if number := search.unfindable(connection):
        yield f"{number} texts are not found by their words; report this line"
    if number := rules.unjudged(connection):
        yield f"{number} texts stand in no range of judged texts; report this line"
