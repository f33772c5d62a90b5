"""How does a finished mail get to the server that takes it?

One mail, one connection. Certificates are verified; where STARTTLS is asked for, nothing goes out
before it. Once the server has taken the mail it is delivered, whatever is said at parting.

Who is to blame decides what comes next. A server that cannot be reached, does not prove who it is,
or refuses our name, password or sender takes no mail to anybody: that is no fault of an address.
Afterwards 4xx and a lost connection put one mail off, and 5xx turns it away for good.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

from digest.plain import one_line, shortened
from domain.errors import DeliveryError, PutOff, TurnedAway

# RFC 5321 grants a server minutes; a person at a terminal does not.
PATIENCE = timedelta(minutes=1)
LONGEST_ANSWER = 200
FOR_GOOD = 500
# These ask us to sign in, or to do it otherwise; whoever the mail is for.
ABOUT_US = frozenset({503, 530, 534, 535, 538})
TOO_LARGE = 552
# What went wrong, and what to do. The first that fits counts.
CAUSES: tuple[tuple[type[Exception], str, str], ...] = (
    (
        smtplib.SMTPRecipientsRefused,
        "takes no mail for this address",
        "Check the address, and whether the server relays for you",
    ),
    (
        smtplib.SMTPSenderRefused,
        "takes no mail from our sender",
        "Check sender and username under [mail]",
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
    patience: timedelta = PATIENCE
    """How long it may be silent."""


def deliver(message: bytes, *, sender: str, to: str, server: MailServer) -> None:
    """Hand a finished mail to the server, byte for byte, or raise a DeliveryError."""
    try:
        with _connected(server) as connection:
            _hand_over(connection, message, sender=sender, to=to, server=server)
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        raise _failure(DeliveryError, error, server) from None


def greet(server: MailServer) -> None:
    """Nothing, where the server would listen to us; else a DeliveryError. No mail is sent."""
    try:
        with _connected(server) as connection:
            connection.ehlo_or_helo_if_needed()
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        raise _failure(DeliveryError, error, server) from None


def _hand_over(
    connection: smtplib.SMTP, message: bytes, *, sender: str, to: str, server: MailServer
) -> None:
    try:
        connection.sendmail(sender, [to], message)
    except (smtplib.SMTPException, OSError) as error:
        raise _failure(_verdict(error), error, server) from None


def _verdict(error: Exception) -> type[DeliveryError]:
    """What an answer in the middle of the exchange means for this one mail."""
    code = _code(error)
    if code is None or code < FOR_GOOD:
        return PutOff
    is_about_sender = isinstance(error, smtplib.SMTPSenderRefused) and code != TOO_LARGE
    return DeliveryError if code in ABOUT_US or is_about_sender else TurnedAway


def _code(error: Exception) -> int | None:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return next(code for code, _ in error.recipients.values())
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else None


@contextmanager
def _connected(server: MailServer) -> Iterator[smtplib.SMTP]:
    connection: smtplib.SMTP
    silence = server.patience.total_seconds()
    if server.tls == "tls":
        connection = smtplib.SMTP_SSL(
            server.host, server.port, timeout=silence, context=ssl.create_default_context()
        )
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=silence)
    try:
        if server.tls == "starttls":
            connection.starttls(context=ssl.create_default_context())
        if server.username is not None:
            connection.login(server.username, server.password)
        yield connection
        # The mail is taken; a rude farewell must not make anybody send it twice.
        with suppress(smtplib.SMTPException, OSError):
            connection.quit()
    finally:
        connection.close()


def _failure(verdict: type[DeliveryError], error: Exception, server: MailServer) -> DeliveryError:
    """What people read of an error; neither the mail nor a password is in it."""
    what, next_step = next(said for kind, *said in CAUSES if isinstance(error, kind))
    answer = shortened(one_line(_answer(error)), LONGEST_ANSWER)
    return verdict(
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
