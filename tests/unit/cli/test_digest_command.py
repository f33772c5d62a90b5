"""pollwatch digest."""

import webbrowser
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from shutil import rmtree
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest

from domain.subscriber import MailFormat, Subscriber, SubscriberId, WhenEmpty
from tests.unit.digest.stories import NOW, a_stored_release, a_story

DESK = Subscriber(
    id=SubscriberId("desk"),
    to=("desk@example.org",),
    topics=("elections",),
    elections=None,
    countries=None,
    languages=None,
    at=time(7),
    days=(0, 1, 2, 3, 4),
    zone="Europe/Warsaw",
    when_empty=WhenEmpty.SHORT,
    format=MailFormat.TEXT,
    problems=False,
)


def test_without_a_subscriber_it_holds_what_was_first_seen_in_seven_days(pollwatch):
    pollwatch.store.matched = (a_story(),)

    result = pollwatch("digest", "preview")

    assert result.exit_code == 0
    assert result.stdout.startswith(
        "Elections: 1 story from 1 country\n"
        "First seen from 13 March 2024 to 20 March 2024 in 1 feed\n"
    )
    assert pollwatch.store.asked_since == NOW - timedelta(days=7)


def test_the_span_is_written_as_everywhere_else(pollwatch):
    pollwatch("digest", "preview", "--since", "36h")

    assert pollwatch.store.asked_since == datetime(2024, 3, 18, 19, tzinfo=UTC)


def test_a_span_beyond_all_calendars_means_everything(pollwatch):
    pollwatch("digest", "preview", "--since", "9999y")

    assert pollwatch.store.asked_since == NOW - timedelta(days=36500)


def test_a_span_that_cannot_be_read_is_wrong_usage(pollwatch):
    result = pollwatch("digest", "preview", "--since", "soon")

    assert result.exit_code == 2
    assert "'soon' is no duration" in result.stderr


def test_a_subscriber_sees_what_was_not_told_before(pollwatch):
    pollwatch.config.subscribers = (DESK,)
    pollwatch.store.untold = {"desk": (a_story(),)}

    shown = pollwatch("digest", "preview", "--subscriber", "desk").stdout

    assert shown.startswith("Elections: 1 story from 1 country\n20 March 2024 · 1 feed watched\n")


def test_a_subscriber_without_topics_is_told_of_none(pollwatch):
    pollwatch.config.subscribers = (replace(DESK, topics=()),)

    shown = pollwatch("digest", "preview", "--subscriber", "desk").stdout

    assert shown.startswith("No topic: 0 stories\n")


def test_an_unknown_subscriber_is_wrong_usage(pollwatch):
    pollwatch.config.subscribers = (DESK,)

    result = pollwatch("digest", "preview", "--subscriber", "desc")

    assert result.exit_code == 2
    assert "no subscriber 'desc'; subscribers.yaml names desk" in result.stderr


def test_a_span_makes_no_sense_for_a_subscriber(pollwatch):
    result = pollwatch("digest", "preview", "--subscriber", "desk", "--since", "7d")

    assert result.exit_code == 2
    assert "--since goes without --subscriber" in result.stderr


def test_programs_get_a_line_for_each_story(pollwatch):
    copy = a_stored_release(id="copy", country="SE", url="https://copy.example/1")
    pollwatch.store.matched = (a_story(a_stored_release(), copy),)

    assert pollwatch.records("digest", "preview", "--json") == [
        {
            "topic": "elections",
            "further_topics": [],
            "story": "s3w5x8z2",
            "since_told": False,
            "release": "copy",
            "country": "SE",
            "institution": "Ministry of Economy",
            "title": "Statement on the vote of 17 March",
            "lang": "en",
            "published": "2024-03-18T09:00:00Z",
            "date": "18 March 2024",
            "sentence": "The ministry does not recognise these elections.",
            "keywords": [{"term": "elections*", "language": "English", "passage": "paragraph 1"}],
            "url": "https://copy.example/1",
            "also": [
                {
                    "institution": "Ministry of Economy, France",
                    "date": "18 March 2024",
                    "url": "https://press.economy.example/news/1",
                    "release": "r2k4m7p9",
                }
            ],
            "changes": [],
        }
    ]


def test_programs_get_a_line_for_each_release_that_joined_a_known_story(pollwatch):
    pollwatch.config.subscribers = (DESK,)
    copy = a_stored_release(id="copy", country="SE", url="https://copy.example/1")
    pollwatch.store.untold = {"desk": (a_story(a_stored_release(), copy, told=["r2k4m7p9"]),)}

    (line,) = pollwatch.records("digest", "preview", "--subscriber", "desk", "--json")

    assert (line["release"], line["country"], line["since_told"]) == ("copy", "SE", True)


class FakeBrowser(webbrowser.BaseBrowser):
    """Remembers what it was asked to show; can be missing, as on a server."""

    def __init__(self):
        super().__init__("fake")
        self.shown = []
        self.is_there = True

    def open(self, url, new=0, autoraise=True):
        self.shown.append(url)
        return self.is_there


@pytest.fixture
def browser():
    """The browser of this machine; what it was shown is gone afterwards."""
    browser = FakeBrowser()
    webbrowser.register("fake", None, browser, preferred=True)
    yield browser
    for url in set(browser.shown):
        rmtree(Path(url2pathname(urlsplit(url).path)).parent)


def test_opened_it_is_a_page_in_a_browser_and_its_path_is_printed(pollwatch, browser):
    pollwatch.store.matched = (a_story(),)

    result = pollwatch("digest", "preview", "--open")
    file = Path(result.stdout.removesuffix("\n"))

    assert (result.exit_code, result.stderr) == (0, "")
    assert browser.shown == [file.as_uri()]
    assert "Elections: 1\u00a0story from 1\u00a0country</h1>" in file.read_text(encoding="utf-8")


def test_where_no_browser_is_found_a_person_can_open_the_page(pollwatch, browser):
    browser.is_there = False

    result = pollwatch("digest", "preview", "--open")

    assert result.exit_code == 0
    assert Path(result.stdout.strip()).is_file()
    assert result.stderr == "No browser was found here; open this file with one.\n"


def test_a_mail_address_with_a_mistake_is_wrong_usage(pollwatch):
    result = pollwatch("digest", "preview", "--mail", "desk@")

    assert result.exit_code == 2
    assert "Write one like desk@example.org" in result.stderr
