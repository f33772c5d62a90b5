"""What does a page list?"""

from __future__ import annotations

from dataclasses import dataclass

from domain.errors import ParseError
from domain.release import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The entries of one page, in its order, and where older ones stand."""

    entries: tuple[Entry, ...]
    next_url: str | None = None
    maps: tuple[str, ...] = ()
    """Further lists that this one names, those that changed last first."""
    changes_silently: bool = False
    """True where those may hold something new though this one stays as it is."""
    hint: str = ""
    """What to look at where there are no entries."""
    fault: ParseError | None = None
    """Why these may not be all entries that the page was meant to hold."""
