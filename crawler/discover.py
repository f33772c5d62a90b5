"""Which feeds, sitemaps and listings does a site have? A home page becomes a list of them.

What the site names itself is asked first, usual addresses only where it names nothing, and pages
that it links as press or news at the end. Nothing is proposed that did not answer, that could
not be read, or that listed no release: a list without dates is a menu as often as not. So few
addresses are asked for that a person clicking through the site would ask for more.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from crawler import leads
from crawler.leads import How, Lead, SiteName
from crawler.page import Page, page_tree
from crawler.readers.feed import read_feed
from crawler.readers.items import is_title
from crawler.readers.json_feed import is_json
from crawler.readers.listing import read_listing
from crawler.readers.sitemap import read_sitemap
from crawler.texts import one_line
from crawler.walls import check_page
from domain.errors import PollwatchError
from domain.release import Entry
from domain.source import Feed, FeedId, FeedKind, SourceId
from domain.urls import canonical_url, same_document

Fetch = Callable[[str], Awaitable[Page]]

# A site that names more feeds than this names one for each of its subjects.
MOST_FEEDS = 6
MOST_LISTINGS = 4
MOST_SITEMAPS = 2
# That links lead to releases shows in their dates. Whatever page was given may link a handful of
# related texts; a page that the site calls press or news is a list also while it is short.
LEAST_DATED = 5
LEAST_DATED_OF_PRESS = 2
LEAST_DATED_SHARE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An address that answered and lists releases."""

    kind: FeedKind
    url: str
    how: How
    entries: tuple[Entry, ...]
    language: str | None
    """As the page says it."""
    same_as: str = ""
    """The address of what was found before it and lists the same releases."""

    @property
    def newest_at(self) -> datetime | None:
        """The latest date that an entry states."""
        return max((one.published_at for one in self.entries if one.published_at), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFound:
    """An address that was asked for and lists no release, and why we say so."""

    url: str
    how: How
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """What a site has, as far as a few requests tell."""

    url: str
    name: str
    language: str | None
    found: tuple[Found, ...]
    not_found: tuple[NotFound, ...]


async def discover(url: str, *, fetch: Fetch, robots: Callable[[str], str]) -> Discovery:
    """Look around on a site, from one of its pages; ``robots`` is what its robots.txt said.

    Raises FetchError where that page does not answer.
    """
    page = await fetch(url)
    walk = _Walk(fetch)
    tree = await asyncio.to_thread(page_tree, page)
    site = leads.site_name(tree, url=page.url)
    given = Lead(url=page.url, how=How.GIVEN)
    if walk.take_feed(page, given, site=site):
        return walk.end(page.url, site)
    check_page(tree, url=page.url, body=page.body)
    await walk.ask_feeds(leads.feed_leads(tree, base=page.url), at_most=MOST_FEEDS)
    for lead in leads.usual_leads(base=page.url):
        if not walk.found:
            await walk.ask_feeds([lead], at_most=1)
    if not walk.found:
        maps = list(leads.sitemap_leads(robots(page.url), base=page.url))
        await walk.ask_sitemaps(maps[:MOST_SITEMAPS])
    await walk.ask_listings(leads.listing_leads(tree, base=page.url), home=page, site=site)
    walk.take_listing(page, given, site=site)
    return walk.end(page.url, site)


class _Walk:
    """Asks for addresses, and keeps what they turned out to be."""

    def __init__(self, fetch: Fetch) -> None:
        self.found: list[Found] = []
        self._fetch = fetch
        self._not_found: list[NotFound] = []
        self._asked: list[str] = []

    async def ask_feeds(self, found: Iterable[Lead], *, at_most: int) -> None:
        """Ask for feeds; a page in their place may be one that lists the site's feeds."""
        waiting = leads.unlike(found, self._asked)[:at_most]
        further: list[Lead] = []
        for lead in waiting:
            page = await self._page(lead)
            if page is None or self.take_feed(page, lead, site=None):
                continue
            tree = await asyncio.to_thread(page_tree, page)
            linked = list(leads.feed_leads(tree, base=page.url)) if lead.how is How.LINK else []
            further += linked
            self._miss(lead, "a page, not a feed" + "; it links feeds" * bool(linked))
        for lead in leads.unlike(further, self._asked)[: at_most - len(waiting)]:
            page = await self._page(lead)
            if page and not self.take_feed(page, lead, site=None):
                self._miss(lead, "a page, not a feed")

    async def ask_sitemaps(self, found: Sequence[Lead]) -> None:
        """Ask for maps of news; where one lists others, for those that are called so."""
        further: list[Lead] = []
        for lead in found:
            if (page := await self._page(lead)) is not None:
                named = [url for url in self.take_sitemap(page, lead) if leads.NEWS_MAP.search(url)]
                further += [Lead(url=url, how=How.SITEMAP) for url in named]
        for lead in leads.unlike(further, self._asked)[:MOST_SITEMAPS]:
            if (page := await self._page(lead)) is not None:
                self.take_sitemap(page, lead)

    def take_sitemap(self, page: Page, lead: Lead) -> tuple[str, ...]:
        """Keep a map of news, where each page has its date; the other maps that it lists."""
        try:
            listed = read_sitemap(page, _probe(page.url, FeedKind.SITEMAP, None))
        except PollwatchError as error:
            self._miss(lead, error.message)
            return ()
        dated = [entry for entry in listed.entries if entry.published_at]
        if len(dated) >= LEAST_DATED:
            self._keep(FeedKind.SITEMAP, page, lead, entries=listed.entries, language=None)
        else:
            said = f"a map of {len(listed.entries)} pages and {len(listed.maps)} maps, not of news"
            self._miss(lead, said)
        return listed.maps

    async def ask_listings(self, found: Iterable[Lead], *, home: Page, site: SiteName) -> None:
        """Ask for pages that may list releases, and not for the releases themselves."""
        of_feeds = [entry.url for one in self.found for entry in one.entries]
        releases = [*of_feeds, *(entry.url for entry in _listed(home, site) if entry.published_at)]
        for lead in leads.unlike(found, [*self._asked, *releases])[:MOST_LISTINGS]:
            if (page := await self._page(lead)) is not None:
                tree = await asyncio.to_thread(page_tree, page)
                await self.ask_feeds(
                    (one for one in leads.feed_leads(tree, base=page.url) if one.how is How.TAG),
                    at_most=MOST_FEEDS - len(self.found),
                )
                self.take_listing(page, lead, site=leads.site_name(tree, url=page.url))

    def take_feed(self, page: Page, lead: Lead, *, site: SiteName | None) -> bool:
        """True where a page is a feed, whether or not it lists anything."""
        kind = FeedKind.JSON_FEED if is_json(page.body) else FeedKind.RSS
        try:
            entries = read_feed(page, _probe(page.url, kind, site)).entries
        except PollwatchError:
            return False
        if _are_comments(entries):
            self._miss(lead, "a feed of comments, not of releases")
        elif any(entry.url for entry in entries):
            self._keep(kind, page, lead, entries=entries, language=None)
        else:
            self._miss(lead, "a feed that lists nothing")
        return True

    def take_listing(self, page: Page, lead: Lead, *, site: SiteName) -> None:
        """Keep a page that lists releases, each at its address and most with a date."""
        try:
            entries = _listed(page, site)
        except PollwatchError as error:
            self._miss(lead, error.message)
            return
        dated = [entry for entry in entries if _is_release(entry, page)]
        least = LEAST_DATED_OF_PRESS if lead.how is How.LABEL else LEAST_DATED
        if len(dated) >= max(least, len(entries) * LEAST_DATED_SHARE):
            self._keep(FeedKind.LISTING, page, lead, entries=entries, language=site.language)
        else:
            said = f"{len(entries)} links, {len(dated)} to its own pages with a date"
            self._miss(lead, f"no list of releases: {said}")

    def end(self, url: str, site: SiteName) -> Discovery:
        """All that was found, and what was not."""
        return Discovery(
            url=url,
            name=site.name,
            language=site.language,
            found=tuple(self.found),
            not_found=tuple(self._not_found),
        )

    async def _page(self, lead: Lead) -> Page | None:
        self._asked.append(lead.url)
        try:
            return await self._fetch(lead.url)
        except PollwatchError as error:
            self._miss(lead, error.message)
            return None

    def _miss(self, lead: Lead, reason: str) -> None:
        self._not_found.append(NotFound(url=lead.url, how=lead.how, reason=one_line(reason)))

    def _keep(
        self,
        kind: FeedKind,
        page: Page,
        lead: Lead,
        *,
        entries: Sequence[Entry],
        language: str | None,
    ) -> None:
        new = Found(
            kind=kind, url=page.url, how=lead.how, entries=tuple(entries), language=language
        )
        earlier = next((one for one in self.found if _lists_the_same(one, new)), None)
        self.found.append(replace(new, same_as=earlier.url) if earlier else new)


def _listed(page: Page, site: SiteName) -> tuple[Entry, ...]:
    return read_listing(page, _probe(page.url, FeedKind.LISTING, site)).entries


def _is_release(entry: Entry, page: Page) -> bool:
    """True for a dated page of the same site, with a title; replies and event days have none."""
    is_own = leads.is_of(entry.url, site=page.url) and not same_document(entry.url, page.url)
    return is_own and entry.published_at is not None and is_title(entry.title)


def _are_comments(entries: Sequence[Entry]) -> bool:
    """True where most entries are places on a page: what readers wrote beneath a text."""
    return sum("#" in entry.url for entry in entries) * 2 > len(entries)


def _lists_the_same(one: Found, other: Found) -> bool:
    """True where at least half of the shorter list stands in the longer one."""
    if canonical_url(one.url) == canonical_url(other.url):
        return True
    first, second = ({canonical_url(e.url) for e in each.entries if e.url} for each in (one, other))
    return len(first & second) * 2 >= min(len(first), len(second))


def _probe(url: str, kind: FeedKind, site: SiteName | None) -> Feed:
    """A feed that nobody has declared, to read a page by."""
    language = site.language if site else None
    return Feed(
        id=FeedId("xx_probe/probe"),
        source_id=SourceId("xx_probe"),
        name="probe",
        kind=kind,
        url=url,
        languages=(language,) if language else (),
        zone="UTC",
        every=timedelta(hours=1),
        pages=("",),
    )
