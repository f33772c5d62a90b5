"""Whether one run reads every feed that others have captured, served from the loopback.

The material lies outside the project; ``POLLWATCH_TESTDATA`` names its folder.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from crawler.page import Page
from crawler.readers import READERS
from crawler.readers.keys import absolute
from crawler.texts import one_line, plain_text
from domain.errors import PollwatchError
from domain.poll import Code
from domain.release import Entry
from domain.source import FeedKind
from pollwatch.demo.town import LOOPBACK, Answer, Town
from tests.builders import a_feed

FOLDER = os.environ.get("POLLWATCH_TESTDATA", "")
FEEDS = Path(FOLDER) / "real" / "feeds"
LONGEST_S = 300
SETTINGS = """[database]
url = "sqlite:///{database}"
[sources]
shipped = false
[crawl]
delay = "0ms"
releases_per_run = 0
allow_private = true
user_agent = "pollwatch (a test on this machine)"
[crawl.hosts]
"""
SOURCE = """name: {name}
country: XX
language: en
feeds:
  - {{name: news, kind: {kind}, url: "http://{host}:{port}/feed"}}
"""
# Feeds whose first day we read, and the deriving program does not, or otherwise.
OTHER_DATES = {
    "feed-rs__feed-rs_fixture_rss2_rss_2.0_ilmessaggero.xml": "names months in Italian",
    "feed-rs__feed-rs_fixture_rss2_rss_2.0_nbcny.xml": "says PM, which is not left out here",
    "feedparser__tests_wellformed_atom_entry_created_multiple_values.xml": "says only when made",
    "feedparser__tests_wellformed_atom_entry_created_parsed.xml": "says only when made",
    "rss-fetcher__fetcher_test_fixtures_real-korean-times.rss": "says GMT+9, taken for GMT there",
    "uscourts__ca7_example.xml": "says CST, which has two meanings; the feed's own zone is taken",
}

pytestmark = pytest.mark.skipif(
    not FOLDER, reason="POLLWATCH_TESTDATA does not name a folder with real material"
)


class Real(NamedTuple):
    """A captured feed, what is known of it, and where it is served."""

    number: int
    about: dict[str, Any]

    @property
    def host(self) -> str:
        return f"feed{self.number}.example"

    @property
    def id(self) -> str:
        return f"xx_feed{self.number}/news"

    @property
    def body(self) -> bytes:
        return (FEEDS / self.about["file"]).read_bytes()

    @property
    def kind(self) -> FeedKind:
        is_json = self.about["file"].endswith(".json")
        return FeedKind.JSON_FEED if is_json else FeedKind.RSS

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        stated = [line.partition(":") for line in self.about.get("http_headers", ())]
        if not stated:
            return (("Content-Type", "application/xml"),)
        return tuple((name.strip(), value.strip()) for name, _, value in stated)

    @property
    def entries(self) -> int:
        """How many it holds: as the origin says, else as was derived; JSON says it itself."""
        if self.kind is FeedKind.JSON_FEED:
            return len(json.loads(self.body)["items"])
        return int(self.about.get("entries_by_origin", self.about["entries"]))


def captured() -> list[Real]:
    rows = (FEEDS / "expected.jsonl").read_text(encoding="utf-8").splitlines()
    return [Real(number, json.loads(row)) for number, row in enumerate(rows)]


def write_config(folder: Path, feeds: list[Real], *, port: int) -> None:
    hosts = "".join(f'"{feed.host}" = "{LOOPBACK}"\n' for feed in feeds)
    (folder / "sources" / "xx").mkdir(parents=True)
    settings = SETTINGS.format(database=folder / "pollwatch.db")
    (folder / "settings.toml").write_text(settings + hosts, encoding="utf-8")
    for feed in feeds:
        text = SOURCE.format(name=feed.host, kind=feed.kind, host=feed.host, port=port)
        (folder / "sources" / "xx" / f"xx_feed{feed.number}.yaml").write_text(text, "utf-8")


def pollwatch(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pollwatch", *arguments, "--config", str(folder)],
        capture_output=True,
        text=True,
        check=False,
        timeout=LONGEST_S,
        env={name: value for name, value in os.environ.items() if "POLLWATCH" not in name},
    )


class Run(NamedTuple):
    """One run over all feeds."""

    done: subprocess.CompletedProcess[str]
    polls: dict[str, dict[str, Any]]
    problems: list[dict[str, Any]]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder, feeds = tmp_path_factory.mktemp("feeds"), captured()
    offices = {feed.host: {"/feed": Answer(body=feed.body, headers=feed.headers)} for feed in feeds}
    with Town(offices) as town:
        write_config(folder, feeds, port=town.port)
        done = pollwatch(folder, "run", "--json")
        seen = pollwatch(folder, "problems", "list", "--json")
    polls = json.loads(done.stdout.splitlines()[-1])["feeds"]
    return Run(
        done=done,
        polls={poll["feed"]: poll for poll in polls},
        problems=[json.loads(line) for line in seen.stdout.splitlines()],
    )


def test_nothing_breaks(run: Run) -> None:
    codes = {problem["code"] for problem in run.problems}
    assert (run.done.returncode, "Traceback" in run.done.stderr) == (1, False)
    assert len(run.polls) == 478
    assert codes == {Code.LISTING_EMPTY, Code.FEED_NOT_A_FEED, Code.ENTRY_WITHOUT_ADDRESS}


def test_every_well_formed_feed_lists_as_many_entries_as_it_holds(run: Run) -> None:
    sound = [feed for feed in captured() if not feed.about["bozo"]]
    assert len(sound) == 434
    assert {feed.id: run.polls[feed.id]["listed"] for feed in sound} == {
        feed.id: feed.entries for feed in sound
    }


def test_broken_feeds_and_those_of_other_kinds_list_all_that_they_hold_too(run: Run) -> None:
    broken = [feed for feed in captured() if feed.about["bozo"]]
    assert {feed.id: run.polls[feed.id]["listed"] for feed in broken} == {
        feed.id: feed.entries for feed in broken
    }


def test_every_feed_without_entries_is_a_problem_with_its_reason(run: Run) -> None:
    silent = {feed for feed, poll in run.polls.items() if poll["listed"] == 0}
    told = {
        problem["feed"]
        for problem in run.problems
        if problem["code"] != Code.ENTRY_WITHOUT_ADDRESS and problem["detail"] and problem["hint"]
    }
    assert told == silent


def first_entry(feed: Real) -> Entry | None:
    page = Page(
        url=f"http://{feed.host}/feed",
        headers=feed.headers,
        body=feed.body,
        fetched_at=datetime.now(UTC),
    )
    try:
        return next(iter(READERS[feed.kind](page, a_feed(kind=feed.kind)).entries), None)
    except PollwatchError:
        return None


@pytest.fixture(scope="module")
def firsts() -> list[tuple[Real, Entry]]:
    """Well-formed feeds with the first entry that we find in each."""
    sound = [feed for feed in captured() if not feed.about["bozo"]]
    return [(feed, entry) for feed in sound if (entry := first_entry(feed))]


def stated(feed: Real, field: str) -> str:
    return str(feed.about.get(f"{field}_by_origin", feed.about[f"first_{field}"]) or "").strip()


def moment(at: datetime | None) -> str:
    return at.isoformat()[:19] if at else ""


def test_titles_are_as_stated_but_for_their_markup(firsts: list[tuple[Real, Entry]]) -> None:
    other = [
        feed.about["file"]
        for feed, entry in firsts
        if entry.title
        not in {
            one_line(plain_text(stated(feed, "title"))),
            one_line(unescape(stated(feed, "title"))),
            one_line(plain_text(unescape(stated(feed, "title")))),
        }
    ]
    assert other == []


def test_links_are_as_stated_and_absolute(firsts: list[tuple[Real, Entry]]) -> None:
    other = [
        feed.about["file"]
        for feed, entry in firsts
        if entry.url != absolute(f"http://{feed.host}/feed", stated(feed, "link"))
    ]
    assert other == []


def test_dates_are_as_stated(firsts: list[tuple[Real, Entry]]) -> None:
    other = {
        feed.about["file"]
        for feed, entry in firsts
        if stated(feed, "date")[:19] != moment(entry.published_at)
    }
    assert other == OTHER_DATES.keys()
