"""What are releases and stories called outside?

By a few signs made from what is smallest in source, address and checksum of text when first
stored: short, stable, the same in two databases that saw the same. Where they are taken, as a
living id or as an alias, more signs of the same are used; no id is ever used again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

from sqlalchemy import Connection, select, union_all

from domain.reading import TextKey
from storage.schema import AliasRow, ReleaseRow, StoryRow
from storage.writing import chunks

# Base 32 by Crockford, in small letters: no i, l, o that look like 1 and 0, and no u.
SIGNS = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 8
LONG = 13
"""Signs enough that nobody need ask whether an id is taken."""


def spelled(kind: str, text: TextKey) -> str:
    """All the signs that an id of this kind and text can have.

    >>> key = TextKey(source_id="xx_economy", canonical_url="https://a.example/", checksum="c0")
    >>> spelled("release", key)[:8]
    '9eh8np4a'
    """
    seed = f"{kind}\n{text.source_id}\n{text.canonical_url}\n{text.checksum}"
    number = int.from_bytes(sha256(seed.encode()).digest(), "big")
    return "".join(SIGNS[number >> shift & 31] for shift in range(0, 256, 5))


def appearance_id(text: TextKey, *, origin: str) -> str:
    """What an appearance is called outside, by its origin and the first text it brought."""
    return spelled(f"appearance {origin}", text)[:LONG]


def new_ids(connection: Connection, kind: str, texts: Sequence[TextKey]) -> list[str]:
    """An unused id for each of these smallest texts."""
    longest = [spelled(kind, text) for text in texts]
    lengths = [LENGTH] * len(texts)
    while True:
        drafts = [signs[:length] for signs, length in zip(longest, lengths, strict=True)]
        taken = _taken(connection, drafts)
        taken |= {draft for draft, count in Counter(drafts).items() if count > 1}
        if not taken:
            return drafts
        lengths = [length + (draft in taken) for draft, length in zip(drafts, lengths, strict=True)]


def _taken(connection: Connection, drafts: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for chunk in chunks(drafts):
        statement = union_all(
            *(
                select(table.public_id).where(table.public_id.in_(chunk))
                for table in (ReleaseRow, StoryRow, AliasRow)
            )
        )
        found.update(connection.scalars(statement))
    return found
