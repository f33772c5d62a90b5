"""Which tables are there, and what may never be in them?

The files in ``config/`` say what exists; these tables remember what happened. Constraints are
the last guard: of what comes from outside nothing is unique but what we make unique here.

``texts`` are what we saw, and are never merged or moved apart. ``releases`` and ``stories`` are
derived from them and from ``likenesses``; a row of theirs is little more than a public id. What was
read in texts stands in ``storage.readings``.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

import storage.bands
import storage.imports
import storage.post
import storage.readings  # noqa: F401 - their tables are among the METADATA
from domain.poll import Outcome
from domain.reading import Verdict
from storage.columns import Base, one_of

REVISION = "0008"
"""The migration that leads to these tables."""

METADATA = Base.metadata
"""All tables, for those who compare them with what a database has."""


class HostRow(Base):
    """What manners ask us to remember of a host; a lease is void once its owner is dead."""

    __tablename__ = "hosts"

    host: Mapped[str] = mapped_column(primary_key=True)
    robots_text: Mapped[str | None]
    robots_holds: Mapped[bool | None]
    robots_expires_at: Mapped[datetime | None]
    last_asked_at: Mapped[datetime | None]
    not_before_at: Mapped[datetime | None]
    leased_by: Mapped[str | None] = mapped_column(index=True)


class SourceRow(Base):
    """A source as last configured; or made because rows of it were imported."""

    __tablename__ = "sources"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    country: Mapped[str]
    is_import: Mapped[bool] = mapped_column(server_default=false())
    """Nobody configured it: never polled, never retired."""
    retired_at: Mapped[datetime | None]


class FeedRow(Base):
    """What a feed's polls left behind."""

    __tablename__ = "feeds"

    id: Mapped[str] = mapped_column(primary_key=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("sources.id"), index=True)
    url: Mapped[str]
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    checksum: Mapped[str | None]
    next_poll_at: Mapped[datetime | None] = mapped_column(index=True)
    failures: Mapped[int] = mapped_column(default=0)
    first_polled_at: Mapped[datetime | None]
    last_polled_at: Mapped[datetime | None]
    last_new_at: Mapped[datetime | None]
    last_outcome: Mapped[str | None]
    retired_at: Mapped[datetime | None]

    __table_args__ = (one_of("last_outcome", Outcome),)


class PollRow(Base):
    """One poll, with what became of its entries."""

    __tablename__ = "polls"

    id: Mapped[int] = mapped_column(primary_key=True)
    feed_id: Mapped[str] = mapped_column(ForeignKey("feeds.id"))
    outcome: Mapped[str]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime]
    next_poll_at: Mapped[datetime]
    listed: Mapped[int]
    owed: Mapped[int]
    known: Mapped[int]
    stored: Mapped[int]
    revised: Mapped[int]
    deferred: Mapped[int]
    skipped: Mapped[int]
    failed: Mapped[int]
    matched: Mapped[int]
    stories: Mapped[int]
    problems: Mapped[list[Any]]

    __table_args__ = (
        one_of("outcome", Outcome),
        CheckConstraint(
            "known + stored + revised + deferred + skipped + failed = listed + owed", name="fates"
        ),
        Index(None, "feed_id", "started_at"),
    )


class EntryRow(Base):
    """An entry that was fetched for good, or given up, under a mark."""

    __tablename__ = "entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    feed_id: Mapped[str] = mapped_column(ForeignKey("feeds.id"))
    key: Mapped[str]
    key_checksum: Mapped[str]
    mark: Mapped[str]
    last_seen_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("feed_id", "key_checksum"),)


class OwedRow(Base):
    """An entry that was listed and not yet fetched for good; the oldest has the smallest id."""

    __tablename__ = "owed"

    id: Mapped[int] = mapped_column(primary_key=True)
    feed_id: Mapped[str] = mapped_column(ForeignKey("feeds.id"))
    key: Mapped[str]
    key_checksum: Mapped[str]
    url: Mapped[str]
    title: Mapped[str]
    published_at: Mapped[datetime | None]
    summary: Mapped[str]
    attempts: Mapped[int]
    not_before_at: Mapped[datetime]
    reason: Mapped[str]

    __table_args__ = (UniqueConstraint("feed_id", "key_checksum"),)


class StoryRow(Base):
    """One announcement; holds the releases that point here."""

    __tablename__ = "stories"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)


class ReleaseRow(Base):
    """One release; holds the texts that point here."""

    __tablename__ = "releases"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("stories.id"), index=True)


class AliasRow(Base):
    """The public id of a vanished release or story, and the living one that answers for it."""

    __tablename__ = "aliases"

    public_id: Mapped[str] = mapped_column(primary_key=True)
    release_id: Mapped[int | None] = mapped_column(ForeignKey("releases.id"), index=True)
    story_id: Mapped[int | None] = mapped_column(ForeignKey("stories.id"), index=True)

    __table_args__ = (CheckConstraint("(release_id IS NULL) <> (story_id IS NULL)", name="living"),)


class TextRow(Base):
    """One distinct text of a source at an address, with the marks that neighbours are found by."""

    __tablename__ = "texts"

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = mapped_column(ForeignKey("releases.id"), index=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("sources.id"))
    canonical_url: Mapped[str]
    url_checksum: Mapped[str]
    document: Mapped[int] = mapped_column(BigInteger, index=True, server_default="0")
    """A mark of source and address that all views and languages of a page share."""
    checksum: Mapped[str]
    title: Mapped[str]
    text: Mapped[str]
    declared_language: Mapped[str | None]
    language: Mapped[str | None]
    published_at: Mapped[datetime | None]
    fingerprint_version: Mapped[int] = mapped_column(index=True)
    """Of all its marks."""
    fingerprint: Mapped[str] = mapped_column(index=True)
    words: Mapped[int]
    witnesses: Mapped[dict[str, str]]
    first_seen_at: Mapped[datetime] = mapped_column(index=True)
    last_seen_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("source_id", "url_checksum", "checksum"),)


class AppearanceRow(Base):
    """The fact that an origin brought a text; its release is its text's."""

    __tablename__ = "appearances"

    id: Mapped[int] = mapped_column(primary_key=True)
    text_id: Mapped[int] = mapped_column(ForeignKey("texts.id"))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id"), index=True)
    origin: Mapped[str]
    origin_checksum: Mapped[str]
    url: Mapped[str]
    title: Mapped[str]
    published_at: Mapped[datetime | None]
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("text_id", "origin_checksum"),)


class OriginalRow(Base):
    """The page that brought a text first, compressed; without its body once that was dropped."""

    __tablename__ = "originals"

    text_id: Mapped[int] = mapped_column(ForeignKey("texts.id"), primary_key=True)
    url: Mapped[str]
    headers: Mapped[list[Any]]
    body: Mapped[bytes]
    fetched_at: Mapped[datetime]
    checksum: Mapped[str]
    dropped_at: Mapped[datetime | None]


class LikenessRow(Base):
    """What two texts are to each other; ``a`` has the smaller key."""

    __tablename__ = "likenesses"

    a_id: Mapped[int] = mapped_column(ForeignKey("texts.id"), primary_key=True)
    b_id: Mapped[int] = mapped_column(ForeignKey("texts.id"), primary_key=True, index=True)
    verdict: Mapped[str]
    strength: Mapped[float]
    reason: Mapped[str]
    method: Mapped[str]

    __table_args__ = (
        one_of("verdict", Verdict),
        CheckConstraint("a_id <> b_id", name="two_texts"),
        CheckConstraint("strength BETWEEN 0 AND 1", name="strength"),
    )


class ToldRow(Base):
    """What a subscriber was told; no election is the empty text, for nulls are never equal."""

    __tablename__ = "told"

    subscriber: Mapped[str] = mapped_column(primary_key=True)
    release_id: Mapped[int] = mapped_column(
        ForeignKey("releases.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    revision: Mapped[str] = mapped_column(primary_key=True)
    """The checksum of the text that was told."""
    election: Mapped[str] = mapped_column(primary_key=True)
    by: Mapped[str] = mapped_column(primary_key=True)
    told_at: Mapped[datetime]
    day: Mapped[date | None]
    """Whose digest told it; none where it counts as told without a mail."""

    __table_args__ = (CheckConstraint("\"by\" IN ('digest', 'alert')", name="by"),)


class ProblemRow(Base):
    """Something a person should look at, once a feed, code and place."""

    __tablename__ = "problems"

    id: Mapped[int] = mapped_column(primary_key=True)
    feed_id: Mapped[str] = mapped_column(ForeignKey("feeds.id"))
    code: Mapped[str]
    place: Mapped[str]
    place_checksum: Mapped[str]
    detail: Mapped[str]
    hint: Mapped[str]
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    count: Mapped[int]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("feed_id", "code", "place_checksum"),)
