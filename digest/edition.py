"""What does one mail hold? Values that a template can print without deciding anything."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from digest.excerpt import Piece, Reason
from digest.revisions import Change
from domain.source import FeedId
from domain.story import StoredRelease
from domain.topic import Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A place where a story was published as well."""

    institution: str
    """With its country."""
    date: str
    url: str
    release_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestStory:
    """One announcement as a reader meets it."""

    title: tuple[Piece, ...]
    institution: str
    """With its country."""
    country: str
    """In English."""
    date: str
    """As stated, or in words that it was not."""
    language: str | None
    """Of the text, in English."""
    sentence: tuple[Piece, ...]
    """The decisive one; empty where that is the title."""
    reasons: tuple[Reason, ...]
    url: str
    also: tuple[Publication, ...]
    changes: tuple[Change, ...]
    sent_at_once: str
    """When an alert told of it, in words; empty where none did."""
    release: StoredRelease
    """The one that stands for the story."""
    further_topics: tuple[Topic, ...]
    """Which it matches too; under those it is not told again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedStory:
    """A story that the reader knows, and what became of it since."""

    known: DigestStory
    """With what changed since it was told."""
    joined: tuple[DigestStory, ...]
    """Each new release by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The stories of one country or body."""

    country: str
    """In English."""
    stories: tuple[DigestStory, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """Everything of one topic."""

    topic: Topic
    sections: tuple[Section, ...]
    since_told: tuple[JoinedStory, ...]

    @property
    def count(self) -> int:
        """How many stories are news."""
        return sum(len(section.stories) for section in self.sections)

    @property
    def length(self) -> int:
        """How many stories it holds, new ones and those that others joined."""
        return self.count + len(self.since_told)


@dataclass(frozen=True, slots=True, kw_only=True)
class TroubledFeed:
    """A feed that readers should not rely on, and why."""

    institution: str
    feed_id: FeedId
    reason: str
    """In plain words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """Everything that one reader is told at once."""

    chapters: tuple[Chapter, ...]
    since: datetime | None
    """None where it holds whatever was not told before."""
    now: datetime
    zone: tzinfo
    watched: int
    """Feeds."""
    silent: tuple[TroubledFeed, ...]
    failing: tuple[TroubledFeed, ...]
    notes: tuple[str, ...]
    """What else the reader should know of this digest, a sentence each."""

    @property
    def count(self) -> int:
        """How many stories are news."""
        return sum(chapter.count for chapter in self.chapters)

    @property
    def length(self) -> int:
        """How many stories it holds, new ones and those that others joined."""
        return sum(chapter.length for chapter in self.chapters)

    @property
    def codes(self) -> frozenset[str]:
        """Whose stories are news, by the codes of ``domain.actors``."""
        return frozenset(
            story.release.country
            for chapter in self.chapters
            for section in chapter.sections
            for story in section.stories
        )


def cut(digest: Digest, length: int) -> Digest:
    """The same digest with its first stories only; a heading that loses all of them goes too."""
    chapters: list[Chapter] = []
    for chapter in digest.chapters:
        shorter = _cut_chapter(chapter, length)
        if shorter.length or not chapter.length:
            chapters.append(shorter)
        length = max(length - chapter.length, 0)
    return replace(digest, chapters=tuple(chapters))


def _cut_chapter(chapter: Chapter, length: int) -> Chapter:
    sections: list[Section] = []
    for section in chapter.sections:
        if length > 0:
            sections.append(replace(section, stories=section.stories[:length]))
        length = max(length - len(section.stories), 0)
    return replace(chapter, sections=tuple(sections), since_told=chapter.since_told[:length])
