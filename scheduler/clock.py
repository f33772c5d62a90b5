"""What happens when?

A handful of jobs, each at its own pace, on the loop that everything runs on. Nothing is remembered
here: what is due stands in the database, so a job that comes late, twice, or after days of sleep
does the right thing, and restarts cost nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Something that is done again and again, for the first time at once."""

    name: str
    every: timedelta
    do: Callable[[], Awaitable[None]]
    """It is never begun again before it has ended."""


@asynccontextmanager
async def ticking(jobs: Sequence[Job], *, clock: Callable[[], datetime]) -> AsyncIterator[None]:
    """Do the jobs for the length of a block; those that are being done at its end are cancelled.

    A job that was missed, by a machine that slept for instance, is done once, as soon as can be.
    """
    scheduler = AsyncIOScheduler(
        timezone=UTC,
        # By default a job that is a second late is not done at all.
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    for job in jobs:
        scheduler.add_job(
            _do,
            args=(job,),
            trigger=IntervalTrigger(seconds=job.every.total_seconds(), timezone=UTC),
            name=job.name,
            next_run_time=datetime.now(UTC),
        )
    scheduler.start()
    minding = asyncio.create_task(
        _mind(scheduler, clock=clock, every=min(job.every for job in jobs))
    )
    try:
        yield
    finally:
        minding.cancel()
        scheduler.shutdown(wait=False)


async def _do(job: Job) -> None:
    """Whatever is called otherwise than an ``async def`` would be done in another thread."""
    await job.do()


async def _mind(
    scheduler: AsyncIOScheduler, *, clock: Callable[[], datetime], every: timedelta
) -> None:
    """Do everything now where the clock was set back: else it would wait until it is late again."""
    before = clock()
    while True:
        await asyncio.sleep(every.total_seconds())
        now = clock()
        if now < before:
            for job in scheduler.get_jobs():
                job.modify(next_run_time=datetime.now(UTC))
        before = now
