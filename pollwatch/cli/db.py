"""pollwatch db: care for the database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.plain import counted, one_line
from pollwatch.cli.exits import Exit
from pollwatch.cli.options import common, given, house
from pollwatch.cli.printing import all_well, data, record, talk, wrapped
from pollwatch.cli.readying import make_ready

if TYPE_CHECKING:
    from domain.evidence import Dropped
    from pollwatch.wiring import House


@click.group()
@common
def db() -> None:
    """Care for the database."""


@db.command(
    short_help="Make the database what this version needs.",
    epilog="\b\nExample:\n  pollwatch db upgrade --db /var/lib/pollwatch/pollwatch.db\n",
)
@common
def upgrade() -> None:
    """Make the database what this version needs; a copy is kept beside it first.

    Every command does so when it first meets an older database. Where there is none, it is made.
    Texts that an older version stored are marked so that new ones are compared with them; that may
    take minutes for very many, can be ended, and goes on with the next upgrade, run or import.
    """
    with house(absent="make") as wired:
        make_ready(wired)
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


@db.command(
    short_help="Copy the database while everything runs.",
    epilog="\b\nExample:\n  pollwatch db backup /backup/pollwatch-monday.db\n",
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@common
def backup(*, file: Path) -> None:
    """Copy the database to a new FILE while everything runs, and read the copy back.

    For SQLite. PostgreSQL has pg_dump, which does the same.
    """
    with house() as wired:
        wired.store.back_up(file)
    all_well(f"Copied to {one_line(str(file))}, and the copy was read back.")


@db.command(
    short_help="Drop pages, polls and mails that were kept long enough.",
    epilog="\b\nExamples:\n  pollwatch db prune --dry-run\n  pollwatch db prune --quiet\n",
)
@click.option("--dry-run", is_flag=True, help="Only say what would be dropped.")
@common
def prune(*, dry_run: bool) -> Exit:
    """Drop original pages, polls and mails that were kept as long as [keep] in the settings says.

    Texts are kept for ever, and so are address, headers, time and checksum of each page, the last
    poll of each feed, and how each mail ended. The room is used again for what comes; the file
    itself does not shrink.
    To shrink it, stop everything and run: sqlite3 FILE VACUUM
    """
    with house() as wired:
        keep = wired.config.settings.keep
        dropped = _dropped(wired, dry_run=dry_run)
    if given().json:
        record(
            {
                "dry_run": dry_run,
                "unmatched": dropped.unmatched,
                "matched": dropped.matched,
                "bytes": dropped.size,
                "polls": dropped.polls,
                "mails": dropped.mails,
                "marks": dropped.marks,
            }
        )
    else:
        would = "Would drop" if dry_run else "Dropped"
        pages = counted(dropped.unmatched + dropped.matched, "page")
        all_well(
            f"{would} {pages}, {dropped.matched:,} of them of matching releases:"
            f" {dropped.size / 1_000_000:,.1f} MB; {counted(dropped.polls, 'poll')};"
            f" {counted(dropped.mails, 'mail')}; and {counted(dropped.marks, 'near mark')}."
        )
    if keep.texts is not None:
        talk(
            "pollwatch: [keep] texts is set, but this version keeps texts for ever; "
            'write texts = "forever"'
        )
        return Exit.LOOK
    return Exit.DONE


def _dropped(wired: House, *, dry_run: bool) -> Dropped:
    from domain.evidence import Dropped
    from pollwatch.settled import retention

    keep = retention(wired.config)
    if dry_run:
        return wired.store.prunable(keep, now=wired.clock())
    return sum(wired.store.prune(keep, now=wired.clock()), start=Dropped())
