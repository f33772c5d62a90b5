"""What does somebody get who takes leave by a click of the mail program?

RFC 8058: only POST unsubscribes, for programs that look into mail follow links by GET. Whether a
token was ever mailed is told to nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an HTTP server says."""

    status: HTTPStatus
    text: str


def unsubscribe(token: str, method: str, *, stop: Callable[[str], object]) -> Answer:
    """The answer to a request at ``unsubscribe_url``; ``stop`` is only asked where it counts."""
    if method != "POST":
        return Answer(
            status=HTTPStatus.METHOD_NOT_ALLOWED,
            text="Use the button of your mail program, or answer the mail by the address it names.",
        )
    stop(token)
    return Answer(status=HTTPStatus.OK, text="No more digests are mailed to this address.")
