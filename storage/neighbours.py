"""Which texts are newcomers to be compared with?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

import structlog
from sqlalchemy import Connection, RowMapping, select
from sqlalchemy.orm import InstrumentedAttribute

from domain.reading import TextKey
from storage.bands import sharing
from storage.neighbourhood import Marked, Neighbourhood
from storage.schema import TextRow
from storage.texts import Held, held_in, marked_in
from storage.writing import chunks

log = structlog.get_logger()

# All of a text but its words, which may be long.
LIGHT = select(
    TextRow.id,
    TextRow.source_id,
    TextRow.canonical_url,
    TextRow.checksum,
    TextRow.declared_language,
    TextRow.published_at,
    TextRow.first_seen_at,
    TextRow.document,
    TextRow.fingerprint,
    TextRow.words,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """What newcomers are to be compared with."""

    held: dict[TextKey, Held]
    of: Mapping[TextKey, tuple[TextKey, ...]]
    """The texts near each newcomer: of those that are held, and of newcomers before it."""


def near(connection: Connection, newcomers: Collection[Marked]) -> Near:
    """The texts that newcomers may be like; of a crowd those that are nearest to each."""
    if not newcomers:
        return Near(held={}, of={})
    shared = sharing(connection, newcomers)
    found = _bearing(connection, newcomers, shared)
    around = Neighbourhood(found.values())
    of: dict[TextKey, tuple[TextKey, ...]] = {}
    for newcomer in newcomers:
        of[newcomer.key] = around.near(newcomer)
        around.add(newcomer)
    if around.cut:
        log.debug("neighbours cut", newcomers=len(newcomers), found=len(found), cut=around.cut)
    chosen = set(chain.from_iterable(of.values()))
    ids = [text_id for text_id, text in found.items() if text.key in chosen]
    whole = (
        held_in(row, shared.get(row["id"], ()))
        for chunk in chunks(ids)
        for row in connection.execute(select(TextRow).where(TextRow.id.in_(chunk))).mappings()
    )
    return Near(held={held.key: held for held in whole}, of=of)


def _bearing(
    connection: Connection, newcomers: Collection[Marked], shared: Mapping[int, Collection[int]]
) -> dict[int, Marked]:
    """The held texts that bear a mark of a newcomer, by row."""
    wanted = (
        (TextRow.id, shared),
        (TextRow.document, {one.marks.document for one in newcomers}),
        (TextRow.fingerprint, {one.exact for one in newcomers if one.exact}),
    )
    return {
        row["id"]: marked_in(row, shared.get(row["id"], ()))
        for column, values in wanted
        for row in _rows(connection, column, values)
    }


def _rows(
    connection: Connection, column: InstrumentedAttribute[Any], values: Collection[object]
) -> Iterator[RowMapping]:
    for chunk in chunks(values):
        yield from connection.execute(LIGHT.where(column.in_(chunk))).mappings()
