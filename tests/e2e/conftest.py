"""pollwatch as people run it: a process of its own, against the town."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pollwatch.demo.configuration import write_config
from pollwatch.demo.offices import town_offices
from pollwatch.demo.town import Town
from storage.store import Store
from tests.e2e.nursing import Writer, born_to_write

LONGEST_S = 120


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The last line it printed."""
        return json.loads(self.out.splitlines()[-1])


class Program:
    """pollwatch with a configuration folder and a database of its own."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder = folder
        self.database = database

    def start(self, *arguments: str) -> Writer:
        """A command that runs while the test goes on."""
        where = ("--config", str(self.folder), "--db", self.database)
        usual = {name: value for name, value in os.environ.items() if "POLLWATCH" not in name}
        return born_to_write("pollwatch", *arguments, *where, environment=usual)

    def __call__(self, *arguments: str) -> Done:
        """A command, run to its end."""
        return finished(self.start(*arguments))

    def held(self) -> list[dict[str, Any]]:
        """Everything held, without times; ids are named by the smallest appearance they hold."""
        with Store.open(self.database_url, now=datetime.now(UTC)) as store:
            rows = list(store.dump())
        names: dict[str, str] = {}
        for row in sorted(rows, key=place):
            for kind in ("release", "story"):
                names.setdefault(row[kind], place(row))
        for row in rows:
            row |= {kind: names[row[kind]] for kind in ("release", "story")}
        return sorted(rows, key=place)

    @property
    def database_url(self) -> str:
        return self.database if "://" in self.database else f"sqlite:///{self.database}"


def place(row: dict[str, Any]) -> str:
    return f"{row['source']} {row['url']} {row['origin']}"


def finished(process: Writer) -> Done:
    """How a started command ended, once it has."""
    code, out, err = process.words(within=LONGEST_S)
    return Done(code=code, out=out, err=err)


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    """The demo's town, open; a test that moves its day puts it back."""
    with Town(town_offices()) as town:
        yield town


@pytest.fixture
def program(tmp_path: Path, town: Town) -> Program:
    """pollwatch that knows the town and has not visited it yet."""
    return a_program(tmp_path, town)


def a_program(folder: Path, town: Town, database: str | None = None) -> Program:
    town.clear_book()
    folder.mkdir(exist_ok=True)
    write_config(folder, port=town.port)
    return Program(folder, database or str(folder / "pollwatch.db"))
