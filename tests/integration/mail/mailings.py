"""A desk that is mailed: a store, a clock that stands still, a real server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, time, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from digest.mailer import deliver
from digest.message import Envelope, mailbox
from domain.delivery import is_channel
from domain.errors import PutOff
from domain.poll import KnownProblem
from domain.release import EntryKey
from domain.subscriber import Subscriber
from scheduler.alerting import Alerting
from scheduler.letters import Writer
from scheduler.mailing import Mailing, MailPlan, Sent
from storage.store import Store
from tests.builders import NOW, a_fetched, a_release, a_visit, an_entry
from tests.integration.mail.conftest import PATIENCE, Post
from tests.integration.storage.saving import SOURCES, save
from tests.unit.digest.stories import ELECTIONS
from tests.unit.scheduler.test_dispatch import a_subscriber

DAY = timedelta(days=1)


def a_reader(**wishes: Any) -> Subscriber:
    """Reads of elections at seven in the morning of every day."""
    values: dict[str, Any] = {
        "topics": ("elections",),
        "at": time(7),
        "days": tuple(range(7)),
        "zone": "UTC",
    }
    return a_subscriber(**values | wishes)


def an_envelope(address: str, token: str) -> Envelope:
    """From the watch to an address."""
    return Envelope(
        sender=mailbox("watch@example.org"),
        to=mailbox(address),
        unsubscribe_to=mailbox("out@example.org"),
        unsubscribe_url=None,
        token=token,
    )


class Desk:
    """Collects by ``finds``, mails by ``send``; its morning is NOW until ``later``."""

    def __init__(self, store: Store, post: Post) -> None:
        self.store = store
        self.post = post
        self.now = NOW
        self.readers = [a_reader()]
        self.backlog = timedelta()
        self.per_hour = 60
        self.server = post.told(patience=PATIENCE)
        self.unsubscribe_url: str | None = None
        self.refused: tuple[KnownProblem, ...] = ()
        self.pause = timedelta(hours=1)
        self.noted: list[tuple[str, str]] = []
        """What channels took: which one, and the words."""
        self.dead_channels: tuple[str, ...] = ()
        self._found = 0

    def later(self, **span: float) -> None:
        """Let time go by."""
        self.now += timedelta(**span)

    def finds(self, title: str = "Statement on the elections", **changes: Any) -> None:
        """A feed brings a release that matches."""
        self._found += 1
        url = f"https://press.economy.example/news/{self._found}"
        words: dict[str, Any] = {
            "title": title,
            "url": url,
            "text": f"{title} was published.",
            "published_at": self.now,
        }
        release = a_release(**words | changes)
        entry = an_entry(key=EntryKey(url), url=url, title=title)
        visit = a_visit(a_fetched(release, entry=entry), started_at=self.now, finished_at=self.now)
        save(self.store, visit)

    def send(self) -> Sent:
        """One pass."""
        return self._mailing().send_due()

    def alert(self) -> Sent:
        """One pass over what is told at once."""
        return self._mailing().send_alerts()

    def _mailing(self) -> Mailing:
        writer = Writer(
            store=self.store,
            topics=(ELECTIONS,),
            sources=SOURCES,
            seal=self._envelope,
            refused=self.refused,
        )
        return Mailing(
            store=self.store,
            subscribers=self.readers,
            writer=writer,
            plan=MailPlan(backlog=self.backlog, per_hour=self.per_hour),
            deliver=self._deliver,
            clock=self._time,
            alerting=Alerting(
                store=self.store,
                topics=(ELECTIONS,),
                sources=SOURCES,
                seal=self._envelope,
                pause=self.pause,
                refused=self.refused,
                clock=self._time,
            ),
        )

    @property
    def mails(self) -> list[EmailMessage]:
        """What arrived, oldest first."""
        return [
            message_from_bytes(one.original_content, EmailMessage, policy=default)
            for one in self.post.handler.received
        ]

    @property
    def told(self) -> list[list[str]]:
        """The titles of the stories in each mail that arrived."""
        return [
            [line.strip() for line in mail.get_content().splitlines() if "Vote" in line]
            for mail in self.mails
        ]

    @property
    def arrived(self) -> list[str]:
        """To whom, oldest first."""
        return [one.rcpt_tos[0].partition("@")[0] for one in self.post.handler.received]

    def states(self) -> list[tuple[str, str]]:
        """To whom each delivery is, oldest first, and its state."""
        deliveries = reversed(self.store.deliveries.listed())
        return [(one.address.partition("@")[0], one.state.value) for one in deliveries]

    def _time(self) -> datetime:
        return self.now

    def _envelope(self, address: str, token: str) -> Envelope:
        return replace(an_envelope(address, token), unsubscribe_url=self.unsubscribe_url)

    def _deliver(self, message: bytes, address: str) -> None:
        if address in self.dead_channels:
            raise PutOff(f"The channel {address} answered 500")
        if is_channel(address):
            mail = message_from_bytes(message, EmailMessage, policy=default)
            self.noted.append((address, mail.get_content()))
            return
        deliver(message, sender="watch@example.org", to=address, server=self.server)


@contextmanager
def a_desk(folder: Path, post: Post) -> Iterator[Desk]:
    """A desk with one reader, of whom nobody has heard yet; everything held is old to him."""
    with Store.open(f"sqlite:///{folder}/pollwatch.db", now=NOW) as store:
        store.remember_sources(SOURCES, now=NOW)
        desk = Desk(store, post)
        desk.finds("Vote long ago")
        yield desk


def on_the_next_morning(desk: Desk) -> Desk:
    """The desk with news, a day after its first digest, which held none."""
    desk.send()
    desk.post.handler.received.clear()
    desk.later(days=1)
    desk.finds("Vote in France")
    return desk


def to(*names: str, **wishes: Any) -> Subscriber:
    """A reader at these addresses of one domain."""
    return a_reader(to=tuple(f"{name}@example.org" for name in names), **wishes)
