from datetime import date

import feedparser
import pytest

from pollwatch.demo.answers import Answer, Asked
from pollwatch.demo.offices import town_offices

OFFICES = town_offices()
DUTCH = "buitenlandse-zaken.netherlands.example"


def answered(host, path, *, day=20):
    response = OFFICES[host][path]
    asked = Asked(host=host, path=path, headers={}, day=date(2024, 3, day), port=8080)
    return response if isinstance(response, Answer) else response(asked)


@pytest.mark.parametrize(("day", "status"), [(18, 200), (19, 500), (20, 200)])
def test_one_office_is_broken_on_one_day(day, status):
    assert answered(DUTCH, "/nieuws.atom", day=day).status == status


@pytest.mark.parametrize(("day", "teasers"), [(18, 2), (19, 0), (20, 0)])
def test_a_redesign_leaves_nothing_that_the_selectors_knew(day, teasers):
    page = answered("redesign.example", "/press", day=day)
    assert page.status == 200
    assert page.body.count(b'<article class="teaser">') == teasers


def test_a_redesigned_listing_still_leads_to_its_releases():
    assert b'href="/press/a-chair-for-every-back"' in answered("redesign.example", "/press").body


def test_a_feed_has_moved_for_good():
    answer = answered("esteri.italy.example", "/it/rss.xml")
    assert (answer.status, answer.header("Location")) == (301, "/it/sala_stampa/feed")


def test_the_feed_stands_where_the_old_address_leads():
    assert answered("esteri.italy.example", "/it/sala_stampa/feed").status == 200


def test_a_busy_office_says_when_to_come_back():
    answer = answered("busy.example", "/press/one-moment")
    assert (answer.status, answer.header("Retry-After")) == (429, "600")


def test_a_closed_office_refuses():
    assert answered("closed.example", "/press.rss").status == 403


def test_a_consent_wall_answers_well():
    wall = answered("consent.example", "/press.rss")
    assert wall.status == 200
    assert b"use cookies" in wall.body


def test_a_torn_feed_ends_inside_its_last_entry():
    torn = answered("trouble.example", "/torn.rss").body
    assert not torn.endswith(b"</rss>")
    assert feedparser.parse(torn).bozo


def test_what_is_slow_or_large_hurts_only_its_own_office():
    assert answered("trouble.example", "/pages/dripping").drip is not None
    assert answered("trouble.example", "/pages/endless").endless
    assert answered("trouble.example", "/pages/cut").cut_short
    assert answered("trouble.example", "/pages/bomb").header("Content-Encoding") == "gzip"


def test_the_office_that_moved_away_has_no_address():
    assert "vanished.example" not in OFFICES
