"""One daemon of many lives, between offices and a mail server that fail at random.

Its days go by in seconds. It is killed at moments that a seed chooses: while it starts, visits,
writes, mails. Then all become calm, and whatever was owed must come right.
"""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, suppress
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from random import Random
from typing import Any

import pytest

from pollwatch.demo.town import LOOPBACK, Town
from tests.e2e.conftest import LONGEST_S, Program
from tests.e2e.daemons import Daemon, a_daemon_of_many_lives, write_small_topic
from tests.e2e.fast_daemon import hurrying
from tests.e2e.rough import Chances, RoughOffices, RoughPost, Statement, message_id, repeats

HOSTS = ("press.east.example", "press.north.example", "press.west.example")
READERS = 8
LONGEST_LIFE_S = 0.6
LONGEST_WAIT_S = 2
SEED = "POLLWATCH_CHAOS_SEED"
USUAL_SEED = 20240317
OPEN_PROBLEMS = "code, place, detail FROM problems WHERE opened_at NOTNULL AND closed_at IS NULL"
SETTINGS = """\
[sources]
shipped = false
[crawl]
delay = "0ms"
timeout = "2s"
[digest]
backlog = "90d"
[mail]
host = "{address}"
port = {port}
sender = "watch@example.org"
per_hour = 1000
[crawl.hosts]
"""
SOURCE = """\
name: Office of the {name}
country: XX
language: en
trust: reconstructed
feeds:
  - {{name: news, kind: rss, url: "http://{host}:{port}/feed", every: 5m}}
"""
READER = """\
  - {{id: reader{n}, to: [desk{n}@example.org, boss{n}@example.org], topics: [votes],
     at: "{hour:02}:00", days: mon-sun}}
"""


class Chaos:
    """The daemon's world, and its lives in it."""

    def __init__(self, folder: Path, *, seed: int, speed: int, stack: ExitStack) -> None:
        self._random = Random(seed)
        self.chances = Chances(seed)
        self.since = time.time()
        self.speed = speed
        self.clock = hurrying(speed, since=self.since)
        self.offices = RoughOffices(self.chances)
        self.town = stack.enter_context(Town({}))
        self.post = RoughPost(self.chances)
        self.post.start()
        stack.callback(self.post.stop)
        self.program = Program(folder, str(folder / "pollwatch.db"))
        self._told: dict[str, Counter[int]] = defaultdict(Counter)
        self._known: set[str] = set()
        self._read = 0
        self.statements: dict[str, list[Statement]] = {host: [] for host in HOSTS}
        for host in HOSTS:
            self.publish(host)
        self._write(folder)

    def _write(self, folder: Path) -> None:
        write_small_topic(folder)
        settings = SETTINGS.format(address=LOOPBACK, port=self.post.port)
        names = "".join(f'"{host}" = "{LOOPBACK}"\n' for host in HOSTS)
        (folder / "settings.toml").write_text(settings + names)
        (folder / "sources/xx").mkdir(parents=True)
        for host in HOSTS:
            name = host.split(".")[1]
            source = SOURCE.format(name=name, host=host, port=self.town.port)
            (folder / f"sources/xx/xx_{name}.yaml").write_text(source)
        readers = (READER.format(n=n, hour=n * 24 // READERS) for n in range(READERS))
        (folder / "subscribers.yaml").write_text(f"subscribers:\n{''.join(readers)}")

    @property
    def published(self) -> list[int]:
        """The numbers of all statements."""
        return sorted(each.number for several in self.statements.values() for each in several)

    def publish(self, host: str) -> None:
        """Let an office publish one more."""
        statement = Statement(number=len(self.published) + 1, at=self.clock())
        self.statements[host] = [*self.statements[host], statement]
        office = self.offices.office(host, self.statements[host], port=self.town.port)
        self.town.offices = {**self.town.offices, host: office}

    def live_and_be_killed(self) -> int:
        """One life of the daemon, killed at some moment; its exit code."""
        self.publish(self._random.choice(HOSTS))
        self.offices.was_asked.clear()
        with self._a_life() as daemon:
            self._let_live(daemon)
        self.post.next_life()
        return daemon.ends()

    def _let_live(self, daemon: Daemon) -> None:
        waits: dict[str, tuple[Callable[[float], object], float]] = {
            "whenever": (lambda _: None, LONGEST_LIFE_S),
            "after a mail was taken": (self.post.handler.has_taken.wait, 0.03),
            "after an office was asked": (self.offices.was_asked.wait, 0.4),
        }
        wait, longest = waits[self._random.choice(sorted(waits))]
        moment = self._random.uniform(0, longest)
        wait(LONGEST_WAIT_S)
        with suppress(subprocess.TimeoutExpired):
            daemon.ends(within=moment)

    def become_calm(self) -> int:
        """Let nothing fail any more, and the daemon do all it has to; its exit code."""
        self.chances.is_calm = True
        for host in HOSTS:
            self.publish(host)
        deadline = time.monotonic() + LONGEST_S
        with self._a_life() as daemon:
            while not self._is_over() and time.monotonic() < deadline:
                daemon.says()
            daemon.process.send_signal(signal.SIGTERM)
            return daemon.ends()

    def _a_life(self) -> AbstractContextManager[Daemon]:
        return a_daemon_of_many_lives(self.program, speed=self.speed, since=self.since)

    def _is_over(self) -> bool:
        """True where nothing is owed any more; what is dear to ask comes last."""
        return (
            self.asked("count(*) FROM releases") == [(len(self.published),)]
            and not self.asked(OPEN_PROBLEMS)
            and not self.asked("id FROM deliveries WHERE state = 'waiting'")
            and all(told == Counter(self.published) for told in self.told().values())
        )

    def asked(self, what: str) -> list[tuple[Any, ...]]:
        """What the database answers."""
        with closing(sqlite3.connect(self.program.database)) as database:
            return database.execute(f"SELECT {what}").fetchall()

    def told(self) -> dict[str, Counter[int]]:
        """How often each address was told of each statement, by mails that differ."""
        for each in self.post.handler.taken[self._read :]:
            self._read += 1
            if message_id(each.envelope) not in self._known:
                self._known.add(message_id(each.envelope))
                mail = message_from_bytes(each.envelope.original_content, policy=default)
                words = " ".join(mail.get_body(("plain",)).get_content().split())
                numbers = map(int, re.findall(r"Statement (\d+) on the election", words))
                self._told[each.envelope.rcpt_tos[0]].update(numbers)
        return self._told


@dataclass(frozen=True, kw_only=True)
class Ended:
    """A world after all its kills, and how each life in it ended."""

    chaos: Chaos
    codes: list[int]

    @property
    def repeats(self) -> list[bool]:
        """Of each mail that came again, whether its sender died before it could note the first."""
        return repeats(self.chaos.post.handler.taken)

    def report(self) -> Iterator[str]:
        """What there was."""
        taken = self.chaos.post.handler.taken
        yield f"kills {self.codes.count(-signal.SIGKILL)}"
        yield f"statements {len(self.chaos.published)}"
        yield f"polls {self.chaos.asked('count(*) FROM polls')[0][0]}"
        yield f"requests {len(self.chaos.town.book)}"
        yield f"mails {len({message_id(each.envelope) for each in taken})}"
        yield f"repeats {len(self.repeats)}, of them after a kill {sum(self.repeats)}"
        for failure, count in sorted(self.chaos.chances.failed.items()):
            yield f"{failure} {count}"


# A mail that is put off for five days is given up, as it should be: many kills need longer days.
@pytest.fixture(
    scope="module",
    params=[(25, 16_000), pytest.param((500, 4_000), marks=pytest.mark.chaos)],
    ids="{0[0]} kills".format,
)
def ended(request, tmp_path_factory):
    kills, speed = request.param
    seed = int(os.environ.get(SEED) or USUAL_SEED)
    sys.stdout.write(f"{SEED}={seed}\n")
    with ExitStack() as stack:
        chaos = Chaos(tmp_path_factory.mktemp("chaos"), seed=seed, speed=speed, stack=stack)
        codes = [chaos.live_and_be_killed() for _ in range(kills)]
        codes.append(chaos.become_calm())
        ended = Ended(chaos=chaos, codes=codes)
        sys.stdout.write("\n".join(ended.report()))
        yield ended


def test_nothing_but_a_kill_ends_a_life_before_its_time(ended):
    assert set(ended.codes[:-1]) == {-signal.SIGKILL}
    assert ended.codes[-1] == 0


def test_each_release_is_stored_once(ended):
    held = sorted(int(row["url"].rpartition("/")[2]) for row in ended.chaos.program.held())
    assert held == ended.chaos.published


def test_each_release_is_told_once_to_each_address(ended):
    told = ended.chaos.told()
    assert len(told) == 2 * READERS
    assert {str(sorted(each.items())) for each in told.values()} == {
        str([(number, 1) for number in ended.chaos.published])
    }


def test_each_digest_came_and_none_was_given_up(ended):
    made = ended.chaos.asked("message_id, state FROM deliveries")
    came = {message_id(each.envelope) for each in ended.chaos.post.handler.taken}
    assert {name for name, state in made if state == "delivered"} == came
    # One that was made while the last life ended waits for the next.
    assert {state for _, state in made} <= {"delivered", "waiting"}


def test_no_address_gets_two_digests_of_a_day(ended):
    days = ended.chaos.asked("subscriber, day, address FROM deliveries")
    assert len(days) == len(set(days))


def test_a_mail_comes_again_only_where_its_sender_died_before_he_could_note_it(ended):
    assert set(ended.repeats) <= {True}


def test_no_problem_is_open_in_the_end(ended):
    assert ended.chaos.asked(OPEN_PROBLEMS) == []
