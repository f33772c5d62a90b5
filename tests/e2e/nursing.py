"""Processes that start at once: forks of one that has imported everything."""

from __future__ import annotations

import atexit
import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TextIO

NURSERY = Path(__file__).with_name("nursery.py")
PATIENCE_S = 60


class Child:
    """A process of ours, as much of it as tests ask for."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._words = line.makefile()
        self.pid = int(self._words.readline())
        self._code: int | None = None

    def send_signal(self, number: int) -> None:
        """Send it a signal; nothing where it has ended."""
        if self._code is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """Kill it, wherever it is."""
        self.send_signal(signal.SIGKILL)

    def wait(self, timeout: float = PATIENCE_S) -> int:
        """Its exit code, once it has ended; of one that was killed, the signal's with a minus."""
        if self._code is None:
            has_ended, _, _ = select.select([self._line], [], [], timeout)
            if not has_ended:
                raise subprocess.TimeoutExpired(str(self.pid), timeout)
            self._code = int(self._words.readline())
            self._words.close()
            self._line.close()
        return self._code


class Speaker(Child):
    """One that is listened to while it runs; it complains where it prints."""

    def __init__(self, line: socket.socket, voice: TextIO) -> None:
        super().__init__(line)
        self.stdout = voice


class Writer(Child):
    """One whose words are read once it has ended."""

    def __init__(self, line: socket.socket, papers: TemporaryDirectory[str]) -> None:
        super().__init__(line)
        self._papers = papers

    def words(self, *, within: float) -> tuple[int, str, str]:
        """Its exit code, what it printed, and what it complained of; once it has ended."""
        code = self.wait(within)
        with self._papers as folder:
            out, err = (Path(folder, name).read_text("utf-8") for name in ("out", "err"))
        return code, out, err


def born(module: str, *arguments: str, environment: Mapping[str, str]) -> Speaker:
    """A process that runs a module as ``python -m`` does."""
    ear, mouth = os.pipe()
    line = _ask((module, *arguments), environment, out=mouth, err=mouth)
    os.close(mouth)
    return Speaker(line, os.fdopen(ear))


def born_to_write(module: str, *arguments: str, environment: Mapping[str, str]) -> Writer:
    """The same, where nobody listens before the end."""
    papers = TemporaryDirectory()
    with Path(papers.name, "out").open("w") as out, Path(papers.name, "err").open("w") as err:
        line = _ask((module, *arguments), environment, out=out.fileno(), err=err.fileno())
    return Writer(line, papers)


def _ask(
    words: Sequence[str], environment: Mapping[str, str], *, out: int, err: int
) -> socket.socket:
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(PATIENCE_S)
    line.connect(_nursery())
    module, *arguments = words
    request = {"module": module, "arguments": arguments, "environment": dict(environment)}
    socket.send_fds(line, [json.dumps(request).encode()], [out, err])
    return line


@cache
def _nursery() -> str:
    """Where the nursery of these tests listens; it closes with them."""
    folder = TemporaryDirectory(prefix="pollwatch-nursery-")
    path = f"{folder.name}/door"
    process = subprocess.Popen(
        [sys.executable, str(NURSERY), path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )

    def close() -> None:
        process.communicate()
        folder.cleanup()

    atexit.register(close)
    assert process.stdout
    assert process.stdout.readline() == b"open\n"
    return path
