"""What of a text is the same in every language?

Its numbers, its days, the countries it names, and the meanings of some of its words, in their
order. Of two texts in two languages that is all there is to compare without translating either.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from analysis.figures import figures
from analysis.fold import fold
from analysis.glossary import meanings, named
from analysis.places import places
from analysis.sentences import sentences
from analysis.substance import substance
from domain.reading import Text

# How much sooner or later the same thing comes in another language, as a part of the text.
NEAR = 0.08
WITHIN_A_PARAGRAPH = 0.2
_YEAR = re.compile(r"(?:19|20)\d\d")


class Place(NamedTuple):
    """Where something stands in a text."""

    paragraph: int
    sentence: int
    part: float
    """From 0 for the beginning of the text to 1 for its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchors:
    """What a text has in common with its translations."""

    paragraphs: int
    sentences: int
    meanings: tuple[tuple[str, Place], ...]
    countries: frozenset[str]
    numbers: frozenset[str]
    days: frozenset[tuple[int, int]]


@lru_cache(maxsize=512)
def anchors(text: Text) -> Anchors:
    """The anchors of a text in the language it is written in."""
    language = text.language or ""
    body = substance(text.title, text.text).text
    found = figures(body, language)
    bounds = sentences(body)
    return Anchors(
        paragraphs=body.count("\n") + 1,
        sentences=len(bounds),
        meanings=tuple(
            (name, Place(body.count("\n", 0, start), number, (start + at) / len(body)))
            for number, (start, end) in enumerate(bounds)
            for at, name in meanings(fold(body[start:end], None).text, language)
        ),
        countries=frozenset(places(body, language)),
        numbers=frozenset(filter(_tells, found.numbers)),
        days=frozenset(found.days),
    )


def things(text: Text) -> frozenset[str]:
    """What a text names, wherever; for next to no price."""
    language = text.language or ""
    body = substance(text.title, text.text).text
    found = figures(body, language)
    return frozenset(
        {
            *named(fold(body, None).text, language),
            *places(body, language),
            *filter(_tells, found.numbers),
            *(f"{month}-{day}" for month, day in found.days),
        }
    )


def _tells(number: str) -> bool:
    # Years are in every second text, and single figures may be words elsewhere.
    return not _YEAR.fullmatch(number)


def agreeing(one: Anchors, other: Anchors) -> int:
    """How many meanings of one text the other has at about the same place, each counted once."""
    there: dict[str, list[Place]] = {}
    for name, place in other.meanings:
        there.setdefault(name, []).append(place)
    agreed = 0
    for name, ours in one.meanings:
        found = next((at for at in there.get(name, ()) if _is_near(ours, at, one, other)), None)
        if found is not None:
            there[name].remove(found)
            agreed += 1
    return agreed


def _is_near(ours: Place, theirs: Place, one: Anchors, other: Anchors) -> bool:
    """True for about the same place; in some languages all stands the other way round."""
    apart = abs(ours.part - theirs.part)
    if apart <= NEAR:
        return True
    if one.sentences == other.sentences and ours.sentence == theirs.sentence:
        return True
    is_aligned = one.paragraphs == other.paragraphs > 1
    return is_aligned and ours.paragraph == theirs.paragraph and apart <= WITHIN_A_PARAGRAPH
