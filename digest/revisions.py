"""What of a corrected release does a reader need to know?

Press offices mend commas and slips of the hand every day; that is no news. News is a sentence that
came, went or changed and carries a matched word, a number or a date. Sentences are compared as a
set: moving a paragraph is no change either, and the cost stays in proportion to the text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise, takewhile
from operator import eq
from unicodedata import normalize

from domain.release import Revision

Words = tuple[str, ...]

# Enough to tell two texts apart: where a text is cut oddly, both are. "16. März" is not cut.
SENTENCE_END = re.compile(r"(?<=[.!?…؟।۔])(?<!\d\.)\s+|(?<=[。！？])|\n")

# What may change in a sentence that says the same. Quotes may not: an office that sets them around
# "elections" takes a position.
FORM = re.compile(r"[\s.,;:!?…،؛؟۔।。、，．！？：；·'’ʼ\u00ad\-‐‑–—]+")
QUOTES = re.compile(r"[“”„«»‹›‘‚「」『』]")
# In scripts of letters one letter may be a slip; in others it is a syllable, or a word.
LAST_LETTER = "\u052f"
SHORTEST_SLIP = 5
FIRM_START = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Sentences that a press office exchanged after publication; either side may be empty."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    seen_at: datetime


def changes(revisions: Sequence[Revision], *, words: Collection[str]) -> tuple[Change, ...]:
    """What changed from text to text, oldest first, where it carries a figure or one of the words.

    The words are given in small letters.
    """
    found = (_change(old, new, words) for old, new in pairwise(revisions))
    return tuple(change for change in found if change)


def _change(old: Revision, new: Revision, words: Collection[str]) -> Change | None:
    before, after = _sentences(old), _sentences(new)
    went = [said for said in before if said not in after]
    came = [said for said in after if said not in before]
    gone = tuple(before[said] for said in went if not _is_mended(said, came))
    come = tuple(after[said] for said in came if not _is_mended(said, went))
    telling_gone, telling_come = _telling(gone, words), _telling(come, words)
    if not telling_gone and not telling_come:
        return None
    # The other side of a telling sentence is shown even if its figure is what went missing.
    return Change(old=telling_gone or gone, new=telling_come or come, seen_at=new.seen_at)


def _sentences(revision: Revision) -> dict[Words, str]:
    """Title and sentences by what they say, in the order of the text; white space made even."""
    parts = [revision.title, *SENTENCE_END.split(revision.text)]
    return {_said(part): " ".join(part.split()) for part in parts if part and not part.isspace()}


def _said(sentence: str) -> Words:
    plain = QUOTES.sub('"', normalize("NFC", sentence)).casefold()
    return tuple(filter(None, FORM.split(plain)))


def _is_mended(sentence: Words, others: Iterable[Words]) -> bool:
    """True where one of the others is the same but for slips of the hand."""
    return any(
        len(sentence) == len(other)
        and all(one == two or _is_slip(one, two) for one, two in zip(sentence, other, strict=True))
        for other in others
    )


def _is_slip(one: str, other: str) -> bool:
    """True for a word mistyped within: two letters swapped, or one more, less or another.

    At its ends one letter makes another word: *legal* and *illegal*, *keine* and *eine*.

    >>> _is_slip("recieve", "receive"), _is_slip("ilegal", "legal"), _is_slip("1,050", "1,060")
    (True, False, False)
    """
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < SHORTEST_SLIP or not all(map(_may_slip, one + other)):
        return False
    head = _common(shorter, longer)
    tail = _common(shorter[head:][::-1], longer[head:][::-1])
    went, came = shorter[head : len(shorter) - tail], longer[head : len(longer) - tail]
    is_swap = len(went) == len(came) == FIRM_START and went == came[::-1]
    return head >= FIRM_START and tail > 0 and (is_swap or len(came) == 1)


def _common(one: str, other: str) -> int:
    """How many letters both begin with."""
    return sum(takewhile(bool, map(eq, one, other)))


def _may_slip(letter: str) -> bool:
    return letter.isalpha() and letter <= LAST_LETTER


def _telling(sentences: Sequence[str], words: Collection[str]) -> tuple[str, ...]:
    return tuple(
        sentence
        for sentence in sentences
        if any(map(str.isdigit, sentence)) or any(word in sentence.casefold() for word in words)
    )
