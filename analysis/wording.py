"""What do two texts share by their words, and in what do they differ?

They are laid side by side (``alignment``) without the pages around them (``substance``). Where one
has words and the other has others, it matters which: a country, a day and a number tell siblings
of one template apart, however much they share.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

from analysis.alignment import NOTHING, Slot, align
from analysis.figures import figures, is_calendar_word
from analysis.pair import Pair
from analysis.places import places, places_among
from analysis.substance import Substance
from domain.reading import Text

# Less than half in common is no likeness, and is not looked at closely.
LIKE = 0.5
# Even a text of some thousand words leaves most of them unset, so that others can miss theirs.
MARKS = 8192
# A word that a summary broke off, and what a feed says instead of the rest.
BROKEN_OFF = 3
# Place and date, under a text or over it.
LONGEST_DATE = 8
# Where more words were exchanged in one piece, it is another piece, and its countries are its own.
MANY = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What two texts share, and what stands in one where another thing stands in the other."""

    share: float
    """How much of the shorter text the longer one holds; slips of the hand are no difference."""
    alike: float
    """How much of the longer text the shorter one holds."""
    numbers: int
    """Places that give other numbers; of days each number counts."""
    countries: bool
    """They name other countries in one place."""
    days: bool
    """They give other days."""
    words: int
    """Other words that were exchanged."""
    ends: int
    """Words that each has of its own before or behind all that they share."""
    added: int
    """Words that only one of them has, in places where the other has none."""
    is_beginning: bool
    """One is how the other begins."""

    @property
    def is_exchange(self) -> bool:
        """One has something where the other has something else."""
        return bool(self.numbers or self.countries or self.words)

    @property
    def is_one_number(self) -> bool:
        """One number differs, and nothing else."""
        return self.numbers == 1 and not self.countries and not self.words


def may_share(pair: Pair) -> float:
    """What of the shorter text the longer one can hold at most, for next to no price.

    In a crowd at one address most texts have little in common, and this is all they are asked.
    """
    (fewer, ours), (_, theirs) = sorted(sketch(each.words) for each in pair.substances)
    return (fewer - (ours & ~theirs).bit_count()) / fewer


@lru_cache(maxsize=4096)
def sketch(words: tuple[str, ...]) -> tuple[int, int]:
    """How many runs of three words there are, and a mark for each; several may set the same."""
    runs = {" ".join(words[at : at + 3]) for at in range(max(1, len(words) - 2))}
    marks = 0
    for run in runs:
        # Python's own hash is another one in each process, and so would be who is compared.
        marks |= 1 << (crc32(run.encode()) % MARKS)
    return len(runs), marks


def difference(pair: Pair) -> Difference:
    """Where two texts with words differ."""
    ours, theirs = pair.substances
    language = pair.a.language
    rows = align(ours.words, theirs.words, is_name=lambda word: _is_name(word, language))
    last = _without_broken_end(rows.last, ours, theirs)
    outer = [slot for slot in (rows.first, last) if slot.is_exchange]
    # A date under both texts is part of them; a note under one and an address under the other is
    # not, and no more is what each of two institutions says of itself.
    longest = LONGEST_DATE if pair.are_of_one_source else 0
    ends = [slot for slot in outer if max(len(slot.left), len(slot.right)) > longest]
    exchanged = [slot for slot in (*rows.inner, *outer) if slot.is_exchange and slot not in ends]
    inserted = [slot for slot in rows.inner if not slot.is_exchange]
    own = ends if pair.are_of_one_source else ()
    numbers = _other_numbers((*exchanged, *inserted))
    days = bool(numbers) and _give_other_days(pair)
    return Difference(
        share=rows.shared / min(len(ours.words), len(theirs.words)),
        alike=rows.shared / max(len(ours.words), len(theirs.words)),
        numbers=sum(map(len, numbers)) if days else len(numbers),
        countries=_name_other_countries(pair, (*exchanged, *own), inserted),
        days=days,
        words=sum(map(_exchanged_words, exchanged)),
        ends=sum(map(_exchanged_words, ends)),
        added=sum(
            len(slot.left + slot.right)
            for slot in (rows.first, *inserted, last)
            if not slot.is_exchange
        ),
        is_beginning=rows.first == NOTHING and not (rows.inner or last.is_exchange),
    )


def _is_name(word: str, language: str | None) -> bool:
    return is_calendar_word(word, language) or bool(places_among((word,), language))


def _without_broken_end(last: Slot, ours: Substance, theirs: Substance) -> Slot:
    """A summary's last word may be half of what stands in the full text."""
    if ours.is_cut and len(last.left) <= BROKEN_OFF:
        return Slot(left=(), right=last.right)
    if theirs.is_cut and len(last.right) <= BROKEN_OFF:
        return Slot(left=last.left, right=())
    return last


def _other_numbers(slots: Iterable[Slot]) -> set[tuple[str, ...]]:
    """The numbers that differ, those of one place together; what stands at two counts once."""
    pairs = {
        (tuple(filter(_is_number, slot.left)), tuple(filter(_is_number, slot.right)))
        for slot in slots
    }
    return {max(pair, key=len) for pair in pairs if pair[0] != pair[1]}


def _is_number(word: str) -> bool:
    return any(map(str.isdigit, word))


def _exchanged_words(slot: Slot) -> int:
    return max(sum(not _is_number(word) for word in side) for side in (slot.left, slot.right))


def _name_other_countries(pair: Pair, exchanged: Iterable[Slot], inserted: Sequence[Slot]) -> bool:
    for slot in exchanged:
        one, other = _named(slot.left, pair.a), _named(slot.right, pair.b)
        if one and other and one != other:
            return True
    # Sudan, South Sudan: what was put in makes another name of what both have.
    if not any(_named(slot.left + slot.right, pair.a) or _is_short(slot) for slot in inserted):
        return False
    ours, theirs = (
        frozenset(places(each.text, text.language))
        for each, text in zip(pair.substances, (pair.a, pair.b), strict=True)
    )
    return not (ours <= theirs or theirs <= ours)


def _named(words: tuple[str, ...], text: Text) -> frozenset[str]:
    return places_among(words, text.language) if len(words) < MANY else frozenset()


def _is_short(slot: Slot) -> bool:
    return len(slot.left + slot.right) <= BROKEN_OFF


def _give_other_days(pair: Pair) -> bool:
    ours, theirs = (
        frozenset(figures(each.text, text.language).days)
        for each, text in zip(pair.substances, (pair.a, pair.b), strict=True)
    )
    return not (ours <= theirs or theirs <= ours)
