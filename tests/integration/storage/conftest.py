"""Open stores to test on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from storage.store import Store
from tests.builders import NOW
from tests.integration.storage.saving import SOURCES


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An open store that knows two sources."""
    with Store.open(database_url, now=NOW) as opened:
        opened.remember_sources(SOURCES, now=NOW)
        yield opened


@pytest.fixture
def another(store: Store, database_url: str) -> Iterator[Store]:
    """A second open store on the same database, as another process would have."""
    with Store.open(database_url, now=NOW) as opened:
        yield opened
