"""How does a message get into a chat, onto a phone, to a program of somebody's own?

Apprise knows how each of them is spoken to; a channel is one of its addresses. These hold tokens
and passwords, so nothing that Apprise or what it uses says of them is passed on: of a failure there
is the channel's own name, and the number that a server answered with.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from domain.errors import PutOff

STATUS = re.compile(r"error[=:]\s*(\d{3})\b")
TALKERS = ("apprise", "requests", "urllib3")


def is_known(url: str) -> bool:
    """True for an address that Apprise can make something of; nobody is asked."""
    from apprise import Apprise

    with _overheard():
        return Apprise.instantiate(url) is not None


def notify(message: bytes, *, name: str, url: str) -> None:
    """Hand a finished message to a channel, or raise PutOff."""
    from apprise import Apprise, NotifyFormat

    mail = message_from_bytes(message, EmailMessage, policy=default)
    channel = Apprise()
    with _overheard() as heard:
        is_taken = channel.add(url) and channel.notify(
            title=mail["Subject"],
            body=mail.get_content().replace("\r\n", "\n").rstrip("\n"),
            body_format=NotifyFormat.TEXT,
        )
    if not is_taken:
        status = next((found[1] for line in heard if (found := STATUS.search(line))), None)
        raise PutOff(
            f"The channel {name} answered {status}"
            if status
            else f"The channel {name} did not answer, or takes nothing from us",
            next_step="Check its address under [alerts.channels]",
        )


class _Ear(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep what was said."""
        self.heard.append(record.getMessage())


@contextmanager
def _overheard() -> Iterator[list[str]]:
    """What is said meanwhile about channels; nobody else hears it, now or later."""
    ear = _Ear()
    talkers = [logging.getLogger(name) for name in TALKERS]
    for talker in talkers:
        talker.propagate = False
        talker.addHandler(ear)
    try:
        yield ear.heard
    finally:
        for talker in talkers:
            talker.removeHandler(ear)
