"""Scrapy's way to http and https: trusting whom we were told to trust, and able to hang up.

On those who talk too much, too: the head of an answer has a limit of its own, and of an answer
whose beginning is enough no more than that is read.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy import signals
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from scrapy.exceptions import StopDownload
from twisted.internet.ssl import Certificate, trustRootFromCertificates
from twisted.python.failure import Failure
from twisted.web._newclient import BODY, DONE
from twisted.web.client import BrowserLikePolicyForHTTPS

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.internet.interfaces import IAddress

CALL = "pollwatch_call"
ENOUGH = "pollwatch_enough"
"""In a request's meta: the number of bytes after which nothing more is wanted of its answer."""
HEARD = "pollwatch_heard"
UNLIMITED = 0
# Heads of real answers stay under 20 kB, even with policies and cookies of every kind.
LONGEST_HEAD = 64 * 1024
END_OF_CERTIFICATE = b"-----END CERTIFICATE-----"


class EndlessHead(Exception):
    """The head of an answer goes on and on."""


class _Line(_LenientHTTP11ClientProtocol):
    """A connection that listens to the head of an answer only so long."""

    _head = 0

    def request(self, request: Any) -> Any:
        """Ask; what was heard before belonged to another answer."""
        self._head = 0
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 - Twisted's name for it
        """Hear a piece of an answer, and hang up where its head does not end."""
        super().dataReceived(data)  # type: ignore[no-untyped-call]
        parser = self._parser
        if parser is None or parser.state in {BODY, DONE}:
            return
        self._head += len(data)
        if self._head > LONGEST_HEAD:
            line: Any = self.transport
            self._giveUp(Failure(EndlessHead()))  # type: ignore[no-untyped-call]
            # Saying goodbye first, as https does, would mean to go on listening.
            line.abortConnection()


class _Lines(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: IAddress | None) -> _Line:  # noqa: ARG002, N802
        return _Line(self._quiescentCallback)  # type: ignore[no-untyped-call]


class PressDownloadHandler(HTTP11DownloadHandler):
    """HTTP/1.1 with verified certificates: the system's, or those of ``ca_file``."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _Lines  # noqa: SLF001 - as Scrapy does to put in its own
        crawler.signals.connect(_stop_when_enough, signals.bytes_received)
        if ca_file := crawler.settings.get("POLLWATCH_CA_FILE"):
            # Scrapy takes a context factory only through a setting that it is about to drop.
            self._contextFactory = _trusting(Path(ca_file))

    async def download_request(self, request: Request) -> Response:
        """Note the task that waits for the answer: Scrapy itself would wait to the end."""
        request.meta[CALL] = asyncio.current_task()
        if ENOUGH not in request.meta:
            return await super().download_request(request)
        # A limit would refuse what announces more, instead of reading the beginning.
        request.meta.update({"download_maxsize": UNLIMITED, HEARD: 0})
        response = await super().download_request(request)
        # Unpacking comes next, and keeps to the limit of all pages.
        del request.meta["download_maxsize"]
        return response


def _stop_when_enough(data: bytes, request: Request) -> None:
    if ENOUGH in request.meta:
        request.meta[HEARD] += len(data)
        if request.meta[HEARD] >= request.meta[ENOUGH]:
            raise StopDownload(fail=False)


def hang_up(request: Request) -> None:
    """Close the line to a host that nobody waits for any more."""
    call: asyncio.Task[None] | None = request.meta.get(CALL)
    if call:
        call.cancel()


def _trusting(file: Path) -> Any:
    """Twisted's rules for https with other roots; its annotations are not complete."""
    blocks = file.read_bytes().split(END_OF_CERTIFICATE)[:-1]
    roots = [Certificate.loadPEM(block + END_OF_CERTIFICATE) for block in blocks]
    trusted: Any = trustRootFromCertificates(roots)
    return BrowserLikePolicyForHTTPS(trustRoot=trusted)
