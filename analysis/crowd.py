"""With which of many texts is one to be compared?

With all that it can be like. Whether two texts can be is asked of sketches first, which costs next
to nothing; so at an address that shows another text each week most are never laid side by side.
Where very many remain, as of a template that is filled in each day, two kinds of them tell what a
text is. The most alike: its copy, its beginning and a longer text around it share more with it than
a sibling can. And those of the nearest days: what a summary of both might join must be known to be
apart. A hundred institutions may print one text, so what its own published is a crowd of its own.
Which texts are chosen depends on these alone, not on who came first.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache
from heapq import nlargest

from analysis.substance import substance
from analysis.wording import LIKE, sketch
from domain.reading import Text

MOST = 30
"""That are all compared, of one institution and of all others."""
FEW = 4
"""Of each kind, of more than that."""

Alike = tuple[float, Text]
"""How much of the shorter of two texts the longer one may hold, and the other text."""


def nearest(text: Text, others: Sequence[Text]) -> list[Text]:
    """Those of other texts that are to be compared with one."""
    own: list[Alike] = []
    foreign: list[Alike] = []
    chosen: list[Text] = []
    for other in others:
        if _are_in_two_languages(text, other):
            # What they share is no words.
            chosen.append(other)
        elif (share := _share_at_most(text, other)) >= LIKE:
            (own if other.source_id == text.source_id else foreign).append((share, other))
    return [*chosen, *_of_a_crowd(text, own), *_of_a_crowd(text, foreign)]


def _of_a_crowd(text: Text, crowd: Sequence[Alike]) -> list[Text]:
    if len(crowd) <= MOST:
        return [other for _, other in crowd]
    most_alike = nlargest(FEW, crowd, key=lambda each: (each[0], each[1].key))
    taken = {other.key for _, other in most_alike}
    left = [each for each in crowd if each[1].key not in taken]
    soonest = nlargest(FEW, left, key=lambda each: (-_between(text, each[1]), each[0], each[1].key))
    return [other for _, other in (*most_alike, *soonest)]


def _between(one: Text, other: Text) -> timedelta:
    if one.published_at is None or other.published_at is None:
        return timedelta.max
    return abs(one.published_at - other.published_at)


def _are_in_two_languages(a: Text, b: Text) -> bool:
    return bool(a.language and b.language) and a.language != b.language


def _share_at_most(a: Text, b: Text) -> float:
    ours, theirs = _sketch(a.title, a.text), _sketch(b.title, b.text)
    if ours is None or theirs is None:
        return 1.0
    (fewer, few), (_, many) = (ours, theirs) if ours < theirs else (theirs, ours)
    return (fewer - (few & ~many).bit_count()) / fewer


@lru_cache(maxsize=4096)
def _sketch(title: str, text: str) -> tuple[int, int] | None:
    """None of a text without words: others are like it for other reasons."""
    words = substance(title, text).words
    return sketch(words) if words else None
