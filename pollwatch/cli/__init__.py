"""The command line: one module for each noun."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper

import click

from pollwatch.cli import (
    config,
    coverage,
    daemon,
    db,
    demo,
    digest,
    doctor,
    evidence,
    init,
    keywords,
    politeness,
    problems,
    releases,
    rows,
    run,
    sources,
    status,
    stories,
    subscribers,
)
from pollwatch.cli.exits import Commands, leaving
from pollwatch.cli.options import common


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
    epilog="\b\nExamples:\n"
    "  pollwatch demo\n"
    "  pollwatch init\n"
    "  pollwatch run\n"
    "  pollwatch digest preview\n"
    "  pollwatch --db /var/lib/pollwatch/pollwatch.db status\n",
)
@click.version_option(package_name="pollwatch", message="pollwatch %(version)s")
@common
def commands() -> None:
    """Watch what foreign ministries and international bodies publish on elections.

    Exit codes: 0 done, 1 done with something you should see, 2 wrong usage or configuration,
    3 it could not be done.
    """


for command in (
    demo.demo,
    init.init,
    run.run,
    digest.digest,
    subscribers.subscribers,
    daemon.daemon,
    status.status,
    problems.problems,
    doctor.doctor,
    politeness.politeness,
    sources.sources,
    coverage.coverage,
    releases.releases,
    stories.stories,
    evidence.evidence,
    keywords.keywords,
    rows.classify,
    rows.import_,
    rows.export,
    db.db,
    config.config,
):
    commands.add_command(command)


def main() -> None:
    """Run the command line and leave with its exit code."""
    # Else the next file that is opened, be it the database, would be taken for a closed stream.
    sys.stdin, sys.stdout, sys.stderr = (
        stream or os.fdopen(os.open(os.devnull, os.O_RDWR), mode)
        for stream, mode in ((sys.stdin, "r"), (sys.stdout, "w"), (sys.stderr, "w"))
    )
    # A terminal that cannot show a letter gets its escaped form, never a crash.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    with leaving():
        commands(prog_name="pollwatch")
