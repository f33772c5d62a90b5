"""Which of many texts are near one, and which are the nearest where that is a crowd?

Near are texts that share a mark: the document of one source, exact words, or a near mark of texts
that appeared in the same time; one of what they name counts in two languages. So whether two are
near depends on these two alone.

A daily statement has a thousand siblings, and a newcomer must not be compared with all of them. The
crowd is cut by strength: the marks that are shared, then the days between, then the keys; never by
who came first. What is in another language has other marks in common and is a crowd of its own; and
so is what stands at one address, for there another text may stand each week.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from heapq import nlargest

from domain.reading import NEAR_BY_ANCHORS, NEAR_BY_WORDS, Marks, Text, TextKey

MOST = 60
"""Of each of the crowds."""
# The same words weigh as much as all near marks of a text.
CERTAIN = 16
# Longer than anything was published.
EVER = 10_000_000

Mark = int | str
Bearers = tuple["Mapping[TextKey, Marked]", int, int]
"""Texts that bear a mark, what it weighs, and within how many days it counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """What of a text decides who is near it."""

    key: TextKey
    language: str | None
    exact: str
    """Its exact mark; empty where it has no words."""
    marks: Marks
    day: int
    """On which it was published; where that is not known, on which it was first seen."""


def marked(text: Text, marks: Marks, *, seen_at: datetime) -> Marked:
    """A text by its marks."""
    return Marked(
        key=text.key,
        language=text.language,
        exact=text.fingerprint.exact if text.fingerprint.words else "",
        marks=marks,
        day=day_of(text.published_at, seen_at=seen_at),
    )


def day_of(published_at: datetime | None, *, seen_at: datetime) -> int:
    """The day that a text counts for, as a number."""
    return (published_at or seen_at).astimezone(UTC).toordinal()


class Neighbourhood:
    """Texts by their marks."""

    def __init__(self, texts: Iterable[Marked] = ()) -> None:
        self._bearing: defaultdict[Mark, dict[TextKey, Marked]] = defaultdict(dict)
        self._naming: defaultdict[int, dict[str | None, dict[TextKey, Marked]]] = defaultdict(dict)
        self.cut = 0
        """How many were near somebody who asked, and not near enough."""
        for text in texts:
            self.add(text)

    def add(self, text: Marked) -> None:
        """Let a text be found by its marks."""
        for mark, _, _ in _marks(text):
            self._bearing[mark][text.key] = text
        for mark in text.marks.anchors:
            self._naming[mark].setdefault(text.language, {})[text.key] = text

    def near(self, text: Marked) -> tuple[TextKey, ...]:
        """The texts that are nearest to one."""
        shared: Counter[TextKey] = Counter()
        found: dict[TextKey, Marked] = {}
        for bearers, weight, reach in (*self._alike(text), *self._in_other_languages(text)):
            for key, other in bearers.items():
                if abs(other.day - text.day) <= reach:
                    shared[key] += weight
                    found[key] = other
        crowds: defaultdict[tuple[bool, bool], list[Marked]] = defaultdict(list)
        for other in found.values():
            is_at_one_address = other.marks.document == text.marks.document
            crowds[is_at_one_address, _are_in_two_languages(text, other)].append(other)
        return tuple(
            other.key
            for crowd in crowds.values()
            for other in self._nearest(text, crowd, shared=shared)
        )

    def _alike(self, text: Marked) -> Iterator[Bearers]:
        for mark, weight, reach in _marks(text):
            yield self._bearing.get(mark, {}), weight, reach

    def _in_other_languages(self, text: Marked) -> Iterator[Bearers]:
        # In one language everything names what everything else names, and words say more.
        for mark in text.marks.anchors:
            for language, bearers in self._naming.get(mark, {}).items():
                if language != text.language:
                    yield bearers, 1, NEAR_BY_ANCHORS.days

    def _nearest(
        self, text: Marked, crowd: Sequence[Marked], *, shared: Mapping[TextKey, int]
    ) -> Sequence[Marked]:
        if len(crowd) <= MOST:
            return crowd
        self.cut += len(crowd) - MOST
        return nlargest(
            MOST,
            crowd,
            key=lambda other: (shared[other.key], -abs(other.day - text.day), other.key),
        )


def _marks(text: Marked) -> Iterator[tuple[Mark, int, int]]:
    """The marks of texts that are alike, what each weighs, and within how many days it counts."""
    yield text.marks.document, 1, EVER
    if text.exact:
        yield text.exact, CERTAIN, EVER
    for mark in text.marks.words:
        yield mark, 1, NEAR_BY_WORDS.days


def _are_in_two_languages(one: Marked, other: Marked) -> bool:
    return bool(one.language and other.language) and one.language != other.language
