"""How do we treat each host, and what do we ask of it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.robots import crawl_delay, is_allowed
from domain.poll import HostMemory
from domain.source import Feed, FeedId
from domain.urls import host_of
from pollwatch.settled import crawl_policy
from pollwatch.wiring import House

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """One host, and how it is treated."""

    host: str
    feeds: tuple[FeedId, ...]
    pause: timedelta
    """Between two requests: ours, or the longer one that its robots.txt asks for."""
    robots: str
    """``allows``, ``forbids``, ``holds`` (it could not be read) or ``not read``."""
    forbidden: tuple[FeedId, ...]
    """The feeds that its robots.txt forbids; nobody asks for them."""
    last_asked_at: datetime | None
    not_before_at: datetime | None
    """Until when it asked for patience, where that is still to come."""
    polls: int
    unchanged: int
    pages: int
    polls_a_day: int
    """What its feeds are polled a day at most, where all goes well."""


def manners(house: House, *, since: datetime) -> tuple[Manners, ...]:
    """Every host of a configured feed, in order of their names."""
    hosts: dict[str, list[Feed]] = {}
    for feed in house.feeds():
        hosts.setdefault(host_of(feed.url), []).append(feed)
    known = house.store.upkeep.hosts()
    asked = house.store.upkeep.asked_since(since)
    policy = crawl_policy(house.config)
    found = []
    for host, feeds in sorted(hosts.items()):
        memory = known.get(host, HostMemory(host=host))
        told, patience = memory.robots, memory.not_before_at
        forbidden = _forbidden(memory, feeds, token=policy.product_token)
        of_host = [asked[feed.id] for feed in feeds if feed.id in asked]
        found.append(
            Manners(
                host=host,
                feeds=tuple(feed.id for feed in feeds),
                pause=max(policy.delay, crawl_delay(told, token=policy.product_token)),
                robots=_verdict(memory, forbidden),
                forbidden=forbidden,
                last_asked_at=memory.last_asked_at,
                not_before_at=patience if patience and patience > house.clock() else None,
                polls=sum(one.polls for one in of_host),
                unchanged=sum(one.unchanged for one in of_host),
                pages=sum(one.pages for one in of_host),
                polls_a_day=round(sum(ONE_DAY / feed.every for feed in feeds)),
            )
        )
    return tuple(found)


def _forbidden(memory: HostMemory, feeds: list[Feed], *, token: str) -> tuple[FeedId, ...]:
    robots = memory.robots
    if robots is None or robots.holds:
        return ()
    return tuple(feed.id for feed in feeds if not is_allowed(robots, feed.url, token=token))


def _verdict(memory: HostMemory, forbidden: tuple[FeedId, ...]) -> str:
    if memory.robots is None:
        return "not read"
    if memory.robots.holds:
        return "holds"
    return "forbids" if forbidden else "allows"
