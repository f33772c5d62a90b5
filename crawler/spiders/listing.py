"""What does a feed list, all its pages together?

The first page is the feed: what is wrong with it is wrong with the feed. Older pages hold
what the first one has no room for; trouble with them never costs what was read before.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from crawler.page import Page
from crawler.readers import Listed
from crawler.sites import read_listed
from crawler.spiders.fetching import Fetcher
from crawler.visiting import VisitInProgress
from domain.errors import FetchError, ParseError
from domain.poll import Recall, Validators
from domain.release import Entry, EntryKey
from domain.source import Feed

# So many pages with something new are enough for one poll. A first poll looks no further back;
# after a long outage, the next polls go on behind the pages that are known by then.
PAGES = 5
# No poll walks further, known pages included.
LONGEST_WALK = 25


@dataclass(slots=True, kw_only=True)
class Listing:
    """The entries of a feed, and the marks under which we know some of them."""

    entries: list[Entry] = field(default_factory=list)
    marks: dict[EntryKey, str] = field(default_factory=dict)
    older_url: str | None = None
    """Where older entries stand, if any of them may be new."""
    maps: deque[str] = field(default_factory=deque)
    """Further lists that are to be read, whatever the others hold."""
    new_pages: int = 0
    """How many of the pages held something new."""
    is_whole: bool = True


async def read_pages(
    page: Page, visit: VisitInProgress, *, fetcher: Fetcher, recall: Recall
) -> Listing:
    """Read a feed's page, and older pages while there is something new on them.

    Only what was read as a whole is remembered as read: an empty or broken listing is looked
    at again even where it does not change, and one with a page missing as far as that page.
    """
    feed, listing = visit.feed, Listing()
    first = await _read(page, feed)
    await _add(first, listing, visit=visit, recall=recall)
    asked = {feed.url, page.url}
    while url := _next(listing, asked):
        if listing.new_pages >= PAGES or len(asked) >= LONGEST_WALK:
            _leave_off(url, listing, visit=visit)
            break
        asked.add(url)
        try:
            older = await _read(await fetcher.fetch(url, languages=feed.languages), feed)
        except (FetchError, ParseError) as error:
            visit.older_not_listed(error)
            listing.is_whole = False
            listing.older_url = None
            continue
        await _add(older, listing, visit=visit, recall=recall)
    if not listing.is_whole:
        visit.validators = Validators()
    elif listing.entries:
        visit.validators = page.validators
    if not listing.entries:
        visit.listing_empty(first.hint)
    return listing


def _next(listing: Listing, asked: Collection[str]) -> str | None:
    """The next address to read entries from: an older page, else another list."""
    if listing.older_url and listing.older_url not in asked:
        return listing.older_url
    while listing.maps:
        if (url := listing.maps.popleft()) not in asked:
            return url
    return None


async def _read(page: Page, feed: Feed) -> Listed:
    return await asyncio.to_thread(read_listed, page, feed)


async def _add(listed: Listed, listing: Listing, *, visit: VisitInProgress, recall: Recall) -> None:
    """Take in what one more page lists."""
    keys = [entry.key for entry in listed.entries]
    marks = await recall.marks(visit.feed.id, keys) if keys else {}
    owed = {owed.entry.key for owed in visit.memory.owed}
    listing.new_pages += not (listing.marks.keys() | marks.keys() | owed).issuperset(keys)
    is_over = _is_over(keys, listing, visit=visit, marks=marks)
    listing.older_url = None if is_over else listed.next_url
    listing.maps.extend(listed.maps)
    listing.entries += listed.entries
    listing.marks |= marks
    if listed.fault:
        visit.not_read(listed.fault)
    if listed.fault or listed.changes_silently:
        listing.is_whole = False


def _is_over(
    keys: Sequence[EntryKey],
    listing: Listing,
    *,
    visit: VisitInProgress,
    marks: Mapping[EntryKey, str],
) -> bool:
    """True where nothing on a page is new, so that nothing behind it is.

    What we know says so only if the last reading was whole: else a page that failed then may
    still hold what nobody has seen, behind pages that we know.
    """
    seen = {entry.key for entry in listing.entries}
    if visit.memory.validators.checksum is not None:
        seen |= marks.keys() | {owed.entry.key for owed in visit.memory.owed}
    return seen.issuperset(keys)


def _leave_off(url: str, listing: Listing, *, visit: VisitInProgress) -> None:
    """End with something new on the last page; what stands behind it may be new, too."""
    memory = visit.memory
    is_first = memory.validators.checksum is None and not listing.marks and not memory.owed
    if is_first:
        return
    # The next poll looks at all pages again, and so comes to the next ones.
    listing.is_whole = listing.new_pages < PAGES
    visit.feed_gap(url, is_to_be_closed=not listing.is_whole)
