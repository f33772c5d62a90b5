"""A desk that is mailed: a store, a clock that stands still, a real server."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from digest.mailer import deliver
from digest.message import Envelope, mailbox
from domain.release import EntryKey
from domain.subscriber import Subscriber
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
        self.remarks: tuple[str, ...] = ()
        self._found = 0

    def later(self, **span: float) -> None:
        """Let time go by."""
        self.now += timedelta(**span)

    def finds(self, title: str = "Statement on the elections", **changes: Any) -> None:
        """A feed brings a release that matches."""
        self._found += 1
        url = f"https://press.economy.example/news/{self._found}"
        words = {"title": title, "url": url, "text": f"{title} was published."} | changes
        release = a_release(published_at=self.now, **words)
        entry = an_entry(key=EntryKey(url), url=url, title=title)
        visit = a_visit(a_fetched(release, entry=entry), started_at=self.now, finished_at=self.now)
        save(self.store, visit)

    def send(self, *, hurry: bool = True) -> Sent:
        """One pass."""
        writer = Writer(
            store=self.store,
            topics=(ELECTIONS,),
            sources=SOURCES,
            seal=self._envelope,
            remarks=self.remarks,
        )
        return Mailing(
            store=self.store,
            subscribers=self.readers,
            writer=writer,
            plan=MailPlan(backlog=self.backlog, per_hour=self.per_hour),
            deliver=self._deliver,
            clock=self._time,
        ).send_due(hurry=hurry)

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
        deliver(message, sender="watch@example.org", to=address, server=self.server)
