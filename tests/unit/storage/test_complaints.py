"""What drivers complain of, in words for people."""

from __future__ import annotations

import sqlite3

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from storage.complaints import translated


@pytest.mark.parametrize(
    ("complaint", "meaning"),
    [
        ("database is locked", "somebody else has been writing to it for too long"),
        ("database or disk is full", "the disk is full"),
        ("could not extend file: No space left on device", "the disk of the server is full"),
        ("unable to open database file", "the file cannot be opened"),
        ("attempt to write a readonly database", "the file may not be written to"),
        ("file is not a database", "the file is something else"),
        ("database disk image is malformed", "the file is damaged"),
        ("disk I/O error", "the disk could not be read or written"),
        ("no such table: texts", "it lacks a table"),
        ("no such column: texts.title", "it lacks a column"),
        ('FATAL: database "x" does not exist', "something that was asked for is not there"),
        ("FATAL: password authentication failed", "the server does not accept the password"),
        ("FATAL: sorry, too many clients already", "the server takes no more connections"),
        ("connection refused", "its server cannot be reached, or went away"),
        ("failed to resolve host 'db.example'", "its server's name is not known"),
    ],
)
def test_a_complaint_is_explained_with_a_next_step(complaint, meaning):
    error = OperationalError("SELECT 1", {}, sqlite3.OperationalError(complaint))
    said = translated(error, database="sqlite:///x.db")
    assert said.message == f"The database sqlite:///x.db cannot be used: {meaning} ({complaint})"
    assert said.next_step


def test_a_damaged_file_needs_a_backup_and_no_other_look_at_it():
    said = translated(sqlite3.Error("database disk image is malformed"), database="x.db")
    assert said.next_step == (
        "Move it away and put back a backup; copies from before upgrades lie beside it"
    )


def test_a_complaint_nobody_foresaw_is_passed_on():
    said = translated(sqlite3.Error("a moth\nin the relay"), database="sqlite:///x.db")
    assert said.message == "The database sqlite:///x.db cannot be used (a moth in the relay)"
    assert said.next_step == (
        "Run `pollwatch db check`; if that says the same, put back a backup, or report this line"
    )


def test_a_constraint_that_held_is_called_a_contradiction():
    error = IntegrityError("INSERT", {}, sqlite3.IntegrityError("UNIQUE constraint failed"))
    said = translated(error, database="sqlite:///x.db")
    assert said.message.startswith("The database sqlite:///x.db refused what contradicts itself")


def test_a_statement_and_its_values_are_not_shown():
    error = OperationalError("SELECT secret", {"a": "b"}, sqlite3.OperationalError("odd"))
    assert "secret" not in str(translated(error, database="sqlite:///x.db"))
