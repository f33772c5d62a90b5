"""Which release a second call to an API brings."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from crawler.extract.by_kind import release_on
from crawler.extract.detail import asked_url
from crawler.extract.errors import WithoutText, WithoutTitle
from domain.errors import ParseError
from domain.release import EntryKey, Release, Witness
from domain.source import ApiRecipe, DetailRecipe, Feed, FeedKind
from tests.builders import NOW, a_feed, an_entry
from tests.unit.crawler.pages import a_page

PAGE = "https://economy.example/detail/en/ip_24_12?x=1"
TEXT = "<p>The ministry does not recognise the vote.</p><p>It was not free.</p>"


def a_feed_with(url: str) -> Feed:
    detail = DetailRecipe(url=url, title="doc.title", text="doc.html", date="doc.date")
    recipe = ApiRecipe(items="items", title="title", link="url", id="ref", detail=detail)
    return a_feed(kind=FeedKind.API, url="https://economy.example/api", api=recipe)


def release(answer: Any, *, title: str = "Listed", summary: str = "") -> Release:
    feed = a_feed_with("https://economy.example/api/{id}")
    entry = an_entry(url=PAGE, key=EntryKey("IP/24/12"), title=title, summary=summary)
    body = answer if isinstance(answer, str) else json.dumps(answer)
    page = a_page(body, url="https://economy.example/api/IP/24/12", content_type="application/json")
    return release_on(page, entry, feed)


@pytest.mark.parametrize(
    ("template", "asked"),
    [
        (
            "https://economy.example/api?reference={id}&language=en",
            "https://economy.example/api?reference=IP/24/12%20%26x&language=en",
        ),
        (
            "https://economy.example/api/content{path}",
            "https://economy.example/api/content/detail/en/ip_24_12",
        ),
        ("{url}&format=json", f"{PAGE}&format=json"),
        (
            "https://economy.example/api?of={url}",
            (
                "https://economy.example/api?of=https%3A%2F%2Feconomy.example%2Fdetail%2Fen%2Fip_24_12"
                "%3Fx%3D1"
            ),
        ),
    ],
)
def test_the_second_call_is_about_the_entry(template: str, asked: str):
    entry = an_entry(url=PAGE, key=EntryKey("IP/24/12 &x"))

    assert asked_url(entry, a_feed_with(template)) == asked


def test_an_entry_of_another_kind_of_feed_is_asked_for_at_its_address():
    assert asked_url(an_entry(url=PAGE), a_feed()) == PAGE


def test_the_answer_holds_the_release_and_readers_are_led_to_its_page():
    found = release({"doc": {"title": "On the vote", "html": TEXT, "date": "2024-03-15"}})

    assert (found.title, found.text) == (
        "On the vote",
        "The ministry does not recognise the vote.\nIt was not free.",
    )
    assert found.published_at == datetime(2024, 3, 15, tzinfo=UTC)
    assert found.url == found.canonical_url == PAGE
    assert found.original.url == "https://economy.example/api/IP/24/12"
    assert found.witnesses == {
        "title": Witness.RECIPE,
        "text": Witness.RECIPE,
        "published_at": Witness.RECIPE,
        "language": Witness.FEED,
    }


def test_what_the_answer_lacks_the_list_has_said():
    found = release({"doc": None}, summary="The text of the list.")

    assert (found.title, found.text, found.published_at) == ("Listed", "The text of the list.", NOW)
    assert set(found.witnesses.values()) == {Witness.FEED}


def test_a_release_without_a_text_is_none():
    with pytest.raises(WithoutText, match=r"holds no text at 'doc\.html'"):
        release({"doc": {"title": "On the vote"}})


def test_a_release_without_a_title_is_none():
    with pytest.raises(WithoutTitle):
        release({"doc": {"html": TEXT}}, title="")


def test_an_answer_that_is_no_json_is_no_release():
    with pytest.raises(ParseError, match="is no JSON"):
        release("<html><body>Sorry</body></html>")
