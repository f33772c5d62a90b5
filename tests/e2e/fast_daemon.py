"""The daemon with a clock that hurries: ``python fast_daemon.py FOLDER DATABASE SPEED [PORT]``.

A minute of the daemon's takes ``60 / SPEED`` seconds, in its own eyes and in what it does.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pollwatch.cli.exits import leaving
from pollwatch.daemon import Pace, keep_going
from pollwatch.logs import set_up
from pollwatch.notifying import Notifier
from pollwatch.wiring import Options, watched, wire

USUAL = Pace()


def hurrying(speed: float, *, since: float) -> Callable[[], datetime]:
    """The time, so much faster from some moment on."""
    began_at = datetime.fromtimestamp(since, UTC)
    return lambda: began_at + timedelta(seconds=(time.time() - since) * speed)


def keep_hurrying(
    folder: str,
    database: str,
    *,
    clock: Callable[[], datetime],
    pace: Pace,
    listen: tuple[str, int] | None,
) -> None:
    """Be the daemon of a folder by another clock."""
    options = Options(db=database or None, config=Path(folder), absent="make")
    with leaving(), wire(options, clock=clock) as house:
        set_up("info", "text")
        keep_going(
            house,
            watched=watched(options, house.config),
            notifier=Notifier(os.environ),
            listen=listen,
            pace=pace,
        )


def main(folder: str, database: str, speed: float, port: int | None = None) -> None:
    pace = Pace(
        tick=USUAL.tick / speed,
        pulse=USUAL.pulse / speed,
        health=USUAL.health / speed,
        upkeep=USUAL.upkeep / speed,
    )
    clock = hurrying(speed, since=time.time())
    listen = None if port is None else ("127.0.0.1", port)
    keep_hurrying(folder, database, clock=clock, pace=pace, listen=listen)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]), *map(int, sys.argv[4:]))
