"""How does a term show in folded text?

A probe is a plain string for the automaton to find, and what must stand before and behind it: the
bounds of the word, any beginning or ending, the rest of a phrase. What a language joins to its
words is allowed for here, so that nobody need write it: the clitics of Arabic and Hebrew in front,
the particles of Korean behind. Where a script sets no spaces, a word is found anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from analysis.fold import fold
from analysis.keywords.terms import Word
from analysis.words import INDIC, LONGEST_WORD, SPACELESS, is_letter, word_start

NOTHING = ""
ANYTHING = rf"(?:[^\W{SPACELESS}]|[{INDIC}]){{0,{LONGEST_WORD}}}+"
END_OF_WORD = rf"(?![^\W{SPACELESS}]|[{INDIC}])"

# Folded: and, so; then with, like, the; "for the" loses a letter.
ARABIC_ARTICLE = "ال"
LETTERS_WITH_ARTICLE = 5
"""In shorter words the two letters may be part of the word."""
ARABIC_DEFINITE = "[وف]?(?:[بك]?ال|لل)"
ARABIC = f"(?:{ARABIC_DEFINITE}|[وف]?[بكلس]?)"
HEBREW = "[והבכלמש]{0,3}"
KOREAN = (
    "들?(?:은|는|이|가|을|를|의|과|와|도|만|로|으로|에|에서|에게|께|께서|부터|까지|보다|처럼|이나|나"
    "|이란|란|이라|라|이라고|라고|이며|며|로서|로써|으로서|으로써|에는|에도|에서는|에서의|에서도|에의"
    "|으로는|로는|와의|과의|부터는|까지의|까지는|이다|임)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """A string to find, and what must surround it."""

    literal: str
    before: str | None
    """What its word may begin with, as a regular expression; None where words have no bounds."""
    behind: str
    """What follows, as a regular expression: the rest of the word, of the phrase."""

    def span(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """The whole words that the literal at this place belongs to; None if they are others."""
        rest = _compiled(self.behind).match(text, end)
        if rest is None:
            return None
        if self.before is None:
            return start, rest.end()
        if not is_letter(text[start - 1 : start]):
            first = start
        elif self.before == NOTHING:
            return None
        else:
            first = word_start(text, start)
        return (first, rest.end()) if _compiled(self.before).fullmatch(text, first, start) else None

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


def probe(words: Sequence[Word], language: str) -> Probe:
    """The probe of words that follow each other.

    >>> found = probe([Word(text="Wahl", any_before=True)], "de")
    >>> text = "die parlamentswahl war frei"
    >>> found.span(text, 14, 18)
    (4, 18)
    """
    shapes = [_shape(word, language) for word in words]
    literal, behind = shapes[0].core, shapes[0].behind
    for left, right in pairwise(shapes):
        # Compounds come with and without spaces there.
        is_loose = language == "ko" or (left.closes_anywhere and right.opens_anywhere)
        # As long as nothing may vary, the phrase is one plain string.
        if not is_loose and right.before == NOTHING and behind == END_OF_WORD:
            literal, behind = f"{literal} {right.core}", right.behind
        else:
            gap = " ?" if is_loose else " "
            rest = right.before + re.escape(right.core) + right.behind
            behind = behind.removesuffix(END_OF_WORD) + gap + rest
    return Probe(
        literal=literal,
        before=None if shapes[0].opens_anywhere else shapes[0].before,
        behind=behind,
    )


def _shape(word: Word, language: str) -> Shape:
    core = fold(word.text, language).text
    core = core if word.any_before else core.lstrip()
    core = core if word.any_after else core.rstrip()
    opens_anywhere = not is_letter(core[0])
    closes_anywhere = not is_letter(core[-1])
    before = NOTHING
    if word.any_before:
        before = ANYTHING
    elif language == "he" and not opens_anywhere:
        before = HEBREW
    elif language == "ar" and _has_article(core):
        before, core = ARABIC_DEFINITE, core.removeprefix(ARABIC_ARTICLE)
    elif language == "ar" and not opens_anywhere:
        before = ARABIC
    return Shape(
        before=before,
        core=core,
        behind=_behind(word, language, closes_anywhere=closes_anywhere),
        opens_anywhere=opens_anywhere,
        closes_anywhere=closes_anywhere,
    )


def _has_article(core: str) -> bool:
    return core.startswith(ARABIC_ARTICLE) and len(core) >= LETTERS_WITH_ARTICLE


def _behind(word: Word, language: str, *, closes_anywhere: bool) -> str:
    if closes_anywhere:
        return ANYTHING if word.any_after and not word.text[-1].isalnum() else NOTHING
    if word.any_after:
        return ANYTHING
    return KOREAN + END_OF_WORD if language == "ko" else END_OF_WORD


# Compiling takes a hundred times as long as looking; most phrases are never come near.
@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
