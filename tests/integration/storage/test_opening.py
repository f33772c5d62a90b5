"""Opening a database: making it, bringing it up to date, refusing what is not ours."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from domain.errors import NoDatabase, StorageError
from storage.store import Store
from storage.upgrade import back_up
from tests.builders import NOW, a_release, a_visit
from tests.integration.storage.saving import SOURCES, after, opened, rows, save

NOWHERE = "postgresql://nobody:secret@127.0.0.1:1/nothing"


@pytest.fixture(params=["empty_sqlite", "empty_postgresql"])
def new_url(request):
    """The address of a database that holds nothing yet."""
    return request.getfixturevalue(f"{request.param}_url")


def test_a_database_is_made_when_it_is_first_opened(new_url):
    with Store.open(new_url, now=NOW) as store:
        assert store.check() == ()
        assert store.counts().releases == 0


def test_the_folder_of_a_database_is_made_too(tmp_path):
    with Store.open(f"sqlite:///{tmp_path}/not/there/yet.db", now=NOW) as store:
        assert store.check() == ()


def test_a_database_that_must_exist_is_not_made(new_url):
    with pytest.raises(NoDatabase, match="There is no database of pollwatch at "):
        Store.open(new_url, now=NOW, must_exist=True)
    with pytest.raises(NoDatabase):
        Store.open(new_url, now=NOW, must_exist=True)


def test_a_database_that_must_exist_is_opened_where_it_does(database_url):
    Store.open(database_url, now=NOW).close()
    with Store.open(database_url, now=NOW, must_exist=True) as store:
        assert store.check() == ()


def test_a_database_opened_again_holds_what_it_held(database_url):
    with Store.open(database_url, now=NOW) as store:
        store.remember_sources(SOURCES, now=NOW)
        save(store, a_visit(a_release()))
    with Store.open(database_url, now=after(days=1)) as store:
        assert store.counts().releases == 1


def test_a_database_of_a_newer_program_is_refused_and_left_as_it_is(database_url):
    Store.open(database_url, now=NOW).close()
    with opened(database_url) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StorageError, match=r"made by a newer pollwatch.* 9999") as refusal:
        Store.open(database_url, now=NOW)
    assert "Upgrade pollwatch" in refusal.value.next_step
    assert rows(database_url, "SELECT version_num FROM alembic_version") == [("9999",)]


def test_tables_of_our_names_that_we_did_not_make_are_refused(new_url):
    with opened(new_url) as connection:
        connection.exec_driver_sql("CREATE TABLE texts (id INTEGER)")
    with pytest.raises(StorageError, match="tables of our names \\(texts\\)"):
        Store.open(new_url, now=NOW)


def test_tables_of_others_beside_ours_are_left_alone(new_url):
    with opened(new_url) as connection:
        connection.exec_driver_sql("CREATE TABLE somebody_elses (id INTEGER)")
    with Store.open(new_url, now=NOW) as store:
        assert store.check() == ()


@pytest.mark.parametrize(
    ("url", "what", "next_step"),
    [
        ("", "'' is not the address of a database", "Write sqlite:///path"),
        ("pollwatch.db", "'pollwatch.db' is not the address", "Write sqlite:///path"),
        ("mysql://desk@db.example/x", "kind 'mysql' cannot be used", "Write sqlite:///path"),
        ("sqlite://", "in memory would forget", "Name a file"),
        ("sqlite:///:memory:", "in memory would forget", "Name a file"),
        (NOWHERE, "cannot be reached, or went away", "See that the server runs"),
        ("sqlite:////dev/null/x.db", "folder of the database", "Name another place"),
    ],
)
def test_what_cannot_be_opened_says_so_and_what_to_do(url, what, next_step):
    with pytest.raises(StorageError, match=what) as refusal:
        Store.open(url, now=NOW)
    assert next_step in refusal.value.next_step


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        (NOWHERE, "nobody:***@"),
        ("postgresql://127.0.0.1:1/x?user=nobody&password=secret", "?password=***"),
    ],
)
def test_a_password_is_never_shown(url, shown):
    with pytest.raises(StorageError) as refusal:
        Store.open(url, now=NOW)
    assert "secret" not in str(refusal.value)
    assert shown in str(refusal.value)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://desk:sec@ret:x@db.example/news",
        "postgresql://desk:secret@db.example:port/news",
        "post gres://desk:secret@db.example/news",
    ],
)
def test_a_password_in_an_address_that_cannot_be_read_is_not_shown_either(url):
    with pytest.raises(StorageError) as refusal:
        Store.open(url, now=NOW)
    shown = f"{refusal.value} {refusal.value.__cause__}"
    assert "sec" not in shown
    assert "ret" not in shown


def test_a_file_that_is_no_database_is_refused(tmp_path):
    (tmp_path / "notes.txt").write_text("These are my notes, and no database at all. " * 50)
    with pytest.raises(StorageError, match="the file is something else"):
        Store.open(f"sqlite:///{tmp_path}/notes.txt", now=NOW)


def test_a_postgresql_database_that_does_not_exist_is_named(postgresql_address):
    with pytest.raises(StorageError, match="not_there") as refusal:
        Store.open(postgresql_address("not_there"), now=NOW)
    assert "was created" in refusal.value.next_step


def test_a_full_disk_is_called_so_and_nothing_half_written_is_kept(store_on_file):
    set_for_the_writer(store_on_file, "PRAGMA max_page_count = 120")
    with pytest.raises(StorageError, match="the disk is full") as refusal:
        save(store_on_file, a_visit(a_release(text="long " * 200_000)))
    assert "Make room" in refusal.value.next_step
    assert store_on_file.counts().releases == 0
    assert store_on_file.check() == ()


def test_a_database_that_somebody_else_keeps_to_himself_is_called_locked(store_on_file, sqlite_url):
    set_for_the_writer(store_on_file, "PRAGMA busy_timeout = 10")
    with opened(sqlite_url), pytest.raises(StorageError, match="somebody else has been writing"):
        save(store_on_file, a_visit(a_release()))


def test_reading_goes_on_while_somebody_writes(store_on_file, sqlite_url):
    with opened(sqlite_url):
        assert store_on_file.counts().releases == 0


def test_readers_may_come_from_any_thread(store):
    save(store, a_visit(a_release()))
    with ThreadPoolExecutor(max_workers=4) as threads:
        counted = [threads.submit(store.counts) for _ in range(8)]
        save(store, a_visit(a_release(url="https://press.economy.example/2", text="Other.")))
    assert {one.result().polls for one in counted} <= {1, 2}


@pytest.fixture
def store_on_file(sqlite_url):
    """An open store on SQLite that knows two sources."""
    with Store.open(sqlite_url, now=NOW) as store:
        store.remember_sources(SOURCES, now=NOW)
        yield store


def set_for_the_writer(store, pragma):
    """Change a setting of the one connection that the store writes by."""
    with store._database.engine.connect() as connection:
        connection.connection.driver_connection.execute(pragma)


def test_a_backup_can_be_opened_and_holds_the_same(sqlite_url, tmp_path):
    with Store.open(sqlite_url, now=NOW) as store:
        store.remember_sources(SOURCES, now=NOW)
        save(store, a_visit(a_release()))
        back_up(tmp_path / "pollwatch.db", to=tmp_path / "copy.db")
        original = list(store.dump())
    with Store.open(f"sqlite:///{tmp_path}/copy.db", now=NOW) as copy:
        assert list(copy.dump()) == original


def test_a_backup_that_cannot_be_written_stops_everything(sqlite_url, tmp_path):
    Store.open(sqlite_url, now=NOW).close()
    with pytest.raises(StorageError, match=r"could not be copied.* so it was not changed"):
        back_up(tmp_path / "pollwatch.db", to=tmp_path / "no folder" / "copy.db")
