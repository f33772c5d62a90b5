"""kill -9 at any moment of sending: every digest arrives exactly once, as far as SMTP allows.

A sender that dies between the server's word and its own note of it leaves a mail that is sent once
more, byte for byte. The server takes its time, so that kills fall between all steps.
"""

from __future__ import annotations

import asyncio
import random
import shutil
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from threading import Event
from time import monotonic

import pytest

from storage.store import Store
from tests.builders import a_release, a_visit
from tests.e2e.conftest import LONGEST_S, Program, finished
from tests.e2e.test_kills import kill_after
from tests.integration.mail.conftest import Post, Postbox
from tests.integration.storage.saving import SOURCES, save

MOMENTS = 25
IN_EVERY_TEST_RUN = 5
READERS = ("france", "poland", "japan")
ADDRESSES = [f"{name}@{reader}.example" for reader in READERS for name in ("desk", "boss")]
SETTINGS = """\
[sources]
shipped = false
[digest]
backlog = "1d"
[mail]
host = "127.0.0.1"
port = {port}
sender = "watch@example.org"
"""
READER = "  - {{id: {0}, to: [desk@{0}.example, boss@{0}.example], at: '00:00'}}\n"


class SlowPostbox(Postbox):
    """Thinks before it answers, and says when the first mail of a pass is on its way."""

    def __init__(self):
        super().__init__("221 Bye")
        self.called = Event()

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802 - as below
        envelope.mail_from = address
        self.called.set()
        return "250 OK"

    async def handle_DATA(self, *exchange):  # noqa: N802 - the server looks for this name
        await asyncio.sleep(0.03)
        answer = await super().handle_DATA(*exchange)
        await asyncio.sleep(0.03)
        return answer


@pytest.fixture(scope="module")
def post():
    post = Post()
    post.handler = SlowPostbox()
    post.start()
    yield post
    post.stop()


@pytest.fixture(scope="module")
def collected(tmp_path_factory, post):
    """A configuration, and a database that holds news for three readers; nothing is made yet."""
    folder = tmp_path_factory.mktemp("collected")
    (folder / "settings.toml").write_text(SETTINGS.format(port=post.port))
    readers = "".join(READER.format(reader) for reader in READERS)
    (folder / "subscribers.yaml").write_text(f"subscribers:\n{readers}")
    now = datetime.now(UTC)
    with Store.open(f"sqlite:///{folder}/pollwatch.db", now=now) as store:
        store.remember_sources(SOURCES, now=now)
        found = a_visit(a_release(published_at=now), started_at=now, finished_at=now)
        save(store, found, next_poll_at=now + timedelta(hours=1))
    return folder


@pytest.fixture
def sender(collected, tmp_path, post):
    post.handler.received.clear()
    post.handler.called.clear()
    folder = tmp_path / "config"
    shutil.copytree(collected, folder)
    return Program(folder, str(folder / "pollwatch.db"))


@dataclass(frozen=True)
class Peace:
    """How long a pass takes that nobody disturbs, until the first mail goes out and after it."""

    making: float
    sending: float


@pytest.fixture(scope="module")
def peace(collected, tmp_path_factory, post):
    folder = tmp_path_factory.mktemp("undisturbed") / "config"
    shutil.copytree(collected, folder)
    began = monotonic()
    process = Program(folder, str(folder / "pollwatch.db")).start("digest", "send")
    post.handler.called.wait(LONGEST_S)
    made = monotonic()
    assert finished(process).code == 0
    return Peace(making=made - began, sending=monotonic() - made)


def arrived(post):
    return [envelope.rcpt_tos[0] for envelope in post.handler.received]


NUMBERS = pytest.mark.parametrize(
    "number",
    [
        number if number < IN_EVERY_TEST_RUN else pytest.param(number, marks=pytest.mark.chaos)
        for number in range(MOMENTS)
    ],
)


@NUMBERS
def test_killed_while_digests_are_made_each_arrives_once(number, peace, sender, post):
    kill_after(sender.start("digest", "send"), random.Random(number).uniform(0, peace.making))
    after = sender("digest", "send")

    assert after.code == 0, after.err
    assert [address for address, _ in groupby(arrived(post))] == ADDRESSES


@NUMBERS
def test_killed_while_mails_go_out_each_arrives_once_or_the_last_again_byte_for_byte(
    number, peace, sender, post
):
    process = sender.start("digest", "send")
    post.handler.called.wait(LONGEST_S)
    kill_after(process, random.Random(number).uniform(0, peace.sending))
    after = sender("digest", "send")
    bodies = {envelope.original_content for envelope in post.handler.received}

    assert after.code == 0, after.err
    assert [address for address, _ in groupby(arrived(post))] == ADDRESSES
    assert len(bodies) == len(ADDRESSES)
    assert len(arrived(post)) <= len(ADDRESSES) + 1


def test_two_senders_at_once_send_each_mail_once(sender, post):
    both = [sender.start("digest", "send") for _ in range(2)]
    done = [finished(process) for process in both]

    assert [one.code for one in done] == [0, 0], [one.err for one in done]
    assert sorted(arrived(post)) == sorted(ADDRESSES)


def test_a_mail_that_was_taken_and_not_noted_goes_out_once_more_byte_for_byte(sender, post):
    sender("digest", "send")
    forget_the_note(sender)
    sender("digest", "send")
    [first, *_, again] = [envelope.original_content for envelope in post.handler.received]

    assert (len(arrived(post)), again) == (len(ADDRESSES) + 1, first)


def forget_the_note(sender):
    """The database as it is when a sender dies just before it notes the first delivery."""
    with sqlite3.connect(sender.database) as database:
        database.execute(
            "UPDATE deliveries SET state = 'waiting', settled_at = NULL, leased_by = 'dead'"
            " WHERE id = 1"
        )
    database.close()
