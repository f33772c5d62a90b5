"""The database fails under a daemon: it says so and ends, and nothing hangs."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from tests.e2e.daemons import a_fast_daemon, an_office, the_daemon

SOON_S = 20
WRITE_VERSION_AT = 18


@pytest.fixture
def office(tmp_path):
    with an_office(tmp_path) as office:
        yield office


def test_a_deleted_database_is_missed_and_not_written_on(office):
    with a_fast_daemon(office.program) as daemon:
        daemon.says("poll finished", "stored=2")
        Path(office.program.database).unlink()
        daemon.says("was deleted or replaced under the daemon. Put it back, or a backup of it")
        assert daemon.ends(within=SOON_S) == 3
    assert not Path(office.program.database).exists()


def test_another_file_in_place_of_the_database_is_noticed(office):
    database = Path(office.program.database)
    with a_fast_daemon(office.program) as daemon:
        daemon.says("poll finished", "stored=2")
        copy = database.with_suffix(".copy")
        copy.write_bytes(database.read_bytes())
        copy.replace(database)
        daemon.says("was deleted or replaced under the daemon")
        assert daemon.ends(within=SOON_S) == 3


def test_a_database_that_may_not_be_written_to_is_named(office):
    assert office.program("run").code == 0
    with Path(office.program.database).open("r+b") as file:
        file.seek(WRITE_VERSION_AT)
        file.write(b"\x03")  # by SQLite's own rules, from now on read-only for all of today's
    with the_daemon(office.program) as daemon:
        daemon.says(office.program.database, "the file may not be written to", "--db")
        assert daemon.ends(within=SOON_S) == 3


def test_a_disk_without_room_ends_the_daemon_and_keeps_what_was_stored(office):
    assert office.program("run").code == 0
    size = Path(office.program.database).stat().st_size
    office.lists(*range(1, 20))
    with a_fast_daemon(office.program) as daemon:
        resource.prlimit(daemon.process.pid, resource.RLIMIT_FSIZE, (size // 4, size // 4))
        daemon.says(office.program.database, "disk")
        assert daemon.ends(within=SOON_S) == 3
    assert office.program("db", "check").code == 0
    assert office.held()[:2] == ["1", "2"]
