"""What does a feed list, all its pages together?"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from crawler.page import Page
from crawler.readers import READERS
from crawler.spiders.fetching import Fetcher
from crawler.visiting import VisitInProgress
from domain.errors import FetchError
from domain.poll import Recall
from domain.release import Entry, EntryKey

# A first poll may look this far back; later ones stop where they know the entries.
PAGES = 5


@dataclass(slots=True, kw_only=True)
class Listing:
    """The entries of a feed, and the marks under which we know some of them."""

    entries: list[Entry] = field(default_factory=list)
    marks: dict[EntryKey, str] = field(default_factory=dict)


async def read_pages(
    page: Page, visit: VisitInProgress, *, fetcher: Fetcher, recall: Recall
) -> Listing:
    """Read a feed's page, and older pages while there is something new on them.

    Only what was read as a whole is remembered as read: an empty or broken listing is looked
    at again even where it does not change.
    """
    feed, listing, first, is_whole = visit.feed, Listing(), page, True
    seen = {owed.entry.key for owed in visit.memory.owed}
    asked = {feed.url, page.url}
    for _ in range(PAGES):
        listed = await asyncio.to_thread(READERS[feed.kind], page, feed)
        keys = [entry.key for entry in listed.entries]
        marks = await recall.marks(feed.id, keys) if keys else {}
        listing.entries += listed.entries
        listing.marks |= marks
        if listed.fault:
            visit.not_read(listed.fault)
            is_whole = False
        url = listed.next_url
        if url is None or url in asked or seen.union(marks).issuperset(keys):
            break
        seen.update(keys)
        asked.add(url)
        try:
            page = await fetcher.fetch(url, languages=feed.languages)
        except FetchError as error:
            visit.not_read(error)
            return listing
    if not listing.entries:
        visit.listing_empty(listed.hint)
    elif is_whole:
        visit.validators = first.validators
    return listing
