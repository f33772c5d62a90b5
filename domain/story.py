"""What is held in memory, as readers meet it: releases with their past, and stories."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.reading import Likeness, Match, TextKey
from domain.release import Appearance, Revision, Witness
from domain.source import SourceId


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRelease:
    """A release as the store gives it back: its text in force and all that is known of it."""

    id: str
    """Short, stable, never reused."""
    story_id: str
    source_id: SourceId
    institution: str
    country: str
    url: str
    """The address it was first listed under."""
    title: str
    text: str
    language: str | None
    published_at: datetime | None
    first_seen_at: datetime
    matches: tuple[Match, ...]
    appearances: tuple[Appearance, ...]
    """Oldest first."""
    revisions: tuple[Revision, ...]
    """Oldest first, the text in force included: one where nothing ever changed."""
    witnesses: Mapping[str, Witness]
    """Which witness each field of the text in force came from."""

    def match(self, topic: str) -> Match | None:
        """What a topic makes of it; None where it had no hit."""
        return next((match for match in self.matches if match.topic == topic), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One announcement, wherever it was published."""

    id: str
    releases: tuple[StoredRelease, ...]
    """First seen first."""
    told: frozenset[str]
    """Ids of those that a digest told the reader of; none where nobody in particular reads."""
    as_told: Mapping[str, StoredRelease]
    """By their ids, those of them that read otherwise by now, as the reader knows them."""
    alerted_at: datetime | None = None
    """When an alert told the reader of it; it is news to the next digest all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A story with everything that speaks for and against its releases being one announcement."""

    story: Story
    near: tuple[StoredRelease, ...]
    """Releases of other stories that are like one of these, the most alike first."""
    more_near: int
    """How many others there are."""
    likenesses: tuple[Likeness, ...]
    """Between texts of all these releases; what a person said first, then by strength."""
    release_of: Mapping[TextKey, str]
    """The id of the release of each text."""
