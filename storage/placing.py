"""Which release and which story does a new text belong to?

Nothing but likenesses decides. A newcomer is compared with what is near it, be it held or another
newcomer; then everything that hangs together with it is partitioned anew, as a whole, and rows of
releases and stories are mapped onto the outcome. So it does not matter in which order texts arrive.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from domain.poll import Fate
from domain.reading import Judge, Likeness, Text, TextKey, Verdict
from storage.inheritance import Heir, heirs
from storage.likenesses import among, standings
from storage.neighbours import Near
from storage.revisions import is_change
from storage.settling import settle
from storage.texts import Held


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """Where new texts belong."""

    releases: Mapping[TextKey, int]
    likenesses: tuple[Likeness, ...]
    """Those of the newcomers."""
    fates: Mapping[TextKey, Fate]
    new_stories: int


def place(
    connection: Connection,
    newcomers: Mapping[TextKey, Text],
    *,
    near: Near,
    judge: Judge,
    bonds: Collection[Likeness],
) -> Placing:
    """Compare new texts, partition what hangs together, and map the rows onto it.

    Bonds hold whatever the comparison says.
    """
    new = _bound(_compared(newcomers, near, judge=judge), bonds)
    joined = {key for edge in new if edge.verdict is not Verdict.APART for key in (edge.a, edge.b)}
    held = standings(connection, [near.held[key].id for key in joined if key in near.held])
    together = held.keys() | newcomers.keys()
    edges = [edge for edge in new if edge.a in together and edge.b in together]
    partition = judge.partition(together, (*edges, *among(connection, held)))
    releases = heirs(
        partition.releases, rows={key: (at.text_id, at.release_id) for key, at in held.items()}
    )
    stories = heirs(
        partition.stories, rows={key: (at.text_id, at.story_id) for key, at in held.items()}
    )
    return Placing(
        releases=settle(connection, releases=releases, stories=stories, held=held),
        likenesses=new,
        fates=_fates(newcomers, near.held, releases),
        new_stories=sum(heir.is_new for heir in stories),
    )


def _compared(
    newcomers: Mapping[TextKey, Text], near: Near, *, judge: Judge
) -> tuple[Likeness, ...]:
    """The likenesses of newcomers to what is held near them, and to one another."""
    texts = {key: held.text for key, held in near.held.items()} | dict(newcomers)
    return tuple(
        likeness
        for key, text in newcomers.items()
        for likeness in judge.compare(text, tuple(texts[other] for other in near.of[key]))
    )


def _bound(compared: Sequence[Likeness], bonds: Collection[Likeness]) -> tuple[Likeness, ...]:
    by_pair = {(bond.a, bond.b): bond for bond in bonds}
    for edge in compared:
        pair = (edge.a, edge.b)
        if edge.verdict is Verdict.SAME or pair not in by_pair:
            by_pair[pair] = edge
    return tuple(by_pair.values())


def _fates(
    newcomers: Mapping[TextKey, Text], held: Mapping[TextKey, Held], releases: Sequence[Heir]
) -> dict[TextKey, Fate]:
    """Whether each newcomer began a release, changed one, or is one that we had."""
    fates: dict[TextKey, Fate] = {}
    turns = {key: turn for turn, key in enumerate(newcomers)}
    for heir in releases:
        before = [held[key].text for key in heir.texts if key in held]
        # In their turns: the first may begin what the others change.
        for key in sorted(heir.texts & turns.keys(), key=turns.__getitem__):
            fates[key] = _fate(newcomers[key], before, is_first=heir.is_new and not before)
            before.append(newcomers[key])
    return fates


def _fate(text: Text, before: Sequence[Text], *, is_first: bool) -> Fate:
    if is_first:
        return Fate.STORED
    return Fate.REVISED if is_change(text, before=before) else Fate.KNOWN
