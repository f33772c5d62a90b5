"""What do we make of a release, and of two texts? The judgement that collecting asks for; pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from analysis import dedup, searching
from analysis.crowd import nearest
from analysis.fingerprint import fingerprint, marks
from analysis.keywords import Keywords, Passage, compile_topics
from analysis.language import detect
from domain.reading import (
    Fingerprint,
    Folded,
    Likeness,
    Marks,
    Partition,
    Reading,
    Text,
    TextKey,
)
from domain.release import Release
from domain.topic import Topic

if TYPE_CHECKING:
    from storage.judgements import Judgements


def read(release: Release, keywords: Keywords) -> Reading:
    """What our judgement finds in a release; needs nothing but the release and the rules."""
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
    passage = Passage(release.title, release.text, language=language)
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


class Reader:
    """Reads releases by the topics of a moment.

    What these said is remembered with the first release: a run that brings nothing need not even
    make the keywords ready.
    """

    def __init__(
        self, topics: Sequence[Topic], *, judgements: Judgements, clock: Callable[[], datetime]
    ) -> None:
        self._topics = topics
        self._judgements = judgements
        self._clock = clock

    def __call__(self, release: Release) -> Reading:
        """What our judgement finds in a release."""
        return read(release, self._keywords)

    @cached_property
    def _keywords(self) -> Keywords:
        keywords = compile_topics(self._topics)
        self._judgements.remember_rules(keywords.rules, self._topics, now=self._clock())
        return keywords


class Ingest:
    """The judge that the store asks inside its transaction."""

    def compare(self, newcomer: Text, neighbours: Sequence[Text]) -> tuple[Likeness, ...]:
        """Return a likeness for each neighbour that the newcomer has one with."""
        likely = nearest(newcomer, neighbours)
        likenesses = (dedup.compare(newcomer, neighbour) for neighbour in likely)
        return tuple(likeness for likeness in likenesses if likeness is not None)

    def partition(self, texts: Collection[TextKey], likenesses: Collection[Likeness]) -> Partition:
        """Return the releases and stories that these likenesses make of these texts."""
        return dedup.partition(texts, likenesses)
