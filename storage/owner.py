"""Who is at work, and is that one still alive?

Every open store is an owner with an id of its own, and holds a lock of the operating system or
the database server for as long as it lives. Nobody has to renew it, and after kill -9 it is free
at once: a lease whose owner's lock is free is void. So a run that follows a killed one waits for
nothing, and a slow run is never robbed.

On SQLite the lock is a file beside the database; dead ones are cleared away. On PostgreSQL it
is an advisory lock on a connection of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from glob import escape
from pathlib import Path
from secrets import randbelow, token_hex
from threading import Lock
from typing import Protocol

from filelock import FileLock, Timeout
from sqlalchemy import text

from domain.errors import StorageError
from storage.database import Database

# Two processes that look after the same dead owner hold its lock for a moment each.
LOOK_S = 0.1
PATIENCE_S = 10
ADVISORY_OWNERS = 0x706F77
"""The first half of our advisory locks on PostgreSQL; any number that is the same everywhere."""


class Owner(Protocol):
    """One open store among all that use a database."""

    @property
    def id(self) -> str:
        """What leases name the owner by."""

    def is_living(self, owner_id: str) -> bool:
        """True while the owner of that id is open somewhere."""

    def leave(self) -> None:
        """Stop being an owner."""


def an_owner(database: Database) -> Owner:
    """A new owner, alive from now on."""
    return FileOwner(database.path) if database.is_sqlite else AdvisoryOwner(database)


class FileOwner:
    """An owner by a locked file beside the database file."""

    def __init__(self, path: Path) -> None:
        self._stem = path.name + ".owner-"
        self._folder = path.parent
        self.id = token_hex(8)
        with _complaining(path):
            self._lock = _lock(self._file(self.id), patience=PATIENCE_S)
            self._lock.acquire()
            for file in self._folder.glob(escape(self._stem) + "*"):
                self.is_living(file.name.removeprefix(self._stem))

    def is_living(self, owner_id: str) -> bool:
        """True while somebody holds that owner's file; a file that nobody holds is removed."""
        file = self._file(owner_id)
        if owner_id == self.id:
            return True
        if not file.exists():
            return False
        try:
            with _lock(file, patience=LOOK_S):
                file.unlink(missing_ok=True)
        except (Timeout, PermissionError):
            return True
        return False

    def leave(self) -> None:
        """Let go of the file and remove it."""
        self._lock.release()
        self._file(self.id).unlink(missing_ok=True)

    def _file(self, owner_id: str) -> Path:
        return self._folder / (self._stem + owner_id)


def _lock(file: Path, *, patience: float) -> FileLock:
    return FileLock(file, timeout=patience, poll_interval=0.01, thread_local=False)


@contextmanager
def _complaining(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, Timeout) as error:
        raise StorageError(
            f"No lock file could be made beside the database {path} ({error})",
            next_step="See that its folder exists and that you may write there",
        ) from error


class AdvisoryOwner:
    """An owner by an advisory lock; looks at others over the connection that holds it.

    Should that connection be lost, then so is the lock, and the next question fails aloud.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        # Those who collect and those who mail ask in threads of their own.
        self._one_at_a_time = Lock()
        with database.complaining():
            self._connection = database.engine.connect()
            self._connection.execution_options(isolation_level="AUTOCOMMIT")
            # No longer the pool's: to close it is to hang up, and that frees the lock.
            self._connection.detach()
            number = randbelow(2**31)
            while not self._takes(number):
                number = randbelow(2**31)
        self.id = str(number)

    def is_living(self, owner_id: str) -> bool:
        """True while that owner's lock is held."""
        statement = text(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            " AND classid = :ours AND objid = :owner)"
        )
        with self._one_at_a_time, self._database.complaining():
            return bool(
                self._connection.scalar(
                    statement, {"ours": ADVISORY_OWNERS, "owner": int(owner_id)}
                )
            )

    def leave(self) -> None:
        """Hang up."""
        self._connection.close()

    def _takes(self, number: int) -> bool:
        statement = text("SELECT pg_try_advisory_lock(:ours, :owner)")
        return bool(self._connection.scalar(statement, {"ours": ADVISORY_OWNERS, "owner": number}))
