"""Which texts does a person mean who types a few words?

Those in which all of them occur, however the text or the person spells them. Both sides are
folded, and to a set of words: what stands in an index, the same one in every database. Scripts
without spaces have no words to type, so there two neighbouring characters make one.

Languages differ in what they fold: a German may write ä, ae or, in a hurry, a; Serbian comes in
two scripts. A text knows its language and is found by its own folding and by that of all
languages. What a person types is of no known language, so each word is folded in every way, and
one of them suffices.

An index of words knows nothing of their order. Where that matters (phrases, words with a hyphen
in them, three and more characters without spaces), texts that hold the words are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from analysis import fold
from analysis.keywords.passage import BREAK, Passage
from analysis.letters import DOUBLE_QUOTES
from analysis.words import RUN, SPACELESS, whole_words
from domain.reading import Folded
from domain.search import Sought, Term, Wording

VERSION = 100 + fold.VERSION
"""Changes with the folding, and in its hundreds with what is done here."""

# Fifteen thousand words. PostgreSQL indexes no more than a megabyte of a text, which this cannot
# reach in any script, and what a site sends has no greatest length.
SEARCHED = 80_000
# Longer "words" are addresses and noise.
LONGEST = 100

PART = re.compile(r'"([^"]*)"?|([^\s"]+)')
PIECE = re.compile(rf"({RUN}|[{SPACELESS}]+)(\*?)")
SIGN = re.compile(rf"{RUN}|[{SPACELESS}]")
STRETCH = re.compile(f"[{SPACELESS}]+")
STRAIGHT = dict.fromkeys(map(ord, DOUBLE_QUOTES), '"')


def folded(passage: Passage) -> Folded:
    """What is kept of a text to find it by.

    >>> sorted(folded(Passage("Wahlen in 日本国", "", language="ja")).words)
    ['in', 'wahlen', '国', '日本', '本国']
    """
    text = passage.folded.text
    words = _words(text)
    if passage.folding is not None:
        words |= _words(fold.fold(passage.original, None).text)
    return Folded(
        version=VERSION,
        text=text.replace(BREAK, "\n"),
        languages=passage.languages,
        words=frozenset(words),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedSearch:
    """What a person typed, made ready to be looked for."""

    terms: tuple[Term, ...]
    phrases: tuple[tuple[re.Pattern[str], ...], ...]
    """Of each term that has several words, all the ways in which it may be written."""

    @property
    def has_phrases(self) -> bool:
        """True where the order of words has to be looked at."""
        return bool(self.phrases)

    def finds(self, title: str, text: str, language: str | None) -> bool:
        """Return whether a text that holds the words holds the phrases too."""
        original = f"{title}{BREAK}{text}"
        codes = (None, language) if language in fold.OWN else (None,)
        spellings = [_in_order(fold.fold(original, code).text) for code in codes]
        return all(
            any(phrase.search(spelling) for phrase in phrases for spelling in spellings)
            for phrases in self.phrases
        )


def typed(words: str) -> TypedSearch:
    """What to look for: every word, ``"phrases in quotes"``, ``begin*``; no sign does more.

    >>> typed("vote").terms
    (((Sought(word='vote', is_beginning=False),),),)
    """
    parts = (quoted or plain for quoted, plain in PART.findall(words.translate(STRAIGHT)))
    spelt = [spellings for part in parts if (spellings := _spellings(part))]
    return TypedSearch(
        terms=tuple(tuple(_wording(pieces) for pieces in spellings) for spellings in spelt),
        phrases=tuple(
            tuple(_phrase(pieces) for pieces in spellings)
            for spellings in spelt
            if any(_is_phrase(pieces) for pieces in spellings)
        ),
    )


Pieces = tuple[tuple[str, bool], ...]
"""Words, and stretches without spaces; each with whether only its beginning was typed."""


def _spellings(part: str) -> tuple[Pieces, ...]:
    foldings = (fold.fold(part, code).text for code in (None, *fold.OWN))
    spelt = (tuple((piece, bool(star)) for piece, star in PIECE.findall(text)) for text in foldings)
    return tuple(dict.fromkeys(pieces for pieces in spelt if pieces))


def _wording(pieces: Pieces) -> Wording:
    return tuple(dict.fromkeys(sought for piece, star in pieces for sought in _sought(piece, star)))


def _sought(piece: str, is_beginning: bool) -> Iterator[Sought]:  # noqa: FBT001 - private
    if not STRETCH.match(piece):
        yield Sought(word=piece[:LONGEST], is_beginning=is_beginning)
    elif len(piece) == 1:
        # Each character begins one of the pairs that a text is found by.
        yield Sought(word=piece, is_beginning=True)
    else:
        for pair in pairwise(piece):
            yield Sought(word="".join(pair), is_beginning=False)


def _is_phrase(pieces: Pieces) -> bool:
    return sum(len(SIGN.findall(piece)) for piece, _ in pieces) > 1


def _phrase(pieces: Pieces) -> re.Pattern[str]:
    """What finds the pieces one after another in a text that is in order."""
    words = [
        re.escape(sign) + r"\S*" * (is_beginning and sign == piece)
        for piece, is_beginning in pieces
        for sign in SIGN.findall(piece)
    ]
    return re.compile(f" {' '.join(words)} ")


def _in_order(text: str) -> str:
    """All words and all characters without spaces, one space around each.

    The end of the title stays, so that no phrase reaches across it.
    """
    parts = (" ".join(SIGN.findall(part)) for part in text.split(BREAK))
    return f" {f' {BREAK} '.join(parts)} "


def _words(text: str) -> set[str]:
    text = text[:SEARCHED]
    words = {word[:LONGEST] for word in set(whole_words(text))}
    for stretch in STRETCH.findall(text):
        words.update(map("".join, pairwise(stretch)))
        words.add(stretch[-1])
    return words
