"""One daemon for a database, on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import socket

import pytest

from domain.errors import AlreadyRunning
from storage.daemons import daemon_lock
from storage.store import Store
from tests.builders import NOW


@pytest.fixture
def url(database_url):
    Store.open(database_url, now=NOW).close()
    return database_url


def test_the_second_is_told_who_the_first_is(url):
    first = daemon_lock(url, now=NOW)
    with pytest.raises(AlreadyRunning) as refusal:
        daemon_lock(url, now=NOW)
    first.release()
    assert f"pid {os.getpid()} on {socket.gethostname()}, since 20" in str(refusal.value)


def test_who_has_left_is_in_nobodys_way(url):
    daemon_lock(url, now=NOW).release()
    second = daemon_lock(url, now=NOW)
    assert second.check() is None
    second.release()
