"""pollwatch politeness, with the real house and a database that remembers two hosts."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from click.testing import CliRunner

from domain.poll import HostMemory, Outcome, Robots
from pollwatch.cli import commands
from pollwatch.wiring import wire
from storage.store import Store
from tests.builders import NOW, a_release, a_visit
from tests.integration.storage.saving import FEED, SOURCE, save

SETTINGS = '[sources]\nshipped = false\nonly = ["xx_*"]\n'
SOURCES = {
    "xx_economy": ("Ministry of Economy", "https://press.economy.example/feed", "30m"),
    "xx_new": ("Ministry of News", "https://new.example/feed", "1h"),
}
FILE = """\
name: {}
country: XX
language: en
feeds:
  - name: news
    kind: rss
    url: {}
    every: {}
"""
HOST = "press.economy.example"
NO_FEEDS = "User-agent: pollwatch\nDisallow: /feed\nCrawl-delay: 20\n"


class Office:
    """Two hosts, one of which was asked; and the command line."""

    def __init__(self, folder):
        self.folder = folder
        (folder / "sources/xx").mkdir(parents=True)
        (folder / "settings.toml").write_text(SETTINGS)
        for name, said in SOURCES.items():
            (folder / f"sources/xx/{name}.yaml").write_text(FILE.format(*said))
        with Store.open(self.url, now=NOW) as store:
            store.remember_sources([SOURCE], now=NOW)
            before = NOW - timedelta(days=30)
            save(store, a_visit(started_at=before, finished_at=before))
            save(store, a_visit(a_release(), finished_at=NOW))
            save(store, a_visit(outcome=Outcome.UNCHANGED, finished_at=NOW))
        self.knows(HostMemory(host=HOST, last_asked_at=NOW))

    @property
    def url(self):
        return f"sqlite:///{self.folder}/pollwatch.db"

    def knows(self, memory):
        with Store.open(self.url, now=NOW) as store:
            save(store, replace(a_visit(feed=FEED, outcome=Outcome.UNCHANGED), host=memory))

    def __call__(self, *words):
        return CliRunner().invoke(
            commands,
            ["politeness", *words, "--config", str(self.folder), "--db", self.url],
            obj=partial(wire, clock=lambda: NOW + timedelta(minutes=5)),
            prog_name="pollwatch",
            catch_exceptions=False,
        )

    def record(self, *words):
        (one, _) = sorted(self("--json", *words).stdout.splitlines(), reverse=True)
        return json.loads(one)


@pytest.fixture
def pollwatch(tmp_path):
    return Office(tmp_path)


def robots(text="", **changes):
    values = {"text": text, "holds": False, "expires_at": NOW + timedelta(days=1)}
    return Robots(**values | changes)


def test_each_host_is_shown_with_what_is_asked_of_it(pollwatch):
    result = pollwatch()

    assert result.exit_code == 0
    assert result.stdout == (
        "new.example\n"
        "  1 feed, polled up to 24 times a day; a pause of 2 s after each request;\n"
        "  robots.txt was not read yet.\n"
        "  Counted: 0 polls, 0 of them unchanged; 0 pages. Last asked never.\n"
        "\n"
        "press.economy.example\n"
        "  1 feed, polled up to 48 times a day; a pause of 2 s after each request;\n"
        "  robots.txt was not read yet.\n"
        "  Counted: 3 polls, 2 of them unchanged; 1 page. Last asked 2024-03-18 09:00\n"
        "  UTC.\n"
        "\n"
    )


def test_programs_get_a_line_for_each_host(pollwatch):
    assert pollwatch.record() == {
        "host": "press.economy.example",
        "feeds": ["xx_economy/news"],
        "pause": 2.0,
        "robots": "not read",
        "forbidden": [],
        "last_asked": "2024-03-18T09:00:00Z",
        "not_before": None,
        "polls": 3,
        "unchanged": 2,
        "pages": 1,
        "polls_a_day": 48,
    }


def test_since_says_how_far_back_polls_are_counted(pollwatch):
    assert pollwatch.record("--since", "31d")["polls"] == 4


def test_a_pause_that_robots_txt_asks_for_and_what_it_forbids_are_shown(pollwatch):
    pollwatch.knows(HostMemory(host=HOST, robots=robots(NO_FEEDS)))
    one = pollwatch.record()

    assert (one["pause"], one["robots"], one["forbidden"]) == (20.0, "forbids", ["xx_economy/news"])
    assert "robots.txt forbids xx_economy/news." in " ".join(pollwatch().stdout.split())


@pytest.mark.parametrize(
    ("rules", "said"), [(robots(), "allows"), (robots(holds=True), "holds")], ids=["none", "down"]
)
def test_a_host_without_rules_allows_all_and_one_that_cannot_say_holds_us(pollwatch, rules, said):
    pollwatch.knows(HostMemory(host=HOST, robots=rules))

    assert pollwatch.record()["robots"] == said


def test_patience_that_a_host_asked_for_is_shown_until_it_is_over(pollwatch):
    pollwatch.knows(HostMemory(host=HOST, not_before_at=NOW + timedelta(hours=1)))
    assert pollwatch.record()["not_before"] == "2024-03-18T10:00:00Z"
    assert (
        "  It asked for patience until 2024-03-18 10:00 UTC, and gets it.\n" in pollwatch().stdout
    )

    pollwatch.knows(HostMemory(host=HOST, not_before_at=NOW))
    assert pollwatch.record()["not_before"] is None
