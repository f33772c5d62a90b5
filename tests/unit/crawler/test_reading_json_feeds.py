from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.readers import READERS
from domain.errors import ParseError, PollwatchError
from domain.release import Entry, EntryKey
from domain.source import FeedKind
from tests.builders import a_feed
from tests.unit.crawler.pages import a_page

ADDRESS = "https://press.economy.example/feeds/news.json"
VERSION = "https://jsonfeed.org/version/1.1"


def entries(text: str | bytes, *, kind: FeedKind = FeedKind.JSON_FEED) -> tuple[Entry, ...]:
    page = a_page(text, url=ADDRESS, content_type="application/feed+json")
    return READERS[kind](page, a_feed(kind=kind, zone="Europe/Warsaw")).entries


def a_json_feed(*items: object, version: str = VERSION) -> str:
    return json.dumps({"version": version, "title": "Press", "items": items})


def entry(**item: Any) -> Entry:
    (found,) = entries(a_json_feed(item))
    return found


def test_an_entry_holds_what_the_feed_says_of_it() -> None:
    assert entry(
        id="tag:1",
        url="https://press.economy.example/1",
        title="On the <i>vote</i>",
        content_html="<p>Not free.</p><p>Not fair.</p>",
        summary="Not free.",
        date_published="2024-03-18T10:00:00+01:00",
        date_modified="2024-03-19T10:00:00+01:00",
    ) == Entry(
        key=EntryKey("tag:1"),
        url="https://press.economy.example/1",
        title="On the vote",
        published_at=datetime(2024, 3, 18, 9, 0, tzinfo=UTC),
        summary="Not free.\nNot fair.",
    )


@pytest.mark.parametrize("version", ["https://jsonfeed.org/version/1", VERSION])
def test_both_versions_are_read(version: str) -> None:
    assert len(entries(a_json_feed({"id": "1"}, version=version))) == 1


@pytest.mark.parametrize(
    ("item", "url"),
    [
        ({"id": 7, "url": "/1"}, "https://press.economy.example/1"),
        ({"id": "https://e.example/1"}, "https://e.example/1"),
        ({"id": "1", "external_url": "https://e.example/2"}, "https://e.example/2"),
        ({"id": "https://e.example/1", "url": "/2"}, "https://press.economy.example/2"),
        ({"id": "1", "url": None}, ""),
        ({"id": "1", "url": "javascript:void(0)"}, ""),
    ],
)
def test_an_entry_has_the_address_of_its_own_page(item: dict[str, Any], url: str) -> None:
    assert entry(**item).url == url


def test_an_id_that_several_entries_share_is_no_key() -> None:
    first, second = entries(a_json_feed({"id": "1", "url": "/1"}, {"id": "1", "url": "/2"}))
    assert (first.key, second.key) == (
        "https://press.economy.example/1",
        "https://press.economy.example/2",
    )


def test_the_day_of_a_change_stands_for_a_day_that_is_not_given() -> None:
    moment = entry(id="1", date_published="soon", date_modified="2024-03-18").published_at
    assert moment == datetime(2024, 3, 17, 23, 0, tzinfo=UTC)


def test_an_entry_without_a_title_has_none() -> None:
    assert entry(id="1", content_text="Not free.\n\nNot fair.") == Entry(
        key=EntryKey("1"),
        url="",
        title="",
        published_at=None,
        summary="Not free.\nNot fair.",
    )


def test_what_is_listed_and_is_no_entry_counts_as_one_without_an_address() -> None:
    assert [found.url for found in entries(a_json_feed(None, 7, "text"))] == ["", "", ""]


def test_half_a_letter_is_none() -> None:
    assert entry(id="1", title="Vo\ud83dte").title == "Vote"


@pytest.mark.parametrize("kind", [FeedKind.RSS, FeedKind.JSON_FEED])
def test_a_feed_is_read_as_what_it_is_whatever_the_file_calls_it(kind: FeedKind) -> None:
    xml = "<rss version='2.0'><channel><item><link>/1</link></item></channel></rss>"
    found = [entries(a_json_feed({"url": "/1"}), kind=kind), entries(xml, kind=kind)]
    assert [[one.url for one in some] for some in found] == [
        ["https://press.economy.example/1"],
        ["https://press.economy.example/1"],
    ]


def test_a_byte_order_mark_is_no_hindrance() -> None:
    assert len(entries(b"\xef\xbb\xbf" + a_json_feed({"id": "1"}).encode())) == 1


@pytest.mark.parametrize(
    "text",
    [
        '{"items": []}',
        '{"version": "1", "items": []}',
        f'{{"version": "{VERSION}", "items": {{}}}}',
    ],
)
def test_json_that_is_no_json_feed_is_refused(text: str) -> None:
    with pytest.raises(ParseError, match="answers with JSON that is no JSON Feed"):
        entries(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"version": ', r"Expecting value: line 1 column 13"),
        ('{"a":' * 100_000, "no sane values"),
        ('{"a":' + "9" * 5_000 + "}", "no sane values"),
    ],
    ids=["torn", "deep", "huge number"],
)
def test_broken_json_is_refused_with_its_place(text: str, reason: str) -> None:
    with pytest.raises(ParseError, match=f"begins like JSON and is none: {reason}"):
        entries(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(), lambda inner: st.lists(inner, max_size=3)
)
ITEM = st.dictionaries(
    st.sampled_from(["id", "url", "title", "content_html", "date_published", "external_url"]), JSON
)


@given(st.lists(ITEM | JSON, max_size=4))
@settings(max_examples=60)
def test_no_values_are_too_strange(items: list[object]) -> None:
    assert len(entries(a_json_feed(*items))) == len(items)


@given(st.binary(max_size=200))
@settings(max_examples=40)
def test_no_bytes_are_too_strange(body: bytes) -> None:
    with suppress(PollwatchError):
        assert isinstance(entries(b"{" + body), tuple)
