"""How does a finished mail get to the server that takes it?

One mail, one connection. Certificates are verified; where STARTTLS is asked for, nothing goes out
before it. Once the server has taken the mail it is delivered, whatever is said at parting.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Literal

from digest.plain import one_line, shortened
from domain.errors import DeliveryError

# Longest silence of the server. RFC 5321 grants it minutes; a person at a terminal does not.
PATIENCE_S = 60.0
LONGEST_ANSWER = 200
# What went wrong, and what to do. The first that fits counts.
CAUSES: tuple[tuple[type[Exception], str, str], ...] = (
    (
        smtplib.SMTPRecipientsRefused,
        "takes no mail for this address",
        "Check the address, and whether the server relays for you",
    ),
    (
        smtplib.SMTPAuthenticationError,
        "does not accept name and password",
        "Check username and password under [mail]",
    ),
    (
        smtplib.SMTPNotSupportedError,
        "cannot do what is asked of it",
        "Check tls, port and username under [mail]",
    ),
    (
        smtplib.SMTPResponseException,
        "did not take the mail",
        "Do what it says, or ask the people who run it",
    ),
    (
        ssl.SSLCertVerificationError,
        "could not prove who it is",
        "Check host under [mail]: the server's certificate must name it",
    ),
    (
        ssl.SSLError,
        "does not speak TLS with us",
        "Check tls and port under [mail]: tls goes with 465, starttls with 587",
    ),
    (
        UnicodeError,
        "cannot be spoken to",
        "Check host, username and password under [mail]: they must be of plain letters",
    ),
    (
        Exception,
        "cannot be reached, or hung up",
        "Check host and port under [mail], and whether the server runs",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """The server that takes our mail, and how to speak with it."""

    host: str
    port: int
    tls: Literal["none", "starttls", "tls"]
    username: str | None = None
    password: str = field(default="", repr=False)


def deliver(message: bytes, *, sender: str, to: str, server: MailServer) -> None:
    """Hand a finished mail to the server, byte for byte, or raise a DeliveryError."""
    try:
        with _connected(server) as connection:
            if server.username is not None:
                connection.login(server.username, server.password)
            connection.sendmail(sender, [to], message)
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        raise _failure(error, server) from None


@contextmanager
def _connected(server: MailServer) -> Iterator[smtplib.SMTP]:
    connection: smtplib.SMTP
    if server.tls == "tls":
        connection = smtplib.SMTP_SSL(
            server.host, server.port, timeout=PATIENCE_S, context=ssl.create_default_context()
        )
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=PATIENCE_S)
    try:
        if server.tls == "starttls":
            connection.starttls(context=ssl.create_default_context())
        yield connection
        # The mail is taken; a rude farewell must not make anybody send it twice.
        with suppress(smtplib.SMTPException, OSError):
            connection.quit()
    finally:
        connection.close()


def _failure(error: Exception, server: MailServer) -> DeliveryError:
    """What people read of an error; neither the mail nor a password is in it."""
    what, next_step = next(said for kind, *said in CAUSES if isinstance(error, kind))
    answer = shortened(one_line(_answer(error)), LONGEST_ANSWER)
    return DeliveryError(
        f"The mail server {server.host}:{server.port} {what} ({answer})", next_step=next_step
    )


def _answer(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "; ".join(f"{to}: {_reply(*said)}" for to, said in error.recipients.items())
    if isinstance(error, smtplib.SMTPResponseException):
        return _reply(error.smtp_code, error.smtp_error)
    if isinstance(error, ssl.SSLCertVerificationError):
        return error.verify_message
    if isinstance(error, UnicodeEncodeError):
        return error.reason  # its whole text quotes from what it could not encode
    return (isinstance(error, OSError) and error.strerror) or str(error)


def _reply(code: int, text: bytes | str) -> str:
    return f"{code} {text.decode(errors='replace') if isinstance(text, bytes) else text}"
