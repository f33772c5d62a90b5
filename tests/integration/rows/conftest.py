"""A house that takes rows in: the real store, judge and keywords, and a clock that a test moves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from functools import partial
from typing import Any

import pytest

from analysis.keywords import compile_topics
from domain.reading import HitKind
from domain.record import Imported, Record
from domain.source import SourceId
from domain.subscriber import SubscriberId
from domain.topic import Keyword, Topic
from scheduler.importing import Importer
from scheduler.ingest import Ingest, read
from storage.store import Store
from tests.builders import NOW

ELECTIONS = Topic(
    id="elections",
    title="Elections",
    threshold=1,
    window=12,
    title_weight=1,
    lead_weight=1,
    keywords=(Keyword(term="election*", kind=HitKind.STRONG, language="en"),),
)


class Desk:
    """Takes rows in and gives them out."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.now = NOW
        self.zones: dict[SourceId, tzinfo] = {}

    def take_in(self, *records: Record, subscribers: tuple[str, ...] = ()) -> Imported:
        """What became of the rows; an hour passes before each import."""
        self.now += timedelta(hours=1)
        importer = Importer(
            store=self.store,
            read=partial(read, keywords=compile_topics([ELECTIONS])),
            judge=Ingest(),
            learn=lambda brought: None,
            subscribers=[SubscriberId(one) for one in subscribers],
            clock=self._clock,
        )
        return sum(importer.take_in(records), start=Imported())

    def _clock(self) -> datetime:
        return self.now

    def rows(self, source: Any = None) -> list[dict[str, Any]]:
        """What an export holds."""
        return list(self.store.export_rows("elections", source=source, zones=self.zones))

    def row(self) -> dict[str, Any]:
        """The only row of an export."""
        (row,) = self.rows()
        return row


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    with Store.open(database_url, now=NOW) as store:
        yield Desk(store)
