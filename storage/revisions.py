"""Which text of a release is in force, and which are its earlier ones?

A release can stand at several addresses; what differs between two of them is no revision. So
its revisions are the texts of one address: the one whose text changed last, and where none ever
did, the one that was seen first. Another text is one of other words; commas and quotes do not
count. In force is the text that was last seen there, also where an office took a change back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from domain.reading import Text
from domain.release import Revision
from storage.schema import TextRow
from storage.writing import chunks

Row = Mapping[Any, Any]
Words = tuple[str, str]


# All that tells which is in force; the words of a text may be long.
LIGHT = select(
    TextRow.id,
    TextRow.release_id,
    TextRow.canonical_url,
    TextRow.title,
    TextRow.fingerprint,
    TextRow.checksum,
    TextRow.last_seen_at,
)


def in_turn_of(connection: Connection, release_ids: Collection[int]) -> dict[int, list[Row]]:
    """The revisions of each release, as rows without their words; the one in force stands last."""
    texts: dict[int, list[Row]] = {}
    for chunk in chunks(release_ids):
        for row in connection.execute(LIGHT.where(TextRow.release_id.in_(chunk))).mappings():
            texts.setdefault(row["release_id"], []).append(row)
    return {release_id: texts_in_turn(held) for release_id, held in texts.items()}


def is_change(text: Text, *, before: Iterable[Text]) -> bool:
    """True where a text has other words than all that were held of its address before."""
    there = [other for other in before if other.canonical_url == text.canonical_url]
    words = (text.title, text.fingerprint.exact)
    return bool(there) and all((other.title, other.fingerprint.exact) != words for other in there)


def texts_in_turn(texts: Sequence[Row]) -> list[Row]:
    """The rows of a release's texts that are its revisions; the one in force stands last."""
    first_there: dict[str, Row] = {}
    for row in sorted(texts, key=_age):
        first_there.setdefault(row["canonical_url"], row)
    changed = [row for row in texts if row is not first_there[row["canonical_url"]]]
    address = (max(changed, key=_age) if changed else min(texts, key=_age))["canonical_url"]
    in_turn: dict[Words, Row] = {}
    there = [row for row in texts if row["canonical_url"] == address]
    for row in sorted(there, key=lambda row: (row["last_seen_at"], row["id"])):
        in_turn.pop(_words(row), None)
        in_turn[_words(row)] = row
    return list(in_turn.values())


def as_known(texts: Sequence[Row], *, told: Collection[str]) -> list[Row]:
    """The revisions of a release up to the one that a reader knows, if he lacks the one in force.

    He was told of the texts with these checksums. Of the release at another address he knows how it
    began at this one: what differs between two addresses is no revision.
    """
    in_turn = texts_in_turn(texts)
    known = {_words(row) for row in texts if row["checksum"] in told}
    if not known or len(in_turn) == 1 or _words(in_turn[-1]) in known:
        return []
    last = max((place for place, row in enumerate(in_turn) if _words(row) in known), default=0)
    return in_turn[: last + 1]


def revisions(in_turn: Sequence[Row]) -> tuple[Revision, ...]:
    """The revisions as readers meet them, each with the moment when it came into force."""
    found: list[Revision] = []
    for row in in_turn:
        # An earlier text that came back did so when it was seen again.
        came_back = bool(found) and row["first_seen_at"] < found[-1].seen_at
        seen_at = row["last_seen_at"] if came_back else row["first_seen_at"]
        found.append(Revision(title=row["title"], text=row["text"], seen_at=seen_at))
    return tuple(found)


def _words(row: Row) -> Words:
    return row["title"], row["fingerprint"]


def _age(row: Row) -> int:
    age: int = row["id"]
    return age
