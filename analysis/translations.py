"""Is one text the other in another language?

Nobody translates here. Two texts are taken for one in two languages where they speak of the same
things at the same places (``anchors``), appeared in the same days, and contradict each other in
nothing: a congratulation in French and its sibling in English have all meanings in common, and the
country or the day tells them apart.

The bar is high on purpose. A translation that is missed is read twice; a wrong one hides what
somebody said. It is lower for one institution, and lower still where the two addresses are one but
for the language, for there a site says itself what belongs together.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from analysis.anchors import Anchors, agreeing, anchors
from analysis.pair import Pair
from domain.reading import NEAR_BY_ANCHORS, Verdict
from domain.urls import document_url


class Bar(NamedTuple):
    """What must agree: so many things, and such a share of all that the two speak of."""

    things: int
    share: float


OF_ONE_ADDRESS = Bar(things=3, share=0.4)
OF_ONE_SOURCE = Bar(things=5, share=0.62)
OF_TWO_SOURCES = Bar(things=7, share=0.65)


def translation(pair: Pair) -> tuple[Verdict, float, str] | None:
    """Whether two texts are one in two languages, how surely, and why."""
    if not _may_be(pair):
        return None
    ours, theirs = anchors(pair.a), anchors(pair.b)
    things, share = _agreement(ours, theirs)
    against = _contradictions(ours, theirs)
    if against:
        # One number may have been corrected on one side only.
        is_sibling = len(against) > 1 and _passes(OF_TWO_SOURCES, things, share)
        others = " and ".join(against)
        reason = f"speak of the same things in two languages, but give different {others}"
        return (Verdict.APART, share, reason) if is_sibling else None
    if not _passes(_bar(pair), things, share):
        return None
    reason = f"speak of the same {things} things in two languages, {share:.0%} of all they name"
    return Verdict.TRANSLATION, share, reason


def _may_be(pair: Pair) -> bool:
    ours, theirs = pair.a.language, pair.b.language
    if not ours or not theirs or ours == theirs:
        return False
    if not pair.are_within(NEAR_BY_ANCHORS, unknown=False):
        return False
    return not any(each.is_cut for each in pair.substances) and pair.size > 0


def _passes(bar: Bar, things: int, share: float) -> bool:
    return things >= bar.things and share >= bar.share


def _bar(pair: Pair) -> Bar:
    if not pair.are_of_one_source:
        return OF_TWO_SOURCES
    return OF_ONE_ADDRESS if _differ_in_language(pair) else OF_ONE_SOURCE


def _agreement(ours: Anchors, theirs: Anchors) -> tuple[int, float]:
    """How many things agree, and what share of all."""
    facts = [
        (ours.countries, theirs.countries),
        (ours.numbers, theirs.numbers),
        (ours.days, theirs.days),
    ]
    agreed = agreeing(ours, theirs) + sum(len(one & other) for one, other in facts)
    count = len(ours.meanings) + len(theirs.meanings)
    count += sum(len(one) + len(other) for one, other in facts)
    return agreed, 2 * agreed / count if count else 0.0


def _contradictions(ours: Anchors, theirs: Anchors) -> list[str]:
    """What each says that the other does not; a thing that only one says may have been missed."""
    kinds = {
        "countries": (ours.countries, theirs.countries),
        "days": (ours.days, theirs.days),
        "numbers": (ours.numbers, theirs.numbers),
    }
    return [kind for kind, (one, other) in kinds.items() if _contradict(one, other)]


def _contradict(ours: AbstractSet[object], theirs: AbstractSet[object]) -> bool:
    # Both may name the country that publishes.
    return len(ours & theirs) <= min(len(ours - theirs), len(theirs - ours)) > 0


def _differ_in_language(pair: Pair) -> bool:
    ours, theirs = (
        re.sub(rf"(?<=[/=._-]){text.language}(?=[/&._-]|$)", "", document_url(text.canonical_url))
        for text in (pair.a, pair.b)
    )
    return ours == theirs
