"""Press offices and a mail server that fail at random, as long as they are not calm."""

from __future__ import annotations

import asyncio
import smtplib
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from email import message_from_bytes
from email.utils import format_datetime
from random import Random
from threading import Condition, Event, Lock
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from pollwatch.demo.answers import Answer, Asked, Response, dated, page
from tests.integration.mail.conftest import LOOPBACK, Post, Postbox

WORDS = """amber barley candle dawn eagle forest garden harbour island jacket kettle lantern
meadow needle orchard parcel quarry ribbon saddle timber umbrella valley willow yard zebra
anchor bridge cotton desert engine feather glacier hammer iron journey kitchen ladder mirror
north ocean pepper queen river silver tunnel uncle violin window""".split()
MOST_FAILURES = 2
"""Of one page or one mail: beyond some more it would be given up, as it should be."""
PATIENCE_S = 60


class Chances:
    """Says who fails now and how, and counts it."""

    def __init__(self, seed: int) -> None:
        self.is_calm = False
        self.failed: Counter[str] = Counter()
        self._random = Random(seed)
        self._of: Counter[object] = Counter()
        self._lock = Lock()

    def draw(self, of: object, **shares: float) -> str:
        """The name of a failure, each with its share of all cases; empty where all goes well."""
        with self._lock:
            fate = self._random.random()
            if self.is_calm or self._of[of] >= MOST_FAILURES:
                return ""
            for name, share in shares.items():
                if fate < share:
                    self.failed[name] += 1
                    self._of[of] += 1
                    return name
                fate -= share
        return ""


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What an office publishes; no two have more in common than any two texts."""

    number: int
    at: datetime

    @property
    def title(self) -> str:
        first, second = Random(self.number).sample(WORDS, 2)
        return f"Statement {self.number} on the election of {first} and {second}"

    @property
    def page(self) -> Answer:
        rest = Random(-self.number)
        sentences = (" ".join(rest.sample(WORDS, 9)).capitalize() for _ in range(12))
        words = "".join(f"<p>{sentence} at the election.</p>" for sentence in sentences)
        return page(f"<html><h1>{self.title}</h1><article>{words}</article></html>")

    def item(self, host: str, port: int) -> str:
        """Its entry in a feed."""
        return (
            f"<item><title>{self.title}</title><guid>{self.number}</guid>"
            f"<link>http://{host}:{port}/{self.number}</link>"
            f"<pubDate>{format_datetime(self.at)}</pubDate></item>"
        )


class RoughOffices:
    """What offices of these names answer, and how often they do not."""

    def __init__(self, chances: Chances) -> None:
        self._chances = chances
        self.was_asked = Event()

    def office(self, host: str, statements: list[Statement], *, port: int) -> dict[str, Response]:
        """An office that has published these."""
        items = "".join(each.item(host, port) for each in reversed(statements))
        feed = f'<rss version="2.0"><channel><title>{host}</title>{items}</channel></rss>'
        listing = dated(feed.encode(), at=statements[-1].at, content_type="application/rss+xml")
        pages = {f"/{each.number}": self._roughly(each.page) for each in statements}
        robots = page("", content_type="text/plain")
        return {"/feed": self._roughly(listing), "/robots.txt": self._roughly(robots), **pages}

    def _roughly(self, answer: Answer) -> Response:
        def said(asked: Asked) -> Answer:
            self.was_asked.set()
            # Listings may fail as often as they like.
            is_page = asked.path.strip("/").isdigit()
            of = (asked.host, asked.path) if is_page else object()
            failure = self._chances.draw(of, broken=0.12, cut=0.08, silent=0.02)
            if failure == "broken":
                return page("", status=503)
            if failure == "silent":
                return Answer(silence=True)
            return replace(answer, cut_short=failure == "cut")

        return said


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A mail that the server has taken, and in which life of its sender."""

    envelope: Envelope
    life: int


class RoughPostbox(Postbox):
    """Thinks before it answers, and takes a mail the later the more it likes to fail."""

    def __init__(self, chances: Chances) -> None:
        super().__init__("221 Bye")
        self.taken: list[Taken] = []
        self.life = 0
        self.has_taken = Event()
        self._chances = chances

    async def handle_MAIL(  # noqa: N802 - the server looks for this name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self._chances.draw(object(), closing_421=0.03):
            return "421 4.3.2 closing"
        envelope.mail_from = address
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - as above
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        await asyncio.sleep(0.01)
        shares = {"later_451": 0.1, "later_421": 0.05, "cut_before_250": 0.05}
        failure = self._chances.draw(message_id(envelope), **shares)
        if failure == "cut_before_250":
            server.transport.abort()
        if failure:
            return f"{failure[-3:]} 4.7.1 later"
        self.taken.append(Taken(envelope=envelope, life=self.life))
        self.has_taken.set()
        return "250 OK"

    async def handle_QUIT(  # noqa: N802 - as above
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self._chances.draw(object(), cut_after_250=0.1):
            server.transport.abort()
        return self.farewell


def message_id(envelope: Envelope) -> str:
    """By which the same mail is known when it comes again."""
    content: Any = envelope.original_content
    return str(message_from_bytes(content)["Message-ID"])


class RoughPost(Post):
    """A server that knows when all lines are closed."""

    handler: RoughPostbox

    def __init__(self, chances: Chances) -> None:
        super().__init__()
        self.handler = RoughPostbox(chances)
        self._lines = 0
        self._fewer_lines = Condition()

    def factory(self) -> SMTP:
        """A line of a caller."""
        return _Line(self.handler, self, **self.SMTP_kwargs)

    def count(self, change: int) -> None:
        """Note that a line was opened or closed."""
        with self._fewer_lines:
            self._lines += change
            self._fewer_lines.notify_all()

    def next_life(self) -> None:
        """What is taken from now on comes from another process: hear the dead one's to its end."""
        # Lines are opened in the order of the calls, so this one after all of his.
        smtplib.SMTP(LOOPBACK, self.port, timeout=PATIENCE_S).close()
        with self._fewer_lines:
            assert self._fewer_lines.wait_for(lambda: not self._lines, timeout=PATIENCE_S)
        self.handler.life += 1
        self.handler.has_taken.clear()


class _Line(SMTP):
    def __init__(self, handler: RoughPostbox, post: RoughPost, **options: Any) -> None:
        super().__init__(handler, **options)
        self._post = post

    def connection_made(self, transport: Any) -> None:
        self._post.count(+1)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        super().connection_lost(error)
        self._post.count(-1)


def repeats(taken: list[Taken]) -> list[bool]:
    """Of each mail that came again, whether it is the same and its sender died after the first."""
    last = {each.life: each for each in taken}
    before: dict[str, Taken] = {}
    found = []
    for each in taken:
        known = message_id(each.envelope)
        if known in before:
            first = before[known]
            is_same = first.envelope.original_content == each.envelope.original_content
            found.append(is_same and last[first.life] is first and first.life < each.life)
        before[known] = each
    return found
