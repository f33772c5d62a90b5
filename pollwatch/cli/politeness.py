"""pollwatch politeness: how are the hosts treated?"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import click

from digest.plain import counted
from pollwatch.cli.options import common, given, house
from pollwatch.cli.printing import all_well, data, moment, record, stamp, wrapped
from pollwatch.cli.quantities import Span

if TYPE_CHECKING:
    from pollwatch.politeness import Manners

ROBOTS = {
    "allows": "robots.txt allows all of it",
    "holds": "robots.txt could not be read, so nothing is asked",
    "not read": "robots.txt was not read yet",
}


@click.command(
    short_help="Show how each host is treated, and what it was asked.",
    epilog="\b\nExamples:\n  pollwatch politeness\n  pollwatch politeness --since 30d --json\n",
)
@click.option(
    "--since", type=Span(), default="7d", show_default=True, help="How far back polls are counted."
)
@common
def politeness(*, since: timedelta) -> None:
    """Show how each host is treated: pauses, robots.txt, and what was asked of it.

    For those who run a press office and ask, and for you before they do.
    """
    from pollwatch.politeness import manners

    with house() as wired:
        hosts = manners(wired, since=wired.clock() - since)
    for one in hosts:
        if given().json:
            record(_record(one))
        else:
            data("\n".join(_lines(one)) + "\n")
    if not hosts and not given().json:
        all_well("No host is asked for anything.")


def _lines(one: Manners) -> list[str]:
    robots = ROBOTS.get(one.robots) or f"robots.txt forbids {', '.join(one.forbidden)}"
    asked = f"{counted(one.polls, 'poll')}, {one.unchanged:,} of them unchanged"
    pace = f"polled up to {one.polls_a_day:,} times a day"
    pause = f"a pause of {one.pause.total_seconds():g} s after each request"
    facts = [
        f"{counted(len(one.feeds), 'feed')}, {pace}; {pause}; {robots}.",
        f"Counted: {asked}; {counted(one.pages, 'page')}. Last asked {moment(one.last_asked_at)}.",
    ]
    if one.not_before_at:
        facts.append(f"It asked for patience until {moment(one.not_before_at)}, and gets it.")
    return [one.host, *(line for fact in facts for line in wrapped(fact, indent="  "))]


def _record(one: Manners) -> dict[str, object]:
    return {
        "host": one.host,
        "feeds": list(one.feeds),
        "pause": one.pause.total_seconds(),
        "robots": one.robots,
        "forbidden": list(one.forbidden),
        "last_asked": stamp(one.last_asked_at),
        "not_before": stamp(one.not_before_at),
        "polls": one.polls,
        "unchanged": one.unchanged,
        "pages": one.pages,
        "polls_a_day": one.polls_a_day,
    }
