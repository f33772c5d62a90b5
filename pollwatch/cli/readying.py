"""What a command says while texts of an older version are made ready."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.plain import counted
from pollwatch.cli.options import given
from pollwatch.cli.printing import progress, talk

if TYPE_CHECKING:
    from pollwatch.wiring import House


def make_ready(wired: House) -> None:
    """Mark what an older version stored, so that new texts are compared with it; says so."""
    portions = wired.make_ready()
    if left := next(portions, 0):
        if not given().quiet:
            talk(f"Marking {counted(left, 'older text')} for comparisons, this once …")
        with progress() as show:
            for still_left in portions:
                show(f"{counted(still_left, 'text')} left ")
