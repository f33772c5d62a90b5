"""What has an upgrade changed beneath a user's own files?

Three texts are compared: the copy that a file began from, the shipped file of today, and the
user's own. A file that only adds to the shipped one, or that switches it off, has nothing to
catch up with.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
from enum import StrEnum
from itertools import islice
from pathlib import Path

from pollwatch.loading.files import loaded
from pollwatch.loading.folders import ConfigFile, overlay
from pollwatch.loading.owning import BEGUN_FROM


class Drift(StrEnum):
    """How a user's own file stands to the shipped one of today."""

    FOLLOWS = "follows"
    SAME = "unchanged"
    OWN_CHANGED = "yours changed"
    SHIPPED_CHANGED = "shipped changed"
    BOTH_CHANGED = "both changed"
    NO_COPY = "no copy"
    NOT_SHIPPED = "no longer shipped"


# What is not written there keeps its default, whichever way that changes.
_FILLED_UP = ("settings.toml", "subscribers.yaml")
OUT_OF_DATE = frozenset(
    {Drift.SHIPPED_CHANGED, Drift.BOTH_CHANGED, Drift.NO_COPY, Drift.NOT_SHIPPED}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A user's own file beside the shipped one."""

    name: str
    drift: Drift
    own: Path
    shipped: Path
    begun_from: Path
    """Where the copy it began from is kept, or would be."""
    shipped_changes: str
    """What the shipped file has changed since, as a unified diff."""
    own_changes: str
    """What the user has changed, as a unified diff; against the shipped file without a copy."""

    @property
    def is_out_of_date(self) -> bool:
        """True where a person should look."""
        return self.drift in OUT_OF_DATE


def comparisons(base: Path, own: Path) -> tuple[Comparison, ...]:
    """One for each own file that has a shipped twin, or had one; in the order of names."""
    return tuple(_compared(file, base=base, own=own) for file in _twins(base, own))


def drift(*, begun_from: str | None, shipped: str | None, own: str) -> Drift:
    """How three texts stand to each other; None for one that is not there.

    >>> drift(begun_from="a", shipped="b", own="c")
    <Drift.BOTH_CHANGED: 'both changed'>
    """
    if shipped is None:
        return Drift.NOT_SHIPPED
    if own == shipped:
        return Drift.SAME
    if begun_from is None:
        return Drift.NO_COPY
    if begun_from == shipped:
        return Drift.OWN_CHANGED
    return Drift.SHIPPED_CHANGED if own == begun_from else Drift.BOTH_CHANGED


def _twins(base: Path, own: Path) -> Iterator[ConfigFile]:
    for file in overlay(base, own).values():
        has_copy = (own / BEGUN_FROM / file.name).is_file()
        is_whole = file.replaces is not None and file.name not in _FILLED_UP
        if file.is_own and (has_copy or is_whole):
            yield file


def _compared(file: ConfigFile, *, base: Path, own: Path) -> Comparison:
    begun_from = own / BEGUN_FROM / file.name
    began, shipped, mine = _text(begun_from), _text(base / file.name), _text(file.path) or ""
    found = Drift.FOLLOWS if _follows(file) else drift(begun_from=began, shipped=shipped, own=mine)
    is_told = found not in (Drift.FOLLOWS, Drift.SAME)
    return Comparison(
        name=file.name,
        drift=found,
        own=file.path,
        shipped=base / file.name,
        begun_from=begun_from,
        shipped_changes=_changes(began, shipped) if is_told else "",
        own_changes=_changes(shipped if began is None else began, mine) if is_told else "",
    )


def _follows(file: ConfigFile) -> bool:
    read = loaded(file)
    return read.beneath is not None or read.is_switched_off


def _text(path: Path) -> str | None:
    # To open a pipe would be to wait.
    if not path.is_file():
        return None
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None


def _changes(before: str | None, after: str | None) -> str:
    if before is None or after is None:
        return ""
    lines = unified_diff(before.splitlines(), after.splitlines(), lineterm="")
    return "\n".join(islice(lines, 2, None))  # without the names of the two
