"""The daemon with a clock that hurries: ``python fast_daemon.py FOLDER DATABASE SPEED [PORT]``.

A minute of the daemon's takes ``60 / SPEED`` seconds, in its own eyes and in what it does.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

from pollwatch.cli.exits import leaving
from pollwatch.daemon import Pace, keep_going
from pollwatch.logs import set_up
from pollwatch.notifying import Notifier
from pollwatch.wiring import Options, watched, wire


def hurrying(speed: float) -> Callable[[], datetime]:
    """The time, from now on so much faster."""
    began_at, began = datetime.now(UTC), monotonic()
    return lambda: began_at + timedelta(seconds=(monotonic() - began) * speed)


def main(folder: str, database: str, speed: float, port: int | None = None) -> None:
    options = Options(db=database or None, config=Path(folder), absent="make")
    usual = Pace()
    pace = Pace(
        tick=usual.tick / speed,
        pulse=usual.pulse / speed,
        health=usual.health / speed,
        upkeep=usual.upkeep / speed,
    )
    with wire(options, clock=hurrying(speed)) as house:
        set_up("info", "text")
        keep_going(
            house,
            watched=watched(options, house.config),
            notifier=Notifier(os.environ),
            listen=None if port is None else ("127.0.0.1", port),
            pace=pace,
        )


if __name__ == "__main__":
    with leaving():
        main(sys.argv[1], sys.argv[2], float(sys.argv[3]), *map(int, sys.argv[4:]))
