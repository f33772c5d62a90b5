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
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from heapq import nlargest
from itertools import chain

from domain.reading import NEAR_BY_ANCHORS, NEAR_BY_WORDS, Marks, Text, TextKey
from domain.source import SourceId

MOST = 60
"""Of each of the crowds."""
# The same words weigh as much as all near marks of a text.
CERTAIN = 16
# Longer than anything was published: a mark weighs more than all days between.
EVER = 10_000_000

Kind = tuple[SourceId, str | None]
"""Of which institution a text is, and in which language."""


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
    """Texts by their marks, each known by a number: in a crowd that is all that is looked at."""

    def __init__(self, texts: Iterable[Marked] = ()) -> None:
        self._texts: list[Marked] = []
        self._days: list[int] = []
        self._kinds: list[Kind] = []
        self._at_address: defaultdict[int, list[int]] = defaultdict(list)
        self._saying: defaultdict[str, list[int]] = defaultdict(list)
        self._alike: defaultdict[int, list[int]] = defaultdict(list)
        self._naming: defaultdict[int, dict[str | None, list[int]]] = defaultdict(dict)
        self.cut = 0
        """How many were near somebody who asked, and not near enough."""
        for text in texts:
            self.add(text)

    def add(self, text: Marked) -> None:
        """Let a text be found by its marks."""
        number = len(self._texts)
        self._texts.append(text)
        self._days.append(text.day)
        self._kinds.append((text.key.source_id, text.language))
        self._at_address[text.marks.document].append(number)
        if text.exact:
            self._saying[text.exact].append(number)
        for mark in text.marks.words:
            self._alike[mark].append(number)
        for mark in text.marks.anchors:
            self._naming[mark].setdefault(text.language, []).append(number)

    def near(self, text: Marked) -> tuple[TextKey, ...]:
        """The texts that are nearest to one."""
        shared = self._shared(text)
        return tuple(
            self._texts[number].key
            for crowd in self._crowds(text, shared)
            for number in self._nearest(text, crowd, shared=shared)
        )

    def _shared(self, text: Marked) -> Counter[int]:
        """The texts that share marks with one in its time, and how much these weigh."""
        alike = (self._alike.get(mark, ()) for mark in text.marks.words)
        shared = self._within(NEAR_BY_WORDS, text, alike)
        # In one language everything names what everything else names, and words say more.
        naming = (
            bearers
            for mark in text.marks.anchors
            for language, bearers in self._naming.get(mark, {}).items()
            if language != text.language
        )
        shared.update(self._within(NEAR_BY_ANCHORS, text, naming))
        shared.update(self._at_address.get(text.marks.document, ()))
        if text.exact:
            shared.update(dict.fromkeys(self._saying.get(text.exact, ()), CERTAIN))
        return shared

    def _within(
        self, reach: timedelta, text: Marked, bearers: Iterable[Sequence[int]]
    ) -> Counter[int]:
        first, last, days = text.day - reach.days, text.day + reach.days, self._days
        counted = Counter(chain.from_iterable(bearers))
        return Counter(
            {number: count for number, count in counted.items() if first <= days[number] <= last}
        )

    def _crowds(self, text: Marked, numbers: Iterable[int]) -> Iterable[Sequence[int]]:
        """These texts by what they are to one: of one address, one institution, one language."""
        at_address = frozenset(self._at_address.get(text.marks.document, ()))
        by_kind: defaultdict[tuple[bool, Kind], list[int]] = defaultdict(list)
        kinds = self._kinds
        for number in numbers:
            by_kind[number in at_address, kinds[number]].append(number)
        crowds: defaultdict[tuple[bool, bool, bool], list[int]] = defaultdict(list)
        for (is_at_address, (source_id, language)), those in by_kind.items():
            are_in_two = bool(language and text.language) and language != text.language
            crowds[is_at_address, source_id == text.key.source_id, are_in_two] += those
        return crowds.values()

    def _nearest(
        self, text: Marked, crowd: Sequence[int], *, shared: Mapping[int, int]
    ) -> Sequence[int]:
        if len(crowd) <= MOST:
            return crowd
        self.cut += len(crowd) - MOST
        day, days, texts = text.day, self._days, self._texts
        weight = {number: shared[number] * EVER - abs(days[number] - day) for number in crowd}
        least = sorted(weight.values())[-MOST]
        # Keys are looked at where the last of them weigh as much as one another.
        last = [number for number in crowd if weight[number] >= least]
        return nlargest(MOST, last, key=lambda number: (weight[number], texts[number].key))
