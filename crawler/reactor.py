"""How does everything run on one loop?

Twisted gets its asyncio reactor before anything else can install another, and our resolver;
above this module everybody sees asyncio only. When Scrapy no longer needs a reactor, this is
the module that changes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from twisted.internet import asyncioreactor

from crawler.policy import CrawlPolicy
from crawler.resolver import Resolver

T = TypeVar("T")


def run(main: Callable[[], Coroutine[Any, Any, T]], *, policy: CrawlPolicy) -> T:
    """What ``main()`` returns, run to its end on the reactor; once in a process.

    Signals are the caller's: a handler belongs on the running loop.
    """
    loop = asyncio.new_event_loop()
    # What is computed off the loop is Python: threads that do it at once wait for each other,
    # and cost twice the CPU that one does.
    loop.set_default_executor(ThreadPoolExecutor(max_workers=1, thread_name_prefix="computing"))
    asyncio.set_event_loop(loop)
    asyncioreactor.install(loop)
    reactor = _reactor()
    guard_addresses(policy)
    tasks: list[asyncio.Task[T]] = []

    def start() -> None:
        task = loop.create_task(main())
        task.add_done_callback(lambda _: reactor.stop())
        tasks.append(task)

    reactor.callWhenRunning(start)
    reactor.run(installSignalHandlers=False)
    _tidy(loop)
    return tasks[0].result()


def _tidy(loop: asyncio.AbstractEventLoop) -> None:
    """Hang up on whoever was still being waited for, as ``asyncio.run`` does."""
    for task in (left := asyncio.all_tasks(loop)):
        task.cancel()
    if left:
        loop.run_until_complete(asyncio.wait(left))
    loop.run_until_complete(loop.shutdown_asyncgens())
    loop.run_until_complete(loop.shutdown_default_executor())
    loop.close()


def guard_addresses(policy: CrawlPolicy) -> None:
    """Put our resolver before whatever resolves names; the last policy given is in force."""
    reactor = _reactor()
    behind = reactor.nameResolver
    reactor.installNameResolver(
        Resolver(
            behind.behind if isinstance(behind, Resolver) else behind,
            hosts=policy.hosts,
            allow_private=policy.allow_private,
        )
    )


def why_refused(name: str) -> str | None:
    """The address that a name had when the resolver refused it just now, if it did."""
    resolver = _reactor().nameResolver
    return resolver.why_refused(name) if isinstance(resolver, Resolver) else None


def _reactor() -> Any:
    """Twisted's reactor, which must not be imported before ours is installed."""
    from twisted.internet import reactor

    return reactor
