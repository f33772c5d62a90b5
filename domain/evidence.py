"""What stands behind a release when somebody asks for proof, and how long is it kept?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.release import Revision
from domain.story import StoredRelease


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPage:
    """The page that brought a text first; what is known of it outlasts its body."""

    url: str
    """The address that answered, after redirects."""
    headers: tuple[tuple[str, str], ...]
    body: bytes | None
    """As received; None once it was dropped."""
    fetched_at: datetime
    checksum: str
    """SHA-256 of the body, in hex, made when it was fetched."""
    dropped_at: datetime | None
    is_row: bool
    """No server was asked: an imported row stands here for a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """One text of a release, and its page; None where no page brought it."""

    revision: Revision
    page: KeptPage | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Everything that is held of a release."""

    release: StoredRelease
    exhibits: tuple[Exhibit, ...]
    """Oldest first; the last one is the text in force."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long things are kept; None is for ever."""

    unmatched: timedelta | None
    """Pages of releases that match no topic, counted from when they were fetched."""
    matched: timedelta | None
    """Pages of releases that match one."""
    polls: timedelta | None
    """Counted from their beginning; the last one of each feed always stays."""
    mails: timedelta | None
    """Counted from when they were delivered, given up or withdrawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """What was dropped, or would be."""

    unmatched: int = 0
    """Pages of releases that match no topic."""
    matched: int = 0
    size: int = 0
    """The room that the pages took, in bytes."""
    polls: int = 0
    mails: int = 0
    marks: int = 0
    """By which texts that are alike were found; what appears now is too far from them."""

    def __add__(self, other: Dropped) -> Dropped:
        return Dropped(
            unmatched=self.unmatched + other.unmatched,
            matched=self.matched + other.matched,
            size=self.size + other.size,
            polls=self.polls + other.polls,
            mails=self.mails + other.mails,
            marks=self.marks + other.marks,
        )
