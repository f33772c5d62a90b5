"""Stand-ins that do the real thing in the simplest way."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import product

from domain.reading import Likeness, Partition, Text, TextKey, Verdict


class FakeJudge:
    """A judge by address and exact fingerprint alone.

    Same source and address are the same release; so are equal words of one source; equal words
    of two sources join one story. ``says`` decides pairs of titles otherwise.
    """

    def __init__(self, says: Mapping[frozenset[str], Verdict | None] | None = None) -> None:
        self.says = says or {}

    def compare(self, newcomer: Text, neighbours: Sequence[Text]) -> tuple[Likeness, ...]:
        """Return a likeness for each neighbour that the newcomer has one with."""
        verdicts = [(neighbour, self._verdict(newcomer, neighbour)) for neighbour in neighbours]
        return tuple(
            likeness(newcomer, neighbour, verdict) for neighbour, verdict in verdicts if verdict
        )

    def partition(self, texts: Collection[TextKey], likenesses: Collection[Likeness]) -> Partition:
        """Return the releases and stories that these likenesses make of these texts."""
        same = [edge for edge in likenesses if edge.verdict is Verdict.SAME]
        joining = [edge for edge in likenesses if edge.verdict is not Verdict.APART]
        apart = {frozenset((edge.a, edge.b)) for edge in likenesses} - {
            frozenset((edge.a, edge.b)) for edge in joining
        }
        return Partition(
            releases=_united(texts, same, apart), stories=_united(texts, joining, apart)
        )

    def _verdict(self, a: Text, b: Text) -> Verdict | None:
        titles = frozenset((a.title, b.title))
        if titles in self.says:
            return self.says[titles]
        if (a.source_id, a.canonical_url) == (b.source_id, b.canonical_url):
            return Verdict.SAME
        if a.fingerprint.words and a.fingerprint.exact == b.fingerprint.exact:
            return Verdict.SAME if a.source_id == b.source_id else Verdict.JOINS
        return None


def likeness(a: Text, b: Text, verdict: Verdict) -> Likeness:
    """A likeness of two texts, full strength where the words are equal."""
    first, second = sorted((a.key, b.key))
    return Likeness(
        a=first,
        b=second,
        verdict=verdict,
        strength=1.0 if a.fingerprint.exact == b.fingerprint.exact else 0.9,
        reason="the fake judge says so",
        method="fake 1",
    )


def _united(
    texts: Collection[TextKey], edges: Sequence[Likeness], apart: Collection[frozenset[TextKey]]
) -> tuple[frozenset[TextKey], ...]:
    groups = {text: frozenset((text,)) for text in texts}
    for edge in sorted(edges, key=lambda edge: (-edge.strength, edge.a, edge.b)):
        left, right = groups[edge.a], groups[edge.b]
        if not any(frozenset(pair) in apart for pair in product(left, right)):
            groups.update(dict.fromkeys(left | right, left | right))
    return tuple(sorted(set(groups.values()), key=min))
