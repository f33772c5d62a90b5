"""Who publishes, and where: sources and their feeds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import NewType

SourceId = NewType("SourceId", str)
"""The stem of the source's file: ``pl_mfa``."""

FeedId = NewType("FeedId", str)
"""Source id and feed name: ``pl_mfa/news``."""


class FeedKind(StrEnum):
    """How a feed lists its releases."""

    RSS = "rss"
    """RSS, RDF and Atom."""
    JSON_FEED = "json_feed"
    LISTING = "listing"
    """A page that links to releases."""
    PAGE = "page"
    """A page that is itself the release, and is watched for changes."""


class Trust(StrEnum):
    """How far a source's declaration was checked."""

    CHECKED = "checked"
    RECORDED = "recorded"
    RECONSTRUCTED = "reconstructed"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """How often a feed should bring something new."""

    count: int
    per: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingRecipe:
    """Where a page that lists releases holds what; CSS with ``::attr()`` and ``::text``."""

    item: str
    link: str
    title: str
    date: str | None = None
    next: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseRecipe:
    """What automatic extraction gets wrong on a source's pages, and addresses to leave out."""

    title: str | None = None
    text: str | None = None
    date: str | None = None
    skip: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One address where a source lists its releases."""

    id: FeedId
    source_id: SourceId
    name: str
    kind: FeedKind
    url: str
    languages: tuple[str, ...]
    zone: str
    every: timedelta
    expect: Expectation | None = None
    listing: ListingRecipe | None = None
    """Only a listing has one; a listing without finds its links by itself."""
    release: ReleaseRecipe = ReleaseRecipe()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An institution that publishes; ``speaks_for`` is the actor whose voice it is, or None."""

    id: SourceId
    name: str
    country: str
    languages: tuple[str, ...]
    zone: str
    trust: Trust
    speaks_for: str | None
    feeds: tuple[Feed, ...]
    home: str | None = None
