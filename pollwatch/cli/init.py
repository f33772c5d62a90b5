"""pollwatch init: a configuration folder of one's own."""

from __future__ import annotations

import os
import shlex
from contextlib import suppress
from pathlib import Path

import click

from domain.errors import ConfigError
from pollwatch.cli.exits import Exit
from pollwatch.cli.options import common, given
from pollwatch.cli.printing import data, record, talk


@click.command(
    short_help="Begin a configuration folder of your own.",
    epilog="\b\nExamples:\n  pollwatch init\n  pollwatch init ./config\n",
)
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@common
def init(*, folder: Path | None) -> Exit:
    """Write a configuration folder of your own, and say what to do next.

    It gets settings.toml and subscribers.yaml, everything in them commented out. Without DIR the
    folder is the one that --config or POLLWATCH_CONFIG names, else ~/.config/pollwatch. Nothing is
    ever overwritten; exits 1 where a file was there already.
    """
    from pollwatch.loading import shipped, usual_folder
    from pollwatch.loading.owning import begin_folder

    named = folder or given().config or os.environ.get("POLLWATCH_CONFIG")
    chosen = Path(named).expanduser() if named else usual_folder(os.environ)
    files = begin_folder(chosen, base=shipped())
    for file in files:
        if given().json:
            record({"file": str(file.path), "written": file.is_new})
        elif file.is_new:
            data(str(file.path))
        else:
            talk(f"pollwatch: {file.path} is there already, and stays as it is")
    if not given().quiet:
        talk(next_steps(chosen))
    return Exit.DONE if all(file.is_new for file in files) else Exit.LOOK


def next_steps(folder: Path) -> str:
    """What to do with a new folder; commands name it where they would not find it."""
    from pollwatch.loading import find_folder

    found = None
    with suppress(ConfigError):  # the variable names a folder that is not there
        found = find_folder(None, os.environ)
    is_found = found is not None and found.resolve() == folder.resolve()
    option = "" if is_found else f" --config {shlex.quote(str(folder))}"
    return (
        "\nNext:\n"
        "  1. In settings.toml, write into user_agent where a press office can reach you.\n"
        "  2. In subscribers.yaml, write who gets a digest.\n"
        f"  3. pollwatch config check{option}\n"
        f"  4. pollwatch run{option}"
    )
