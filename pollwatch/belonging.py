"""Why does a release belong to its story, and an address to its release? One sentence each.

Of all likenesses the fewest are told that hold the whole together, what a person said before the
rest, and the strongest before the weaker; told from the release on that was seen first.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, tzinfo
from typing import TypeVar

from digest.calendar import day_of
from domain.reading import BY_PERSON, Likeness, Verdict
from domain.source import SourceId
from domain.story import Membership, StoredRelease

Node = TypeVar("Node", bound=Hashable)
Zones = Mapping[SourceId, tzinfo]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """What speaks for two releases being one story, or against it."""

    release: StoredRelease
    other: StoredRelease
    likeness: Likeness
    sentence: str
    """Calls the other one by the number that it is given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FurtherAddress:
    """An address at which a release stands as well, and how that is known."""

    url: str
    likeness: Likeness
    sentence: str


def joined(found: Membership, *, zones: Zones) -> tuple[Reason, ...]:
    """What joins each release but the first to those before it, in the order of the reasons."""
    known = {release.id: release for release in found.story.releases}
    numbers = {release_id: number for number, release_id in enumerate(known, start=1)}
    edges: dict[tuple[str, str], Likeness] = {}
    for likeness in found.likenesses:
        one, other = _ends(found, likeness)
        if one != other and {one, other} <= known.keys() and _joins(likeness):
            edges.setdefault((one, other), likeness)
    return tuple(
        _reason(known[new], known[old], likeness, name=str(numbers[old]), zones=zones)
        for new, old, likeness in _held_together(next(iter(known)), edges)
    )


def kept_apart(found: Membership, *, zones: Zones) -> tuple[Reason, ...]:
    """What keeps each release that is near out of the story."""
    known = {release.id: release for release in found.story.releases}
    numbers = {release_id: str(number) for number, release_id in enumerate(known, start=1)}
    near = {release.id: release for release in found.near}
    strongest: dict[str, Reason] = {}
    # What says apart explains more than what was overruled.
    for likeness in sorted(found.likenesses, key=_joins):
        for own, stranger in (_ends(found, likeness), _ends(found, likeness)[::-1]):
            if own in known and stranger in near and stranger not in strongest:
                strongest[stranger] = _reason(
                    near[stranger], known[own], likeness, name=numbers[own], zones=zones
                )
    return tuple(strongest[release_id] for release_id in near if release_id in strongest)


def addresses(found: Membership, release: StoredRelease) -> tuple[FurtherAddress, ...]:
    """The addresses at which a release stands, but for the first."""
    texts = [key for key, release_id in found.release_of.items() if release_id == release.id]
    own = set(texts)
    edges: dict[tuple[str, str], Likeness] = {}
    for likeness in found.likenesses:
        one, other = likeness.a.canonical_url, likeness.b.canonical_url
        if one != other and likeness.a in own and likeness.b in own and _joins(likeness):
            edges.setdefault((one, other), likeness)
    return tuple(
        FurtherAddress(url=new, likeness=likeness, sentence=f"the two {likeness.reason}.")
        for new, _, likeness in _held_together(texts[0].canonical_url, edges)
    )


def _ends(found: Membership, likeness: Likeness) -> tuple[str, str]:
    return found.release_of[likeness.a], found.release_of[likeness.b]


def _joins(likeness: Likeness) -> bool:
    return likeness.verdict is not Verdict.APART


def _held_together(
    first: Node, edges: Mapping[tuple[Node, Node], Likeness]
) -> Iterable[tuple[Node, Node, Likeness]]:
    """What leads from the first to every other: new, known and likeness; the best edges first."""
    reached = {first}
    while True:
        step = next(
            ((pair, it) for pair, it in edges.items() if len(reached & set(pair)) == 1), None
        )
        if step is None:
            return
        (one, other), likeness = step
        new, old = (other, one) if one in reached else (one, other)
        reached.add(new)
        yield new, old, likeness


def _reason(
    release: StoredRelease,
    other: StoredRelease,
    likeness: Likeness,
    *,
    name: str,
    zones: Zones,
) -> Reason:
    return Reason(
        release=release,
        other=other,
        likeness=likeness,
        sentence=_sentence(likeness, name, _days_between(release, other, zones)),
    )


def _sentence(likeness: Likeness, name: str, days: str) -> str:
    if likeness.method == BY_PERSON:
        deed = "Joined with" if _joins(likeness) else "Split from"
        return f"{deed} {name} by hand: {likeness.reason}"
    return f"It and {name} {likeness.reason}{days}."


def _days_between(one: StoredRelease, other: StoredRelease, zones: Zones) -> str:
    if one.published_at is None or other.published_at is None:
        return ""
    first, second = (
        day_of(each.published_at, zones.get(each.source_id, UTC))
        for each in (one, other)
        if each.published_at
    )
    apart = abs((first - second).days)
    if apart == 0:
        return "; both are dated the same day"
    return f"; their dates are {apart} day{'s' if apart > 1 else ''} apart"
