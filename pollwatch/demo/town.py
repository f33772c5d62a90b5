"""Which server answers for all press offices of the town?

One, on the loopback, for every host name: it looks at the Host header. It serves whatever
offices it is given, keeps a visitor's book in which our manners can be read, and has a day of
its own that decides what is published. ``python -m pollwatch.demo.town`` runs it apart.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import repeat
from socket import MSG_PEEK, SHUT_RDWR, socket
from threading import Condition, Event, Thread
from time import monotonic
from types import TracebackType
from typing import Any, Self

from pollwatch.demo.answers import (
    Answer,
    Asked,
    Drip,
    Office,
    Offices,
    Response,
    dated,
    gzip_bomb,
    is_unchanged,
    moved,
    page,
)
from pollwatch.demo.book import PATIENCE, Note, VisitorsBook

__all__ = [
    "Answer",
    "Asked",
    "Drip",
    "Note",
    "Office",
    "Offices",
    "Response",
    "Town",
    "dated",
    "gzip_bomb",
    "moved",
    "page",
]

LOOPBACK = "127.0.0.1"
DEFAULT_DAY = date(2024, 3, 20)


class Town:
    """The town while it is open: ``with Town(offices) as town: ... town.port``."""

    def __init__(self, offices: Offices, *, day: date = DEFAULT_DAY, port: int = 0) -> None:
        self.offices = offices
        self.day = day
        self.visitors = VisitorsBook()
        self._lines: set[socket] = set()
        self._is_closed = False
        self._fewer_lines = Condition()
        self._server = _Server((LOOPBACK, port), _Clerk)
        self._server.town = self

    def __enter__(self) -> Self:
        # The default poll interval would make every closing half a second long.
        Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all lines and let nobody in any more."""
        self._server.shutdown()
        self._server.server_close()
        with self._fewer_lines:
            self._is_closed = True
            for line in self._lines:
                _cut(line)
            self._fewer_lines.wait_for(lambda: not self._lines, timeout=PATIENCE)

    @property
    def port(self) -> int:
        """Where it listens, for every office."""
        return self._server.server_port

    @property
    def hosts(self) -> dict[str, str]:
        """Every office's name and address: what the ``hosts`` setting wants."""
        return dict.fromkeys(self.offices, LOOPBACK)

    @property
    def book(self) -> tuple[Note, ...]:
        """All requests that were answered or broken off, in the order of their ends."""
        return self.visitors.read()

    def wait_for_notes(self, count: int) -> tuple[Note, ...]:
        """The book once it holds so many notes; a visitor who hangs up is noted a little later."""
        return self.visitors.read_when(count)

    def clear_book(self) -> None:
        """Begin a new page of the visitor's book."""
        self.visitors.clear()

    def opened(self, line: socket) -> None:
        """Remember a line, so that closing the town can cut it."""
        with self._fewer_lines:
            self._lines.add(line)
            if self._is_closed:
                _cut(line)

    def closed(self, line: socket) -> None:
        """Forget a line."""
        with self._fewer_lines:
            self._lines.discard(line)
            self._fewer_lines.notify_all()

    def answer(self, asked: Asked) -> Answer:
        """What an office says; 404 where there is no such office or path."""
        office = self.offices.get(asked.host, {})
        response = office.get(asked.path) or office.get(asked.path.partition("?")[0])
        if response is None:
            return page("<!doctype html><title>Not found</title><h1>Not found</h1>", status=404)
        return response if isinstance(response, Answer) else response(asked)


class _Server(ThreadingHTTPServer):
    town: Town
    daemon_threads = True
    request_queue_size = 128


class _Clerk(BaseHTTPRequestHandler):
    """Answers one visitor's line, request after request."""

    server: _Server
    protocol_version = "HTTP/1.1"
    # Headers and body are two writes; with Nagle's algorithm the second waits 40 ms.
    disable_nagle_algorithm = True

    def setup(self) -> None:
        super().setup()
        self.server.town.opened(self.connection)

    def finish(self) -> None:
        try:
            super().finish()
        finally:
            self.server.town.closed(self.connection)

    def handle(self) -> None:
        with suppress(ConnectionError):
            super().handle()

    def do_GET(self) -> None:
        """Answer one request, and write it into the book whatever becomes of it."""
        self._began, self._sent_status, self._is_noted = monotonic(), 0, False
        self._asked = self._read()
        try:
            self._send(self.server.town.answer(self._asked))
        except ConnectionError:
            self.close_connection = True
        finally:
            self._note()

    def version_string(self) -> str:
        """Name the server, and no version of anything."""
        return "town"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing: the visitor's book holds it all."""

    def _read(self) -> Asked:
        headers = {name.lower(): value for name, value in self.headers.items()}
        return Asked(
            host=headers.get("host", "").partition(":")[0].lower(),
            path=self.path,
            headers=headers,
            day=self.server.town.day,
            port=self.server.town.port,
        )

    def _send(self, answer: Answer) -> None:
        if answer.silence:
            self._wait(None)
            return
        if answer.delay:
            self._wait(answer.delay.total_seconds())
        if is_unchanged(answer, self._asked):
            answer = Answer(status=HTTPStatus.NOT_MODIFIED, headers=_validators(answer))
        self._send_head(answer)
        pause = answer.drip.pause.total_seconds() if answer.drip else 0.0
        pieces = _pieces(answer)
        piece = next(pieces, b"")
        for following in pieces:
            self.wfile.write(piece)
            if pause:
                self._wait(pause)
            piece = following
        # The book first: who holds the whole answer finds it there.
        self._note()
        self.wfile.write(piece)

    def _send_head(self, answer: Answer) -> None:
        self._sent_status = answer.status
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        if answer.declared_length is not None:
            self.send_header("Content-Length", str(answer.declared_length))
        elif not answer.endless and answer.status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(answer.body)))
        if answer.endless or answer.cut_short or answer.declared_length is not None:
            self.send_header("Connection", "close")
        self.end_headers()

    def _wait(self, seconds: float | None) -> None:
        """Let time pass, for ever if need be; a visitor who hangs up ends it."""
        self.connection.settimeout(seconds)
        try:
            if not self.connection.recv(1, MSG_PEEK):
                raise ConnectionAbortedError
        except TimeoutError:
            pass
        finally:
            self.connection.settimeout(None)

    def _note(self) -> None:
        if self._is_noted:
            return
        self._is_noted = True
        self.server.town.visitors.write(
            Note(
                host=self._asked.host,
                path=self._asked.path,
                headers=self._asked.headers,
                began=self._began,
                ended=monotonic(),
                status=self._sent_status,
            )
        )


def _cut(line: socket) -> None:
    with suppress(OSError):
        line.shutdown(SHUT_RDWR)


def _pieces(answer: Answer) -> Iterator[bytes]:
    if answer.endless:
        return repeat(answer.body)
    body = answer.body[: len(answer.body) // 2] if answer.cut_short else answer.body
    size = answer.drip.size if answer.drip else len(body)
    return (body[start : start + size] for start in range(0, len(body), max(size, 1)))


def _validators(answer: Answer) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, value) for name, value in answer.headers if name.lower() in {"etag", "last-modified"}
    )


def main() -> None:
    """Keep the town open until told to stop: for tests that kill, and for the curious."""
    from pollwatch.demo.offices import town_offices

    parser = argparse.ArgumentParser(prog="pollwatch.demo.town", description=main.__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--day", type=date.fromisoformat, default=DEFAULT_DAY)
    options = parser.parse_args()
    with (
        suppress(KeyboardInterrupt),
        Town(town_offices(), day=options.day, port=options.port) as town,
    ):
        sys.stdout.write(f"listening on http://{LOOPBACK}:{town.port}\n")
        sys.stdout.flush()
        # A signal that comes just before the waiting begins wakes nobody.
        while not Event().wait(timeout=1):
            pass


if __name__ == "__main__":
    main()
