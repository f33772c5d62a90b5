"""Which day an address names, where nobody else says when something was published."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.extract.addresses import date_in
from crawler.extract.release import extract_release
from domain.release import Witness
from tests.builders import a_feed, an_entry
from tests.unit.crawler.pages import a_page

PAGE = "<html><body><h1>On the vote</h1><p>The ministry does not recognise it.</p></body></html>"


@pytest.mark.parametrize(
    "path",
    [
        "/emmanuel-macron/2024/03/18/on-the-vote",
        "/jp/tyoukanpress/202403/18_a.html",
        "/eng/xw/202403/t20240318_11262781.html",
        "/news/2024-03-18-on-the-vote",
        "/news/2024_3_18.html",
        "/20240318/on-the-vote/20240318.html",
    ],
)
def test_an_address_may_name_the_day(path: str):
    assert date_in(f"https://a.example{path}", zone="UTC") == datetime(2024, 3, 18, tzinfo=UTC)


@pytest.mark.parametrize(
    "path",
    [
        "/2024/03/on-the-vote",
        "/news/2024",
        "/details/1445/08/22/on-the-vote",
        "/2024/13/18/on-the-vote",
        "/2024/02/30/on-the-vote",
        "/news/120240318",
        "/2024/03/17/on-the-vote-of-2024-03-18",
        "/news?day=2024-03-18",
        "/",
    ],
    ids=[
        "month", "year", "Hijri", "no month", "no day", "number", "two days", "query", "nothing",
    ],
)  # fmt: skip
def test_what_may_be_something_else_is_no_day(path: str):
    assert date_in(f"https://a.example{path}", zone="UTC") is None


def test_a_release_is_dated_by_its_address_where_nobody_else_says_when():
    url = "https://a.example/2024/03/18/on-the-vote"

    found = extract_release(
        a_page(PAGE, url=url), an_entry(url=url, published_at=None), a_feed(zone="Asia/Tokyo")
    )

    assert found.published_at == datetime(2024, 3, 17, 15, tzinfo=UTC)
    assert found.witnesses["published_at"] is Witness.ADDRESS


def test_a_feed_is_believed_before_an_address():
    url = "https://a.example/2024/03/01/on-the-vote"

    found = extract_release(a_page(PAGE, url=url), an_entry(url=url), a_feed())

    assert found.witnesses["published_at"] is Witness.FEED
