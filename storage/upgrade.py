"""Are the tables those that this program knows, and how do they become so?

A database is made when somebody first writes to it, and migrated when it is next used. All of a
migration happens in one writing transaction, so two processes that start at once do it once, and a
kill leaves the old tables. An SQLite database that holds something is copied first, and the copy is
read back before anything is changed. There is no way down: the copy is the way back.

Alembic takes half a second to import, so it is only asked when there is something to do.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from domain.errors import NoDatabase, StorageError
from storage.database import BUSY_TIMEOUT_S, Database
from storage.schema import METADATA, REVISION

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).with_name("migrations")
ADVISORY_UPGRADE = 0x706F7700
"""Held on PostgreSQL while tables are made or changed."""
ASK_AGAIN_S = 0.01


def upgrade(database: Database, *, now: datetime) -> None:
    """Bring the tables to those of this program; refuses a database of a newer one."""
    if database.is_sqlite:
        _make_room(database.path)
    if _found(database) == REVISION:
        return
    if database.is_sqlite:
        use_wal(database)
    with database.writing() as connection:
        if not database.is_sqlite:
            connection.execute(
                text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_UPGRADE}
            )
        found = revision_of(connection)
        if found == REVISION:
            return
        _refuse_strangers(connection, found, database.name)
        if database.is_sqlite and found is not None:
            _copy(database.path, to=_copy_name(database.path, found, now))
        _migrate(connection)


def require(database: Database) -> None:
    """Refuse a database that pollwatch has not made yet; makes nothing itself."""
    # Connecting would make the file.
    is_file = not database.is_sqlite or database.path.is_file()
    if not is_file or _found(database) is None:
        raise NoDatabase(
            f"There is no database of pollwatch at {database.name}",
            next_step="Name another with --db; `pollwatch run` makes one",
        )


def _found(database: Database) -> str | None:
    with database.reading() as connection:
        return revision_of(connection)


def revision_of(connection: Connection) -> str | None:
    """The revision that a database says its tables are of; None where it says nothing."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def back_up(path: Path, *, to: Path) -> None:
    """Copy an SQLite database while it is in use, and read the copy back."""
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(to)) as copy:
            source.backup(copy)
            (verdict,) = copy.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.Error as error:
        verdict = str(error)
    if verdict != "ok":
        raise StorageError(
            f"The database {path} could not be copied to {to} ({verdict}), so it was not changed",
            next_step="Make room on the disk, or see whether the database is damaged",
        )


def copy_for_keeps(database: Database, *, to: Path) -> None:
    """Make a verified copy under a new name; what is not whole never bears it."""
    if not database.is_sqlite:
        raise StorageError(
            f"The database {database.name} is kept by PostgreSQL, which makes its own backups",
            next_step="Use pg_dump, which copies while everything runs",
        )
    for path in (to, _partial(to)):
        if path.exists():
            raise StorageError(f"{path} exists already", next_step="Name a new file")
    _copy(database.path, to=to)


def _copy(path: Path, *, to: Path) -> None:
    try:
        back_up(path, to=_partial(to))
        _partial(to).rename(to)
    finally:
        _partial(to).unlink(missing_ok=True)


def _partial(copy: Path) -> Path:
    return copy.with_name(f"{copy.name}.partial")


def configuration(connection: Connection) -> Config:
    """What Alembic needs to work on a connection of ours."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _migrate(connection: Connection) -> None:
    from alembic import command

    command.upgrade(configuration(connection), REVISION)


def _refuse_strangers(connection: Connection, found: str | None, name: str) -> None:
    """Stop before a database that a newer program made, or another program altogether."""
    from alembic.script import ScriptDirectory

    if found is None:
        strangers = sorted(set(inspect(connection).get_table_names()) & set(METADATA.tables))
        if strangers:
            raise StorageError(
                f"The database {name} has tables of our names ({', '.join(strangers)}) that"
                " pollwatch did not make",
                next_step="Name another database with --db",
            )
        return
    scripts = ScriptDirectory.from_config(configuration(connection)).walk_revisions()
    if found not in {script.revision for script in scripts}:
        raise StorageError(
            f"The database {name} was made by a newer pollwatch: its tables are of revision"
            f" {found}, and this program knows them up to {REVISION}",
            next_step="Upgrade pollwatch, or name another database with --db",
        )


def _copy_name(path: Path, revision: str, now: datetime) -> Path:
    return path.with_name(f"{path.name}.{revision}-{now:%Y%m%dT%H%M%SZ}.backup")


def _make_room(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"The folder of the database {path} cannot be made ({error.strerror})",
            next_step="Name another place with --db",
        ) from error


def use_wal(database: Database) -> None:
    """Let readers and a writer work at once; the file remembers it.

    Where several turn one file to WAL together, SQLite tells some of them at once that it is
    locked, whatever the timeout; so it is asked again here.
    """
    deadline = monotonic() + BUSY_TIMEOUT_S
    with database.complaining(), closing(database.engine.raw_connection()) as connection:
        while True:
            try:
                connection.cursor().execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() > deadline:
                    raise
                sleep(ASK_AGAIN_S)
            else:
                return
