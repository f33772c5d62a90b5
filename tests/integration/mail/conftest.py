"""Mail servers on this machine that speak real SMTP."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from digest.mailer import MailServer
from tests.integration.crawler.certificates import self_signed

LOOPBACK = "127.0.0.1"
PATIENCE = timedelta(milliseconds=300)
REFUSALS = {
    "nobody": "550 5.1.1 no such person\x1b[31m here",
    "later": "451 4.7.1 greylisted",
    "stranger": "530 5.7.0 sign in first",
}


class Postbox:
    """Takes mail; what an address begins with says how it is treated.

    ``nobody`` is refused for good, ``later`` for now; the line breaks in the middle of a mail to
    ``broken``, and one to ``slow`` gets no answer in time. Once it is mended all arrive.
    """

    def __init__(self, farewell: str) -> None:
        self.farewell = farewell
        self.is_mended = False
        self.received: list[Envelope] = []
        self.encrypted: list[bool] = []

    async def handle_RCPT(  # noqa: N802 - the server looks for this name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if not self.is_mended and address.startswith(tuple(REFUSALS)):
            return REFUSALS[address.partition("@")[0]]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - as above
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if b"X-Refuse" in (envelope.original_content or b""):
            return "554 5.7.1 not this one"
        if not self.is_mended and envelope.rcpt_tos == ["broken@example.org"]:
            server.transport.abort()
            return "250 nobody hears this"
        if not self.is_mended and envelope.rcpt_tos == ["slow@example.org"]:
            await asyncio.sleep(2 * PATIENCE.total_seconds())
            return "250 nobody waits for this"
        self.received.append(envelope)
        self.encrypted.append(server.transport.get_extra_info("sslcontext") is not None)
        return "250 OK"

    async def handle_QUIT(  # noqa: N802 - as above
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        return self.farewell


class Post(Controller):
    """A running server, and what it got."""

    handler: Postbox

    def __init__(self, *, farewell: str = "221 Bye", **options: Any) -> None:
        super().__init__(Postbox(farewell), hostname=LOOPBACK, port=0, **options)

    def _trigger_server(self) -> None:
        """Look which free port was taken; the first visit of our own goes there."""
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()

    def told(self, **changes: Any) -> MailServer:
        """How our side is told of it."""
        values: dict[str, Any] = {"host": LOOPBACK, "port": self.port, "tls": "none"}
        return MailServer(**values | changes)


def knows_the_desk(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, login: LoginPassword
) -> AuthResult:
    is_known = (login.login, login.password) == (b"desk", b"open sesame")
    return AuthResult(success=is_known, handled=False)


@pytest.fixture(scope="module")
def post_office() -> Iterator[Callable[..., Post]]:
    """Opens servers, which close after the tests of a file."""
    with ExitStack() as stack:

        def opened(**options: Any) -> Post:
            post = Post(**options)
            post.start()
            stack.callback(post.stop)
            return post

        yield opened


@pytest.fixture
def certificate(tmp_path):
    """A certificate for ``localhost`` that only those trust who are told to."""
    return self_signed("localhost", tmp_path)


@pytest.fixture
def encrypted(certificate) -> ssl.SSLContext:
    """What a server needs that speaks TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@pytest.fixture
def trusted(certificate, monkeypatch):
    """The system of this test trusts the certificate."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
