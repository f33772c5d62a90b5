"""What is read of answers in JSON whose shape a source's file declares."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from crawler.readers import READERS, Listed
from domain.errors import ParseError, Refused
from domain.release import Entry, EntryKey
from domain.source import ApiRecipe, FeedKind
from tests.builders import a_feed
from tests.unit.crawler.pages import a_page

ADDRESS = "https://api.economy.example/search?pageSize=2&page=1"
ITEM = {
    "refCode": "IP/24/12",
    "title": "On the <b>vote</b>",
    "url": "/news/12",
    "eventDate": "18032024",
    "lead": ["The ministry does not recognise it.", "It was not free."],
}


def listed(answer: Any, *, url: str = ADDRESS, zone: str = "UTC", **changes: Any) -> Listed:
    values: dict[str, Any] = {"items": "results", "title": "title", "link": "url"} | changes
    feed = a_feed(kind=FeedKind.API, url=ADDRESS, api=ApiRecipe(**values), zone=zone)
    body = answer if isinstance(answer, str) else json.dumps(answer)
    return READERS[FeedKind.API](a_page(body, url=url, content_type="application/json"), feed)


def the_entry(item: Any = ITEM, **changes: Any) -> Entry:
    (entry,) = listed({"results": [item]}, **changes).entries
    return entry


def test_an_item_is_read_by_the_paths_that_the_file_declares():
    entry = the_entry(id="refCode", date="eventDate", date_format="%d%m%Y", text="lead")

    assert entry == Entry(
        key=EntryKey("IP/24/12"),
        url="https://api.economy.example/news/12",
        title="On the vote",
        published_at=datetime(2024, 3, 18, tzinfo=UTC),
        summary="The ministry does not recognise it.\nIt was not free.",
    )


def test_an_address_can_be_made_of_what_an_item_holds():
    made = "https://economy.example/detail/en/{slug(refCode)}"

    assert the_entry(link=made).url == "https://economy.example/detail/en/ip_24_12"


def test_what_is_put_into_an_address_cannot_lead_elsewhere():
    made = "https://economy.example/detail/{refCode}?lang=en"
    item = ITEM | {"refCode": "1?lang=xx#&x=@evil.example"}

    assert the_entry(item, link=made).url == (
        "https://economy.example/detail/1%3Flang%3Dxx%23%26x%3D%40evil.example?lang=en"
    )


def test_an_item_without_what_its_address_is_made_of_has_none():
    assert the_entry({"title": "On"}, link="https://economy.example/{refCode}").url == ""


def test_an_item_without_an_id_is_known_by_its_address():
    assert the_entry().key == "https://api.economy.example/news/12"


@pytest.mark.parametrize(
    ("said", "date_format", "moment"),
    [
        ("2024-03-18T10:30:00Z", None, datetime(2024, 3, 18, 10, 30, tzinfo=UTC)),
        ("18 March 2024", None, datetime(2024, 3, 17, 23, tzinfo=UTC)),
        (1710757800, "unix", datetime(2024, 3, 18, 10, 30, tzinfo=UTC)),
        ("1710757800000", "unix", datetime(2024, 3, 18, 10, 30, tzinfo=UTC)),
        ("18/03/2024 10:30", "%d/%m/%Y %H:%M", datetime(2024, 3, 18, 9, 30, tzinfo=UTC)),
        ("yesterday", "%d%m%Y", None),
        (10**40, "unix", None),
        (-(10**9), "unix", None),
        ({"day": 18}, None, None),
        (True, "unix", None),
    ],
)  # fmt: skip
def test_a_date_is_read_as_declared_or_as_people_write_it(
    said: Any, date_format: str | None, moment: datetime | None
):
    entry = the_entry(
        ITEM | {"eventDate": said}, date="eventDate", date_format=date_format, zone="Europe/Warsaw"
    )

    assert entry.published_at == moment


@pytest.mark.parametrize(
    "item", [None, "text", 7, [], {}, {"title": {"en": 1}, "url": ["", None]}, {"url": 7.5}]
)
def test_items_of_other_types_are_listed_without_an_address_of_theirs(item: Any):
    entry = the_entry(item, id="id", date="eventDate", text="lead")

    assert entry.url in {"", "https://api.economy.example/7.5"}


def test_a_function_that_cannot_take_what_it_finds_finds_nothing():
    assert the_entry(ITEM | {"title": 7}, title="join(', ', title)").title == ""


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({"items": []}, "has no list at 'results'"),
        ({"results": {"a": 1}}, "has no list at 'results'"),
        ([], "has no list at 'results'"),
        ("null", "has no list at 'results'"),
        ('{"results": [', "is no JSON"),
        ("<html><body><div id='root'></div></body></html>", "is no JSON"),
        ("[" * 100_000, "is no JSON"),
        ("", "is no JSON"),
    ],
)
def test_an_answer_without_the_list_is_refused(answer: Any, reason: str):
    with pytest.raises(ParseError, match=reason):
        listed(answer)


def test_a_challenge_in_place_of_the_answer_is_a_refusal():
    with pytest.raises(Refused, match="Cloudflare"):
        listed("<html><head><title>Just a moment...</title></head><body></body></html>")


def test_an_empty_list_says_where_to_look():
    found = listed({"results": []}, older=f"{ADDRESS[:-1]}{{page}}")

    assert (found.entries, found.next_url) == ((), None)
    assert "do the parameters of the address still mean what they did?" in found.hint


@pytest.mark.parametrize(
    ("older", "url", "following"),
    [
        ("https://api.economy.example/search?pageSize=2&page={page}", ADDRESS, "2"),
        (
            "https://api.economy.example/search?pageSize=2&page={page}",
            "https://api.economy.example/search?pageSize=2&page=7",
            "8",
        ),
        ("https://api.economy.example/search?skip={offset}", ADDRESS, "2"),
        (
            "https://api.economy.example/search?skip={offset}",
            "https://api.economy.example/search?skip=40",
            "42",
        ),
        (
            "https://api.economy.example/a[]/releases/20/{offset}",
            "https://api.economy.example/a%5B%5D/releases/20/20",
            "22",
        ),
    ],
)
def test_older_entries_stand_where_counting_on_leads(older: str, url: str, following: str):
    found = listed({"results": [ITEM, ITEM]}, url=url, older=older)

    assert found.next_url == older.replace("{page}", following).replace("{offset}", following)


@pytest.mark.parametrize(
    ("said", "following"),
    [
        ("/search?after=12", "https://api.economy.example/search?after=12"),
        ("javascript:void(0)", None),
        (None, None),
        ({"href": 1}, None),
    ],
)
def test_older_entries_stand_where_the_answer_says(said: Any, following: str | None):
    found = listed({"results": [ITEM], "links": {"next": said}}, older="links.next")

    assert found.next_url == following
