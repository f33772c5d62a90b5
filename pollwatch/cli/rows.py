"""pollwatch classify, import, export: rows in and out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import tzinfo
from itertools import chain
from typing import IO, TYPE_CHECKING

import click

from digest.plain import counted, one_line
from pollwatch.cli.exits import Exit
from pollwatch.cli.options import common, given, house, said_options
from pollwatch.cli.printing import all_well, progress, record, talk
from pollwatch.cli.readying import make_ready
from pollwatch.cli.run import tell_retired

if TYPE_CHECKING:
    from domain.record import Imported
    from domain.source import SourceId
    from pollwatch.rows.reading import Rows

FILE = click.argument("lines", metavar="[FILE]", type=click.File("rb"), default="-")


@click.command(
    short_help="Judge texts from JSON lines by the keywords; no database.",
    epilog="\b\nExamples:\n"
    "  pollwatch classify releases.jsonl > judged.jsonl\n"
    "  tail -f releases.jsonl | pollwatch classify\n",
)
@FILE
@common
def classify(*, lines: IO[bytes]) -> Exit:
    """Judge texts by the keywords of elections; no database, no network.

    Reads JSON lines with id, title and text from FILE, or from its input, and writes a judgement
    for each, in the same order. Lines that hold no such row are reported, and the rest goes on;
    then it exits 1.
    """
    from analysis.keywords import compile_topics
    from pollwatch.rows.classifying import classified
    from pollwatch.wiring import configured

    keywords = compile_topics(configured(said_options()).topics)
    rows = _rows(lines, expected=("title", "text"), zones={})
    for row in rows:
        record(classified(row, keywords))
    return _told(rows)


@click.command(
    "import",
    short_help="Take in releases from JSON lines.",
    epilog="\b\nExamples:\n"
    "  pollwatch import archive.jsonl\n"
    "  zcat archive.jsonl.gz | pollwatch import -\n",
)
@FILE
@common
def import_(*, lines: IO[bytes]) -> Exit:
    """Take in what was published before, or elsewhere.

    Reads JSON lines with id, source, country, url, title and text from FILE, or from its input. A
    row whose id is known is nothing new; with another text it is a revision. Nothing imported is
    ever mailed as news. Lines that hold no row are reported, and the rest goes on; then it exits 1.
    """
    from domain.record import Imported

    expected = ("source", "country", "url", "title", "text")
    total = Imported()
    with house(absent="make") as wired:
        make_ready(wired)
        rows = _rows(lines, expected=expected, zones=wired.zones)
        with progress() as show:
            for done in wired.take_in(rows):
                total += done
                show(counted(total.rows, "row"))
    tell_retired(wired)
    code = _told(rows)
    if given().json:
        record(_import_record(total, bad=rows.bad))
    else:
        all_well(_summary(total))
    return code


@click.command(
    short_help="Write out everything that is held, as JSON lines or CSV.",
    epilog="\b\nExamples:\n"
    "  pollwatch export > everything.jsonl\n"
    "  pollwatch export --format csv --source pl_mfa > poland.csv\n",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "csv"]),
    default="jsonl",
    show_default=True,
    help="JSON lines, or a sheet whose cells are never formulas.",
)
@click.option("--source", metavar="ID", help="Only what this source published.")
@common
def export(*, form: str, source: SourceId | None) -> Exit:
    """Write out everything that is held.

    There is a row for each place where a release appeared. Rows of one release share "release",
    rows of one announcement share "story". `pollwatch import` takes them in elsewhere.
    """
    from pollwatch.rows.classifying import TOPIC

    with house() as wired:
        rows = wired.store.export_rows(TOPIC, source=source, zones=wired.zones)
        first = next(rows, None)
        if first is None and source not in {None, *(one.id for one in wired.config.sources)}:
            talk(
                one_line(f"pollwatch: nothing is held of a source '{source}', nor is it configured")
            )
            return Exit.FAILED
        _print(chain(() if first is None else (first,), rows), form)
    return Exit.DONE


def _print(rows: Iterable[Mapping[str, object]], form: str) -> None:
    if form == "csv":
        _print_csv(rows)
        return
    for row in rows:
        record(row)


def _print_csv(rows: Iterable[Mapping[str, object]]) -> None:
    from pollwatch.rows.writing import csv_lines

    for line in csv_lines(rows):
        # In UTF-8 whatever the terminal speaks.
        click.echo(line.encode(), nl=False)


def _summary(total: Imported) -> str:
    if not total.rows:
        return "There were no rows."
    found = f"{total.new:,} new, {total.revised:,} revised, {total.known:,} known"
    made = [
        counted(total.releases, "new release"),
        f"{total.matched:,} matching",
        counted(total.stories, "new story", "new stories"),
        counted(len(total.sources), "new source"),
    ]
    rows = f"{counted(total.rows, 'row')}: {found}."
    return f"{rows} {', '.join(made)}." if total.new or total.revised else rows


def _import_record(total: Imported, *, bad: int) -> dict[str, object]:
    return {
        "rows": total.rows,
        "new": total.new,
        "revised": total.revised,
        "known": total.known,
        "bad": bad,
        "releases": total.releases,
        "matched": total.matched,
        "stories": total.stories,
        "sources": list(total.sources),
    }


def _rows(lines: IO[bytes], *, expected: Collection[str], zones: Mapping[SourceId, tzinfo]) -> Rows:
    from pollwatch.rows.reading import Rows

    return Rows(
        lines,
        expected=expected,
        complain=lambda number, reason: talk(f"pollwatch: line {number} {reason}"),
        zones=zones,
    )


def _told(rows: Rows) -> Exit:
    """Say what was odd about the rows, the commonest first."""
    if not given().quiet:
        for oddity, number in rows.oddities.most_common():
            talk(one_line(f"pollwatch: {counted(number, 'row')}: {oddity}"))
    return Exit.LOOK if rows.bad else Exit.DONE
