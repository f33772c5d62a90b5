"""What do two rows of words share, in order, and where do they differ?

Both ends are taken off first, then long rows are laid side by side by stretches and only what
differs by words, so that the cost is what a reader would look at. Slips of the hand are no
difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain, pairwise
from typing import NamedTuple
from zlib import crc32

Words = Sequence[str]

# Comparing takes time by the square. So many pairs of words cost a millisecond or two; what is
# longer and was exchanged in one piece has nothing in common for us.
FEW_PAIRS = 40_000
MOST_PAIRS = 160_000
CHUNK = 12
"""Words, on average; about a sentence."""
# Any two introductions have some words in a row: words of each, a few in common, words of each.
INTRODUCTIONS = 3
BY_CHANCE = 3
_SHORTEST_TYPO = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """Words that stand in one text where others stand in the other; either may be none."""

    left: tuple[str, ...]
    right: tuple[str, ...]

    @property
    def is_exchange(self) -> bool:
        """Both have words here."""
        return bool(self.left and self.right)


NOTHING = Slot(left=(), right=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """Two rows of words side by side."""

    shared: int
    """Words that both have, mistyped ones included."""
    first: Slot
    """What stands before the first word they share."""
    inner: tuple[Slot, ...]
    """What differs between words they share."""
    last: Slot
    """What stands behind the last word they share."""


def align(left: Words, right: Words, *, is_name: Callable[[str], bool]) -> Alignment:
    """Lay two rows of words side by side; no name is taken for another one mistyped.

    >>> left, right = "they expect it on monday", "they exepct it on friday at noon"
    >>> align(left.split(), right.split(), is_name=lambda word: False).last.right
    ('friday', 'at', 'noon')
    """
    runs = _without_chance(_merged(_runs(left, right), is_name))
    slots = [Slot(left=run.left, right=run.right) for run in runs]
    begins = bool(runs) and not runs[0].is_shared
    ends = len(runs) > begins and not runs[-1].is_shared
    inner = zip(runs[begins : len(runs) - ends], slots[begins : len(runs) - ends], strict=True)
    return Alignment(
        shared=sum(len(run.left) for run in runs if run.is_shared),
        first=slots[0] if begins else NOTHING,
        inner=tuple(slot for run, slot in inner if not run.is_shared),
        last=slots[-1] if ends else NOTHING,
    )


class _Run(NamedTuple):
    """A stretch of both rows, in which they are one or differ."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    is_shared: bool


def _runs(left: Words, right: Words) -> Iterator[_Run]:
    head = _common(left, right)
    tail = _common(left[head:][::-1], right[head:][::-1])
    yield _run(left[:head], right[:head], is_shared=True)
    yield from _between(left[head : len(left) - tail], right[head : len(right) - tail])
    yield _run(left[len(left) - tail :], right[len(right) - tail :], is_shared=True)


def _between(left: Words, right: Words) -> Iterator[_Run]:
    if len(left) * len(right) <= FEW_PAIRS:
        yield from _by_words(left, right)
        return
    ours, theirs = _chunks(left), _chunks(right)
    for tag, a, b, c, d in SequenceMatcher(None, ours, theirs).get_opcodes():
        gone, come = list(chain(*ours[a:b])), list(chain(*theirs[c:d]))
        if tag == "equal" or len(gone) * len(come) > MOST_PAIRS:
            yield _run(gone, come, is_shared=tag == "equal")
        else:
            yield from _by_words(gone, come)


def _by_words(left: Words, right: Words) -> Iterator[_Run]:
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        yield _run(left[a:b], right[c:d], is_shared=tag == "equal")


def _run(left: Words, right: Words, *, is_shared: bool) -> _Run:
    return _Run(tuple(left), tuple(right), is_shared)


def _chunks(words: Words) -> list[Words]:
    """Stretches that end at certain words: equal ones in both texts, wherever they stand."""
    ends = [at for at, word in enumerate(words, 1) if crc32(word.encode()) % CHUNK == 0]
    bounds = pairwise([0, *ends, len(words)])
    return [words[start:end] for start, end in bounds if start < end]


def _merged(runs: Iterable[_Run], is_name: Callable[[str], bool]) -> list[_Run]:
    """Runs that are shared and not in turn; mistyped words are shared."""
    merged: list[_Run] = []
    for run in runs:
        if not run.left and not run.right:
            continue
        is_shared = run.is_shared or _is_mistyped(run, is_name)
        if merged and merged[-1].is_shared == is_shared:
            left, right, _ = merged.pop()
            merged.append(_Run(left + run.left, right + run.right, is_shared))
        else:
            merged.append(run._replace(is_shared=is_shared))
    return merged


def _without_chance(runs: list[_Run]) -> list[_Run]:
    """The runs, where two introductions or two ends have a word in common by chance only."""
    while _begin_by_chance(runs):
        runs = [_joined(runs[:INTRODUCTIONS]), *runs[INTRODUCTIONS:]]
    while _begin_by_chance(runs[::-1]):
        runs = [*runs[:-INTRODUCTIONS], _joined(runs[-INTRODUCTIONS:])]
    return runs


def _begin_by_chance(runs: Sequence[_Run]) -> bool:
    if len(runs) < INTRODUCTIONS or runs[0].is_shared:
        return False
    own, common, _ = runs[:INTRODUCTIONS]
    # What only one side has is a note, or what a summary left out, and stays where it is.
    return bool(own.left and own.right) and len(common.left) <= BY_CHANCE


def _joined(runs: Sequence[_Run]) -> _Run:
    left = tuple(chain.from_iterable(run.left for run in runs))
    right = tuple(chain.from_iterable(run.right for run in runs))
    return _Run(left, right, is_shared=False)


def _common(left: Words, right: Words) -> int:
    count = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        count += 1
    return count


def _is_mistyped(run: _Run, is_name: Callable[[str], bool]) -> bool:
    left, right, _ = run
    if not left or not right:
        return False
    if "".join(left) == "".join(right):
        return True
    if len(left) != len(right) or not all(map(is_typo, left, right)):
        return False
    return not any(is_name(one) and is_name(other) for one, other in zip(left, right, strict=True))


def is_typo(one: str, other: str) -> bool:
    """True for two words that one slip of the hand makes of each other; never for numbers.

    >>> is_typo("expect", "exepct"), is_typo("outcome", "outcomes"), is_typo("2014", "2015")
    (True, True, False)
    """
    if min(len(one), len(other)) < _SHORTEST_TYPO or any(map(str.isdigit, one + other)):
        return False
    shorter, longer = sorted((one, other), key=len)
    head = _common(shorter, longer)
    rest, more = shorter[head:], longer[head:]
    if len(shorter) == len(longer):
        swapped = rest[:2] == more[1::-1] and rest[2:] == more[2:]
        return swapped or rest[1:] == more[1:]
    return rest == more[1:]
