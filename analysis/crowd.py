"""With which of many texts is one to be compared?

With all that it can be like. Whether two texts can be is asked of sketches first, which costs next
to nothing; so at an address that shows another text each week most are never laid side by side.
Where very many remain, as on a page that changes a little every hour, the most alike tell what it
is; comparing each with each would take minutes for a thousand. Which they are depends on the texts
alone, not on who came first.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from heapq import nlargest

from analysis.substance import substance
from analysis.wording import LIKE, sketch
from domain.reading import Text

MOST = 30


def nearest(text: Text, others: Sequence[Text]) -> list[Text]:
    """Those of other texts that are to be compared with one."""
    alike: list[tuple[float, Text]] = []
    chosen: list[Text] = []
    for other in others:
        if _are_in_two_languages(text, other):
            # What they share is no words.
            chosen.append(other)
        elif (share := _share_at_most(text, other)) >= LIKE:
            alike.append((share, other))
    if len(alike) > MOST:
        alike = nlargest(MOST, alike, key=lambda each: (each[0], each[1].key))
    return [*chosen, *(other for _, other in alike)]


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
