"""Daemons as processes of their own, heard by their log; and an office for them to visit."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any

from pollwatch.demo.town import Answer, Town
from tests.e2e.conftest import Program
from tests.e2e.nursing import Child, born

PATIENCE_S = 60
END = "(it has ended)"


@dataclass
class Daemon:
    """A daemon at work."""

    process: Child
    lines: Queue[str] = field(default_factory=Queue)
    heard: list[str] = field(default_factory=list)

    def says(self, *words: str) -> str:
        """The next line of its log that holds these words."""
        while True:
            line = self.lines.get(timeout=PATIENCE_S)
            self.heard.append(line)
            if all(word in line for word in words):
                return line
            assert line != END, f"{words} was not heard in {self.heard}"

    def ends(self, *, within: float = PATIENCE_S) -> int:
        """Its exit code, once it has ended."""
        return self.process.wait(timeout=within)


def the_daemon(program: Program, *more: str, **told: str) -> Any:
    """The shipped command; ``told`` are variables of its environment."""
    where = ("--config", str(program.folder), "--db", program.database)
    return _started("pollwatch", "daemon", *more, *where, told=told)


def a_fast_daemon(program: Program, *, speed: int = 300) -> Any:
    """A daemon whose minute takes a fifth of a second."""
    where = (str(program.folder), program.database)
    return _started("tests.e2e.fast_daemon", *where, str(speed), told={})


def a_daemon_of_many_lives(program: Program, *, speed: int, since: float) -> Any:
    """A daemon that goes on where another was killed, by a clock that began at some moment."""
    where = (str(program.folder), program.database)
    return _started("tests.e2e.chaos_daemon", *where, str(speed), str(since), told={})


@contextmanager
def _started(module: str, *arguments: str, told: Mapping[str, str]) -> Iterator[Daemon]:
    usual = {name: value for name, value in os.environ.items() if "POLLWATCH" not in name}
    process = born(module, *arguments, environment=usual | dict(told))
    daemon = Daemon(process)

    def listen() -> None:
        for line in process.stdout:
            daemon.lines.put(line.rstrip("\n"))
        daemon.lines.put(END)

    ears = Thread(target=listen, daemon=True)
    ears.start()
    try:
        yield daemon
    finally:
        process.kill()
        process.wait()
        ears.join(timeout=PATIENCE_S)
        process.stdout.close()


OFFICE = "press.office.example"
SOURCE = """\
name: Office
country: XX
language: en
trust: reconstructed
feeds:
  - name: news
    kind: rss
    url: http://press.office.example:{port}/feed
    every: 5m
"""


def a_feed_of(*numbers: int) -> str:
    items = "".join(
        f"<item><title>Statement {n} on the elections</title><guid>id-{n}</guid>"
        f"<link>http://{OFFICE}:PORT/news/{n}</link>"
        "<pubDate>Mon, 18 Mar 2024 09:00:00 GMT</pubDate></item>"
        for n in numbers
    )
    return f'<rss version="2.0"><channel><title>Office</title>{items}</channel></rss>'


def a_page(number: int) -> Answer:
    words = " ".join(f"The ministry said sentence {number} {n} of the election." for n in range(20))
    return Answer(
        headers=(("Content-Type", "text/html"),),
        body=f"<html><h1>Statement {number}</h1><article><p>{words}</p></article></html>".encode(),
    )


def write_small_topic(folder: Path) -> None:
    """One word to match: reading the shipped keywords takes a daemon longer than all the rest."""
    for name, text in (
        ("elections/topic", "enabled: false"),
        ("votes/en", "strong: |\n  election*"),
    ):
        path = folder / f"topics/{name}.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(text)


class AnOffice:
    """A town of one office, and a program that knows it."""

    def __init__(self, town: Town, program: Program) -> None:
        self.town = town
        self.program = program

    settings = (
        "[sources]\nshipped = false\n"
        f'[crawl]\ndelay = "0ms"\ntimeout = "100s"\n[crawl.hosts]\n"{OFFICE}" = "127.0.0.1"\n'
    )

    def write(self, name: str, text: str) -> None:
        """Edit a file of the program's configuration."""
        path = self.program.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def lists(self, *numbers: int, pages: Mapping[str, Any] | None = None) -> None:
        """Let the office publish these, and answer otherwise at some addresses."""
        feed = a_feed_of(*numbers).replace("PORT", str(self.town.port)).encode()
        self.town.offices[OFFICE] = (
            {"/feed": Answer(headers=(("Content-Type", "application/rss+xml"),), body=feed)}
            | {f"/news/{n}": a_page(n) for n in numbers}
            | dict(pages or {})
        )

    def held(self) -> list[str]:
        """The numbers of the releases that are held."""
        return [row["url"].rpartition("/")[2] for row in self.program.held()]


@contextmanager
def an_office(folder: Path) -> Iterator[AnOffice]:
    """An office with two releases, as the only one of a program."""
    with Town({OFFICE: {}}) as town:
        office = AnOffice(town, Program(folder, str(folder / "pollwatch.db")))
        office.write("settings.toml", office.settings)
        write_small_topic(folder)
        office.write("sources/xx/xx_office.yaml", SOURCE.format(port=town.port))
        office.lists(1, 2)
        yield office
