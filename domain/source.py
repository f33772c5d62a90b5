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
    SITEMAP = "sitemap"
    """A map of a site, made for search engines; of news, or of all pages."""
    LISTING = "listing"
    """A page that links to releases."""
    API = "api"
    """JSON of a shape of its own, which the source's file declares."""
    PAGE = "page"
    """A page that is itself the release, or holds several, and is watched for changes."""


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
class DetailRecipe:
    """A second call for each entry of an API: its address, and where its answer holds what."""

    url: str
    """With ``{id}``, ``{url}`` or ``{path}`` of the entry."""
    text: str
    title: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiRecipe:
    """Where an answer in JSON holds what; JMESPath."""

    items: str
    title: str
    link: str
    """A path, or an address with paths in braces."""
    id: str | None = None
    date: str | None = None
    date_format: str | None = None
    """As ``strptime`` has it, or ``unix``; None for what people write."""
    text: str | None = None
    older: str | None = None
    """A path to an address, or an address with ``{page}`` or ``{offset}``."""
    detail: DetailRecipe | None = None


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
    api: ApiRecipe | None = None
    """Only an API has one, and always."""
    pages: tuple[str, ...] = ()
    """Of a sitemap: parts of the addresses of releases, ``*`` for anything; all without."""
    parts: str | None = None
    """Of a page: a selector for what holds one release each; without, the page is the release."""
    fallback_for: FeedId | None = None
    """The feed that this one stands in for; it is polled only while that one ails."""
    code: str | None = None
    """The module under ``crawler.sites`` that reads it."""
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
    own_name: str | None = None
    """Its name in its own language, where that is another."""
