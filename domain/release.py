"""What is published: entries as a feed lists them, releases as their pages hold them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import NewType

from domain.source import SourceId

EntryKey = NewType("EntryKey", str)
"""What a feed knows an entry by: its guid if it has one, else its canonical address."""


class Witness(StrEnum):
    """Where a field of a release comes from."""

    RECIPE = "recipe"
    JSON_LD = "json-ld"
    META = "meta"
    HEADING = "heading"
    TIME = "time"
    FEED = "feed"
    EXTRACTOR = "extractor"
    ADDRESS = "address"
    IMPORT = "import"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a feed says about one release. Nothing here is trusted yet."""

    key: EntryKey
    url: str
    """Absolute; empty where the feed gave none."""
    title: str
    published_at: datetime | None
    summary: str = ""
    """Plain text: the summary, or the full text where the feed carries it."""
    checksum: str = ""
    """Of what readers see, where the listing itself is the release: SHA-256, in hex."""

    @property
    def mark(self) -> str:
        """Changes when the feed says something else of this entry: then it is fetched again.

        The summary stays out: many feeds put counters and rendering times there.
        """
        published = self.published_at.isoformat() if self.published_at else ""
        said = f"{self.url}\n{self.title}\n{published}{self.checksum}"
        return sha256(said.encode(errors="surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """A page as kept: what stands behind a release when somebody asks for proof."""

    url: str
    """The address that answered, after redirects."""
    headers: tuple[tuple[str, str], ...]
    body: bytes
    """The page as received, compressed by zlib: a poll may hold thirty of them for a while."""
    fetched_at: datetime
    checksum: str
    """SHA-256 of the page as received, in hex."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One published text, as far as we could extract it."""

    source_id: SourceId
    url: str
    """The address it was listed under."""
    canonical_url: str
    title: str
    text: str
    """Paragraphs separated by one line break."""
    language: str | None
    """As the page declares it, else as its feed does; None if neither says."""
    published_at: datetime | None
    """As stated; None if not stated."""
    original: Original
    witnesses: Mapping[str, Witness]


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """The fact that a feed's entry brought a release: what was said of it there, and when seen."""

    source_id: SourceId
    origin: str
    """Feed id and entry key, or an import's id."""
    is_imported: bool
    url: str
    title: str
    published_at: datetime | None
    published: str
    """The date as an imported row gives it: it may be no more than a month. Empty of a feed's."""
    first_seen_at: datetime
    last_seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One text of a release that changed after publication; the last one is in force."""

    title: str
    text: str
    seen_at: datetime
