"""What does a driver's complaint mean, and what is to be done?"""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError, IntegrityError

from domain.errors import StorageError

# Who comes from there needs another step than going there again.
CHECK = "Run `pollwatch db check`; if that says the same, put back a backup, or report this line"
# Part of what the driver says, in small letters; what happened; what to do. The first that fits.
MEANINGS = (
    (
        "database is locked",
        "somebody else has been writing to it for too long",
        "See what else has the file open, end it, and run again; nothing was lost",
    ),
    (
        "disk is full",
        "the disk is full",
        "Make room and run again; nothing half-written was kept",
    ),
    (
        "no space left",
        "the disk of the server is full",
        "Make room and run again; nothing half-written was kept",
    ),
    (
        "unable to open database file",
        "the file cannot be opened",
        "See that its folder exists and that you may write there",
    ),
    (
        "readonly database",
        "the file may not be written to",
        "See who owns the file and its folder, or name another with --db",
    ),
    (
        "file is not a database",
        "the file is something else",
        "Name another file with --db, or move this one away",
    ),
    (
        "malformed",
        "the file is damaged",
        "Move it away and put back a backup; copies from before upgrades lie beside it",
    ),
    (
        "disk i/o error",
        "the disk could not be read or written",
        "Look at the system's log for the disk; if the file is damaged, put back a backup",
    ),
    (
        "password authentication failed",
        "the server does not accept the password",
        "Correct the address of the database",
    ),
    (
        "does not exist",
        "something that was asked for is not there",
        "See that the database was created and is spelled so; `pollwatch db check` compares tables",
    ),
    (
        "no such table",
        "it lacks a table",
        CHECK,
    ),
    (
        "no such column",
        "it lacks a column",
        CHECK,
    ),
    (
        "too many c",
        "the server takes no more connections",
        "Allow more (max_connections), or let fewer programs use it",
    ),
    (
        "resolve host",
        "its server's name is not known",
        "Correct the address of the database",
    ),
    (
        "connection",
        "its server cannot be reached, or went away",
        "See that the server runs and the address is right, then run again; nothing was lost",
    ),
)


def translated(error: Exception, *, database: str) -> StorageError:
    """The StorageError for a complaint: what happened, where, and what to do."""
    words = _words(error)
    if isinstance(error, IntegrityError):
        return StorageError(
            f"The database {database} refused what contradicts itself ({words})",
            next_step="Run `pollwatch db check`; if it finds nothing, report this line",
        )
    for sign, meaning, next_step in MEANINGS:
        if sign in words.lower():
            return StorageError(
                f"The database {database} cannot be used: {meaning} ({words})", next_step=next_step
            )
    return StorageError(
        f"The database {database} cannot be used ({words})",
        next_step=CHECK,
    )


def _words(error: Exception) -> str:
    """What the driver said, in one line."""
    cause: object = error.orig if isinstance(error, DBAPIError) else error
    return " ".join(str(cause).split()) or type(error).__name__
