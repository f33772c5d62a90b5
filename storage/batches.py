"""What is to be asked next?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from domain.poll import Batch, HostMemory, HostWork
from domain.source import Feed
from domain.urls import host_of
from storage import feeds, hosts
from storage.owner import Owner


def lease_due(
    connection: Connection,
    among: Sequence[Feed],
    *,
    owner: Owner,
    now: datetime,
    everything: bool,
) -> Batch:
    """Lease the hosts of those feeds that are due, unless they are asked or asked for patience."""
    due = feeds.due(connection, now=now, everything=everything)
    wanted = {host_of(feed.url) for feed in among if feed.id in due}
    free = hosts.free(connection, wanted, owner=owner, now=now)
    # While we waited for the hosts, another process may have polled what was due.
    due &= feeds.due(connection, now=now, everything=everything)
    due -= feeds.resting(connection, among)
    by_host: dict[str, list[Feed]] = {}
    for feed in among:
        memory = free.get(host_of(feed.url))
        if feed.id in due and memory and _may_be_asked(memory, now):
            by_host.setdefault(memory.host, []).append(feed)
    hosts.lease(connection, by_host, owner=owner)
    memories = feeds.memories(
        connection, [feed.id for of_host in by_host.values() for feed in of_host]
    )
    return tuple(
        HostWork(host=free[host], feeds=tuple((feed, memories[feed.id]) for feed in of_host))
        for host, of_host in by_host.items()
    )


def due_now(
    connection: Connection,
    among: Sequence[Feed],
    *,
    owner: Owner,
    now: datetime,
    everything: bool,
) -> tuple[Feed, ...]:
    """Those of the configured feeds that would be polled now; writes nothing and leases nothing.

    Feeds that nobody has heard of yet are due too.
    """
    waiting = set() if everything else feeds.waiting(connection, now=now)
    resting = feeds.resting(connection, among)
    due = [feed for feed in among if (feed.id, feed.url) not in waiting and feed.id not in resting]
    wanted = {host_of(feed.url) for feed in due}
    free = hosts.free_now(connection, wanted, owner=owner, now=now)
    askable = {host for host, memory in free.items() if _may_be_asked(memory, now)}
    return tuple(feed for feed in due if host_of(feed.url) in askable)


def _may_be_asked(memory: HostMemory, now: datetime) -> bool:
    return memory.not_before_at is None or memory.not_before_at <= now
