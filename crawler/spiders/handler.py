"""Scrapy's way to http and https: trusting whom we were told to trust, and able to hang up."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from twisted.internet.ssl import Certificate, trustRootFromCertificates
from twisted.web.client import BrowserLikePolicyForHTTPS

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

CALL = "pollwatch_call"
END_OF_CERTIFICATE = b"-----END CERTIFICATE-----"


class PressDownloadHandler(HTTP11DownloadHandler):
    """HTTP/1.1 with verified certificates: the system's, or those of ``ca_file``."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        if ca_file := crawler.settings.get("POLLWATCH_CA_FILE"):
            # Scrapy takes a context factory only through a setting that it is about to drop.
            self._contextFactory = _trusting(Path(ca_file))

    async def download_request(self, request: Request) -> Response:
        """Note the task that waits for the answer: Scrapy itself would wait to the end."""
        request.meta[CALL] = asyncio.current_task()
        return await super().download_request(request)


def hang_up(request: Request) -> None:
    """Close the line to a host that nobody waits for any more."""
    call: asyncio.Task[None] | None = request.meta.get(CALL)
    if call:
        call.cancel()


def _trusting(file: Path) -> Any:
    """Twisted's rules for https with other roots; its annotations are not complete."""
    blocks = file.read_bytes().split(END_OF_CERTIFICATE)[:-1]
    roots = [Certificate.loadPEM(block + END_OF_CERTIFICATE) for block in blocks]
    trusted: Any = trustRootFromCertificates(roots)  # type: ignore[no-untyped-call]
    return BrowserLikePolicyForHTTPS(trustRoot=trusted)  # type: ignore[no-untyped-call]
