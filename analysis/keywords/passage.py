"""The text that keywords are looked for in: title and body as one string, with ways back."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property

from analysis.fold import fold, folding
from analysis.language import read_in
from analysis.words import SPACELESS_SIGN, word_starts, words_in_a_row
from domain.reading import Part

CYRILLIC = re.compile("[\u0400-\u04ff]")
FOLDED_TO_LATIN = frozenset({"sr", "bs", "hr", "az"})

# Neither white space nor a letter: no phrase reaches from the title into the text.
BREAK = "\0"

# A dateline or a subtitle does not use up the lead, and a text in one piece is not all lead.
LEAD_AT_LEAST = 12
LEAD_AT_MOST = 120
FEWEST_WORDS = words_in_a_row(LEAD_AT_LEAST)
MOST_WORDS = words_in_a_row(LEAD_AT_MOST)

# As many letters are counted in no time, however many hits ask.
SHORT = 20_000
GAP = re.compile(f"[ {BREAK}]")


class Passage:
    """Title and text, folded together once."""

    def __init__(
        self,
        title: str,
        text: str,
        *,
        language: str | None,
        languages: Sequence[str] = (),
        boilerplate: Sequence[tuple[int, int]] = (),
    ) -> None:
        self.title = title
        self.text = text
        self.boilerplate = boilerplate
        """Stretches of the text that count for nothing."""
        self.language = language
        self.original = f"{title}{BREAK}{text}"
        # To find out takes twice as long as to judge, so whoever has kept them says them.
        self.languages = tuple(languages) or _languages(title, text, language)
        """In which languages it is read, the one that it is folded for first."""
        self.folding = folding(self.languages[0] if self.languages else language)
        self.folded = fold(self.original, self.folding)
        self._text_start = len(title) + len(BREAK)

    def place(self, start: int, end: int) -> tuple[Part, int, int]:
        """The part, and the code points of it, that a stretch of the folded text stands for."""
        first, last = self.folded.original(start, end)
        if first < self._text_start:
            return Part.TITLE, first, last
        return Part.TEXT, first - self._text_start, last - self._text_start

    def is_boilerplate(self, parts: Iterable[tuple[int, int]]) -> bool:
        """True where one of these stretches of the folded text lies in what counts for nothing."""
        if not self.boilerplate:
            return False
        places = [self.place(start, end) for start, end in parts]
        return any(
            where is Part.TEXT and touches(first, last, stretches=self.boilerplate)
            for where, first, last in places
        )

    def word_number(self, place: int) -> int:
        """How many words begin before or at a place of the folded text."""
        if self._word_starts is not None:
            return bisect_right(self._word_starts, place)
        return self.words_between(0, place)

    def words_between(self, place: int, later: int) -> int:
        """How many words begin behind a place of the folded text, and before or at a later one."""
        if self._word_starts is not None:
            return self.word_number(later) - self.word_number(place)
        text = self.folded.text
        return text.count(" ", place, later) + text.count(BREAK, place, later)

    @cached_property
    def lead_end(self) -> int:
        """Where in the text its first paragraph ends."""
        return lead_end(self.text)

    @cached_property
    def _word_starts(self) -> list[int] | None:
        text = self.folded.text
        if not text.isascii() and SPACELESS_SIGN.search(text):
            return word_starts(text)
        # Elsewhere counting spaces is as good; in a book each hit would count half of them again.
        return None if len(text) <= SHORT else [gap.end() for gap in GAP.finditer(text)]


def touches(start: int, end: int, *, stretches: Sequence[tuple[int, int]]) -> bool:
    """True where a stretch has a letter of some others, which are in order and do not overlap.

    >>> touches(3, 5, stretches=[(0, 2), (4, 9)]), touches(2, 4, stretches=[(0, 2), (4, 9)])
    (True, False)
    """
    last = bisect_left(stretches, (end,)) - 1
    return last >= 0 and stretches[last][1] > start


def lead_end(text: str) -> int:
    """Where the first paragraph ends; what is too short for one goes with the next.

    >>> lead_end("Warsaw, 18 March")
    16
    """
    least = FEWEST_WORDS.match(text)
    if least is None:
        return len(text)
    line_end = text.find("\n", least.end())
    end = line_end if line_end >= 0 else len(text)
    most = MOST_WORDS.match(text, 0, end)
    return most.end() if most else end


def _languages(title: str, text: str, language: str | None) -> tuple[str, ...]:
    """The text's own language first, unless another's folding serves both.

    Where Cyrillic letters are read as Serbian too, they are folded to Latin ones for all: the
    Serbian keywords are written in these, and others are folded the same way.
    """
    codes = read_in(title, text, language) if language else ()
    if len(codes) > 1 and CYRILLIC.search(title + text):
        return tuple(sorted(codes, key=lambda code: code not in FOLDED_TO_LATIN))
    return codes
