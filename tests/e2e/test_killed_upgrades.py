"""kill -9 at any moment of an upgrade: what was held is held, and the copy can be opened."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
from contextlib import closing, suppress
from time import monotonic

import pytest
from alembic import command
from sqlalchemy import MetaData

from storage.store import Store
from storage.upgrade import configuration
from tests.builders import NOW
from tests.e2e.nursing import born
from tests.integration.storage.saving import opened
from tests.integration.storage.test_upgrading import OLDER, ROWS

KILLS = 12
IN_EVERY_TEST_RUN = 1
HELD = 300
COUNTED = ("sources", "stories", "releases", "texts", "appearances", "originals", "deliveries")
NUMBERED = {"id", "story_id", "release_id", "text_id"}
NAMED = {
    *("public_id", "canonical_url", "url_checksum", "checksum", "origin", "origin_checksum"),
    *("address", "message_id"),
}
ONCE = {"sources": {}, "judged": {"last_id": HELD}}


def numbered(row, n):
    """The same row for the nth release."""
    own = dict.fromkeys(NUMBERED & row.keys(), n)
    return row | own | {key: f"{row[key]} {n}" for key in NAMED & row.keys()}


def fill(connection):
    tables = MetaData()
    tables.reflect(connection)
    for name, row in ROWS:
        if name in tables.tables:
            several = (
                [row | ONCE[name]]
                if name in ONCE
                else [numbered(row, n) for n in range(1, HELD + 1)]
            )
            connection.execute(tables.tables[name].insert(), several)


@pytest.fixture(scope="module", params=OLDER)
def older(request, tmp_path_factory):
    """A filled database of an older program."""
    path = tmp_path_factory.mktemp("older") / "pollwatch.db"
    with opened(f"sqlite:///{path}") as connection:
        command.upgrade(configuration(connection), request.param)
        fill(connection)
    return path


def upgrading(database):
    environment = {name: value for name, value in os.environ.items() if "POLLWATCH" not in name}
    where = ("--db", str(database), "--config", str(database.parent))
    return born("pollwatch", "db", "upgrade", *where, environment=environment)


def ended(process, *, within=60):
    """Its exit code; it is killed where it has none by then."""
    with suppress(subprocess.TimeoutExpired):
        process.wait(within)
    process.kill()
    process.stdout.close()
    return process.wait()


@pytest.fixture(scope="module")
def peace(tmp_path_factory):
    """How long it takes in peace; the first one is slower."""
    for name in ("first", "second"):
        database = tmp_path_factory.mktemp(name) / "pollwatch.db"
        began = monotonic()
        assert ended(upgrading(database)) == 0
    return monotonic() - began


def counts(database):
    with closing(sqlite3.connect(database)) as connection:
        ask = connection.execute
        assert ask("PRAGMA integrity_check").fetchall() == [("ok",)]
        there = [name for (name,) in ask("SELECT name FROM sqlite_master WHERE type = 'table'")]
        counted = {name: f"SELECT count(*) FROM {name}" for name in COUNTED if name in there}
        return {name: ask(query).fetchone()[0] for name, query in counted.items()}


@pytest.fixture(
    params=[
        number if number < IN_EVERY_TEST_RUN else pytest.param(number, marks=pytest.mark.chaos)
        for number in range(KILLS)
    ]
)
def killed(request, older, peace, tmp_path):
    """A database whose upgrade was killed at some moment."""
    database = tmp_path / "pollwatch.db"
    shutil.copy(older, database)
    chosen = random.Random(f"{older} {request.param}")
    ended(upgrading(database), within=chosen.uniform(0.2, 1.2) * peace)
    return database


def test_a_killed_upgrade_loses_nothing_and_every_copy_is_whole(killed, older):
    held = counts(older)
    copies = [counts(copy) for copy in killed.parent.glob("*.backup")]
    after_the_kill = counts(killed)
    with Store.open(f"sqlite:///{killed}", now=NOW) as store:
        complaints = store.check()

    assert after_the_kill.items() >= held.items()
    assert all(copy == held for copy in copies)
    assert complaints == ()
    assert counts(killed).items() >= held.items()
