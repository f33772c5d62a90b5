"""Rows from outside go the way of fetched pages: read, judged and stored, a transaction a batch."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from domain.reading import Judge, Reading
from domain.record import Brought, Imported, Record
from domain.release import Original, Release, Witness
from domain.source import SourceId
from domain.subscriber import SubscriberId
from domain.urls import canonical_url, is_web_address

if TYPE_CHECKING:
    from storage.store import Store

# Enough that a transaction's cost is spread; few enough that others need not wait long for theirs.
BATCH = 500


class Importer:
    """Takes rows in; one for the life of a process."""

    def __init__(
        self,
        *,
        store: Store,
        read: Callable[[Release], Reading],
        judge: Judge,
        learn: Callable[[Mapping[SourceId, int]], None],
        subscribers: Sequence[SubscriberId],
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._read = read
        self._judge = judge
        self._learn = learn
        self._subscribers = subscribers
        self._clock = clock

    def take_in(self, records: Iterable[Record]) -> Iterator[Imported]:
        """Store rows; yields what became of each batch as it is stored."""
        brought: Counter[SourceId] = Counter()
        for batch in batches(records):
            now = self._clock()
            releases = [release_of(record, now=now) for record in batch]
            yield self._store.import_rows(
                [
                    Brought(record=record, release=release, reading=self._read(release))
                    for record, release in zip(batch, releases, strict=True)
                ],
                subscribers=self._subscribers,
                judge=self._judge,
                now=now,
            )
            brought.update(record.source_id for record in batch)
        self._learn(brought)


def batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    """The rows in portions in which none comes twice: its second text is a change of the first."""
    batch: list[Record] = []
    seen: set[tuple[str, str]] = set()
    for record in records:
        mark = (record.source_id, record.key)
        if len(batch) == BATCH or mark in seen:
            yield batch
            batch, seen = [], set()
        batch.append(record)
        seen.add(mark)
    if batch:
        yield batch


def release_of(record: Record, *, now: datetime) -> Release:
    """The release that a row holds. Where it names no page, its id stands for an address."""
    is_addressed = is_web_address(record.url)
    return Release(
        source_id=record.source_id,
        url=record.url,
        canonical_url=canonical_url(record.url) if is_addressed else f"import:{record.key}",
        title=record.title,
        text=record.text,
        language=record.language or None,
        published_at=record.published_at,
        original=Original(
            url=record.url,
            headers=(("Content-Type", "application/json"),),
            body=zlib.compress(record.line),
            fetched_at=now,
            checksum=sha256(record.line).hexdigest(),
        ),
        witnesses={
            field: Witness.IMPORT
            for field, value in (
                ("title", record.title),
                ("text", record.text),
                ("published_at", record.published),
                ("language", record.language),
            )
            if value
        },
    )
