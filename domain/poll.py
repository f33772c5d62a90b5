"""One polling of one feed: what was remembered before, what it brought, what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from domain.release import Entry, EntryKey, Release
from domain.source import Feed, FeedId


class Outcome(StrEnum):
    """How a visit ended."""

    NEWS = "news"
    """The listing was read; it need not have held anything new."""
    UNCHANGED = "unchanged"
    """304, or the same bytes as last time."""
    FAILED = "failed"
    """There was no listing to read."""
    STOPPED = "stopped"
    """We were told to stop in the middle."""


class Fate(StrEnum):
    """What became of one entry in one poll; exactly one of six once stored."""

    KNOWN = "known"
    FETCHED = "fetched"
    """A visit's word; the store finds out whether that is stored, revised or known."""
    STORED = "stored"
    REVISED = "revised"
    DEFERRED = "deferred"
    SKIPPED = "skipped"
    FAILED = "failed"


class Code(StrEnum):
    """The kinds of problem; docs/problems.md says of each what to do."""

    FEED_UNREACHABLE = "feed_unreachable"
    FEED_REFUSED = "feed_refused"
    FEED_GONE = "feed_gone"
    FEED_MOVED = "feed_moved"
    FEED_NOT_A_FEED = "feed_not_a_feed"
    FEED_GAP = "feed_gap"
    FEED_SILENT = "feed_silent"
    FEED_LATE = "feed_late"
    FEED_THIN = "feed_thin"
    LISTING_EMPTY = "listing_empty"
    RECIPE_MISSED = "recipe_missed"
    CERTIFICATE = "certificate"
    PAGE_TOO_LARGE = "page_too_large"
    ENTRY_WITHOUT_ADDRESS = "entry_without_address"
    ENTRY_GIVEN_UP = "entry_given_up"
    RELEASE_WITHOUT_TITLE = "release_without_title"
    RELEASE_WITHOUT_TEXT = "release_without_text"
    RELEASE_FROM_FEED = "release_from_feed"
    RELEASE_WITHOUT_DATE = "release_without_date"
    DATE_IN_FUTURE = "date_in_future"
    POLL_TOO_LONG = "poll_too_long"
    DELIVERY_FAILED = "delivery_failed"
    KEYWORDS_NOT_APPLIED = "keywords_not_applied"
    EDIT_REFUSED = "edit_refused"
    DISK_LOW = "disk_low"
    UNEXPECTED = "unexpected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something a person should look at, as one visit saw it."""

    code: Code
    place: str
    """A feed id, or the address of an entry."""
    detail: str
    """What happened, in one line."""
    hint: str
    """The likely mend, in one line."""
    is_patient: bool = False
    """Opens only after three polls and six hours: there was no answer, which often passes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server gave us to ask conditionally with, exactly as received."""

    etag: str | None = None
    last_modified: str | None = None
    checksum: str | None = None
    """SHA-256 of the last body, in hex: many servers never answer 304."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """An entry that was listed and not yet fetched for good."""

    entry: Entry
    attempts: int
    not_before_at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedMemory:
    """What we remember of a feed before polling it."""

    validators: Validators = Validators()
    owed: tuple[Owed, ...] = ()
    """Oldest first."""
    failures: int = 0
    """Failed polls in a row before this one."""
    last_new_at: datetime | None = None
    """When it last brought something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """A host's robots.txt as last asked for; RFC 9309."""

    text: str
    """Empty where the host has none (4xx), which allows everything."""
    holds: bool
    """True where it could not be had (5xx, silence): then nothing may be asked."""
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HostMemory:
    """What manners ask us to remember of a host, across feeds, batches and processes."""

    host: str
    """Name and port as in an address: ``www.gov.example``, ``localhost:8080``."""
    robots: Robots | None = None
    last_asked_at: datetime | None = None
    not_before_at: datetime | None = None
    """The host's own wish (Retry-After)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HostWork:
    """A leased host with its due feeds."""

    host: HostMemory
    feeds: tuple[tuple[Feed, FeedMemory], ...]


Batch = tuple[HostWork, ...]


class Recall(Protocol):
    """What the crawler may ask in mid-crawl of those who remember."""

    async def marks(self, feed_id: FeedId, keys: Sequence[EntryKey]) -> Mapping[EntryKey, str]:
        """Return the marks under which these entries were fetched for good, where they were."""

    async def borrow(self, host: str) -> HostMemory | None:
        """Lease a host that is not in the batch; None while somebody else asks it."""

    async def give_back(self, host: HostMemory) -> None:
        """Store what is now known of a borrowed host and end its lease."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An entry and the release that its page held."""

    entry: Entry
    release: Release


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Everything one poll of a feed brought home; partial if it was stopped."""

    feed_id: FeedId
    outcome: Outcome
    started_at: datetime
    finished_at: datetime
    host: HostMemory
    validators: Validators
    listed: int
    """Entries in the listing now, repeated and address-less ones included."""
    taken_up: int
    """Owed entries that this listing did not hold."""
    fates: tuple[tuple[EntryKey, Fate], ...]
    """One for each of ``listed + taken_up``: known, fetched, deferred, skipped or failed."""
    fetched: tuple[Fetched, ...]
    owed: tuple[Owed, ...]
    """All that is owed from now on."""
    given_up: tuple[Entry, ...] = ()
    """Owed too often; known from now on, so that nobody asks again."""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """A visit as stored: how it ended, and what became of its entries."""

    feed_id: FeedId
    outcome: Outcome
    started_at: datetime
    finished_at: datetime
    next_poll_at: datetime
    listed: int
    owed: int
    known: int
    stored: int
    revised: int
    deferred: int
    skipped: int
    failed: int
    problems: tuple[Code, ...]
    opened: tuple[Problem, ...]
    """Problems that this poll opened."""
    matched: int
    """New releases that match a topic."""
    stories: int
    """Stories that had no release before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownProblem:
    """A problem as the store keeps it, from the first poll that saw it."""

    code: Code
    place: str
    feed_id: FeedId | None
    """None for what no feed can help."""
    detail: str
    hint: str
    first_at: datetime
    last_at: datetime
    count: int
    """Polls in a row that saw it; or mails in a row, where it is one of those."""
    opened_at: datetime | None
    """None while it may still pass by itself."""
    closed_at: datetime | None
