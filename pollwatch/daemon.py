"""pollwatch on its schedule, until told to stop.

What is due stands in the database; here is only who looks, and when. Jobs start work and do not
wait for it: a slow host delays nobody. Told to stop, it begins nothing more, lets the crawls end
where they are, stores what they brought, and lets the mail that is on its way be the last one.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, aclosing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from threading import Thread
from typing import Any, TypeVar

import structlog

from domain.errors import StorageError
from domain.poll import Poll
from pollwatch.arenas import share_one_arena
from pollwatch.figures import Figures
from pollwatch.loading import Config
from pollwatch.loading.watching import Watched
from pollwatch.mailing import mailing
from pollwatch.notifying import Notifier
from pollwatch.settled import crawl_policy, retention
from pollwatch.signals import looking_again, stopping
from pollwatch.wiring import House
from scheduler.clock import Job, ticking
from scheduler.upkeep import judge_feeds
from storage.daemons import DaemonLock, daemon_lock

log = structlog.get_logger()
Answer = TypeVar("Answer")

# A service manager, and whoever shuts down a machine, is patient for longer; a person is not.
LONGEST_STOP_S = 4
# Our exit codes where something would not end in time; Exit.LOOK and Exit.FAILED.
LEFT_IN_THE_MIDDLE, FAILED = 1, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How often the daemon looks whether something is to be done."""

    tick: timedelta = timedelta(minutes=1)
    """For feeds that are due, edits of the configuration, and digests."""
    pulse: timedelta = timedelta(seconds=30)
    """For a sign of life to the service manager, unless it asks for more."""
    health: timedelta = timedelta(hours=1)
    """For what the polls of feeds add up to."""
    upkeep: timedelta = timedelta(days=1)
    """For what has been kept long enough."""


class Daemon:
    """One life of the daemon, on the reactor's loop."""

    def __init__(
        self,
        house: House,
        *,
        watched: Watched,
        lock: DaemonLock,
        figures: Figures,
        notifier: Notifier,
        pace: Pace,
    ) -> None:
        self._house = house
        self._watched = watched
        self._lock = lock
        self._figures = figures
        self._notifier = notifier
        self._pace = pace
        self._ended = asyncio.Event()
        self._fault: StorageError | None = None
        self._work: dict[asyncio.Task[None], Callable[[], None]] = {}
        """What is being done, and how it is asked to end soon."""

    async def live(self) -> None:
        """Work until told to stop; raises what made it impossible to go on."""
        with stopping(self._ended.set), looking_again(self._look_now):
            await self._begin_with(self._house)
            async with ticking(self._jobs(), clock=self._house.clock):
                log.info("daemon started", feeds=len(self._house.feeds()))
                self._notifier.tell("READY=1")
                await self._ended.wait()
            log.info("daemon stopping")
            self._notifier.tell("STOPPING=1")
            await self._end()
        if self._fault:
            raise self._fault
        log.info("daemon stopped")

    def _jobs(self) -> tuple[Job, ...]:
        pulse = min(self._pace.pulse, (self._notifier.watchdog or self._pace.pulse) / 2)
        return (
            Job(name="tick", every=self._pace.tick, do=partial(self._whole, self._tick)),
            Job(name="digests", every=self._pace.tick, do=partial(self._whole, self._send)),
            Job(name="health", every=self._pace.health, do=partial(self._whole, self._judge)),
            Job(name="upkeep", every=self._pace.upkeep, do=partial(self._whole, self._prune)),
            Job(name="pulse", every=pulse, do=self._beat),
        )

    async def _tick(self) -> None:
        """Begin what is due."""
        self._lock.check()
        await self._look()
        if not self._ended.is_set():
            polls = self._collector.collect(self._house.feeds(), everything=False)
            self._begin(self._count(polls), stop=self._engine.stop)
        problems = await beside(partial(self._house.store.problems, include_closed=False))
        self._figures.ticked(self._house.clock(), problems=len(problems))

    async def _count(self, polls: AsyncGenerator[Poll]) -> None:
        async with aclosing(polls):
            async for poll in polls:
                self._figures.polled(poll)

    async def _send(self) -> None:
        """Send what is due by each subscriber's hour, and what is told at once."""
        if await beside(self._house.has_strangers):
            # What stands in their listings is old to everybody, and would be mailed as news.
            return
        sent = await beside(self._mailing.send_due)
        self._figures.mailed(sent)
        for one in sent.unmade:
            log.error("mail not made", what=one.what, subscriber=one.subscriber, reason=one.reason)
        for delivery in sent.given_up:
            log.error("mail given up", mail=delivery.id, reason=delivery.answer)
        if sent.delivered:
            log.info("mails sent", mails=len(sent.delivered))
        if sent.trouble:
            log.warning("mails kept", mails=len(sent.waiting), reason=str(sent.trouble))
        if sent.unnoted:
            log.error("mail not noted yet", reason=str(sent.unnoted))

    async def _judge(self) -> None:
        """Open and close the problems that no single poll can see."""
        house = self._house
        await beside(partial(judge_feeds, house.store, house.feeds(), now=house.clock()))

    async def _prune(self) -> None:
        """Drop what has been kept long enough, a portion at a time."""
        house = self._house
        portions = house.store.prune(retention(house.config), now=house.clock())
        while await beside(partial(next, portions, None)) and not self._ended.is_set():
            pass

    async def _beat(self) -> None:
        """Tell the service manager that we live: the loop runs, and what computes beside it too."""
        await asyncio.to_thread(int)
        self._notifier.tell("WATCHDOG=1")

    def _look_now(self) -> None:
        """Look at the files twice, for whoever says that they are ready."""

        async def twice() -> None:
            await self._look()
            await self._look()

        self._begin(twice(), stop=lambda: None)

    async def _look(self) -> None:
        """Take on an edit of the configuration, as a whole or not at all."""
        found = await asyncio.to_thread(self._watched.look)
        if found is None:
            return
        mistakes = self._why_not(found) if isinstance(found, Config) else found
        self._figures.refuse(mistakes)
        for mistake in mistakes:
            log.error("edit not taken on", mistake=mistake)
        if mistakes:
            self._mailing = mailing(self._house, refused=mistakes)
        if isinstance(found, Config) and not mistakes:
            house = House(config=found, store=self._house.store, clock=self._house.clock)
            await self._begin_with(house)
            log.info("edit taken on", feeds=len(house.feeds()))

    def _why_not(self, edited: Config) -> tuple[str, ...]:
        now, then = (one.settings.database.url for one in (self._house.config, edited))
        if now == then:
            return ()
        return ("[database] url: a running daemon keeps its database; restart it to change that",)

    async def _begin_with(self, house: House) -> None:
        """Let all that begins from now on be done by this configuration."""
        from crawler import reactor

        policy = crawl_policy(house.config)
        engine, collector = house.collecting(policy)
        remember = partial(house.store.remember_sources, house.config.sources, now=house.clock())
        for feed_id in await beside(remember):
            log.info("feed retired", feed=feed_id)
        reactor.guard_addresses(policy)
        self._house, self._engine, self._collector = house, engine, collector
        self._mailing = mailing(house)

    async def _whole(self, do: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Do a job to its end, also where the clock stops meanwhile."""
        await asyncio.shield(self._begin(do(), stop=self._mailing.stop))

    def _begin(
        self, work: Coroutine[Any, Any, None], *, stop: Callable[[], None]
    ) -> asyncio.Task[None]:
        task = asyncio.create_task(self._guarded(work))
        self._work[task] = stop
        task.add_done_callback(self._work.pop)
        return task

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        """A database that fails ends the daemon; any other fault costs this piece of work."""
        try:
            await work
        except StorageError as error:
            self._fault = self._fault or error
            self._ended.set()
        except Exception:
            log.exception("work failed unexpectedly")

    async def _end(self) -> None:
        """Let what is being done end; leave at once where it does not."""
        for stop in list(self._work.values()):
            stop()
        try:
            async with asyncio.timeout(LONGEST_STOP_S):
                while self._work:
                    await asyncio.wait(list(self._work))
        except TimeoutError:
            log.error("daemon stopped in the middle", reason=self._fault and str(self._fault))  # noqa: TRY400
            # Threads that compute, write or mail would be waited for.
            os._exit(FAILED if self._fault else LEFT_IN_THE_MIDDLE)


def keep_going(
    house: House,
    *,
    watched: Watched,
    notifier: Notifier,
    listen: tuple[str, int] | None,
    pace: Pace = Pace(),
) -> None:
    """Be the one daemon of a house's database until told to stop.

    Answers over HTTP at the address and port of ``listen``, where that is given.
    """
    from crawler import reactor

    async def main() -> None:
        with ExitStack() as stack:
            figures = Figures(tick=pace.tick)
            if listen:
                stack.enter_context(_answering(house, figures, listen))
            await Daemon(
                house, watched=watched, lock=lock, figures=figures, notifier=notifier, pace=pace
            ).live()

    share_one_arena()
    lock = daemon_lock(house.config.settings.database.url, now=house.clock())
    try:
        reactor.run(main, policy=crawl_policy(house.config))
    finally:
        lock.release()


@contextmanager
def _answering(house: House, figures: Figures, listen: tuple[str, int]) -> Iterator[None]:
    from pollwatch.serving import Desk, serving

    async def stop(token: str) -> None:
        await beside(partial(house.store.deliveries.stop_by, token, now=house.clock()))

    host, port = listen
    desk = Desk(figures=figures, clock=house.clock, stop=stop)
    with serving(desk, host=host, port=port) as bound:
        log.info("answers served", address=host, port=bound)
        yield


async def beside(job: Callable[[], Answer]) -> Answer:
    """What a job gives, done in a thread that nobody waits for when the program ends."""
    future: Future[Answer] = Future()
    future.set_running_or_notify_cancel()

    def work() -> None:
        try:
            future.set_result(job())
        except BaseException as error:  # noqa: BLE001 - whoever awaits it gets it
            future.set_exception(error)

    Thread(target=work, daemon=True).start()
    return await asyncio.wrap_future(future)
