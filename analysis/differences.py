"""What differs between two texts, word by word?

Paragraphs are compared first and then the words of those that differ, so the cost stays near
what a reader would look at, however long the texts are. Nothing is lost: what stayed and what
went is the old text, what stayed and what came is the new one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

from analysis.words import RUN

PARAGRAPH = re.compile(r"[^\n]+|\n")
"""A paragraph, or a line break: the last paragraph has none, and is the same as with one."""
WORD = re.compile(rf"(?:{RUN}|.)\s*", re.DOTALL)
"""A word or one other character, of scripts without spaces too; with the white space behind."""

# Comparing takes time by the square. So many words that were exchanged in one piece are another
# text; then the one stands for the other.
MOST_WORDS = 5_000


class Deed(StrEnum):
    """What became of a stretch of text."""

    STAYED = "stayed"
    WENT = "went"
    CAME = "came"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A piece of either text, or of both."""

    deed: Deed
    text: str


def differences(old: str, new: str) -> tuple[Stretch, ...]:
    """Both texts as one row of stretches.

    >>> [str(one.deed) for one in differences("We recognise it.", "We do not recognise it.")]
    ['stayed', 'came', 'stayed']
    """
    by_deed = groupby(_paragraphs(old, new), key=lambda stretch: stretch.deed)
    return tuple(
        Stretch(deed=deed, text="".join(stretch.text for stretch in same)) for deed, same in by_deed
    )


def _paragraphs(old: str, new: str) -> Iterator[Stretch]:
    # A line that a long text repeats without end says nothing of what belongs together.
    paragraphs = PARAGRAPH.findall(old), PARAGRAPH.findall(new)
    for stayed, before, after in _compared(*paragraphs, skips_commonest=True):
        if stayed:
            yield Stretch(deed=Deed.STAYED, text=before)
        else:
            yield from _words(before, after)


def _words(old: str, new: str) -> Iterator[Stretch]:
    before, after = WORD.findall(old), WORD.findall(new)
    if len(before) + len(after) > MOST_WORDS:
        before, after = [old], [new]
    for stayed, went, came in _compared(before, after, skips_commonest=False):
        if stayed:
            yield Stretch(deed=Deed.STAYED, text=went)
            continue
        if went:
            yield Stretch(deed=Deed.WENT, text=went)
        if came:
            yield Stretch(deed=Deed.CAME, text=came)


def _compared(
    old: Sequence[str], new: Sequence[str], *, skips_commonest: bool
) -> Iterator[tuple[bool, str, str]]:
    """Whether a piece is in both, what it was, and what it is, in order."""
    matcher = SequenceMatcher(None, old, new, autojunk=skips_commonest)
    for tag, a, b, c, d in matcher.get_opcodes():
        yield tag == "equal", "".join(old[a:b]), "".join(new[c:d])
