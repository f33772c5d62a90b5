"""From a page to the entries that it lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from crawler.page import Page
from crawler.readers.feed import read_feed
from crawler.readers.listed import Listed
from crawler.readers.listing import read_listing
from domain.source import Feed, FeedKind

READERS: Mapping[FeedKind, Callable[[Page, Feed], Listed]] = MappingProxyType(
    {FeedKind.RSS: read_feed, FeedKind.LISTING: read_listing}
)

__all__ = ["READERS", "Listed"]
