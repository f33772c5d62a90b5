"""How is an address asked for? Through one door, each redirect too.

Is it http(s)? Whose host is it? Is it that host's turn? What does its robots.txt say? Only then
the request goes out, and the resolver looks at the address that is dialled.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from urllib.parse import urldefrag, urljoin, urlsplit

from scrapy import Request
from scrapy.http import Response

from crawler.hosts import Host, Hosts
from crawler.page import NotModified, Page
from crawler.policy import CrawlPolicy
from crawler.reactor import why_refused
from crawler.robots import READ_AT_MOST, held, is_allowed, read_robots, robots_url
from crawler.spiders.answers import (
    BUSY,
    NETWORK_ERRORS,
    PERMANENT,
    REDIRECTS,
    LostConnection,
    good_page,
    meaning,
    retry_at,
)
from crawler.spiders.handler import ENOUGH, hang_up
from domain.errors import BadCertificate, Busy, FetchError, Refused, TooLarge, Unreachable
from domain.poll import Recall, Robots, Validators
from domain.urls import host_of, is_web_address, without_credentials

HOPS = 10
ROBOTS_HOPS = 5
ACCEPT = (
    "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,"
    "application/xml;q=0.9,*/*;q=0.8"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    response: Response
    moved_to: str | None
    """Where permanent redirects led, as far as they came first."""


class Fetcher:
    """Asks for addresses politely, on behalf of one crawl."""

    def __init__(
        self,
        *,
        policy: CrawlPolicy,
        hosts: Hosts,
        recall: Recall,
        gate: asyncio.Semaphore,
        clock: Callable[[], datetime],
        download: Callable[[Request], Awaitable[Response]],
    ) -> None:
        self._policy = policy
        self._hosts = hosts
        self._recall = recall
        self._gate = gate
        self._clock = clock
        self._download = download

    async def fetch(self, url: str, *, languages: Sequence[str]) -> Page:
        """The page at an address.

        Raises FetchError where there is no good answer.
        """
        answer = await self._follow(url, _headers(self._policy, languages))
        return good_page(answer.response, now=self._clock(), moved_to=answer.moved_to)

    async def fetch_if_changed(
        self, url: str, *, languages: Sequence[str], validators: Validators
    ) -> Page | NotModified:
        """The page at an address, or word that it has not changed since the validators.

        Raises FetchError where there is no good answer.
        """
        headers = _headers(self._policy, languages)
        if validators.etag:
            headers["If-None-Match"] = validators.etag
        if validators.last_modified:
            headers["If-Modified-Since"] = validators.last_modified
        answer = await self._follow(url, headers)
        is_conditional = validators.etag or validators.last_modified
        if answer.response.status == HTTPStatus.NOT_MODIFIED and is_conditional:
            return NotModified(moved_to=answer.moved_to)
        return good_page(answer.response, now=self._clock(), moved_to=answer.moved_to)

    async def _follow(self, url: str, headers: Mapping[str, str]) -> _Answer:
        """The first answer that is no redirect; each address on the way goes through the door."""
        asked: list[str] = []
        moved_to: str | None = None
        is_moving = True
        while True:
            _check_hop(url, asked)
            asked.append(url)
            response = await self._ask(url, headers)
            if response.status not in REDIRECTS:
                return _Answer(response=response, moved_to=moved_to)
            is_moving = is_moving and response.status in PERMANENT
            url = _target(response)
            moved_to = url if is_moving else moved_to

    async def _ask(self, url: str, headers: Mapping[str, str]) -> Response:
        """One answer to one address, of a host whose rules allow it to be asked for."""
        async with self._hosts.turn(host_of(url), self._recall) as host:
            elsewhere = await self._learn_robots(host, robots_url(url))
            if elsewhere is None:
                return await self._request(self._allowed(host, url), url, headers)
        robots = await self._robots_elsewhere(elsewhere)
        async with self._hosts.turn(host_of(url), self._recall) as host:
            host.remember(robots)
            return await self._request(self._allowed(host, url), url, headers)

    def _allowed(self, host: Host, url: str) -> Host:
        robots = host.memory.robots
        if robots is None or robots.holds:
            raise Unreachable(
                f"{robots_url(url)} cannot be read, so nothing of {host_of(url)} may be asked for",
                next_step="Nothing; it is asked again after an hour",
            )
        if not is_allowed(robots, url, token=self._policy.product_token):
            raise Refused(
                f"the robots.txt of {host_of(url)} does not allow {url}",
                next_step="Ask the institution to allow it, or use another feed",
            )
        return host

    async def _learn_robots(self, host: Host, address: str) -> str | None:
        """Have a host's rules remembered; else say at which other address they stand."""
        known = host.memory.robots
        if known and known.expires_at > self._clock():
            return None
        try:
            answer = await self._ask_robots(host, address)
        except BadCertificate:
            raise
        except Unreachable:
            host.remember(held(self._clock()))
            raise
        except TooLarge:
            answer = held(self._clock())
        if isinstance(answer, Robots):
            host.remember(answer)
            return None
        return answer

    async def _robots_elsewhere(self, address: str) -> Robots:
        """Follow the redirects of a robots.txt, each in its own host's turn."""
        for _ in range(ROBOTS_HOPS):
            if not is_web_address(address):
                break
            try:
                async with self._hosts.turn(host_of(address), self._recall) as host:
                    answer = await self._ask_robots(host, address)
            except Busy:
                raise
            except FetchError:
                return held(self._clock())
            if isinstance(answer, Robots):
                return answer
            address = answer
        # The RFC takes a file behind more redirects for one that is not there.
        return read_robots(b"", status=HTTPStatus.NOT_FOUND, now=self._clock())

    async def _ask_robots(self, host: Host, address: str) -> Robots | str:
        """What a robots.txt says, or the address that it redirects to."""
        headers = _headers(self._policy, ())
        response = await self._request(host, address, headers, enough=READ_AT_MOST + 1)
        if response.status == HTTPStatus.TOO_MANY_REQUESTS:
            raise Busy(
                f"{address} answers 429",
                next_step="Nothing; it is asked again later",
                http_status=response.status,
                retry_at=host.memory.not_before_at,
            )
        if response.status in REDIRECTS and "Location" in response.headers:
            return _target(response)
        return read_robots(response.body, status=response.status, now=self._clock())

    async def _request(
        self, host: Host, url: str, headers: Mapping[str, str], *, enough: int | None = None
    ) -> Response:
        """An answer of a host whose turn it is, whatever its status; cut off where it is enough.

        A connection that got lost is tried once more, after the pause.
        """
        request = _scrapy_request(url, headers, timeout=self._policy.timeout, enough=enough)
        try:
            response = await self._once(host, request)
        except LostConnection:
            response = await self._once(host, request.copy())
        if response.status in BUSY:
            host.leave_alone(retry_at(response, now=self._clock()))
        return response

    async def _once(self, host: Host, request: Request) -> Response:
        await host.rest()
        async with self._gate:
            try:
                return await self._download(request)
            except asyncio.CancelledError:
                hang_up(request)
                raise
            except NETWORK_ERRORS as error:
                url = request.url
                refused = why_refused(urlsplit(url).hostname or "")
                raise meaning(error, url=url, policy=self._policy, refused=refused) from error
            finally:
                host.was_asked()


def _scrapy_request(
    url: str, headers: Mapping[str, str], *, timeout: timedelta, enough: int | None
) -> Request:
    meta = {"download_slot": host_of(url), "download_timeout": timeout.total_seconds()}
    return Request(url, headers=dict(headers), meta=meta | ({ENOUGH: enough} if enough else {}))


def _headers(policy: CrawlPolicy, languages: Sequence[str]) -> dict[str, str]:
    return {
        "User-Agent": policy.user_agent,
        "Accept": ACCEPT,
        "Accept-Encoding": "gzip, deflate",
        # An office that chooses a language by this header stays in the one its feed has.
        "Accept-Language": ", ".join([*languages, "*;q=0.5"]),
    }


def _check_hop(url: str, asked: Sequence[str]) -> None:
    if not is_web_address(url):
        origin = f"{asked[-1]} redirects to " if asked else ""
        raise Refused(f"{origin}{url}, which is no http(s) address")
    if url in asked:
        raise Refused(
            f"{asked[0]} redirects in a circle, back to {url}",
            next_step="It may want cookies, which are not kept; look for another address",
        )
    if len(asked) > HOPS:
        raise Refused(f"{asked[0]} redirects more than {HOPS} times", next_step="Check the address")


def _target(response: Response) -> str:
    """Where a redirect leads, without the fragment, which is for readers only."""
    location = (response.headers.get("Location") or b"").decode("utf-8", errors="replace").strip()
    if not location:
        raise Unreachable(f"{response.url} redirects, and does not say where to")
    try:
        return without_credentials(urldefrag(urljoin(response.url, location)).url)
    except ValueError:
        raise Unreachable(
            f"{response.url} redirects to {location!r}, which is no address"
        ) from None
