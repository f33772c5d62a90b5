"""pollwatch problems: what needs a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from digest.plain import address, counted, one_line
from pollwatch.cli.options import common, given, house
from pollwatch.cli.printing import all_well, data, moment, record, stamp, wrapped

if TYPE_CHECKING:
    from domain.poll import KnownProblem, Problem
    from pollwatch.wiring import House


@click.group()
@common
def problems() -> None:
    """List what needs a person."""


@problems.command(
    "list", epilog="\b\nExamples:\n  pollwatch problems list\n  pollwatch problems list --all\n"
)
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Also those that may still pass by themselves, and those that are over.",
)
@common
def list_(*, everything: bool) -> None:
    """List what is wrong, since when, and the likely mend."""
    with house() as wired:
        known = _known(wired, everything=everything)
    shown = [problem for problem in known if everything or problem.opened_at]
    for problem in shown:
        if given().json:
            record(_record(problem))
        else:
            data("\n".join(problem_lines(problem, facts=_facts(problem))) + "\n")
    if not shown and not given().json:
        all_well("No problem is open.")


def _known(wired: House, *, everything: bool) -> tuple[KnownProblem, ...]:
    from pollwatch.upkeep import open_problems

    is_open = open_problems(wired)
    passed = wired.store.problems(include_closed=True) if everything else ()
    return (*is_open, *(problem for problem in passed if problem not in is_open))


def problem_lines(problem: Problem | KnownProblem, *, facts: str = "") -> list[str]:
    """A problem for people: what and where, what happened, what to do."""
    return [
        f"{problem.code}  {address(problem.place)}",
        *(wrapped(facts, indent="  ") if facts else ()),
        *wrapped(problem.detail, indent="  "),
        *(wrapped(f"To do: {problem.hint}", indent="  ") if problem.hint else ()),
    ]


def state(problem: KnownProblem) -> str:
    """Where a problem is in its life."""
    if problem.closed_at:
        return "closed"
    return "open" if problem.opened_at else "waiting"


def _facts(problem: KnownProblem) -> str:
    often = "in " + counted(problem.count, "poll") if problem.feed_id else _times(problem.count)
    seen = f"seen {often}, last {moment(problem.last_at)}"
    if problem.closed_at:
        return f"Over since {moment(problem.closed_at)}; {seen}."
    if problem.first_at == problem.last_at and not problem.feed_id:
        return f"Seen {moment(problem.last_at)}."
    if problem.opened_at:
        return f"Since {moment(problem.first_at)}; {seen}."
    return f"Since {moment(problem.first_at)}, may still pass by itself; {seen}."


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count:,} times"


def _record(problem: KnownProblem) -> dict[str, object]:
    return {
        "code": problem.code,
        "place": problem.place,
        "feed": problem.feed_id,
        "state": state(problem),
        "since": stamp(problem.first_at),
        "last": stamp(problem.last_at),
        "count": problem.count,
        "detail": one_line(problem.detail),
        "hint": one_line(problem.hint),
    }
