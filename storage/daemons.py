"""Is another daemon at work on this database, and is the database still the one it was?

The one daemon holds a lock of the operating system or the database server for as long as it
lives, as owners do; nobody has to renew it, and after kill -9 it is free at once. Beside it stands
who holds it, for whoever comes second.
"""

from __future__ import annotations

import json
import os
import socket
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout
from sqlalchemy import text

from domain.errors import AlreadyRunning, StorageError
from storage.database import Database

ADVISORY_DAEMON = 0x706F78
"""The first half of our advisory lock on PostgreSQL; another than owners have."""
WE = "pollwatch daemon, "
"""How our connection's name begins, for whoever looks at the server."""
STOP_IT = "Let that one work, or stop it first; `pollwatch run` may be used beside it"


class DaemonLock(Protocol):
    """The right to be the one daemon of a database."""

    def check(self) -> None:
        """Raise StorageError where the database is gone, or is another one by now."""

    def release(self) -> None:
        """Stop being the daemon."""


def daemon_lock(url: str, *, now: datetime) -> DaemonLock:
    """The lock, taken; AlreadyRunning says who holds it where somebody does."""
    database = Database(url)
    return FileDaemonLock(database.path, now=now) if database.is_sqlite else AdvisoryLock(database)


class FileDaemonLock:
    """A locked file beside the database file; beside it a note of who holds it."""

    def __init__(self, path: Path, *, now: datetime) -> None:
        self._path = path
        self._note = path.with_name(path.name + ".daemon")
        self._lock = FileLock(path.with_name(path.name + ".daemon-lock"), thread_local=False)
        try:
            self._lock.acquire(timeout=0)
            holder = {"pid": os.getpid(), "host": socket.gethostname(), "since": f"{now:%F %T} UTC"}
            self._note.write_text(json.dumps(holder))
            self._is = _identity(path)
        except Timeout:
            raise _already_running(str(path), self._holder()) from None
        except OSError as error:
            self._lock.release()
            raise StorageError(
                f"No lock file could be made beside the database {path} ({error})",
                next_step="See that its folder exists and that you may write there",
            ) from error

    def check(self) -> None:
        """Raise StorageError where another file, or none, bears the database's name."""
        try:
            is_the_same = _identity(self._path) == self._is
        except FileNotFoundError:
            is_the_same = False
        except OSError as error:
            raise StorageError(
                f"The database {self._path} cannot be reached ({error.strerror})",
                next_step="See that its disk is there, and start the daemon again",
            ) from error
        if not is_the_same:
            raise StorageError(
                f"The database {self._path} was deleted or replaced under the daemon",
                next_step="Put it back, or a backup of it, and start the daemon again",
            )

    def release(self) -> None:
        """Remove the note and let go of the lock."""
        self._note.unlink(missing_ok=True)
        self._lock.release()

    def _holder(self) -> str:
        try:
            holder = json.loads(self._note.read_text())
            return f"pid {holder['pid']} on {holder['host']}, since {holder['since']}"
        except (OSError, ValueError, KeyError, TypeError):
            return "which has not said who it is"


class AdvisoryLock:
    """An advisory lock, on a connection that tells the server who holds it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        with database.complaining():
            self._connection = database.engine.connect()
            self._connection.execution_options(isolation_level="AUTOCOMMIT")
            # No longer the pool's: to close it is to hang up, and that frees the lock.
            self._connection.detach()
            who = f"{WE}pid {os.getpid()} on {socket.gethostname()}"
            self._connection.execute(
                text("SELECT set_config('application_name', :who, false)"), {"who": who[:63]}
            )
            taken = self._connection.scalar(
                text("SELECT pg_try_advisory_lock(:ours, 0)"), {"ours": ADVISORY_DAEMON}
            )
        if not taken:
            holder = self._holder()
            self.release()
            raise _already_running(database.name, holder)

    def check(self) -> None:
        """Raise StorageError where the connection, and with it the lock, was lost."""
        with self._database.complaining():
            self._connection.scalar(text("SELECT 1"))

    def release(self) -> None:
        """Hang up."""
        self._connection.close()
        self._database.close()

    def _holder(self) -> str:
        statement = text(
            "SELECT application_name, backend_start FROM pg_locks JOIN pg_stat_activity USING (pid)"
            " WHERE locktype = 'advisory' AND granted AND classid = :ours AND objid = 0"
        )
        with self._database.complaining():
            row = self._connection.execute(statement, {"ours": ADVISORY_DAEMON}).first()
        if row is None:
            return "which has just left"
        who, since = row
        return f"{who.removeprefix(WE)}, since {since.astimezone(UTC):%F %T} UTC"


def _identity(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino


def _already_running(database: str, holder: str) -> AlreadyRunning:
    return AlreadyRunning(f"Another daemon works with {database}: {holder}", next_step=STOP_IT)
