"""What do we make of a release, and of two texts? The judgement that collecting asks for; pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from analysis import dedup, furniture, searching
from analysis.boilerplate import stretches
from analysis.crowd import nearest
from analysis.fingerprint import fingerprint, marks
from analysis.keywords import Keywords, Passage
from analysis.language import detect
from domain.reading import (
    Fingerprint,
    Folded,
    Likeness,
    Marks,
    Match,
    Partition,
    Reading,
    Text,
    TextKey,
)
from domain.release import Release

if TYPE_CHECKING:
    from storage.judging import HeldText


def read(release: Release, keywords: Keywords, *, boilerplate: Collection[str] = ()) -> Reading:
    """What our judgement finds in a release.

    It needs nothing but the release, the rules, and the lines that its source shows under each.
    """
    declared = [release.language] if release.language else []
    language = detect(release.title, release.text, declared)
    text = Text(
        source_id=release.source_id,
        canonical_url=release.canonical_url,
        title=release.title,
        text=release.text,
        language=language,
        published_at=release.published_at,
        fingerprint=fingerprint(release.text),
    )
    passage = Passage(
        release.title,
        release.text,
        language=language,
        boilerplate=stretches(release.text, boilerplate),
    )
    return Reading(
        text=text,
        marks=marks(text),
        language=language,
        folded=searching.folded(passage),
        matches=keywords.match_in(passage),
        rules=keywords.rules,
    )


def fold(title: str, text: str, language: str | None) -> Folded:
    """The folded form of a text, for one that was read before there was any."""
    return searching.folded(Passage(title, text, language=language))


def mark(text: Text) -> tuple[Fingerprint, Marks]:
    """The marks of a text, for one that an older program read."""
    return fingerprint(text.text), marks(text)


def judge(held: HeldText, keywords: Keywords, *, boilerplate: Collection[str]) -> tuple[Match, ...]:
    """What topics make of a stored text, without the lines that its source shows under each."""
    return keywords.match_in(
        Passage(
            held.title,
            held.text,
            language=held.language,
            languages=held.languages,
            boilerplate=stretches(held.text, boilerplate),
        )
    )


class Ingest:
    """The judge that the store asks inside its transaction."""

    def compare(self, newcomer: Text, neighbours: Sequence[Text]) -> tuple[Likeness, ...]:
        """Return a likeness for each neighbour that the newcomer has one with."""
        likely = nearest(newcomer, neighbours)
        likenesses = (dedup.compare(newcomer, neighbour) for neighbour in likely)
        return tuple(likeness for likeness in likenesses if likeness is not None)

    def says_the_same(
        self, old: Text, new: Text, *, shown: Collection[str], titles: Collection[str]
    ) -> bool:
        """Return whether two texts at one address differ only in what stands around them."""
        if old.title != new.title:
            return False
        return furniture.says_the_same(old.text, new.text, shown=shown, titles=titles)

    def partition(self, texts: Collection[TextKey], likenesses: Collection[Likeness]) -> Partition:
        """Return the releases and stories that these likenesses make of these texts."""
        return dedup.partition(texts, likenesses)
