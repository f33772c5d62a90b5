"""pollwatch coverage: which states, bodies and languages are watched, and how well?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.plain import counted, shortened
from pollwatch.cli.options import common, given, house
from pollwatch.cli.printing import all_well, data, record, table, wrapped

if TYPE_CHECKING:
    from pollwatch.coverage import Coverage, Covered

# Leaves room for what else is said of one on a line of 80 columns.
LONGEST_NAME = 26


@click.command(
    short_help="Show which states, bodies and languages are watched.",
    epilog="\b\nExamples:\n  pollwatch coverage\n  pollwatch coverage --html coverage.html\n",
)
@click.option(
    "--html",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    metavar="FILE",
    help="Write a page with maps as well.",
)
@common
def coverage(*, html: Path | None) -> None:
    """Show which states, bodies and languages are watched: by what, how surely, how well.

    A state is as sure as the surest of its sources, and as well as the best of its feeds.
    """
    if html is not None and not html.parent.is_dir():
        raise click.BadParameter(f"there is no folder '{html.parent}'", param_hint="--html")
    from domain.health import watched_feeds
    from pollwatch.coverage import coverage as covered_by
    from pollwatch.coverage import page

    with house(absent="go without") as wired:
        found = covered_by(watched_feeds(wired.config.sources, states=wired.store.feed_states()))
    if given().json:
        _print_records(found)
    elif found.languages:
        _print(found)
    else:
        all_well("No source is configured.")
    if html is not None:
        html.write_text(page(found), encoding="utf-8")


def _print(found: Coverage) -> None:
    from pollwatch.coverage import NOBODY

    for heading, rows in (
        ("STATE", found.states),
        ("BODY", found.bodies),
        ("LANGUAGE", found.languages),
    ):
        if rows:
            table(
                (heading, "FEEDS", "TRUST", "HEALTH", "BY"),
                [_row(one) for one in rows],
            )
            data()
    counts = found.counts()
    named = {
        counted(counts["states"], "state"): found.states,
        counted(counts["bodies"], "body", "bodies"): tuple(
            one for one in found.bodies if one.code != NOBODY
        ),
        counted(counts["languages"], "language"): found.languages,
    }
    for name, rows in named.items():
        if not rows:
            continue
        trust = Counter(one.trust.value for one in rows)
        health = Counter(one.health.value for one in rows)
        said = "; ".join(
            ", ".join(f"{number} {word}" for word, number in counts.most_common())
            for counts in (trust, health)
        )
        data("\n".join(wrapped(f"{name}: {said}")))


def _row(one: Covered) -> tuple[str, ...]:
    return (
        shortened(one.name, LONGEST_NAME),
        str(len(one.feeds)),
        one.trust,
        one.health,
        ", ".join(one.kinds),
    )


def _print_records(found: Coverage) -> None:
    groups: Sequence[tuple[str, Sequence[Covered]]] = (
        ("state", found.states),
        ("body", found.bodies),
        ("language", found.languages),
    )
    for what, rows in groups:
        for one in rows:
            record(
                {
                    "what": what,
                    "code": one.code,
                    "name": one.name,
                    "sources": list(one.sources),
                    "feeds": len(one.feeds),
                    "kinds": list(one.kinds),
                    "trust": one.trust,
                    "health": one.health,
                }
            )
