"""What does the service manager hear of us?

systemd names a socket to those whom it wants to hear from; elsewhere nobody listens.
"""

from __future__ import annotations

import socket
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta


class Notifier:
    """Speaks to the service manager that the environment names, if it names one."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        name = environ.get("NOTIFY_SOCKET", "")
        # An @ stands for the null byte that sockets without a file begin with.
        self._address = "\0" + name[1:] if name.startswith("@") else name
        self.watchdog = _span(environ.get("WATCHDOG_USEC", ""))
        """So long may we be silent before we are taken for dead; None: for ever."""

    def tell(self, *words: str) -> None:
        """Say ``READY=1`` and the like. That nobody hears it is no reason to stop working."""
        if self._address:
            with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
                line.sendto("\n".join(words).encode(), self._address)


def _span(microseconds: str) -> timedelta | None:
    is_number = microseconds.isascii() and microseconds.isdigit()
    return timedelta(microseconds=int(microseconds)) if is_number and int(microseconds) else None
