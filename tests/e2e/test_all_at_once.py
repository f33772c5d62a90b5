"""Searches, a run of many feeds and the sending of digests on one SQLite file at the same time."""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass

import pytest

from pollwatch.demo.answers import page
from pollwatch.demo.town import LOOPBACK, Town
from tests.e2e.conftest import Program
from tests.e2e.daemons import SOURCE, AnOffice, a_feed_of, write_small_topic
from tests.e2e.nursing import born
from tests.integration.mail.conftest import Post

HOSTS, FEEDS_EACH = 50, 10
READERS = 10
MANY = """\
name: Office {n}
country: XX
language: en
trust: reconstructed
feeds:
"""
FEED = '  - {{name: feed{f}, kind: rss, url: "http://{host}:{port}/{f}"}}\n'
MAIL = """\
[digest]
backlog = "90d"
[mail]
host = "{host}"
port = {port}
"""
READER = "  - {{id: reader{n}, to: reader{n}@example.org, topics: [votes], at: '00:00'}}\n"


@dataclass(frozen=True)
class Said:
    """A command, and how it ended."""

    command: str
    code: int
    words: str


class Desk:
    """A database with two releases and ten readers, and five hundred feeds to poll."""

    def __init__(self, folder, stack):
        self.town = stack.enter_context(Town({}))
        self.post = Post()
        self.post.start()
        stack.callback(self.post.stop)
        self.program = Program(folder, str(folder / "pollwatch.db"))
        self.office = AnOffice(self.town, self.program)
        self.office.lists(1, 2)
        write_small_topic(folder)
        self.office.write("settings.toml", self.office.settings)
        self.office.write("sources/xx/xx_office.yaml", SOURCE.format(port=self.town.port))
        self.does("run")
        self._write_the_rest()

    def _write_the_rest(self):
        hosts = [f"host{n}.example" for n in range(HOSTS)]
        feed = a_feed_of(1).replace("PORT", str(self.town.port))
        listing = page(feed, content_type="application/rss+xml")
        offices = {host: {f"/{f}": listing for f in range(FEEDS_EACH)} for host in hosts}
        self.town.offices = {**self.town.offices, **offices}
        for n, host in enumerate(hosts):
            feeds = (FEED.format(f=f, host=host, port=self.town.port) for f in range(FEEDS_EACH))
            self.office.write(f"sources/xx/xx_{n}.yaml", MANY.format(n=n) + "".join(feeds))
        names = "".join(f'"{host}" = "{LOOPBACK}"\n' for host in hosts)
        only_listed = self.office.settings.replace("[crawl]", "[crawl]\nreleases_per_run = 0")
        mail = MAIL.format(host=LOOPBACK, port=self.post.port)
        self.office.write("settings.toml", only_listed + names + mail)
        readers = "".join(READER.format(n=n) for n in range(READERS))
        self.office.write("subscribers.yaml", f"subscribers:\n{readers}")

    def does(self, *command: str) -> Said:
        """A command, as a process of its own, done."""
        usual = {name: value for name, value in os.environ.items() if "POLLWATCH" not in name}
        where = ("--config", str(self.program.folder), "--db", self.program.database)
        process = born("pollwatch", *command, *where, environment=usual)
        words = process.stdout.read()
        process.stdout.close()
        return Said(" ".join(command), process.wait(), words)


@pytest.fixture(scope="module")
def together(tmp_path_factory):
    """The desk after a run, what the run said, and what was said to all others meanwhile."""
    with ExitStack() as stack:
        desk = Desk(tmp_path_factory.mktemp("together"), stack)
        pool = stack.enter_context(ThreadPoolExecutor(max_workers=3))
        run = pool.submit(desk.does, "run", "--all")
        others = []
        while not run.done():
            find = pool.submit(desk.does, "releases", "find", "elections")
            send = pool.submit(desk.does, "digest", "send")
            others += [find.result(), send.result()]
        yield desk, [run.result(), *others]


def test_nobody_is_told_that_the_database_is_locked(together):
    _, said = together
    assert [each for each in said if each.code or "locked" in each.words] == []


def test_all_feeds_are_polled_and_all_readers_mailed(together):
    desk, said = together
    with closing(sqlite3.connect(desk.program.database)) as database:
        polled = database.execute("SELECT count(DISTINCT feed_id) FROM polls").fetchone()[0]
    mails = Counter(envelope.rcpt_tos[0] for envelope in desk.post.handler.received)

    assert polled == HOSTS * FEEDS_EACH + 1
    assert mails == Counter(f"reader{n}@example.org" for n in range(READERS))
    assert len(said) > 3
