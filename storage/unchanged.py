"""Which pages that were fetched again say what they said before?

A page where only a counter or the news beside its text is new brings no text: the one that is held
was seen again. What its source shows under its releases, and what else it published of late, tells
which lines are such.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection, select, tuple_

from domain.reading import Judge, Text, TextKey
from domain.source import SourceId
from storage import boilerplate, texts
from storage.columns import checksum_of
from storage.schema import TextRow
from storage.texts import Arrival
from storage.writing import chunks

MOST_TITLES = 500
"""Of the last texts of a source; older news is not shown beside others."""

Address = tuple[str, str]


def as_before(
    connection: Connection, arrivals: Sequence[Arrival], *, judge: Judge
) -> Sequence[Arrival]:
    """The arrivals, with the held text in the place of one that says the same at its address."""
    known = texts.known(connection, [arrival.key for arrival in arrivals])
    held = _last_at(connection, [one.key for one in arrivals if one.key not in known])
    if not held:
        return arrivals
    shown = boilerplate.lines(connection)
    titles = {source_id: _titles(connection, source_id) for source_id, _ in held}
    found: list[Arrival] = []
    for arrival in arrivals:
        source_id = arrival.text.source_id
        before = held.get(_address(arrival.key)) if arrival.key not in known else None
        if before is not None and judge.says_the_same(
            before,
            arrival.text,
            shown=shown.get(source_id, frozenset()),
            titles=titles[source_id] - {before.title},
        ):
            found.append(replace(arrival, text=before, key=before.key))
        else:
            found.append(arrival)
    return found


def _address(key: TextKey) -> Address:
    return key.source_id, key.canonical_url


def _last_at(connection: Connection, keys: Collection[TextKey]) -> Mapping[Address, Text]:
    """The text that was seen last at each of these addresses where any was."""
    last: dict[tuple[str, str], int] = {}
    for chunk in chunks({(key.source_id, checksum_of(key.canonical_url)) for key in keys}):
        address = tuple_(TextRow.source_id, TextRow.url_checksum)
        statement = select(TextRow.id, TextRow.source_id, TextRow.url_checksum)
        in_turn = statement.where(address.in_(chunk)).order_by(TextRow.last_seen_at, TextRow.id)
        last |= {(row.source_id, row.url_checksum): row.id for row in connection.execute(in_turn)}
    held = [
        texts.text_in(row)
        for chunk in chunks(last.values())
        for row in connection.execute(select(TextRow).where(TextRow.id.in_(chunk))).mappings()
    ]
    return {_address(text.key): text for text in held}


def _titles(connection: Connection, source_id: str) -> frozenset[str]:
    newest = select(TextRow.title).where(TextRow.source_id == SourceId(source_id))
    return frozenset(connection.scalars(newest.order_by(TextRow.id.desc()).limit(MOST_TITLES)))
