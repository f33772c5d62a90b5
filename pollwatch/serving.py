"""What does the daemon answer over HTTP?

``/metrics`` and ``/health`` for those who watch machines, and the address that mail programs POST
to when a reader takes leave. Served inside the daemon's loop, on the loopback unless another
address is named; a public address belongs behind a web server that does TLS.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST
from twisted.internet import error
from twisted.web import http, resource, server

from domain.errors import PollwatchError, StorageError
from pollwatch.figures import Figures
from pollwatch.unsubscribing import Answer, unsubscribe

PATIENCE_S = 10
"""So long may a visitor be silent."""
LONGEST_BODY = 10_000
PLAIN = "text/plain; charset=utf-8"


class NoAddress(PollwatchError):
    """The address to listen at is not to be had."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Who is asked for what."""

    figures: Figures
    clock: Callable[[], datetime]
    stop: Callable[[str], Awaitable[None]]
    """Ends the mail to the address that a token was mailed to."""


@contextmanager
def serving(desk: Desk, *, host: str, port: int) -> Iterator[int]:
    """Answer for the length of a block; the port, which is another than 0 where that was asked."""
    # Twisted's reactor must not be imported before ours is installed.
    from twisted.internet import reactor

    site = server.Site(_Root(desk), requestFactory=_Bounded, timeout=PATIENCE_S)
    site.noisy = False
    site.displayTracebacks = False
    listen: Any = reactor.listenTCP
    try:
        listening = listen(port, site, interface=host)
    except error.CannotListenError as reason:
        raise NoAddress(
            f"Nobody can be served at {host} port {port} ({reason.socketError})",
            next_step="Name another --metrics-port, or end what listens there",
        ) from reason
    try:
        yield listening.getHost().port
    finally:
        listening.stopListening()


class _Bounded(server.Request):
    """A request that may not carry more than a form of one line."""

    def gotLength(self, length: int | None) -> None:  # noqa: N802 - Twisted looks for this name
        """Hang up on who sends much, or does not say how much."""
        if length is None or length > LONGEST_BODY:
            self.channel.loseConnection()
            return
        super().gotLength(length)  # type: ignore[no-untyped-call]


class _Root(resource.Resource):
    """Sends each path to who answers there; all others are told what there is."""

    isLeaf = True  # noqa: N815 - Twisted looks for this name

    def __init__(self, desk: Desk) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._desk = desk

    def render(self, request: http.Request) -> int | bytes:
        """The answer to a request."""
        path = request.path.decode("ascii", errors="replace")
        if path.rstrip("/").endswith("/unsubscribe"):
            return self._unsubscribed(request)
        answers: dict[str, Callable[[], tuple[HTTPStatus, str, bytes]]] = {
            "/metrics": self._metrics,
            "/health": self._health,
        }
        answer = answers.get(path)
        if answer is None:
            return _said(request, HTTPStatus.NOT_FOUND, PLAIN, b"There are /metrics and /health.\n")
        if request.method not in {b"GET", b"HEAD"}:
            return _said(request, HTTPStatus.METHOD_NOT_ALLOWED, PLAIN, b"Only GET.\n")
        return _said(request, *answer())

    def _metrics(self) -> tuple[HTTPStatus, str, bytes]:
        return HTTPStatus.OK, CONTENT_TYPE_LATEST, self._desk.figures.text()

    def _health(self) -> tuple[HTTPStatus, str, bytes]:
        figures = self._desk.figures
        ailments = figures.ailments(self._desk.clock())
        said = {"well": not ailments, "ailments": ailments, "not_taken_on": figures.mistakes}
        status = HTTPStatus.SERVICE_UNAVAILABLE if ailments else HTTPStatus.OK
        return status, "application/json", json.dumps(said, ensure_ascii=False).encode() + b"\n"

    def _unsubscribed(self, request: http.Request) -> int | bytes:
        token = request.args.get(b"token", [b""])[0].decode("ascii", errors="replace")
        asked: list[str] = []
        answer = unsubscribe(token, request.method.decode("ascii", "replace"), stop=asked.append)
        if not asked:
            return _said(request, answer.status, PLAIN, answer.text.encode() + b"\n")
        leaving = asyncio.ensure_future(self._take_leave(request, token, answer))
        # Whoever hangs up meanwhile is not answered; he is unsubscribed all the same.
        request.notifyFinish().addErrback(lambda _: leaving.cancel())
        return server.NOT_DONE_YET

    async def _take_leave(self, request: http.Request, token: str, answer: Answer) -> None:
        status, text = answer.status, answer.text
        try:
            await asyncio.shield(asyncio.ensure_future(self._desk.stop(token)))
        except StorageError:
            status, text = HTTPStatus.SERVICE_UNAVAILABLE, "Not now; please try again later."
        request.write(_said(request, status, PLAIN, text.encode() + b"\n"))
        request.finish()


def _said(request: http.Request, status: HTTPStatus, kind: str, body: bytes) -> bytes:
    request.setResponseCode(status)
    request.setHeader(b"Content-Type", kind.encode())
    request.setHeader(b"Content-Length", str(len(body)).encode())
    request.setHeader(b"Cache-Control", b"no-store")
    request.setHeader(b"X-Content-Type-Options", b"nosniff")
    return body
