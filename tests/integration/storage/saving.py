"""What tests of the store share: two known sources, and saving visits in one line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, text

from domain.poll import Fetched, Poll, Visit
from domain.reading import Reading
from domain.release import EntryKey
from domain.source import SourceId
from storage.database import Database
from storage.store import Store
from tests.builders import NOW, a_feed, a_fetched, a_release, a_source, an_entry, readings_of
from tests.fakes import FakeJudge

FEED = a_feed()
OTHER_FEED = a_feed(
    source_id=SourceId("yy_foreign"), url="https://foreign.example/feed", zone="Europe/Warsaw"
)
SOURCE = a_source(feeds=(FEED,))
OTHER_SOURCE = a_source(
    id=SourceId("yy_foreign"), name="Foreign Ministry", country="PL", feeds=(OTHER_FEED,)
)
SOURCES = (SOURCE, OTHER_SOURCE)
HOST = "press.economy.example"
OTHER_HOST = "foreign.example"


def after(**span: float) -> datetime:
    """A moment that long after NOW."""
    return NOW + timedelta(**span)


def save(
    store: Store,
    visit: Visit,
    *,
    readings: Mapping[EntryKey, Reading] | None = None,
    **changes: Any,
) -> Poll:
    """Save a visit; everything fetched matches unless readings say otherwise."""
    values: dict[str, Any] = {
        "readings": readings_of(visit) if readings is None else readings,
        "next_poll_at": after(minutes=30),
        "judge": FakeJudge(),
        "host_is_done": True,
    }
    return store.save_visit(visit, **values | changes)


def titled(title: str, text: str = "Words.") -> Fetched:
    """A text under that title; all stand at one address, so that all are compared."""
    return a_fetched(a_release(title=title, text=text), entry=an_entry(key=EntryKey(title)))


@contextmanager
def opened(url: str) -> Iterator[Connection]:
    """The database itself, to look behind the store or to disturb it."""
    database = Database(url)
    with closing(database), database.writing() as connection:
        yield connection


def rows(url: str, statement: str) -> Sequence[Any]:
    """What the database answers."""
    with opened(url) as connection:
        return connection.execute(text(statement)).all()
