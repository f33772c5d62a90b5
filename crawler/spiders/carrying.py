"""What does the feed itself hold of an entry whose page refuses?

The feed is read once more, and only when it is needed: an entry that is owed from an earlier
listing may have left it since, and an original must hold what is said to come from it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from crawler.extract.carried import carried_release, carries_release
from crawler.page import Page, original_of
from crawler.sites import read_listed
from crawler.spiders.fetching import Fetcher
from domain.errors import FetchError, ParseError
from domain.release import Entry, EntryKey, Original, Release
from domain.source import Feed


class Carrier:
    """A feed as received in one visit."""

    def __init__(self, feed: Feed, page: Page | None, *, fetcher: Fetcher) -> None:
        self._feed = feed
        self._page = page
        self._fetcher = fetcher
        self._read: tuple[Original, Mapping[EntryKey, Entry]] | None = None
        self._is_read = False

    async def release(self, entry: Entry) -> Release | None:
        """The release as the feed carries it; None where it only tells of it."""
        if not carries_release(entry):
            return None
        if not self._is_read:
            self._is_read = True
            self._read = await self._listed()
        if self._read is None:
            return None
        original, entries = self._read
        found = entries.get(entry.key)
        if found is None or not carries_release(found):
            return None
        return carried_release(found, self._feed, original)

    async def page(self) -> Page:
        """The feed's own page, asked for once.

        Raises FetchError where there is no good answer.
        """
        if self._page is None:  # it said that it did not change
            feed = self._feed
            self._page = await self._fetcher.fetch(feed.url, languages=feed.languages)
        return self._page

    async def _listed(self) -> tuple[Original, Mapping[EntryKey, Entry]] | None:
        try:
            page = await self.page()
            listed = await asyncio.to_thread(read_listed, page, self._feed)
        except (FetchError, ParseError):
            return None
        original = await asyncio.to_thread(original_of, page)
        return original, {entry.key: entry for entry in listed.entries}
