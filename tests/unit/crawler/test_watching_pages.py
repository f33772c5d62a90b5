from __future__ import annotations

import pytest

from crawler.readers.page import read_page
from domain.errors import Gone, Refused
from domain.release import Entry
from domain.source import FeedKind
from tests.builders import a_feed
from tests.unit.crawler.pages import a_page

ADDRESS = "https://press.economy.example/position?lang=en#top"
PAGE = (
    "<html><head><title>Position</title><script>token = 1</script></head>"
    "<body><h1>On the vote</h1><p>It was not free.</p></body></html>"
)


def the_entry(body: str, *, answered_at: str = ADDRESS) -> Entry:
    feed = a_feed(kind=FeedKind.PAGE, url=ADDRESS)
    (entry,) = read_page(a_page(body, url=answered_at), feed).entries
    return entry


def test_a_page_lists_itself() -> None:
    entry = the_entry(PAGE)
    assert (entry.url, entry.key) == (ADDRESS, "https://press.economy.example/position?lang=en")
    assert (entry.title, entry.published_at, entry.summary) == ("", None, "")


def test_it_stays_the_same_entry_where_it_answers_elsewhere() -> None:
    assert the_entry(PAGE, answered_at="https://www.economy.example/9").key == the_entry(PAGE).key


@pytest.mark.parametrize(
    ("old", "new"), [("not free", "free"), ("On the vote", "Vote"), ("Position", "Statement")]
)
def test_another_text_is_another_mark(old: str, new: str) -> None:
    assert the_entry(PAGE.replace(old, new)).mark != the_entry(PAGE).mark


@pytest.mark.parametrize(
    ("old", "new"), [("token = 1", "token = 2"), ("<p>", "<p class='a'>"), ("It was", "It  was")]
)
def test_what_nobody_reads_changes_no_mark(old: str, new: str) -> None:
    assert the_entry(PAGE.replace(old, new)).mark == the_entry(PAGE).mark


@pytest.mark.parametrize(
    ("title", "error"), [("Just a moment...", Refused), ("404 Not Found", Gone)]
)
def test_a_wall_is_no_page(title: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        the_entry(f"<html><head><title>{title}</title></head><body></body></html>")
