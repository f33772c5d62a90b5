"""Whatever becomes of mails and senders, every story is told once: none twice, none missing."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st

from domain.errors import DeliveryError, PutOff, TurnedAway
from scheduler.letters import Writer
from scheduler.mailing import Mailing, MailPlan
from storage.store import Store
from tests.builders import NOW, a_release, a_visit
from tests.integration.mail.mailings import a_reader, an_envelope
from tests.integration.storage.saving import SOURCES, save
from tests.unit.digest.stories import ELECTIONS

ANSWERS = {
    "taken": None,
    "put off": PutOff("451 later"),
    "turned away": TurnedAway("550 nobody"),
    "server down": DeliveryError("no answer"),
    "killed before": KeyboardInterrupt(),
    "killed after": KeyboardInterrupt(),
}


class World:
    """A store, a reader with two addresses, and a server that answers as told."""

    def __init__(self, folder):
        self.url = f"sqlite:///{folder}/pollwatch.db"
        self.now = NOW
        self.found = 0
        self.answers = []
        self.taken = {}
        """What was taken, by address and Message-ID: a repeat changes nothing.

        A mail that is turned away when it is repeated counts as one that never came: whom the
        server says it does not know must be told again, whatever it took in a talk cut short.
        """

    def find(self):
        self.found += 1
        url = f"https://press.economy.example/{self.now:%j%H}-{self.found}"
        release = a_release(url=url, title=f"Vote {self.found}.", text=f"Of {url} we know.")
        with Store.open(self.url, now=self.now) as store:
            save(store, a_visit(release, started_at=self.now, finished_at=self.now))

    def send(self, answers):
        self.answers = list(answers)
        with suppress(KeyboardInterrupt), Store.open(self.url, now=self.now) as store:
            writer = Writer(store=store, topics=(ELECTIONS,), sources=SOURCES, seal=an_envelope)
            Mailing(
                store=store,
                subscribers=[a_reader(to=("a@example.org", "b@example.org"))],
                writer=writer,
                plan=MailPlan(backlog=timedelta(), per_hour=60),
                deliver=self.deliver,
                clock=lambda: self.now,
            ).send_due()

    def deliver(self, message, address):
        answer = self.answers.pop(0) if self.answers else "taken"
        if answer in {"taken", "killed after"}:
            self.taken.setdefault((address, message_id(message)), message)
        elif answer == "turned away":
            self.taken.pop((address, message_id(message)), None)
        if error := ANSWERS[answer]:
            raise error

    def told(self, number):
        """How often a story was told, by one address or the other."""
        return {
            address: sum(f"Vote {number}.".encode() in message for message in of_address)
            for address, of_address in self.by_address().items()
        }

    def by_address(self):
        found = {"a@example.org": [], "b@example.org": []}
        for (address, _), message in self.taken.items():
            found[address].append(message)
        return found


def message_id(message):
    return message.partition(b"Message-ID: ")[2].partition(b"\r\n")[0]


@cache
def met():
    """A database that knows the reader, to copy: making the tables takes longer."""
    with TemporaryDirectory() as folder:
        world = World(folder)
        with Store.open(world.url, now=NOW) as store:
            store.remember_sources(SOURCES, now=NOW)
            save(store, a_visit())
        world.send(())
        return (Path(folder) / "pollwatch.db").read_bytes()


PASSES = st.lists(st.sampled_from(sorted(ANSWERS)), max_size=6)


@settings(max_examples=15)
@given(days=st.lists(st.tuples(st.integers(0, 2), PASSES, PASSES), min_size=1, max_size=4))
@example(
    days=[
        (1, ["killed after"], ["killed after"]),
        (0, ["turned away", "killed after"], ["turned away"]),
    ]
)
def test_every_story_is_told_to_the_reader_once(days):
    with TemporaryDirectory() as folder:
        (Path(folder) / "pollwatch.db").write_bytes(met())
        world = World(folder)
        for found, *passes in days:
            world.now += timedelta(days=1)
            for _ in range(found):
                world.find()
            for answers in passes:
                world.send(answers)
        world.now += timedelta(days=1)
        world.send(())
        tellings = [world.told(number) for number in range(1, world.found + 1)]

    assert [max(told.values()) for told in tellings] == [1] * world.found
