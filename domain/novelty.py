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

SKIPPED = "its address is one that the source file skips"


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
    settled, listed = _settle_oddities(entries)
    open_ = [_as_listed(item, listed.pop(item.entry.key, None)) for item in owed]
    for entry in listed.values():
        if marks.get(entry.key) == entry.mark:
            settled.append((entry, Fate.KNOWN, "fetched before, and nothing new is said of it"))
        else:
            open_.append(Owed(entry=entry, attempts=0, not_before_at=now, reason=""))
    settled += [(item.entry, Fate.SKIPPED, SKIPPED) for item in open_ if _is_skipped(item, skip)]
    wanted = [item for item in open_ if not _is_skipped(item, skip)]
    due = [item for item in wanted if item.not_before_at <= now]
    waiting = [item for item in wanted if item.not_before_at > now]
    return Sorted(
        settled=tuple(settled),
        fetch=tuple(due[:budget]),
        defer=tuple(due[budget:] + waiting),
    )


def _settle_oddities(
    entries: Sequence[Entry],
) -> tuple[list[tuple[Entry, Fate, str]], dict[EntryKey, Entry]]:
    """What needs no further look, and the others by key, in the listing's order."""
    settled: list[tuple[Entry, Fate, str]] = []
    listed: dict[EntryKey, Entry] = {}
    for entry in entries:
        if not entry.url:
            settled.append((entry, Fate.SKIPPED, "has no address"))
        elif entry.key in listed:
            settled.append((entry, Fate.KNOWN, "repeated in this listing"))
        else:
            listed[entry.key] = entry
    return settled, listed


def _is_skipped(item: Owed, skip: Sequence[str]) -> bool:
    return any(part in item.entry.url for part in skip)


def _as_listed(item: Owed, entry: Entry | None) -> Owed:
    if entry is None:
        return item
    return Owed(
        entry=entry,
        attempts=item.attempts,
        not_before_at=item.not_before_at,
        reason=item.reason,
    )
