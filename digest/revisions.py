"""What of a corrected release does a reader need to know?

Press offices mend commas every day; that is no news. News is a sentence that came, went or
changed and carries a matched word, a number or a date. Sentences are compared as a set: moving
a paragraph is no change either, and the cost stays in proportion to the text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from domain.release import Revision

# Enough to tell two texts apart: where a text is cut oddly, both are. "16. März" is not cut.
SENTENCE_END = re.compile(r"(?<=[.!?…؟।۔])(?<!\d\.)\s+|(?<=[。！？])|\n")


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
    gone = tuple(sentence for sentence in before if sentence not in after)
    come = tuple(sentence for sentence in after if sentence not in before)
    telling_gone, telling_come = _telling(gone, words), _telling(come, words)
    if not telling_gone and not telling_come:
        return None
    # The other side of a telling sentence is shown even if its figure is what went missing.
    return Change(old=telling_gone or gone, new=telling_come or come, seen_at=new.seen_at)


def _sentences(revision: Revision) -> dict[str, None]:
    """Title and sentences, white space made even: keys in the order of the text."""
    parts = [revision.title, *SENTENCE_END.split(revision.text)]
    return dict.fromkeys(" ".join(part.split()) for part in parts if part and not part.isspace())


def _telling(sentences: Sequence[str], words: Collection[str]) -> tuple[str, ...]:
    return tuple(
        sentence
        for sentence in sentences
        if any(map(str.isdigit, sentence)) or any(word in sentence.casefold() for word in words)
    )
