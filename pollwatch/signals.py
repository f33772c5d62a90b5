"""How is a program that works told to stop, or to look again?"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def stopping(stop: Callable[[], None]) -> Iterator[asyncio.Event]:
    """Let the first SIGTERM or SIGINT call ``stop``; a second one ends at once."""
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    signals = (signal.SIGTERM, signal.SIGINT)

    def first() -> None:
        for number in signals:
            loop.remove_signal_handler(number)
            # Not by an exception: threads that compute or write would still be waited for.
            signal.signal(number, lambda number, _: os._exit(128 + number))
        stopped.set()
        stop()

    for number in signals:
        loop.add_signal_handler(number, first)
    try:
        yield stopped
    finally:
        for number in signals:
            loop.remove_signal_handler(number)


@contextmanager
def looking_again(look: Callable[[], None]) -> Iterator[None]:
    """Let SIGHUP call ``look``."""
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGHUP, look)
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGHUP)
