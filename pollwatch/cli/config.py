"""pollwatch config: the files that a user edits."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from itertools import groupby
from shlex import quote
from typing import TYPE_CHECKING

import click

from digest.plain import counted
from pollwatch.cli.exits import Exit
from pollwatch.cli.options import common, given, said_options
from pollwatch.cli.printing import all_well, data, printable, record, talk

if TYPE_CHECKING:
    from pollwatch.loading.effective import EffectiveOption
    from pollwatch.loading.upgrades import Comparison

PAGE_WIDTH = 80
ORIGIN_COLUMN = 30


@click.group()
@common
def config() -> None:
    """Check, show, edit and compare the files that you edit."""


@config.command(
    short_help="Read all files and name every mistake.",
    epilog="\b\nExample:\n  pollwatch config check --config ./config\n",
)
@common
def check() -> None:
    """Read all files and name every mistake, with file, line and what to write.

    Exits 2 where there is one. Nothing is touched: no database, no network.
    """
    from pollwatch.wiring import configured

    read = configured(said_options())
    counts = {
        "sources": len(read.sources),
        "feeds": sum(len(source.feeds) for source in read.sources),
        "topics": len(read.topics),
        "keywords": sum(len(topic.keywords) for topic in read.topics),
        "subscribers": len(read.subscribers),
    }
    if given().json:
        record(counts)
    else:
        parts = [counted(number, name[:-1]) for name, number in counts.items()]
        all_well(f"No mistakes: {', '.join(parts)}.")


@config.command(
    epilog="\b\nExamples:\n"
    "  pollwatch config show\n"
    "  POLLWATCH_CRAWL__DELAY=5s pollwatch config show --json\n"
)
@common
def show() -> None:
    """Show the settings that hold here, and who says so.

    After the # stands default, a file with its line, a variable, or the command line. Passwords
    show as ***.
    """
    from pollwatch.loading.effective import effective_options
    from pollwatch.wiring import configured

    options = effective_options(configured(said_options()))
    if given().json:
        for option in options:
            name = f"{option.section}.{option.name}"
            record({"option": name, "value": option.value, "from": option.origin})
        return
    for section, of_section in groupby(options, key=lambda option: option.section):
        data(f"[{section}]")
        for option in of_section:
            data("\n".join(_option_lines(option)))
        data()


@config.command(
    short_help="Show which file each thing comes from.",
    epilog="\b\nExamples:\n"
    "  pollwatch config where\n"
    "  pollwatch config where topics/elections pl_mfa\n",
)
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@common
def where(*, paths: Sequence[str]) -> None:
    """Show which file each thing comes from.

    A file is shipped or your own. A shipped one can be replaced or extended by yours, switched off
    by `enabled: false` in yours, or left out by settings. PATH is a file or folder as in a
    configuration folder, or the id of a source; without one, all are shown.
    """
    from pollwatch.loading import find_folder, shipped
    from pollwatch.loading.standing import named, standing_files

    base, own = shipped(), find_folder(given().config, os.environ)
    files = {file.name: file for file in standing_files(base, own, environ=os.environ)}
    folders = [base, own] if own else [base]
    wanted = {name for path in paths for name in named(path, among=files, folders=folders)}
    for name, file in files.items():
        if paths and name not in wanted:
            continue
        if given().json:
            beneath = str(file.shipped) if file.shipped else None
            record(
                {
                    "name": name,
                    "standing": file.standing,
                    "file": str(file.path),
                    "shipped": beneath,
                }
            )
        else:
            data(f"{file.standing:<14}{printable(str(file.path))}")


@config.command(epilog="\b\nExample:\n  pollwatch config edit topics/elections/de.yaml\n")
@click.argument("path")
@common
def edit(*, path: str) -> None:
    """Copy a shipped file into your own folder, and print where it is.

    PATH is a file as in a configuration folder, or the id of a source; of a file that is yours
    already, only the place is printed. The copy it began from is
    kept under .shipped/ there, so that `pollwatch config diff` can tell what an upgrade changed.
    """
    from pollwatch.loading import find_folder, shipped, usual_folder
    from pollwatch.loading.folders import is_shipped, overlay
    from pollwatch.loading.owning import take_over
    from pollwatch.loading.standing import named

    base, own = shipped(), find_folder(given().config, os.environ)
    if own is None or (given().config is None and is_shipped(own)):
        own = usual_folder(os.environ)
    names = named(path, among=overlay(base, own), folders=(base, own))
    if len(names) > 1:
        raise click.UsageError(f"'{path}' names {len(names)} files; name one of them")
    file = take_over(names[0], own=own, base=base)
    data(str(file.path))
    if not file.is_new:
        talk("It is yours already, and stays as it is.")
    elif names[0].startswith("topics/") and not names[0].endswith("/topic.yaml"):
        talk(
            "It now stands for the shipped file. To go on getting new keywords with upgrades,\n"
            "write `extends: shipped` as its first line and keep only what you add."
        )
    elif names[0] == "settings.toml":
        talk(
            "What you leave out of it keeps its default, also where an upgrade has a better one:\n"
            "keep only what you change. `pollwatch config check` reads what you write."
        )
    else:
        talk("It now stands for the shipped file. `pollwatch config check` reads what you write.")


@config.command(
    short_help="Compare your files with the shipped ones after an upgrade.",
    epilog="\b\nExamples:\n"
    "  pollwatch config diff\n"
    "  pollwatch config diff topics/elections/de.yaml\n",
)
@click.argument("path", required=False)
@common
def diff(*, path: str | None) -> Exit:
    """Compare your files with the shipped ones of today and with those they began from.

    Exits 1 where one of yours is out of date, and 2 where files hold mistakes, which are named
    after the comparison. A file that begins with `extends: shipped` is never out of date.
    """
    from pollwatch.loading import find_folder, shipped
    from pollwatch.loading.folders import overlay
    from pollwatch.loading.standing import named
    from pollwatch.loading.upgrades import comparisons
    from pollwatch.wiring import configured

    base, own = shipped(), find_folder(given().config, os.environ)
    found = {one.name: one for one in comparisons(base, own)} if own else {}
    if path is not None:
        folders = [base, own] if own else [base]
        among = {**overlay(base, own), **found}
        wanted = named(path, among=among, folders=folders)
        found = {name: one for name, one in found.items() if name in wanted}
    for one in found.values():
        if given().json:
            record(_comparison_record(one))
        else:
            data("\n".join(_comparison_lines(one)))
    if not found and not given().json:
        all_well("No file of yours stands for a shipped one.")
    # Only now: a comparison helps most where an upgrade has made a mistake of what was right.
    configured(said_options())
    return Exit.LOOK if any(one.is_out_of_date for one in found.values()) else Exit.DONE


def _option_lines(option: EffectiveOption) -> Iterator[str]:
    """A line as in ``settings.toml``; its origin stands beside it, or above where that is long."""
    if option.value is None:
        yield f"# {option.name} is not set"
        return
    line, origin = f"{option.name} = {_toml(option.value)}", f"# {printable(option.origin)}"
    beside = f"{line:<{ORIGIN_COLUMN}} {origin}"
    yield from [beside] if len(beside) <= PAGE_WIDTH else [origin, line]


def _toml(value: object) -> str:
    if isinstance(value, dict):
        pairs = ", ".join(f"{_toml(key)} = {_toml(one)}" for key, one in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    return json.dumps(value, ensure_ascii=False)


def _comparison_lines(one: Comparison) -> Iterator[str]:
    from pollwatch.loading.upgrades import Drift

    said = {
        Drift.FOLLOWS: "follows the shipped file by itself; nothing to do",
        Drift.SAME: "the same as the shipped file; you may delete yours",
        Drift.OWN_CHANGED: "changed by you; the shipped file is as it was",
        Drift.SHIPPED_CHANGED: "out of date: the shipped file has changed, yours has not",
        Drift.BOTH_CHANGED: "out of date: the shipped file has changed, and so has yours",
        Drift.NO_COPY: "may be out of date: it differs from the shipped file, and no copy\n"
        "  shows which of the two has changed",
        Drift.NOT_SHIPPED: "no longer shipped: yours now stands alone",
    }
    yield f"{one.name}: {said[one.drift]}"
    for place, changes in (("the shipped file", one.shipped_changes), ("yours", one.own_changes)):
        if changes:
            yield f"  Changes in {place}:"
            yield from (f"    {printable(line)}".rstrip() for line in changes.split("\n"))
    yield from _mend(one)


def _mend(one: Comparison) -> Iterator[str]:
    """What to do about a file that is out of date, and how to say that it is settled."""
    from pollwatch.loading.upgrades import Drift

    begun_from, shipped = quote(str(one.begun_from)), quote(str(one.shipped))
    if one.drift is Drift.SHIPPED_CHANGED:
        yield "  To do: delete yours, and the shipped one counts; or keep it, and say so:"
    elif one.drift in (Drift.BOTH_CHANGED, Drift.NO_COPY):
        yield "  To do: write into yours what you want of it, then say that you have:"
    elif one.drift is Drift.NOT_SHIPPED:
        yield "  To do: delete yours, or keep it, and say so:"
        yield f"    rm {begun_from}"
        return
    else:
        return
    yield f"    mkdir -p {quote(str(one.begun_from.parent))} && cp {shipped} {begun_from}"


def _comparison_record(one: Comparison) -> dict[str, object]:
    return {
        "name": one.name,
        "state": one.drift,
        "out_of_date": one.is_out_of_date,
        "file": str(one.own),
        "shipped": str(one.shipped),
        "shipped_changes": one.shipped_changes,
        "own_changes": one.own_changes,
    }
