"""Migrations lead to the tables that the program knows."""

from __future__ import annotations

from alembic.script import ScriptDirectory

from storage.schema import REVISION
from storage.upgrade import MIGRATIONS, configuration
from tests.integration.storage.saving import opened


def test_the_last_migration_is_the_one_that_the_schema_names(store, sqlite_url):
    with opened(sqlite_url) as connection:
        scripts = ScriptDirectory.from_config(configuration(connection))
        assert scripts.get_heads() == [REVISION]


def test_migrations_are_packed_inside_the_room():
    assert (MIGRATIONS / "env.py").is_file()
    assert (MIGRATIONS / "versions" / "0001_first_tables.py").is_file()
