"""What do others know of a release? One row that comes in from outside, and what became of rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.reading import Reading
from domain.release import Release
from domain.source import SourceId


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One row as somebody else wrote it, not trusted yet; what it does not give is empty."""

    id: str | int
    source_id: SourceId
    institution: str
    country: str
    language: str
    url: str
    title: str
    text: str
    published: str
    """As given, where it can be read: it may name no more than a month or a year."""
    published_at: datetime | None
    line: bytes
    """The row itself: what stands behind its release when somebody asks for proof."""

    @property
    def key(self) -> str:
        """What tells it from all other rows of its source."""
        return str(self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A row with the release that it holds and what was read in it."""

    record: Record
    release: Release
    reading: Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of rows: each is new, revised or known."""

    new: int = 0
    revised: int = 0
    """Known by their id, and with other words than before."""
    known: int = 0
    releases: int = 0
    """Those that none of the rows held so far belonged to."""
    matched: int = 0
    """New releases that match a topic."""
    stories: int = 0
    """Stories that had no release before."""
    sources: tuple[SourceId, ...] = ()
    """Made for these rows, because nobody configured them."""

    @property
    def rows(self) -> int:
        """How many rows there were."""
        return self.new + self.revised + self.known

    def __add__(self, other: Imported) -> Imported:
        """Both together."""
        return Imported(
            new=self.new + other.new,
            revised=self.revised + other.revised,
            known=self.known + other.known,
            releases=self.releases + other.releases,
            matched=self.matched + other.matched,
            stories=self.stories + other.stories,
            sources=self.sources + other.sources,
        )
