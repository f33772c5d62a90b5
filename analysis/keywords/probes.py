"""How does a term show in folded text?

A probe is a plain string for the automaton to find, and what must stand before and behind it: the
bounds of the word, any beginning or ending, the rest of a phrase, and what its language joins to
words. Where a script sets no spaces, a word is found anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from analysis.fold import fold
from analysis.keywords.joined import ENDINGS, LOOSE, in_front
from analysis.keywords.terms import Word
from analysis.letters import ZWNJ
from analysis.words import INDIC, LONGEST_WORD, SPACELESS, is_letter, word_start

NOTHING = ""
ANY_BEGINNING = rf"(?:[^\W{SPACELESS}]|[{INDIC}]){{0,{LONGEST_WORD}}}?"
"""As short as can be, for the word itself follows."""
ANY_ENDING = rf"(?:[^\W{SPACELESS}]|[{INDIC}]){{0,{LONGEST_WORD}}}+"
END_OF_WORD = rf"(?![^\W{SPACELESS}]|[{INDIC}])"


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """A string to find, and what must surround it."""

    literal: str
    before: str | None
    """What its word may begin with, as a regular expression; None where words have no bounds."""
    behind: str
    """What follows, as a regular expression: the rest of the word, of the phrase."""

    @property
    def may_be_inside(self) -> bool:
        """False where its word begins with the literal."""
        return self.before != NOTHING

    def span(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """The whole words that the literal at this place belongs to; None if they are others."""
        if self.behind == END_OF_WORD:
            if is_letter(text[end : end + 1]):
                return None
        elif (rest := _compiled(self.behind).match(text, end)) is None:
            return None
        else:
            end = rest.end()
        if self.before is None:
            return start, end
        is_inside = is_letter(text[start - 1 : start])
        if self.before == NOTHING:
            return None if is_inside else (start, end)
        first = word_start(text, start) if is_inside else start
        return (first, end) if _compiled(self.before).fullmatch(text, first, start) else None

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Every place of a text that has it."""
        start = text.find(self.literal)
        while start >= 0:
            if (span := self.span(text, start, start + len(self.literal))) is not None:
                yield span
            start = text.find(self.literal, start + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A word of a term as folded text shows it; the outer two are regular expressions."""

    before: str
    core: str
    behind: str
    opens_anywhere: bool
    closes_anywhere: bool


def probe(words: Sequence[Word], *, language: str, folding: str | None) -> Probe:
    """The probe of words of a language that follow each other, in a text folded as given.

    >>> found = probe([Word(text="Wahl", any_before=True)], language="de", folding="de")
    >>> text = "die parlamentswahl war frei"
    >>> found.span(text, 14, 18)
    (4, 18)
    """
    pieces = [piece for word in words for piece in _pieces(word, language)]
    shapes = [_shape(piece, language=language, folding=folding) for piece in pieces]
    first, *others = _runs(shapes, language)
    before = None if first.opens_anywhere else first.before
    literal, behind = first.core, first.behind
    if others and before is not None and _is_better_found_by(others[0], first, language):
        before += re.escape(literal) + behind
        literal, behind = f" {others[0].core}", others[0].behind
        first, *others = others
    for left, right in pairwise([first, *others]):
        gap = " ?" if _is_loose(left, right, language) else " "
        rest = right.before + re.escape(right.core) + right.behind
        behind = behind.removesuffix(END_OF_WORD) + gap + rest
    return Probe(literal=literal, before=before, behind=behind)


def _runs(shapes: Sequence[Shape], language: str) -> list[Shape]:
    """The words of a phrase; as long as nothing may vary between them, as one plain string."""
    runs = [shapes[0]]
    for right in shapes[1:]:
        left = runs[-1]
        if left.behind == END_OF_WORD and _is_plain_gap(left, right, language):
            runs[-1] = replace(
                left,
                core=f"{left.core} {right.core}",
                behind=right.behind,
                closes_anywhere=right.closes_anywhere,
            )
        else:
            runs.append(right)
    return runs


def _is_better_found_by(second: Shape, first: Shape, language: str) -> bool:
    """True where what follows a stem with any ending is rarer than the stem."""
    is_stem = first.behind == ANY_ENDING and all(map(is_letter, first.core))
    is_rarer = len(second.core) > len(first.core)
    return is_stem and is_rarer and _is_plain_gap(first, second, language)


def _is_plain_gap(left: Shape, right: Shape, language: str) -> bool:
    return right.before == NOTHING and not _is_loose(left, right, language)


def _is_loose(left: Shape, right: Shape, language: str) -> bool:
    return language in LOOSE or (left.closes_anywhere and right.opens_anywhere)


def _pieces(word: Word, language: str) -> list[Word]:
    """A word at its half-spaces, where these may as well be whole ones, or none."""
    if language not in LOOSE or ZWNJ not in word.text.strip(ZWNJ):
        return [word]
    texts = [text for text in word.text.split(ZWNJ) if text]
    last = len(texts) - 1
    return [
        Word(
            text=text,
            any_before=word.any_before and place == 0,
            any_after=word.any_after and place == last,
        )
        for place, text in enumerate(texts)
    ]


def _shape(word: Word, *, language: str, folding: str | None) -> Shape:
    core = fold(word.text, folding).text
    core = core if word.any_before else core.lstrip()
    core = core if word.any_after else core.rstrip()
    opens_anywhere = not is_letter(core[0])
    closes_anywhere = not is_letter(core[-1])
    before = NOTHING
    if word.any_before:
        before = ANY_BEGINNING
    elif not opens_anywhere:
        before, core = in_front(core, language)
    return Shape(
        before=before,
        core=core,
        behind=_behind(word, language, closes_anywhere=closes_anywhere),
        opens_anywhere=opens_anywhere,
        closes_anywhere=closes_anywhere,
    )


def _behind(word: Word, language: str, *, closes_anywhere: bool) -> str:
    if closes_anywhere:
        return ANY_ENDING if word.any_after and not word.text[-1].isalnum() else NOTHING
    if word.any_after:
        return ANY_ENDING
    return ENDINGS.get(language, NOTHING) + END_OF_WORD


# Compiling takes a hundred times as long as looking; most phrases are never come near.
@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
