"""What the shipped keywords make of the town: the founding case is in, look-alikes are out."""

from datetime import UTC, date, datetime

import pytest

from analysis.keywords import compile_topics
from crawler.extract.release import extract_release
from crawler.page import Page
from domain.release import Entry, EntryKey
from pollwatch.demo.answers import Answer, Asked
from pollwatch.demo.configuration import write_config
from pollwatch.demo.expected import addresses, statements
from pollwatch.demo.offices import town_offices
from pollwatch.demo.offices.press import Subject
from pollwatch.loading import load
from scheduler.ingest import read

DAY = date(2024, 3, 20)
OFFICES = town_offices()
STATEMENTS = {statement.address: statement for statement in statements(DAY)}
IN = addresses(DAY, about=Subject.ANOTHER_VOTE)
OUT = addresses(DAY, about=Subject.LOOK_ALIKE) + addresses(DAY, about=Subject.ORDINARY)
UNREADABLE = ("trouble.example/pages/", "busy.example/press/one-moment")
MOVED = ("coe.europe.example/en/web/portal/-/joint", "international.canada.example/r/")
READ = [address for address in OUT if not address.startswith((*UNREADABLE, *MOVED))]


@pytest.fixture(scope="module")
def config(tmp_path_factory):
    folder = tmp_path_factory.mktemp("town")
    write_config(folder, port=8123)
    return load(folder, environ={})


@pytest.fixture(scope="module")
def keywords(config):
    return compile_topics(config.topics)


@pytest.fixture(scope="module")
def feeds(config):
    """A feed of each host; how its pages are to be read is the same for all of a host."""
    return {
        feed.url.split("/")[2].partition(":")[0]: feed
        for source in config.sources
        for feed in source.feeds
    }


@pytest.fixture
def judged(feeds, keywords):
    """Title, text and match of the release at an address, through extraction and keywords."""

    def judged(address):
        host, _, path = address.partition("/")
        response = OFFICES[host][f"/{path}"]
        asked = Asked(host=host, path=f"/{path}", headers={}, day=DAY, port=8123)
        answer = response if isinstance(response, Answer) else response(asked)
        url = asked.address(f"/{path}")
        page = Page(
            url=url,
            headers=answer.headers,
            body=answer.body,
            fetched_at=datetime(2024, 3, 20, 18, 0, tzinfo=UTC),
        )
        entry = Entry(key=EntryKey(url), url=url, title="", published_at=None)
        release = extract_release(page, entry, feeds[host])
        matches = read(release, keywords=keywords).matches
        return release, [match for match in matches if match.is_match]

    return judged


@pytest.mark.parametrize("address", STATEMENTS)
def test_a_statement_on_the_founding_case_is_in_with_its_decisive_sentence(judged, address):
    release, (match,) = judged(address)
    assert release.title == STATEMENTS[address].title
    assert release.text[match.start : match.end].startswith(STATEMENTS[address].decisive)


@pytest.mark.parametrize("address", IN)
def test_a_release_on_another_vote_is_in(judged, address):
    _, matches = judged(address)
    assert [match.topic for match in matches] == ["elections"]


@pytest.mark.parametrize("address", READ)
def test_what_only_looks_like_a_vote_or_not_even_that_is_out(judged, address):
    _, matches = judged(address)
    assert matches == []
