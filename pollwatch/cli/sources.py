"""pollwatch sources: the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pollwatch.cli.options import common, given, house
from pollwatch.cli.printing import all_well, moment, record, stamp, table

if TYPE_CHECKING:
    from domain.health import WatchedFeed


@click.group()
@common
def sources() -> None:
    """Who is watched, and how well that goes."""


@sources.command(
    "list",
    epilog="\b\nExamples:\n  pollwatch sources list\n  pollwatch sources list --json | jq .feed\n",
)
@common
def list_() -> None:
    """List the feeds of all sources with their health."""
    from domain.health import watched_feeds

    with house() as wired:
        watched = watched_feeds(
            wired.config.sources, states=wired.store.feed_states(), now=wired.clock()
        )
    if given().json:
        for feed in watched:
            record(_record(feed))
    elif watched:
        table(("FEED", "HEALTH", "TRUST", "LAST NEW", "SOURCE"), [_row(feed) for feed in watched])
    else:
        all_well("No source is configured.")


def _row(watched: WatchedFeed) -> tuple[str, ...]:
    last_new = watched.state.last_new_at if watched.state else None
    return (
        watched.feed.id,
        watched.health,
        watched.source.trust,
        moment(last_new).partition(" ")[0],
        watched.source.name,
    )


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
