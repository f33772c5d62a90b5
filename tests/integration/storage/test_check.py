"""What `db check` finds in a database that was tampered with."""

from __future__ import annotations

import pytest

from storage.store import Store
from tests.builders import NOW, a_release, a_visit
from tests.integration.storage.saving import SOURCES, opened, save


@pytest.fixture
def tampered(store, database_url):
    """Executes a statement behind the store's back, on a database that holds a release."""
    save(store, a_visit(a_release()))

    def execute(statement):
        with opened(database_url) as connection:
            connection.exec_driver_sql(statement)

    return execute


def test_a_sound_database_has_no_faults(store, tampered):
    assert store.check() == ()


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("ALTER TABLE texts DROP COLUMN language", "The tables lack the column texts.language"),
        ("DROP TABLE hits", "The tables lack the table hits"),
        ("DROP INDEX ix_texts_fingerprint", "The tables lack the index texts.ix_texts_fingerprint"),
        (
            "ALTER TABLE owed ADD COLUMN colour TEXT",
            "The tables have, though nobody needs it, the column owed.colour",
        ),
    ],
)
def test_tables_that_differ_from_the_schema_are_named(store, tampered, statement, fault):
    tampered(statement)
    (found,) = store.check()
    assert found == f"{fault}; put back a backup, or report this line"


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("INSERT INTO stories (public_id) VALUES ('alone')", "1 stories hold no release"),
        (
            "INSERT INTO releases (public_id, story_id) SELECT 'alone', id FROM stories",
            "1 releases hold no text",
        ),
        ("DELETE FROM appearances", "1 texts were brought by nothing"),
        ("DELETE FROM originals", "1 texts lack the page that brought them"),
    ],
)
def test_rows_that_nothing_points_to_are_counted(store, tampered, statement, fault):
    tampered(statement)
    assert store.check() == (f"{fault}; report this line",)


def test_rows_that_point_nowhere_are_counted(sqlite_url):
    with Store.open(sqlite_url, now=NOW) as store:
        store.remember_sources(SOURCES, now=NOW)
        with store._database.engine.connect() as connection:
            driver = connection.connection.driver_connection
            driver.execute("PRAGMA foreign_keys = OFF")
            driver.execute("UPDATE feeds SET source_id = 'gone' WHERE source_id = 'yy_foreign'")
            driver.execute("PRAGMA foreign_keys = ON")
        assert store.check() == (
            "1 rows of feeds point to rows of sources that are not there; put back a backup",
        )


def test_a_damaged_file_is_called_so(sqlite_url, tmp_path):
    with Store.open(sqlite_url, now=NOW) as store:
        store.remember_sources(SOURCES, now=NOW)
        save(store, a_visit(a_release()))
        with opened(sqlite_url) as connection:
            connection.exec_driver_sql("PRAGMA writable_schema = ON")
            connection.exec_driver_sql(
                "UPDATE sqlite_schema SET rootpage = 3 WHERE name = 'ix_texts_fingerprint'"
            )
    with Store.open(sqlite_url, now=NOW) as store:
        assert store.check()[0].startswith("The file is damaged: ")
