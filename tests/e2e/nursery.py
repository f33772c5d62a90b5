"""Where processes are born that know everything already: ``python nursery.py SOCKET``.

Importing, and learning what languages look like, takes longer than most tests. It is done
once here; whoever connects and names a module and its arguments gets a fork that runs it as if it
had been started anew: a process of its own that hears signals, can be killed, and ends as any other
does. The nursery says ``open`` when it is, and closes with its stdin.
"""

from __future__ import annotations

import json
import os
import runpy
import select
import signal
import socket
import sys
from importlib import import_module
from typing import Any

from sqlalchemy.orm import configure_mappers

from analysis.language import detect

LONGEST_REQUEST = 100_000
KNOWN = (
    "alembic.command",
    "crawler.engine",
    "crawler.reactor",
    "pollwatch.cli",
    "pollwatch.daemon",
    "pollwatch.mailing",
    "pollwatch.serving",
    "scheduler.collect",
    "scheduler.ingest",
    "scheduler.reader",
    "storage.store",
)
"""What a daemon asks for in its first second, and what those ask for."""


def birth(listener: socket.socket) -> dict[str, Any]:
    """Wait for requests; returns one in each child, and never in the nursery itself."""
    # Keepers are nobody's business.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        ready, _, _ = select.select([listener, sys.stdin], [], [])
        if sys.stdin in ready:
            sys.exit()
        line, _ = listener.accept()
        if os.fork() == 0:
            listener.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            return _with_a_keeper(line)
        line.close()


def _with_a_keeper(line: socket.socket) -> dict[str, Any]:
    """The request, in a child; the keeper tells its id at once, and in the end its exit code."""
    request, voices, _, _ = socket.recv_fds(line, LONGEST_REQUEST, 2)
    child = os.fork()
    if child:
        for voice in voices:
            os.close(voice)
        line.sendall(f"{child}\n".encode())
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        line.sendall(f"{code}\n".encode())
        os._exit(0)
    line.close()
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for voice, stream in zip(voices, (1, 2), strict=True):
        os.dup2(voice, stream)
        os.close(voice)
    # Those of the nursery remember what they were connected to.
    sys.stdout, sys.stderr = (os.fdopen(number, "w", closefd=False) for number in (1, 2))
    told: dict[str, Any] = json.loads(request)
    return told


def main(path: str) -> None:
    for module in KNOWN:
        import_module(module)
    detect("", "The elections were observed.", ())
    configure_mappers()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen()
        sys.stdout.write("open\n")
        sys.stdout.flush()
        request = birth(listener)
    os.environ.clear()
    os.environ.update(request["environment"])
    sys.argv[1:] = request["arguments"]
    runpy.run_module(request["module"], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(sys.argv[1])
