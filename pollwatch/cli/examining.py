"""Does everything that pollwatch needs work on this machine? What does not, and how is it mended?

Nothing is changed, nobody is mailed, no press office is asked. Without a network the rest is
looked at all the same, and what could not be reached is said.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Thread
from typing import TYPE_CHECKING

from domain.errors import ConfigError, DeliveryError, StorageError
from domain.urls import host_of
from domain.watching import disk_low
from pollwatch.loading import Config
from pollwatch.loading.settings import CrawlSettings
from pollwatch.settled import mail_server
from pollwatch.wiring import Options, configured

if TYPE_CHECKING:
    from storage.store import Store

# A person waits; and what takes longer than this will not serve a thousand feeds either.
PATIENCE = timedelta(seconds=10)
NAMES = 3
"""So many names are looked up: one may be dead, three at once are not."""
# Two clocks of one network differ by seconds, and a poll may still be under way.
SLACK = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was looked at, what was found, and what is to be done about it."""

    subject: str
    said: str
    mend: str = ""
    """Empty where all is well."""


def examine(options: Options, *, now: datetime) -> Iterator[Finding]:
    """Look at everything, one after the other."""
    try:
        config = configured(options)
    except ConfigError as error:
        more = f", and {len(error.mistakes) - 1} more" if len(error.mistakes) > 1 else ""
        yield Finding(
            subject="configuration",
            said=f"{error.mistakes[0]}{more}",
            mend="`pollwatch config check` names every mistake, with file and line",
        )
        return
    yield from _configuration(config)
    yield from _database(config, now=now)
    yield _names(config)
    yield _mail(config)


def _configuration(config: Config) -> Iterator[Finding]:
    feeds = sum(len(source.feeds) for source in config.sources)
    said = f"{len(config.sources):,} sources with {feeds:,} feeds, {len(config.topics)} topics"
    is_empty = not feeds or not config.topics
    mend = "Without a feed and a topic nothing is found; `pollwatch config where` names the files"
    yield Finding(subject="configuration", said=said, mend=mend if is_empty else "")
    agent = config.settings.crawl.user_agent
    is_nobody = agent == CrawlSettings.model_fields["user_agent"].default
    yield Finding(
        subject="contact",
        said="we do not say who we are" if is_nobody else f"we call ourselves {agent}",
        mend="Name an address in [crawl] user_agent, so that press offices can reach you"
        if is_nobody
        else "",
    )


def _database(config: Config, *, now: datetime) -> Iterator[Finding]:
    from storage.store import Store

    try:
        with Store.open(config.settings.database.url, now=now, must_exist=True) as store:
            yield from _store(store, now=now)
    except StorageError as error:
        yield Finding(subject="database", said=error.message, mend=error.next_step)


def _store(store: Store, *, now: datetime) -> Iterator[Finding]:
    faults = store.check()
    if faults:
        yield Finding(
            subject="database",
            said=faults[0],
            mend="`pollwatch db check` names everything; what it says first comes first",
        )
    else:
        store.upkeep.check_writable()
        yield Finding(subject="database", said="it opens, is sound, and can be written to")
    yield _disk(store)
    yield _clock(store, now=now)


def _disk(store: Store) -> Finding:
    room = store.upkeep.room()
    if room is None:
        return Finding(subject="disk", said="the database lies on a server, whose disk is its own")
    low = disk_low(room)
    if low:
        return Finding(subject="disk", said=low.detail, mend=low.hint)
    free, held = (f"{size / 1_000_000:,.0f} MB" for size in (room.free, room.held))
    return Finding(subject="disk", said=f"{free} are free, and the database takes {held}")


def _clock(store: Store, *, now: datetime) -> Finding:
    """Compares only with what is remembered: no clock of others is asked."""
    last = store.upkeep.last_asked_at()
    if last and last > now + SLACK:
        return Finding(
            subject="clock",
            said=f"it says {now:%Y-%m-%d %H:%M} UTC, and a host was asked at"
            f" {last:%Y-%m-%d %H:%M} UTC already",
            mend="Let the machine set its clock over the network (NTP)",
        )
    return Finding(subject="clock", said=f"it says {now:%Y-%m-%d %H:%M} UTC, later than all polls")


def _names(config: Config) -> Finding:
    hosts = config.settings.crawl.hosts
    feeds = [feed for source in config.sources for feed in source.feeds]
    names = dict.fromkeys(host_of(feed.url).partition(":")[0] for feed in feeds)
    return look_up([name for name in names if name not in hosts][:NAMES], ask=_is_known)


def look_up(names: Sequence[str], *, ask: Callable[[str], bool]) -> Finding:
    """Whether at least one of some names of hosts is known here."""
    if not names:
        return Finding(subject="names", said="no name of a host has to be looked up")
    known = next((name for name in names if ask(name)), None)
    if known:
        return Finding(subject="names", said=f"{known} was looked up and found")
    return Finding(
        subject="names",
        said=f"none of {', '.join(names)} was found within {PATIENCE.seconds} s each",
        mend="This machine is offline, or its name server does not answer; what is stored is safe,"
        " and mails wait",
    )


def _is_known(name: str) -> bool:
    found: list[bool] = []

    def ask() -> None:
        try:
            found.append(bool(socket.getaddrinfo(name, 443, type=socket.SOCK_STREAM)))
        except (OSError, UnicodeError):
            found.append(False)

    # The system's resolver takes its time, and cannot be told how long.
    asking = Thread(target=ask, daemon=True)
    asking.start()
    asking.join(PATIENCE.total_seconds())
    return found == [True]


def _mail(config: Config) -> Finding:
    from digest.mailer import greet

    if not config.subscribers:
        return Finding(subject="mail", said="nobody is subscribed, so no mail server is needed")
    server = replace(mail_server(config), patience=PATIENCE)
    try:
        greet(server)
    except DeliveryError as error:
        return Finding(subject="mail", said=error.message, mend=error.next_step)
    signed = " and took name and password" if server.username is not None else ""
    return Finding(subject="mail", said=f"{server.host}:{server.port} answered{signed}")
