"""One of many lives of a daemon: ``python -m tests.e2e.chaos_daemon FOLDER DATABASE SPEED SINCE``.

Its days go by in seconds, and on through all its lives; it looks ten times a second.
"""

from __future__ import annotations

import sys
from datetime import timedelta

from pollwatch.daemon import Pace
from tests.e2e.fast_daemon import hurrying, keep_hurrying

LOOK = timedelta(seconds=0.1)
PACE = Pace(tick=LOOK, pulse=LOOK, health=3 * LOOK, upkeep=30 * LOOK)

if __name__ == "__main__":
    folder, database, speed, since = sys.argv[1:]
    clock = hurrying(float(speed), since=float(since))
    keep_hurrying(folder, database, clock=clock, pace=PACE, listen=None)
