"""Daemons as processes of their own, heard by their log; and an office for them to visit."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any

from pollwatch.demo.town import Answer, Town
from tests.e2e.conftest import Program

DRIVER = Path(__file__).with_name("fast_daemon.py")
PATIENCE_S = 60
END = "(it has ended)"


@dataclass
class Daemon:
    """A daemon at work."""

    process: subprocess.Popen[str]
    lines: Queue[str] = field(default_factory=Queue)
    heard: list[str] = field(default_factory=list)

    def says(self, *words: str) -> str:
        """The next line of its log that holds these words."""
        line = ""
        while not all(word in line for word in words):
            assert line != END, f"{words} was not heard in {self.heard}"
            line = self.lines.get(timeout=PATIENCE_S)
            self.heard.append(line)
        return line

    def ends(self, *, within: float = PATIENCE_S) -> int:
        """Its exit code, once it has ended."""
        return self.process.wait(timeout=within)


def the_daemon(program: Program, *more: str, **how: Any) -> Any:
    """The shipped command."""
    command = (sys.executable, "-m", "pollwatch", "daemon", *more)
    return _started(*command, "--config", str(program.folder), "--db", program.database, **how)


def a_fast_daemon(program: Program, *, speed: int = 300, **how: Any) -> Any:
    """A daemon whose minute takes a fifth of a second."""
    command = (sys.executable, str(DRIVER))
    return _started(*command, str(program.folder), program.database, str(speed), **how)


@contextmanager
def _started(
    *command: str, environment: Mapping[str, str] | None = None, **how: Any
) -> Iterator[Daemon]:
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={name: value for name, value in os.environ.items() if "POLLWATCH" not in name}
        | {"PYTHONPATH": os.pathsep.join(sys.path)}
        | dict(environment or {}),
        **how,
    )
    daemon = Daemon(process)

    def listen() -> None:
        assert process.stdout
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
        assert process.stdout
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
        office.write("sources/xx/xx_office.yaml", SOURCE.format(port=town.port))
        office.lists(1, 2)
        yield office
