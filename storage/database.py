"""How is the database reached?

Writers and readers never share a connection. On SQLite (WAL) a writing transaction takes its
lock when it begins: one that reads first and writes later would fail at once with "database is
locked", whatever the timeout. Readers begin deferred and see one moment of the database for as
long as they look; on PostgreSQL they ask for the same (REPEATABLE READ, read only).

Whatever the driver complains of leaves this module as a StorageError that says what to do.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from domain.errors import StorageError
from domain.urls import without_password
from storage.complaints import translated

BUSY_TIMEOUT_S = 30
KINDS = "sqlite:///path/to/file or postgresql://user@host/name"


class Database:
    """One database with its two ways in: ``writing`` and ``reading``."""

    def __init__(self, url: str) -> None:
        self.url = understood(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        with self.complaining():
            self._writer = (
                _sqlite_engine(self.url, "IMMEDIATE") if self.is_sqlite else _pg(self.url)
            )
            self._reader = (
                _sqlite_engine(self.url, "DEFERRED")
                if self.is_sqlite
                else self._writer.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
            )

    @property
    def name(self) -> str:
        """What to call the database before people; never holds a password."""
        if self.is_sqlite:
            return str(self.path)
        return without_password(self.url.render_as_string(hide_password=True))

    @property
    def path(self) -> Path:
        """The file of an SQLite database."""
        return Path(str(self.url.database))

    @property
    def engine(self) -> Engine:
        """The writers' engine, for what must not happen inside a transaction."""
        return self._writer

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that writes: all of it is stored, or nothing."""
        with self.complaining(), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One moment of the database, from any thread."""
        with self.complaining(), self._reader.begin() as connection:
            yield connection

    @contextmanager
    def complaining(self) -> Iterator[None]:
        """Turn what the driver complains of into a StorageError."""
        try:
            yield
        except (SQLAlchemyError, sqlite3.Error) as error:
            raise translated(error, database=self.name) from error

    def close(self) -> None:
        """Let go of all connections."""
        self._reader.dispose()
        self._writer.dispose()


def understood(url: str) -> URL:
    """The parsed address of a database of a kind that we can use.

    >>> understood("postgresql://desk@db.example/pollwatch").drivername
    'postgresql+psycopg'
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StorageError(
            f"'{without_password(url)}' is not the address of a database",
            next_step=f"Write {KINDS}",
        ) from error
    except ValueError:
        # What cannot be taken apart cannot be shown without its password; the complaint quotes
        # from it, and is not shown either.
        raise StorageError(
            "The address of the database cannot be understood",
            next_step=f"Write {KINDS}, and %40 for an '@' in a password",
        ) from None
    kind = parsed.get_backend_name()
    if kind in {"postgresql", "postgres"}:
        return parsed.set(drivername="postgresql+psycopg")
    if kind != "sqlite":
        raise StorageError(f"Databases of kind '{kind}' cannot be used", next_step=f"Write {KINDS}")
    if parsed.database in {None, "", ":memory:"}:
        raise StorageError(
            "A database in memory would forget everything", next_step="Name a file: sqlite:///path"
        )
    return parsed.set(drivername="sqlite+pysqlite")


def _pg(url: URL) -> Engine:
    try:
        return create_engine(url, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise StorageError(
            "The driver for PostgreSQL is not installed",
            next_step="Install pollwatch[postgresql]",
        ) from error


def _sqlite_engine(url: URL, begin: str) -> Engine:
    # Without an isolation level the driver begins nothing by itself, so that we can.
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_S, "isolation_level": None})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        connection.execute("PRAGMA foreign_keys = ON")
        # In WAL mode a kill loses nothing. A power cut may cost the last moments, and with them
        # the memory of having polled: then those feeds are simply polled again.
        connection.execute("PRAGMA synchronous = NORMAL")

    @event.listens_for(engine, "begin")
    def begin_as_told(connection: Connection) -> None:
        connection.exec_driver_sql(f"BEGIN {begin}")

    return engine
