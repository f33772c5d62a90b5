"""What is to be done with each entry of a listing?

Entries that are owed come first, whatever the listing says now. The rest are known (fetched
for good under the same mark), skipped, or wanted; of the wanted, as many are fetched as the
budget allows, and what does not fit is deferred: then it is owed, and comes first next time.
The newest wanted entry stands first in most listings; older ones are nearer to falling out,
but being owed keeps them, so the listing's own order is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.poll import Fate, Owed
from domain.release import Entry, EntryKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """Entries by what is to be done; the four parts together hold each entry once."""

    settled: tuple[tuple[Entry, Fate, str], ...]
    """Known or skipped, with the reason."""
    fetch: tuple[Owed, ...]
    """In this order."""
    defer: tuple[Owed, ...]


def sort(
    entries: Sequence[Entry],
    *,
    marks: Mapping[EntryKey, str],
    owed: Sequence[Owed],
    skip: Sequence[str],
    budget: int,
    now: datetime,
) -> Sorted:
    """Sort a listing's entries, and what is owed from earlier ones.

    An owed entry that stands in the listing again is taken as the listing now has it.
    """
    settled: list[tuple[Entry, Fate, str]] = []
    listed: dict[EntryKey, Entry] = {}
    for entry in entries:
        if not entry.url:
            settled.append((entry, Fate.SKIPPED, "has no address"))
        elif entry.key in listed:
            settled.append((entry, Fate.KNOWN, "repeated in this listing"))
        else:
            listed[entry.key] = entry
    due: list[Owed] = []
    waiting: list[Owed] = []
    for item in owed:
        current = _as_listed(item, listed.pop(item.entry.key, None))
        (due if current.not_before_at <= now else waiting).append(current)
    for entry in listed.values():
        if any(part in entry.url for part in skip):
            settled.append((entry, Fate.SKIPPED, "its address is one that the source file skips"))
        elif marks.get(entry.key) == entry.mark:
            settled.append((entry, Fate.KNOWN, "fetched before, and nothing new is said of it"))
        else:
            due.append(Owed(entry=entry, attempts=0, not_before_at=now, reason=""))
    return Sorted(
        settled=tuple(settled),
        fetch=tuple(due[:budget]),
        defer=tuple(due[budget:]) + tuple(waiting),
    )


def _as_listed(item: Owed, entry: Entry | None) -> Owed:
    if entry is None:
        return item
    return Owed(
        entry=entry,
        attempts=item.attempts,
        not_before_at=item.not_before_at,
        reason=item.reason,
    )
