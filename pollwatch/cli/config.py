"""pollwatch config: the files that a user edits."""

from __future__ import annotations

import os

import click

from digest.plain import counted
from pollwatch.cli.options import common, given
from pollwatch.cli.printing import all_well, record


@click.group()
@common
def config() -> None:
    """The files that you edit."""


@config.command(epilog="\b\nExample:\n  pollwatch config check --config ./config\n")
@common
def check() -> None:
    """Read all files; name every mistake with its file and line, and exit 2."""
    from pollwatch.loading import find_folder, load

    said = given()
    environ = dict(os.environ)
    overrides = {"database.url": said.db} if said.db else {}
    read = load(find_folder(said.config, environ), environ=environ, overrides=overrides)
    counts = {
        "sources": len(read.sources),
        "feeds": sum(len(source.feeds) for source in read.sources),
        "topics": len(read.topics),
        "keywords": sum(len(topic.keywords) for topic in read.topics),
        "subscribers": len(read.subscribers),
    }
    if said.json:
        record(counts)
    else:
        parts = [counted(number, name[:-1]) for name, number in counts.items()]
        all_well(f"No mistakes: {', '.join(parts)}.")
