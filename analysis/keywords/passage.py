"""The text that keywords are looked for in: title and body as one string, with ways back."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import islice

from analysis.fold import fold
from analysis.words import WORD, word_starts
from domain.reading import Part

# Neither white space nor a letter: no phrase reaches from the title into the text.
BREAK = "\0"

# A dateline or a subtitle does not use up the lead, and a text in one piece is not all lead.
LEAD_AT_LEAST = 12
LEAD_AT_MOST = 120


class Passage:
    """Title and text, folded together once."""

    def __init__(self, title: str, text: str, *, language: str | None) -> None:
        self.text = text
        self.language = language
        self.original = f"{title}{BREAK}{text}"
        self.folded = fold(self.original, language)
        self.title_length = len(title)
        self._text_start = len(title) + len(BREAK)

    def place(self, start: int, end: int) -> tuple[Part, int, int]:
        """The part, and the code points of it, that a stretch of the folded text stands for."""
        first, last = self.folded.original(start, end)
        if first < self._text_start:
            return Part.TITLE, first, last
        return Part.TEXT, first - self._text_start, last - self._text_start

    def word_number(self, place: int) -> int:
        """How many words begin before or at a place of the folded text."""
        return bisect_right(self._word_starts, place)

    @cached_property
    def lead_end(self) -> int:
        """Where in the text its first paragraph ends."""
        return lead_end(self.text)

    @cached_property
    def _word_starts(self) -> list[int]:
        return word_starts(self.folded.text)


def lead_end(text: str) -> int:
    """Where the first paragraph ends; what is too short for one goes with the next.

    >>> lead_end("Warsaw, 18 March")
    16
    """
    words = [word.end() for word in islice(WORD.finditer(text), LEAD_AT_MOST)]
    if len(words) < LEAD_AT_LEAST:
        return len(text)
    limit = words[-1] if len(words) == LEAD_AT_MOST else len(text)
    line_end = text.find("\n", words[LEAD_AT_LEAST - 1], limit)
    return limit if line_end < 0 else line_end
