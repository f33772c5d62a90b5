"""Many that begin to use one new database at once all come in."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Barrier

from storage.database import Database
from storage.schema import REVISION
from storage.upgrade import revision_of, upgrade, use_wal
from tests.builders import NOW

TOGETHER = 6
ROUNDS = 200
"""SQLite refuses one of them about every thirtieth round."""


def each_of(comers, *, file, does):
    start = Barrier(TOGETHER)

    def come(_):
        with closing(Database(f"sqlite:///{file}")) as database:
            with database.reading() as connection:
                revision_of(connection)
            start.wait()
            does(database)
            with database.reading() as connection:
                return revision_of(connection)

    return list(comers.map(come, range(TOGETHER)))


def test_a_new_file_is_made_by_whoever_comes_first_and_used_by_all(tmp_path):
    with ThreadPoolExecutor(TOGETHER) as comers:
        found = each_of(comers, file=tmp_path / "new.db", does=lambda file: upgrade(file, now=NOW))
    assert found == [REVISION] * TOGETHER


def test_nobody_is_refused_while_all_turn_a_new_file_to_wal(tmp_path):
    with ThreadPoolExecutor(TOGETHER) as comers:
        found = [each_of(comers, file=tmp_path / f"{n}.db", does=use_wal) for n in range(ROUNDS)]
    assert found == [[None] * TOGETHER] * ROUNDS
