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
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TextIO

NURSERY = Path(__file__).with_name("nursery.py")
PATIENCE_S = 60


class Child:
    """A process of ours, as much of it as tests of daemons ask for."""

    def __init__(self, line: socket.socket, voice: TextIO) -> None:
        self._line = line
        self._words = line.makefile()
        self.stdout = voice
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


def born(module: str, *arguments: str, environment: Mapping[str, str]) -> Child:
    """A process that runs a module as ``python -m`` does."""
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(PATIENCE_S)
    line.connect(_nursery())
    ear, mouth = os.pipe()
    request = {"module": module, "arguments": arguments, "environment": dict(environment)}
    socket.send_fds(line, [json.dumps(request).encode()], [mouth])
    os.close(mouth)
    return Child(line, os.fdopen(ear))


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
