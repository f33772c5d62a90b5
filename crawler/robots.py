"""What does a host's robots.txt allow us? RFC 9309.

No file (4xx) allows everything; a server that cannot answer (5xx, silence) holds us off until
it can. What was read is remembered for a day, a hold for an hour. Of a file beyond measure the
beginning counts.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache
from urllib.parse import urlsplit

from protego import Protego

from domain.poll import Robots

REMEMBERED_FOR = timedelta(hours=24)
HELD_FOR = timedelta(hours=1)
# The RFC asks crawlers to read at least this much; beyond it a file is not written for robots.
READ_AT_MOST = 500 * 1024
# A host that asks for minutes between requests could not be polled at all.
LONGEST_CRAWL_DELAY = timedelta(seconds=60)
SERVER_ERRORS = 500
AGENT = re.compile(r"\s*user(?:-|\s*)agent(?:\s*:|\s)([^#]*)", re.IGNORECASE)
# What goes on in one of these is another robot's name; a version is none of a name's business.
GOES_ON = re.compile(r"[a-z_-]")
NO_NAME = re.compile(r"[^\w-]")
# No robot's name holds a space.
OTHERS = "User-agent: all others"


def robots_url(url: str) -> str:
    """Where the rules for an address stand.

    >>> robots_url("https://economy.example:8443/press/12?page=2")
    'https://economy.example:8443/robots.txt'
    """
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/robots.txt"


def read_robots(body: bytes, *, status: int, now: datetime) -> Robots:
    """What an answer for robots.txt means."""
    if status >= SERVER_ERRORS:
        return held(now)
    text = _beginning(body).decode("utf-8-sig", errors="replace") if status == 200 else ""  # noqa: PLR2004
    return Robots(text=text.replace("\x00", ""), holds=False, expires_at=now + REMEMBERED_FOR)


def _beginning(body: bytes) -> bytes:
    """As much as is read, in whole lines: half a rule may say the opposite of the whole one."""
    if len(body) <= READ_AT_MOST:
        return body
    return body[: body.rfind(b"\n", 0, READ_AT_MOST) + 1]


def held(now: datetime) -> Robots:
    """The rules of a host that could not say any: nothing may be asked for now."""
    return Robots(text="", holds=True, expires_at=now + HELD_FOR)


def is_allowed(robots: Robots, url: str, *, token: str) -> bool:
    r"""True where the rules let a robot of that name ask for an address.

    >>> rules = Robots(text="User-agent: *\nDisallow: /agenda/", holds=False,
    ...                expires_at=datetime.max)
    >>> is_allowed(rules, "https://economy.example/agenda/1", token="pollwatch")
    False
    """
    if robots.holds:
        return False
    return not robots.text or bool(_rules(robots.text, token).can_fetch(url, token))


def crawl_delay(robots: Robots | None, *, token: str) -> timedelta:
    """The pause that a host asks for, within reason; zero where it asks for none."""
    if robots is None or "delay" not in robots.text.lower():
        return timedelta(0)
    seconds = _rules(robots.text, token).crawl_delay(token) or 0.0
    return timedelta(seconds=min(max(0.0, seconds), LONGEST_CRAWL_DELAY.total_seconds()))


@lru_cache(maxsize=64)
def _rules(text: str, token: str) -> Protego:
    ours = NO_NAME.split(token.lower(), maxsplit=1)[0]
    return Protego.parse("\n".join(_as_one(line, ours) for line in text.splitlines()))


def _as_one(line: str, ours: str) -> str:
    """A line of the file, where we have our bare name, and all other robots have one together.

    A thousand names over a thousand rules would make a million of them.
    """
    found = AGENT.match(line)
    if found is None or (name := found[1].strip().lower()) == "*":
        return line
    name = name.replace("*", "")
    is_ours = name.startswith(ours) and not GOES_ON.match(name, len(ours))
    return f"User-agent: {ours}" if is_ours else OTHERS
