"""From a page to the entries that it lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from crawler.page import Page
from crawler.readers.api import read_api
from crawler.readers.feed import read_feed
from crawler.readers.listed import Listed
from crawler.readers.listing import read_listing
from crawler.readers.page import read_page
from crawler.readers.sitemap import read_sitemap
from domain.source import Feed, FeedKind

READERS: Mapping[FeedKind, Callable[[Page, Feed], Listed]] = MappingProxyType(
    {
        FeedKind.RSS: read_feed,
        FeedKind.JSON_FEED: read_feed,
        FeedKind.SITEMAP: read_sitemap,
        FeedKind.LISTING: read_listing,
        FeedKind.API: read_api,
        FeedKind.PAGE: read_page,
    }
)

__all__ = ["READERS", "Listed"]
