"""Texts fell into other groups: which row stands for which group from now on?

Groups are releases or stories; rows are what they had so far, with public ids that people
hold. A row follows its earliest text. Where that makes a group heir of several rows, the
earliest row survives and the others vanish into it; a group that inherits none gets a new one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from domain.reading import TextKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A text that is held, and the rows that it belonged to so far."""

    text_id: int
    """Smaller for texts that were held earlier."""
    release_id: int
    story_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Heir:
    """A group and the rows that its texts come from."""

    texts: frozenset[TextKey]
    row: int | None
    """The row that stands for the group; None where it needs a new one."""
    vanishing: tuple[int, ...]
    """Rows that are no more, because this group is their heir too."""
    left: tuple[int, ...]
    """Rows that live on in other groups, though some of their texts are now here."""

    @property
    def is_new(self) -> bool:
        """True where no text of the group was held before."""
        return self.row is None and not self.left


def heirs(
    groups: Collection[frozenset[TextKey]], *, rows: Mapping[TextKey, tuple[int, int]]
) -> tuple[Heir, ...]:
    """Decide which rows stand for which groups; ``rows`` says of held texts (age, row)."""
    earliest: dict[int, tuple[int, TextKey]] = {}
    for text, (age, row) in rows.items():
        earliest[row] = min(earliest.get(row, (age, text)), (age, text))
    following = {(text, row) for row, (_, text) in earliest.items()}
    return tuple(_heir(group, rows, following) for group in groups)


def _heir(
    group: frozenset[TextKey],
    rows: Mapping[TextKey, tuple[int, int]],
    following: Collection[tuple[TextKey, int]],
) -> Heir:
    origins = {rows[text][1] for text in group if text in rows}
    inherited = sorted({row for text, row in following if text in group})
    return Heir(
        texts=group,
        row=inherited[0] if inherited else None,
        vanishing=tuple(inherited[1:]),
        left=tuple(sorted(origins.difference(inherited))),
    )
