"""What the code for odd sites reads."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from crawler.sites import read_listed
from domain.errors import ParseError, Refused
from domain.release import Entry, EntryKey
from domain.source import FeedKind
from tests.builders import a_feed
from tests.unit.crawler.pages import a_page

HUNGARY = a_feed(kind=FeedKind.LISTING, url="https://kormany.example/hirek", code="hu_gov")
NEWS = {"slug": "a-valasztasrol", "name": "A választásról", "date": "2024-03-18", "ministry": {}}


def listed(state: Any) -> tuple[Entry, ...]:
    body = (
        "<html><body><app-root></app-root>"
        f"<script id='ng-state' type='application/json'>{json.dumps(state)}</script></body></html>"
    )
    return read_listed(a_page(body, url=HUNGARY.url), HUNGARY).entries


def test_hungary_lists_its_news_in_the_state_of_its_page():
    others = {"menu": [{"slug": "hirek", "name": "Hírek"}], "pages": [1, "two", None]}

    assert listed({"1749": {"b": {"data": [NEWS]}}} | others) == (
        Entry(
            key=EntryKey("https://kormany.example/hirek/a-valasztasrol"),
            url="https://kormany.example/hirek/a-valasztasrol",
            title="A választásról",
            published_at=datetime(2024, 3, 18, tzinfo=UTC),
        ),
    )


def test_news_of_hungary_without_a_slug_has_no_address():
    assert listed([[NEWS | {"slug": None}]])[0].url == ""


def test_a_state_of_hungary_without_news_lists_nothing():
    assert listed({"data": []}) == ()


def test_a_page_of_hungary_without_its_state_is_no_list():
    with pytest.raises(ParseError, match="carries no state"):
        read_listed(a_page("<html><body><p>Hírek</p></body></html>", url=HUNGARY.url), HUNGARY)


def test_a_challenge_of_hungary_is_a_refusal():
    wall = "<html><head><title>Just a moment...</title></head><body></body></html>"

    with pytest.raises(Refused):
        read_listed(a_page(wall, url=HUNGARY.url), HUNGARY)
