"""Who came to the town, asked for what, and when?

The visitor's book is where our manners can be read: one request at a time, pauses kept, nothing
asked for that robots.txt forbids.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Condition

# Longer than the town ever takes to notice that a visitor has gone.
PATIENCE = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One request in the visitor's book."""

    host: str
    path: str
    """With its query."""
    headers: Mapping[str, str]
    """By name in small letters."""
    began: float
    """On the monotonic clock."""
    ended: float
    """When the last byte was about to go out, or the visitor was found gone."""
    status: int
    """As sent; 0 where no status ever was."""


class VisitorsBook:
    """All notes, written by many threads."""

    def __init__(self) -> None:
        self._notes: list[Note] = []
        self._changed = Condition()

    def write(self, note: Note) -> None:
        """Add a note."""
        with self._changed:
            self._notes.append(note)
            self._changed.notify_all()

    def read(self) -> tuple[Note, ...]:
        """All notes, in the order in which requests ended."""
        with self._changed:
            return tuple(self._notes)

    def read_when(self, count: int) -> tuple[Note, ...]:
        """All notes, once there are so many or patience is at its end."""
        with self._changed:
            self._changed.wait_for(lambda: len(self._notes) >= count, timeout=PATIENCE)
            return tuple(self._notes)

    def clear(self) -> None:
        """Begin a new page."""
        with self._changed:
            self._notes.clear()
