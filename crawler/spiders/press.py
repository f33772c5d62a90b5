"""What happens when a feed is polled?

One task a host polls that host's due feeds one after another: ask, list, sort, fetch, extract.
A feed is finished when its function returns; a slow host delays nobody else. Errors are caught
here and nowhere below: per entry, so that one bad page never costs a feed, and per feed, so
that one bad feed never costs a batch.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import scrapy
from scrapy import Request
from scrapy.http import Response

from crawler.extract.by_kind import release_on
from crawler.extract.detail import asked_url
from crawler.hosts import Host, Hosts
from crawler.page import Page
from crawler.policy import CrawlPolicy
from crawler.spiders.carrying import Carrier
from crawler.spiders.fetching import Fetcher
from crawler.spiders.listing import Listing, read_pages
from crawler.visiting import VisitInProgress
from domain import novelty
from domain.errors import Busy, Refused, StorageError
from domain.poll import Batch, HostWork, Outcome, Owed, Recall, Visit
from domain.release import Entry, Release
from domain.source import Feed

log = logging.getLogger("pollwatch.crawler")


@dataclass(slots=True, kw_only=True)
class Errand:
    """What a spider is sent out with, and brings back."""

    batch: Batch
    policy: CrawlPolicy
    clock: Callable[[], datetime]
    hosts: Hosts
    gate: asyncio.Semaphore
    """A request under way passes it."""
    room: asyncio.Semaphore
    """A host whose feeds are being polled takes a place of it."""
    recall: Recall
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    visits: asyncio.Queue[Visit | None] = field(default_factory=asyncio.Queue)
    """None ends them."""
    faults: list[BaseException] = field(default_factory=list)
    """What no visit could carry."""


class PressSpider(scrapy.Spider):
    """Polls the feeds of a batch of hosts."""

    name = "press"

    def __init__(self, errand: Errand, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.errand = errand
        self.fetcher = Fetcher(
            policy=errand.policy,
            hosts=errand.hosts,
            recall=errand.recall,
            gate=errand.gate,
            clock=errand.clock,
            download=self._download,
        )

    async def _download(self, request: Request) -> Response:
        """Scrapy's engine exists only once the crawl has begun."""
        return await self.crawler.engine.download_async(request)

    async def start(self) -> AsyncIterator[Any]:
        """Poll every host's feeds; the crawl stays open until this ends."""
        tasks = [asyncio.create_task(self.poll_host(work)) for work in self.errand.batch]
        stop = asyncio.create_task(self.errand.stopping.wait())
        stop.add_done_callback(lambda _: [task.cancel() for task in tasks])
        ends = await asyncio.gather(*tasks, return_exceptions=True)
        self.errand.faults.extend(end for end in ends if isinstance(end, Exception))
        stop.cancel()
        return
        yield  # makes this the generator that Scrapy wants

    async def poll_host(self, work: HostWork) -> None:
        """Poll a host's due feeds, one after another.

        Whoever stores the last visit ends the host's lease with it. So that one is handed over
        only when nobody asks the host any more, also not on the way from elsewhere.
        """
        errand = self.errand
        visit: VisitInProgress | None = None
        try:
            async with errand.hosts.leased(work) as host, errand.room:
                for feed, memory in work.feeds:
                    if visit:
                        self.hand_over(visit, host)
                    visit = VisitInProgress(feed, memory, started_at=errand.clock())
                    await self.visit_feed(visit)
        finally:
            if visit:
                self.hand_over(visit, host)

    def hand_over(self, visit: VisitInProgress, host: Host) -> None:
        """Let a visit out, with what its host remembers now."""
        closed = visit.close(host=host.memory, now=self.errand.clock())
        self.errand.visits.put_nowait(closed)

    async def visit_feed(self, visit: VisitInProgress) -> None:
        """Poll one feed; what goes wrong is the visit's, unless no visit can carry it."""
        limit = self.errand.policy.longest_visit
        try:
            # Each answer has a deadline of its own; this one is for whatever else may hang.
            async with asyncio.timeout(limit.total_seconds()) as deadline:
                await self.poll_feed(visit)
        except StorageError:
            raise  # whoever remembers for us cannot
        except TimeoutError as error:
            if deadline.expired():
                visit.cut_short(limit)
            else:
                visit.feed_failed(error)
        except Exception as error:  # noqa: BLE001 - a bug costs its feed, not the batch
            visit.feed_failed(error)

    async def poll_feed(self, visit: VisitInProgress) -> None:
        """Poll one feed: list, sort, and fetch what is wanted."""
        feed, memory = visit.feed, visit.memory
        page = await self.fetcher.fetch_if_changed(
            feed.url, languages=feed.languages, validators=memory.validators
        )
        if page.moved_to:
            visit.feed_moved(page.moved_to)
        listing, outcome = Listing(), Outcome.UNCHANGED
        if isinstance(page, Page) and page.checksum == memory.validators.checksum:
            visit.validators = page.validators  # the same bytes may come under a new ETag
        elif isinstance(page, Page):
            listing = await read_pages(page, visit, fetcher=self.fetcher, recall=self.errand.recall)
            outcome = Outcome.NEWS
        found = novelty.sort(
            listing.entries,
            marks=listing.marks,
            owed=memory.owed,
            skip=feed.release.skip,
            budget=self.errand.policy.releases_per_run,
            now=self.errand.clock(),
        )
        for entry, fate, reason in found.settled:
            _note(f"entry {fate}", feed, entry, reason)
        visit.plan(listing.entries, found)
        received = page if isinstance(page, Page) else None
        carrier = Carrier(feed, received, fetcher=self.fetcher)
        for owed in found.fetch:
            await self.take(visit, owed, carrier)
        visit.finished(outcome)

    async def take(self, visit: VisitInProgress, owed: Owed, carrier: Carrier) -> None:
        """Take one entry's release, or note why it is still owed."""
        entry, feed = owed.entry, visit.feed
        try:
            release, refused = await self.release_of(entry, feed, carrier=carrier)
        except StorageError:
            raise
        except Exception as error:  # noqa: BLE001 - a bad entry costs itself, not its feed
            self.not_taken(visit, owed, error)
        else:
            if refused is None:
                visit.fetched(entry, release)
            else:
                _note("entry carried by its feed", feed, entry, refused)
                visit.carried(entry, release, refused)

    async def release_of(
        self, entry: Entry, feed: Feed, *, carrier: Carrier
    ) -> tuple[Release, Refused | None]:
        """The release on an entry's page.

        Where the page refuses, and the feed carries the release, it is taken from there, and the
        refusal comes with it.
        """
        try:
            if feed.parts:
                page = await carrier.page()
            else:
                url = asked_url(entry, feed)
                page = await self.fetcher.fetch(url, languages=feed.languages)
            return await asyncio.to_thread(release_on, page, entry, feed), None
        except Refused as refused:
            carried = await carrier.release(entry)
            if carried is None:
                raise
            return carried, refused

    def not_taken(self, visit: VisitInProgress, owed: Owed, error: Exception) -> None:
        """Note why an entry is still owed."""
        now = self.errand.clock()
        # That its own page asks for patience while the feed answers well counts as an attempt;
        # that nobody could ask does not.
        if isinstance(error, Busy) and error.http_status is None:
            _note("entry deferred", visit.feed, owed.entry, error)
            visit.deferred(owed, error, now=now)
        else:
            _note("entry failed", visit.feed, owed.entry, error)
            visit.failed(owed, error, now=now)


def _note(event: str, feed: Feed, entry: Entry, reason: object) -> None:
    """Every decision with its reason, for whoever turns debugging on."""
    log.debug(event, extra={"feed": feed.id, "entry": entry.url, "reason": str(reason)})
