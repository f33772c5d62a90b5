"""Which lines does a source show under its releases, whatever these are about?

Under every release of a body stands what the body does, under a ministry's how to vote abroad. Such
a line says nothing of the release above it: no keyword in it counts.

To take what a release says for such a line would silence a statement, and that is far worse than a
keyword too many. A ministry may well close five releases on one vote with the same words. So a line
is boilerplate only where all of this holds:

- It stands there by habit, not for an occasion: of the days looked at, one release each, at least
  half show it, and the first and the last of them are farther apart than the season of a vote.
- It stands there whatever the release is about. Mission upon mission is announced in the same
  words, and each year the same day is remembered: of releases that are alike in the rest, only one
  counts.
- It stands at the end: behind it no paragraph follows that only this release has.
- It is longer than a tag, and stands neither in the title nor in the first paragraph. There every
  line counts, whatever is known of it.
- Nothing but small and capital letters, widths and spaces may differ.

What fails one of these goes on to count, at the price of a release too many in the digest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from unicodedata import normalize

from analysis.keywords.passage import lead_end
from analysis.words import WORD, count_words

FEWEST = 8
"""Releases."""
FEWEST_BEARERS = 5
SEASON = 45
"""Days between the first bearer and the last: six weeks and more."""
TAG = 3
"""Words; a line so short may name what this release is about."""
ALIKE = 0.25
"""Of their words in common; releases on different things have hardly ever more than a sixth."""
OF_ITS_OWN = 12
"""Words; a shorter line may be the headline of another release, or who is to be called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A text that is looked at, and the day that it counts for."""

    day: int
    text: str


def boilerplate_of(samples: Sequence[Sample]) -> frozenset[str]:
    """The lines that a source shows under its releases, folded."""
    texts = [(each.day, [line for *_, line in _lines(each.text)]) for each in samples]
    shared = _habits(texts)
    if not shared:
        return shared
    unlike = _unlike([_words(each.text, without=shared) for each in samples])
    return _habits([(texts[one][0], _end(texts[one][1], shared)) for one in unlike])


def stretches(text: str, lines: Collection[str]) -> tuple[tuple[int, int], ...]:
    """Where a text shows some of the lines that its source shows under its releases."""
    if not lines:
        return ()
    return tuple((start, end) for start, end, line in _lines(text) if line in lines)


def _habits(texts: Sequence[tuple[int, Sequence[str]]]) -> frozenset[str]:
    """The lines that enough of these texts show, over long enough."""
    if len(texts) < FEWEST:
        return frozenset()
    days: defaultdict[str, set[int]] = defaultdict(set)
    for day, lines in texts:
        for line in lines:
            days[line].add(day)
    return frozenset(
        line
        for line, shown in days.items()
        if len(shown) >= FEWEST_BEARERS
        and 2 * len(shown) >= len(texts)
        and max(shown) - min(shown) >= SEASON
        and count_words(line) > TAG
    )


def _unlike(texts: Sequence[frozenset[str]]) -> list[int]:
    """Which texts are left where of those that are alike only the first stays."""
    kept: list[int] = []
    for one, words in enumerate(texts):
        if all(len(words & texts[two]) < ALIKE * len(words | texts[two]) for two in kept):
            kept.append(one)
    return kept


def _words(text: str, *, without: Collection[str]) -> frozenset[str]:
    lines = (line for each in text.split("\n") if (line := folded(each)) not in without)
    return frozenset(WORD.findall("\n".join(lines)))


def _end(lines: Sequence[str], shared: Collection[str]) -> list[str]:
    """The lines behind the last paragraph that only this text has."""
    return list(
        takewhile(lambda line: line in shared or count_words(line) <= OF_ITS_OWN, reversed(lines))
    )


def _lines(text: str) -> Iterator[tuple[int, int, str]]:
    """The lines behind the first paragraph, each with its bounds, folded."""
    first = lead_end(text)
    start = 0
    for line in text.split("\n"):
        if start >= first and (said := folded(line)):
            yield start, start + len(line), said
        start += len(line) + 1


def folded(line: str) -> str:
    """A line whose capitals, widths and spaces do not count."""
    return " ".join(normalize("NFKC", line).casefold().split())
