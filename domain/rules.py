"""Which stored texts were judged by which keyword files?

The rules of a moment are all topics as their files said, under a checksum. Which texts they judged
is a short list of ranges over the texts' row ids, not a column of each row: texts are added in the
order of their ids, and judged again in the same order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

UNKNOWN = ""
"""The rules of texts that were judged before anybody wrote down by which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Texts, from the first row id to the last, that one set of rules judged."""

    first: int
    last: int
    rules: str


def overlaps(one: Judged, other: Judged) -> bool:
    """True where two ranges may have a text in common."""
    return one.first <= other.last and other.first <= one.last


def judged_anew(ranges: Iterable[Judged], newly: Judged) -> tuple[Judged, ...]:
    """The ranges after some texts were judged by other rules, or for the first time; in order.

    >>> old = [Judged(first=1, last=9, rules="a")]
    >>> for each in judged_anew(old, Judged(first=4, last=5, rules="b")):
    ...     print(each.first, each.last, each.rules)
    1 3 a
    4 5 b
    6 9 a
    """
    pieces = [piece for each in ranges for piece in _outside(each, newly)]
    merged: list[Judged] = []
    for piece in sorted([*pieces, newly], key=lambda piece: piece.first):
        if merged and merged[-1].rules == piece.rules:
            merged[-1] = replace(merged[-1], last=piece.last)
        else:
            merged.append(piece)
    return tuple(merged)


def _outside(old: Judged, new: Judged) -> Iterator[Judged]:
    """What is left of a range before and behind another."""
    if old.first < new.first:
        yield replace(old, last=min(old.last, new.first - 1))
    if old.last > new.last:
        yield replace(old, first=max(old.first, new.last + 1))
