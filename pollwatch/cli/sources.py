"""pollwatch sources: the catalogue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.plain import counted
from domain.source import Source, SourceId, Trust
from pollwatch.cli import recording
from pollwatch.cli.discovering import discover
from pollwatch.cli.exits import Exit
from pollwatch.cli.opml import export_opml, import_opml
from pollwatch.cli.options import common, given, house
from pollwatch.cli.printing import all_well, data, moment, record, stamp, table, talk

if TYPE_CHECKING:
    from domain.health import WatchedFeed


@click.group()
@common
def sources() -> None:
    """List, check and try the institutions that are watched."""


@sources.command(
    "list",
    epilog="\b\nExamples:\n  pollwatch sources list\n  pollwatch sources list --json | jq .feed\n",
)
@common
def list_() -> None:
    """List the feeds of all sources with their health."""
    from domain.health import watched_feeds

    with house(absent="go without") as wired:
        watched = watched_feeds(wired.config.sources, states=wired.store.feed_states())
    if given().json:
        for feed in watched:
            record(_record(feed))
    elif watched:
        table(("FEED", "HEALTH", "LAST NEW", "SOURCE"), [_row(feed) for feed in watched])
        if not given().quiet:
            talk(_trusted(wired.config.sources))
    else:
        all_well("No source is configured.")


@sources.command(
    short_help="Read all files; show how far sources are checked, and how they are.",
    epilog="\b\nExamples:\n  pollwatch sources check\n"
    "  pollwatch sources check --live --html feeds.html\n",
)
@click.option("--live", is_flag=True, help="Poll every feed that was not polled within a day.")
@click.option(
    "--html",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    metavar="FILE",
    help="With --live: write a page as well.",
)
@common
def check(*, live: bool, html: Path | None) -> Exit:
    """Read all files, and show how far sources were checked and how their feeds are.

    With --live, poll each feed that was not polled within a day, at the pace of any run, and fetch
    two releases of each. It is kept as what any run brings; further releases are owed to the next
    run. A check that is stopped goes on where it stopped.

    Exits 2 where a file holds a mistake. Trust and health are shown, and never change the exit
    code.
    """
    if html is not None and not live:
        raise click.UsageError("--html goes with --live; `pollwatch coverage --html` needs no poll")
    if html is not None and not html.parent.is_dir():
        raise click.BadParameter(f"there is no folder '{html.parent}'", param_hint="--html")
    if live:
        from pollwatch.cli.live import check_all

        with house(absent="make") as wired:
            return check_all(wired, html=html)
    _check_files()
    return Exit.DONE


def _check_files() -> None:
    from domain.health import watched_feeds

    with house(absent="go without") as wired:
        known = wired.config.sources
        watched = watched_feeds(known, states=wired.store.feed_states())
    trust = Counter(source.trust.value for source in known)
    health = Counter(feed.health.value for feed in watched)
    if given().json:
        counts = {"sources": len(known), "feeds": len(watched)}
        record({**counts, "trust": dict(trust), "health": dict(health)})
        return
    all_well(f"No mistakes in {counted(len(known), 'source')}, {counted(len(watched), 'feed')}.")
    for name, counts in (("Trust", trust), ("Health", health)):
        if counts:
            said = ", ".join(f"{number:,} {word}" for word, number in counts.most_common())
            all_well(f"{name:<8}{said}")


@sources.command(
    "try",
    short_help="Visit a source now, and show what it would bring.",
    epilog="\b\nExample:\n  pollwatch sources try pl_mfa\n",
)
@click.argument("source_id", metavar="ID")
@common
def try_(*, source_id: str) -> Exit:
    """Visit a source now, and show what it would bring; nothing of it is stored.

    Of each feed it shows the entries, and the first two releases with the witness that each field
    came from. robots.txt and pauses hold as always. Exits 1 where a field has no witness, or
    something else is wrong.
    """
    from pollwatch.cli.trial import is_good, visit_lines, visit_record

    # What a host asks of us is remembered, also after a try.
    with house(absent="make") as wired:
        visits = wired.try_source(SourceId(source_id))
        feeds = {feed.id: feed for feed in wired.feeds([SourceId(source_id)])}
    for visit in visits:
        feed = feeds[visit.feed_id]
        if given().json:
            record(visit_record(visit, feed))
        else:
            data("\n".join(visit_lines(visit, feed)))
    is_well = all(is_good(visit, feeds[visit.feed_id]) for visit in visits)
    return Exit.DONE if is_well else Exit.LOOK


for command in (recording.record, discover, export_opml, import_opml):
    sources.add_command(command)


def _row(watched: WatchedFeed) -> tuple[str, ...]:
    last_new = watched.state.last_new_at if watched.state else None
    return (
        watched.feed.id,
        watched.health,
        moment(last_new).partition(" ")[0],
        watched.source.name,
    )


def _trusted(sources: Sequence[Source]) -> str:
    """How sure the files are; in the table this would take the room that the names need."""
    counts = Counter(source.trust for source in sources)
    trusts = ", ".join(f"{counts[trust]} {trust}" for trust in Trust if counts[trust])
    return f"\nTrust in the files of these sources: {trusts} (--json says which)."


def _record(watched: WatchedFeed) -> dict[str, object]:
    state = watched.state
    return {
        "feed": watched.feed.id,
        "source": watched.source.id,
        "name": watched.source.name,
        "country": watched.source.country,
        "languages": list(watched.feed.languages),
        "kind": watched.feed.kind,
        "url": watched.feed.url,
        "trust": watched.source.trust,
        "health": watched.health,
        "last_polled": stamp(state.last_polled_at) if state else None,
        "next_poll": stamp(state.next_poll_at) if state else None,
        "last_new": stamp(state.last_new_at) if state else None,
    }
