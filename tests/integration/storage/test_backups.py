"""Copies of a database that is in use."""

from __future__ import annotations

import pytest

from domain.errors import StorageError
from storage.store import Store
from tests.builders import NOW, a_release, a_visit
from tests.integration.storage.saving import SOURCES, opened, save


@pytest.fixture
def store_on_file(sqlite_url):
    with Store.open(sqlite_url, now=NOW) as store:
        store.remember_sources(SOURCES, now=NOW)
        save(store, a_visit(a_release()))
        yield store


def test_a_copy_made_while_somebody_writes_holds_the_same(store_on_file, sqlite_url, tmp_path):
    with opened(sqlite_url) as writer:
        writer.exec_driver_sql("DELETE FROM told")
        store_on_file.back_up(tmp_path / "copy.db")
    with Store.open(f"sqlite:///{tmp_path}/copy.db", now=NOW) as copy:
        assert list(copy.dump()) == list(store_on_file.dump())
        assert copy.check() == ()


def test_nothing_is_written_over(store_on_file, tmp_path):
    (tmp_path / "copy.db").write_text("mine")
    with pytest.raises(StorageError, match=r"copy.db exists already. Name a new file"):
        store_on_file.back_up(tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "mine"


def test_a_copy_that_could_not_be_made_leaves_nothing_behind(store_on_file, tmp_path):
    with pytest.raises(StorageError, match="could not be copied"):
        store_on_file.back_up(tmp_path / "none" / "copy.db")
    assert [path.name for path in tmp_path.glob("*copy*")] == []


def test_postgresql_is_left_to_its_own_tool(postgresql_url, tmp_path):
    with Store.open(postgresql_url, now=NOW) as store, pytest.raises(StorageError) as refusal:
        store.back_up(tmp_path / "copy.db")
    assert "pg_dump" in refusal.value.next_step
