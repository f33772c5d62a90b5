"""pollwatch keywords backtest and apply: what is stored meets keywords that were edited since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from digest.plain import counted, one_line
from pollwatch.cli.exits import Exit
from pollwatch.cli.options import common, given, house
from pollwatch.cli.printing import all_well, data, progress, record, table, talk
from pollwatch.cli.quantities import LONGEST_SPAN, Share, Span

if TYPE_CHECKING:
    from pollwatch.backtest import Backtest, Line
    from pollwatch.wiring import House
    from scheduler.rejudging import Changed, Plan

Answer = TypeVar("Answer")

FEW = 20
SHOWN = 10
"""Titles a direction: more are for the page, or for programs."""


@click.command(
    short_help="Show what an edit would change; writes nothing.",
    epilog="\b\nExamples:\n"
    "  pollwatch keywords backtest\n"
    "  pollwatch keywords backtest --since 365d --html edit.html\n"
    "  pollwatch keywords backtest --fail-over 5% --quiet\n",
)
@click.option("--since", type=Span(), metavar="SPAN", help="Only what was first seen since: 365d.")
@click.option(
    "--html",
    "html",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    metavar="FILE",
    help="Write a page as well.",
)
@click.option(
    "--fail-over", type=Share(), metavar="SHARE", help="Exit 1 if more of the matches turn: 5%."
)
@common
def backtest(*, since: timedelta | None, html: Path | None, fail_over: float | None) -> Exit:
    """Show what would match and no longer match if everything stored were judged again.

    Compares the keyword files with the rules that judged what is stored. A match that comes or goes
    is counted by language, source and line of the edit. Nothing is written.
    """
    if html is not None and not html.parent.is_dir():
        raise click.BadParameter(f"there is no folder '{html.parent}'", param_hint="--html")
    from pollwatch.backtest import backtest as compared_whole
    from pollwatch.backtest import page
    from scheduler.rejudging import compare, edits

    with house() as wired:
        wanted = _plan(wired, since)
        url = wired.config.settings.database.url
        portions = _watched(compare(url, wanted), wanted)
        found = compared_whole(portions, edits(wired.store.judgements, wanted))
    if given().json:
        _print_records(found)
    elif found.texts:
        _print(found)
    else:
        all_well("Everything that is stored was judged by these keywords.")
    if html is not None:
        html.write_text(page(found), encoding="utf-8")
    return Exit.LOOK if fail_over is not None and found.share > fail_over else Exit.DONE


@click.command(
    short_help="Judge again what is stored, by the files as they are now.",
    epilog="\b\nExample:\n  pollwatch keywords backtest && pollwatch keywords apply\n",
)
@common
def apply() -> Exit:
    """Judge everything stored by the keyword files as they are now.

    What matches only now is old, and is mailed to nobody. May be ended at any time, and goes on
    where it was when called again.
    """
    from scheduler.rejudging import carry_out, left_to_judge

    with house() as wired:
        wanted = _plan(wired, None)
        done = carry_out(
            wired.store.judgements,
            wired.config.settings.database.url,
            wanted,
            subscribers={one.id: set(one.topics) for one in wired.config.subscribers},
            clock=wired.clock,
        )
        again = sum(_watched(done, wanted))
        left = left_to_judge(wired.store.judgements, wired.config.topics)
    if given().json:
        record({"compared": wanted.texts, "judged": again})
    elif wanted.portions:
        all_well(f"{counted(wanted.texts, 'stored text')} compared, {again:,} judged again.")
    else:
        all_well("Everything that is stored was judged by these keywords.")
    if left:
        talk(f"Somebody else judged meanwhile; {counted(left, 'text')} left: call apply again")
    return Exit.LOOK if left else Exit.DONE


def _plan(wired: House, since: timedelta | None) -> Plan:
    from scheduler.rejudging import plan

    first = wired.clock() - min(since, LONGEST_SPAN) if since else None
    return plan(wired.store.judgements, wired.config.topics, since=first)


def _watched(answers: Iterable[Answer], wanted: Plan) -> Iterator[Answer]:
    """The answers, while whoever watches sees how far it is."""
    with progress() as show:
        for number, answer in enumerate(answers, start=1):
            yield answer
            show(f"{number * 100 // len(wanted.portions)}% of {counted(wanted.texts, 'text')}")


def _print(found: Backtest) -> None:
    texts = counted(found.texts, "stored text")
    data(f"{texts} compared, {found.matched:,} matching now.")
    data(f"{len(found.newly_in):,} would newly match, {len(found.no_longer):,} no longer.")
    _print_lines(found.lines)
    if not found.knows_lines:
        data("Another version of pollwatch judged some of it, so not every change has a line.")
    for heading, name in (("language", "language"), ("source", "source_id")):
        if counts := found.by(name):
            data()
            parts = [(f"{newly:,}", f"{gone:,}", key) for key, (newly, gone) in counts.items()]
            table(("in", "out", heading), parts)
    _print_titles("Newly in", found.newly_in)
    _print_titles("No longer", found.no_longer)


def _print_lines(lines: Sequence[Line]) -> None:
    # Of a short edit also the lines that do nothing are worth knowing; a new file has hundreds.
    telling = [line for line in lines if len(lines) <= FEW or line.newly_in or line.no_longer]
    rows = [
        (
            line.sign,
            f"{line.newly_in:,}",
            f"{line.no_longer:,}",
            f"{line.keyword.file}:{line.keyword.line}",
            f"{line.keyword.kind} {line.keyword.term}",
        )
        for line in telling
    ]
    if rows:
        data()
        table(("", "in", "out", "line", "keyword"), rows)
    if len(telling) < len(lines):
        data(f"{counted(len(lines) - len(telling), 'line')} of the edit turned no release")


def _print_titles(heading: str, turned: Sequence[Changed]) -> None:
    if turned:
        data()
        rows = [(one.release_id, one.source_id, one.title) for one in turned[:SHOWN]]
        table((heading, "source", "title"), rows)
    if len(turned) > SHOWN:
        data(f"and {len(turned) - SHOWN:,} more: --html FILE or --json shows all")


def _print_records(found: Backtest) -> None:
    for one in (*found.newly_in, *found.no_longer):
        record(
            {
                "release": one.release_id,
                "source": one.source_id,
                "lang": one.language,
                "title": one.title,
                "topic": one.topic,
                "is_in": one.is_in,
                "lines": [
                    one_line(f"{term.language} {term.kind} {term.term}") for term in one.lines
                ],
            }
        )
    record(
        {
            "compared": found.texts,
            "matched": found.matched,
            "newly_in": len(found.newly_in),
            "no_longer": len(found.no_longer),
            "share": round(found.share, 4),
        }
    )
