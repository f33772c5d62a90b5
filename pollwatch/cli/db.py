"""pollwatch db: care for the database."""

from __future__ import annotations

import click

from pollwatch.cli.exits import Exit
from pollwatch.cli.options import common, given, house
from pollwatch.cli.printing import all_well, data, record, wrapped


@click.group()
@common
def db() -> None:
    """Care for the database."""


@db.command(epilog="\b\nExample:\n  pollwatch db upgrade --db /var/lib/pollwatch/pollwatch.db\n")
@common
def upgrade() -> None:
    """Make the database what this version needs; a copy is kept beside it first.

    Every command does so when it first meets an older database.
    """
    with house():
        all_well("The database is what this version needs.")


@db.command(epilog="\b\nExample:\n  pollwatch db check --json\n")
@common
def check() -> Exit:
    """Look for damage and contradictions; exits 1 where it finds some."""
    with house() as wired:
        complaints = wired.store.check()
    if given().json:
        record({"sound": not complaints, "complaints": list(complaints)})
    elif complaints:
        for complaint in complaints:
            data("\n".join(wrapped(complaint)))
    else:
        all_well("The database is sound.")
    return Exit.LOOK if complaints else Exit.DONE
