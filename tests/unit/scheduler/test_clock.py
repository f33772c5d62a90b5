"""What is done when, whatever the clock does."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain, repeat

from scheduler.clock import Job, ticking

NOON = datetime(2024, 3, 20, 12, tzinfo=UTC)
INSTANT = timedelta(milliseconds=5)
HOUR = timedelta(hours=1)
PATIENCE_S = 10


class Work:
    """Counts how often it was begun, and is waited for."""

    def __init__(self, *, lasting: asyncio.Event | None = None) -> None:
        self.begun = 0
        self._lasting = lasting
        self._news = asyncio.Condition()

    async def __call__(self) -> None:
        async with self._news:
            self.begun += 1
            self._news.notify_all()
        if self._lasting:
            await self._lasting.wait()

    async def was_begun(self, times: int) -> None:
        async with asyncio.timeout(PATIENCE_S), self._news:
            await self._news.wait_for(lambda: self.begun >= times)


def a_job(work: Work, every: timedelta) -> Job:
    return Job(name="work", every=every, do=work)


def a_clock(times: Iterator[datetime]):
    return lambda: next(times)


def steady():
    return a_clock(NOON + second * timedelta(seconds=1) for second in range(10**9))


def test_a_job_is_done_at_once_and_again_and_again():
    async def run():
        work = Work()
        async with ticking([a_job(work, INSTANT)], clock=steady()):
            await work.was_begun(3)

    asyncio.run(run())


def test_a_job_is_not_begun_again_before_it_has_ended():
    async def run():
        slow, quick = Work(lasting=asyncio.Event()), Work()
        jobs = [a_job(slow, INSTANT), a_job(quick, INSTANT)]
        async with ticking(jobs, clock=steady()):
            await quick.was_begun(10)
        return slow.begun

    assert asyncio.run(run()) == 1


def test_after_the_block_nothing_more_is_begun():
    async def run():
        work = Work()
        async with ticking([a_job(work, INSTANT)], clock=steady()):
            await work.was_begun(1)
        begun = work.begun
        await asyncio.sleep(4 * INSTANT.total_seconds())
        return work.begun - begun

    assert asyncio.run(run()) == 0


def test_a_clock_that_is_set_back_makes_nobody_wait():
    async def run():
        quick, hourly = Work(), Work()
        clock = a_clock(chain([NOON + HOUR], repeat(NOON)))
        jobs = [a_job(quick, INSTANT), a_job(hourly, HOUR)]
        async with ticking(jobs, clock=clock):
            await hourly.was_begun(2)

    asyncio.run(run())


def test_a_clock_that_goes_on_does_nothing_before_its_time():
    async def run():
        quick, hourly = Work(), Work()
        jobs = [a_job(quick, INSTANT), a_job(hourly, HOUR)]
        async with ticking(jobs, clock=steady()):
            await quick.was_begun(10)
        return hourly.begun

    assert asyncio.run(run()) == 1
