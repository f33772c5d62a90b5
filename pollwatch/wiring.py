"""Everything built once, and handed to those who need it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, aclosing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from domain.errors import ConfigError, NoDatabase
from domain.poll import Poll, Visit
from domain.record import Imported, Record
from domain.source import Feed, FeedId, SourceId
from pollwatch.loading import Config, find_folder, load
from pollwatch.loading.mistakes import instead
from pollwatch.loading.watching import Watched
from pollwatch.settled import crawl_policy
from pollwatch.signals import stopping

if TYPE_CHECKING:
    from crawler.engine import Engine
    from crawler.policy import CrawlPolicy
    from scheduler.collect import Collector
    from scheduler.reader import Reader
    from storage.store import Store

# Two pages of a feed show whether a recipe holds for more than one.
TRIED = 2


Absent = Literal["make", "refuse", "go without"]
"""What is done where there is no database yet: a mistyped --db shall not become one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the command line says of the whole program, and what a command needs of it."""

    db: str | None = None
    config: Path | None = None
    absent: Absent = "refuse"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunResult:
    """One pass: its polls, and how long it took in seconds."""

    polls: tuple[Poll, ...]
    seconds: float
    was_stopped: bool
    """True where somebody asked us to stop; what was not reached is owed."""


def utc_now() -> datetime:
    """The moment it is."""
    return datetime.now(UTC)


class House:
    """The rooms, introduced to each other."""

    def __init__(self, *, config: Config, store: Store, clock: Callable[[], datetime]) -> None:
        self.config = config
        self.store = store
        self.clock = clock
        self.retired: tuple[FeedId, ...] = ()
        """Feeds that the store knew, and that the configuration turned out to lack."""

    def feeds(self, only: Sequence[SourceId] = ()) -> tuple[Feed, ...]:
        """All configured feeds, or those of some sources; unknown ids are a ConfigError."""
        known = {source.id: source for source in self.config.sources}
        if unknown := [source_id for source_id in only if source_id not in known]:
            raise ConfigError(
                tuple(
                    f"there is no source '{name}'; {instead(name, known)}"
                    " (`pollwatch sources list` shows all)"
                    for name in unknown
                )
            )
        chosen = [known[source_id] for source_id in only] if only else known.values()
        return tuple(feed for source in chosen for feed in source.feeds)

    def has_strangers(self) -> bool:
        """True where some of its feeds were never polled."""
        states = self.store.feed_states()
        return any(
            feed.id not in states or states[feed.id].first_polled_at is None
            for feed in self.feeds()
        )

    @property
    def zones(self) -> dict[SourceId, tzinfo]:
        """Where each source counts its days; one that is not configured does so in UTC."""
        return {source.id: ZoneInfo(source.zone) for source in self.config.sources}

    def make_ready(self) -> Iterator[int]:
        """Let newcomers find what an older program stored; says as it goes how much is left.

        What brings newcomers must come after it. Where nothing is left it costs one question.
        """
        from analysis.fingerprint import VERSION
        from scheduler.ingest import mark

        yield from self.store.judgements.mark_rest(mark, version=VERSION)

    def run(
        self,
        *,
        only: Sequence[SourceId] = (),
        everything: bool = False,
        on_poll: Callable[[Poll], None] = lambda _: None,
    ) -> RunResult:
        """Poll what is due, once; ``on_poll`` hears of each poll as it is stored."""
        from crawler import reactor

        feeds = self.feeds(only)
        self.retired = self.store.remember_sources(self.config.sources, now=self.clock())
        policy = crawl_policy(self.config)
        main = partial(self._collect, policy, feeds, everything=everything, on_poll=on_poll)
        return reactor.run(main, policy=policy)

    def poll(
        self, feeds: Sequence[Feed], *, on_poll: Callable[[Poll], None] = lambda _: None
    ) -> RunResult:
        """Poll these feeds, due or not, and fetch two releases of each; the rest is owed."""
        from crawler import reactor

        self.retired = self.store.remember_sources(self.config.sources, now=self.clock())
        policy = replace(crawl_policy(self.config), releases_per_run=TRIED)
        main = partial(self._collect, policy, feeds, everything=True, on_poll=on_poll)
        return reactor.run(main, policy=policy)

    def collecting(self, policy: CrawlPolicy) -> tuple[Engine, Collector]:
        """What fetches, and what stores what it brings; for as long as the configuration holds."""
        from crawler.engine import Engine
        from scheduler.collect import Collector
        from scheduler.ingest import Ingest

        engine, reader = Engine(policy, self.clock), self._reader()
        collector = Collector(
            engine=engine,
            store=self.store,
            read=reader,
            judge=Ingest(),
            learn=reader.learn,
            clock=self.clock,
            may_fetch=policy.releases_per_run > 0,
        )
        return engine, collector

    def take_in(self, records: Iterable[Record]) -> Iterator[Imported]:
        """Store rows from outside; yields what became of each batch as it is stored."""
        from scheduler.importing import Importer
        from scheduler.ingest import Ingest

        self.retired = self.store.remember_sources(self.config.sources, now=self.clock())
        reader = self._reader()
        importer = Importer(
            store=self.store,
            read=reader,
            judge=Ingest(),
            learn=reader.learn,
            subscribers=[reader.id for reader in self.config.subscribers],
            clock=self.clock,
        )
        yield from importer.take_in(records)

    def join_stories(self, one: str, other: str, *, because: str) -> bool:
        """Make one story of two; false where a person did so before."""
        from scheduler.ingest import Ingest

        return self.store.memberships.join(one, other, because=because, judge=Ingest())

    def split_stories(self, names: Sequence[str], *, because: str) -> bool:
        """Take releases out of their story, together; false where that was done before."""
        from scheduler.ingest import Ingest

        return self.store.memberships.split(names, because=because, judge=Ingest())

    def _reader(self) -> Reader:
        from scheduler.reader import Reader

        return Reader(
            self.config.topics,
            judgements=self.store.judgements,
            subscribers={one.id: set(one.topics) for one in self.config.subscribers},
            clock=self.clock,
        )

    def try_source(self, source_id: SourceId) -> tuple[Visit, ...]:
        """Visit the feeds of a source as if for the first time, and store nothing of it."""
        from crawler import reactor

        feeds = self.feeds([source_id])
        policy = replace(crawl_policy(self.config), releases_per_run=TRIED)
        return reactor.run(partial(self._try, policy, feeds), policy=policy)

    async def _try(self, policy: CrawlPolicy, feeds: Sequence[Feed]) -> tuple[Visit, ...]:
        from crawler.engine import Engine
        from scheduler.trying import Trial

        engine = Engine(policy, self.clock)
        trial = Trial(engine=engine, store=self.store, clock=self.clock)
        with stopping(engine.stop):
            async with aclosing(trial.visits(feeds)) as visits:
                return tuple([visit async for visit in visits])

    async def _collect(
        self,
        policy: CrawlPolicy,
        feeds: Sequence[Feed],
        *,
        everything: bool,
        on_poll: Callable[[Poll], None],
    ) -> RunResult:
        began = time.monotonic()
        engine, collector = self.collecting(policy)
        polls = []
        with stopping(engine.stop) as stopped:
            async with aclosing(collector.collect(feeds, everything=everything)) as stream:
                async for poll in stream:
                    polls.append(poll)
                    on_poll(poll)
        return RunResult(
            polls=tuple(polls), seconds=time.monotonic() - began, was_stopped=stopped.is_set()
        )


def configured(options: Options) -> Config:
    """What files, environment and command line say; touches nothing."""
    environ = dict(os.environ)
    folder = find_folder(options.config, environ)
    return load(folder, environ=environ, overrides=_overrides(options))


def watched(options: Options, config: Config) -> Watched:
    """What becomes of the files of a configuration while a daemon works by it."""
    return Watched(config, environ=dict(os.environ), overrides=_overrides(options))


def _overrides(options: Options) -> dict[str, str]:
    return {"database.url": options.db} if options.db else {}


@contextmanager
def wire(options: Options, *, clock: Callable[[], datetime] = utc_now) -> Iterator[House]:
    """The house for as long as a command lasts: configuration read, database open."""
    from storage.store import Store

    config = configured(options)
    with ExitStack() as stack:
        now, url = clock(), config.settings.database.url
        try:
            store = Store.open(url, now=now, must_exist=options.absent != "make")
        except NoDatabase:
            if options.absent == "refuse":
                raise
            # It remembers nothing, and is gone with the command.
            folder = stack.enter_context(TemporaryDirectory(prefix="pollwatch-"))
            store = Store.open(f"sqlite:///{folder}/nothing.db", now=now)
        yield House(config=config, store=stack.enter_context(store), clock=clock)
