"""Who visits the town in these tests, with what manners and what memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from crawler.policy import CrawlPolicy
from domain.poll import (
    Batch,
    Code,
    FeedMemory,
    HostMemory,
    HostWork,
    Outcome,
    Problem,
    Visit,
)
from domain.release import EntryKey
from domain.source import Feed, FeedId
from domain.urls import host_of
from pollwatch.demo.town import Town

Crawl = Callable[..., tuple[Visit, ...]]
"""Crawls a batch in a town, and returns its visits."""


def a_policy(**changes: Any) -> CrawlPolicy:
    """Quick manners, and names of the town."""
    values: dict[str, Any] = {
        "user_agent": "pollwatch (+https://press.example/about-our-visits)",
        "delay": timedelta(milliseconds=20),
        "timeout": timedelta(seconds=2),
        "page_limit": 1_000_000,
        "at_once": 8,
        "releases_per_run": 30,
    }
    return CrawlPolicy(**values | changes)


@dataclass(slots=True)
class FakeRecall:
    """Remembers in dictionaries, and notes what it was asked."""

    known: dict[EntryKey, str] = field(default_factory=dict)
    hosts: dict[str, HostMemory] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    """Hosts that somebody else is asking."""
    asked: list[tuple[EntryKey, ...]] = field(default_factory=list)
    borrowed: list[str] = field(default_factory=list)

    async def marks(self, feed_id: FeedId, keys: Sequence[EntryKey]) -> Mapping[EntryKey, str]:
        self.asked.append(tuple(keys))
        return {key: self.known[key] for key in keys if key in self.known}

    async def borrow(self, host: str) -> HostMemory | None:
        if host in self.taken:
            return None
        self.borrowed.append(host)
        self.taken.add(host)
        return self.hosts.get(host, HostMemory(host=host))

    async def give_back(self, host: HostMemory) -> None:
        self.taken.discard(host.host)
        self.hosts[host.host] = host


def utc_now() -> datetime:
    return datetime.now(UTC)


def a_batch(
    *feeds: Feed, memory: FeedMemory | None = None, host: HostMemory | None = None
) -> Batch:
    """The due feeds, grouped by host, all with the same memory."""
    names = dict.fromkeys(host_of(feed.url) for feed in feeds)
    return tuple(
        HostWork(
            host=host or HostMemory(host=name),
            feeds=tuple(
                (feed, memory or FeedMemory()) for feed in feeds if host_of(feed.url) == name
            ),
        )
        for name in names
    )


def in_an_hour() -> datetime:
    return datetime.now(UTC) + timedelta(hours=1)


def paths(town: Town, host: str | None = None) -> list[str]:
    """What was asked for, of one host or of all, in order."""
    return [note.path for note in town.book if host in {None, note.host}]


def problems(visit: Visit) -> list[Code]:
    """The kinds of problem that a visit saw."""
    return [problem.code for problem in visit.problems]


def the_problem(visits: tuple[Visit, ...]) -> Problem:
    """The one problem of a feed that failed."""
    (visit,) = visits
    assert visit.outcome is Outcome.FAILED
    assert (visit.listed, visit.taken_up, visit.fates) == (0, 0, ())
    (problem,) = visit.problems
    assert problem.place == "xx_economy/news"
    return problem
