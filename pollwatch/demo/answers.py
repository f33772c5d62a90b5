"""What does a server of the town say when it is asked?

An answer is a value: status, headers and body, and what a bad server does besides. An office
maps its paths to answers, or to functions that answer by path and day; never by how often they
were asked, so that the town is the same for everybody who comes.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from http import HTTPStatus

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request as the town understood it."""

    host: str
    """Without its port, in small letters."""
    path: str
    """With its query."""
    headers: Mapping[str, str]
    """By name in small letters."""
    day: date
    """Today, in the town."""
    port: int

    def address(self, path: str, *, host: str | None = None) -> str:
        """A whole address in the town: of this office, or of another one."""
        return f"http://{host or self.host}:{self.port}{path}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drip:
    """A body that comes a few bytes at a time."""

    size: int
    pause: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What comes back, and how; honest unless one of the later fields says otherwise."""

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    delay: timedelta = timedelta()
    """How long the first byte lets wait."""
    drip: Drip | None = None
    endless: bool = False
    """The body again and again until the visitor hangs up."""
    cut_short: bool = False
    """Half of the body, then the line is dead."""
    declared_length: int | None = None
    """A Content-Length that the body does not keep."""
    silence: bool = False
    """Listens, and never says a word."""

    def header(self, name: str) -> str | None:
        """The value of a header, whatever the case of its name."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


Response = Answer | Callable[[Asked], Answer]
Office = Mapping[str, Response]
Offices = Mapping[str, Office]


def page(body: str, *, status: int = 200, content_type: str = HTML) -> Answer:
    """An ordinary page in UTF-8, without validators."""
    return Answer(status=status, headers=(("Content-Type", content_type),), body=body.encode())


def dated(body: bytes, *, at: datetime, content_type: str = HTML) -> Answer:
    """An answer with ETag and Last-Modified; the town says 304 where they come back."""
    return Answer(
        headers=(
            ("Content-Type", content_type),
            ("ETag", f'"{sha256(body).hexdigest()[:16]}"'),
            ("Last-Modified", format_datetime(at.astimezone(UTC), usegmt=True)),
        ),
        body=body,
    )


def moved(location: str, *, status: int = 301) -> Answer:
    """A redirect to another address."""
    return Answer(status=status, headers=(("Location", location),))


def gzip_bomb(*, size: int = 16 * 2**20) -> Answer:
    """A small body that swells to ``size`` bytes of spaces."""
    return Answer(
        headers=(("Content-Type", HTML), ("Content-Encoding", "gzip")),
        body=gzip.compress(b" " * size, mtime=0),
    )


def is_unchanged(answer: Answer, asked: Asked) -> bool:
    """True where the visitor already holds this very answer (RFC 9110, section 13).

    Dates are compared as text: a validator has to come back exactly as it was given.
    """
    if answer.status != HTTPStatus.OK:
        return False
    etag, last_modified = answer.header("ETag"), answer.header("Last-Modified")
    held = asked.headers.get("if-none-match")
    if held is not None:
        return etag is not None and held == etag
    return last_modified is not None and asked.headers.get("if-modified-since") == last_modified
