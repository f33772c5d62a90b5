"""Drafts of source files: what stands in them can be read, whatever a site calls itself."""

import pytest

from domain.source import FeedKind
from pollwatch.drafting import Draft, DraftFeed, country_of, feed_names, written
from pollwatch.loading.plain_yaml import read


def a_feed(url="https://ministry.example/press/rss", **changes):
    values = {"kind": FeedKind.RSS, "url": url, "language": None, "remark": "named by a link tag"}
    return DraftFeed(**values | changes)


def a_draft(**changes):
    values = {
        "name": "Ministry of Economy",
        "home": "https://www.mfa.gov.pl/",
        "country": "PL",
        "country_remark": "by the address",
        "language": "pl",
        "language_remark": "",
        "feeds": (a_feed(),),
    }
    return Draft(**values | changes)


@pytest.mark.parametrize(
    "name",
    [
        "Ministry: press #1",
        "no",
        "12:30",
        "- not a list",
        'The "Ministry"',
        "{{ name }}",
        "&anchor *alias",
        "Міністерство закордонних справ",
        "true",
        "300",
    ],
)
def test_a_name_comes_back_as_the_site_writes_it(name):
    document = read(written(a_draft(name=name)).encode(), file="draft.yaml")

    assert (document.mistakes, document.value["name"]) == ((), name)


@pytest.mark.parametrize(
    "name", ["A\nenabled: false", "A\r\nfeeds: []", "A\u2028trust: checked", "A\x00\x1b[2J"]
)
def test_no_name_can_write_a_line_of_its_own(name):
    document = read(written(a_draft(name=name)).encode(), file="draft.yaml")

    assert list(document.value) == ["name", "home", "country", "language", "trust", "feeds"]


def test_a_remark_cannot_leave_its_comment():
    remark = "named\n    enabled: false"
    document = read(written(a_draft(feeds=(a_feed(remark=remark),))).encode(), file="draft.yaml")

    assert list(document.value["feeds"][0]) == ["name", "kind", "url"]


@pytest.mark.parametrize(
    "url", ["https://m.example/a?x=1&y=2#p", "https://m.example/a: b", "https://m.example/'\"{a}"]
)
def test_an_address_comes_back_as_it_is(url):
    document = read(written(a_draft(feeds=(a_feed(url),))).encode(), file="draft.yaml")

    assert document.value["feeds"][0]["url"] == url


@pytest.mark.parametrize(
    ("home", "country", "file"),
    [
        ("https://www.mfa.gov.pl/", "PL", "sources/pl/pl_mfa.yaml"),
        ("https://www.gov.pl/web/x", "PL", "sources/pl/pl_gov.yaml"),
        ("https://diplomatie.gouv.fr/", "FR", "sources/fr/fr_diplomatie.yaml"),
        ("https://auswaertiges-amt.de/", "DE", "sources/de/de_auswaertiges_amt.yaml"),
        ("https://press.un.org/", "UN", "sources/int/int_press.yaml"),
        ("https://eeas.europa.eu/", "EU", "sources/eu/eu_eeas.yaml"),
        ("http://127.0.0.1:8000/", "XX", "sources/xx/xx_127.yaml"),
    ],
)
def test_a_file_is_called_after_country_and_host(home, country, file):
    assert a_draft(home=home, country=country).file == file


@pytest.mark.parametrize(
    ("url", "country"),
    [
        ("https://www.gov.uk/", "GB"),
        ("https://ec.europa.eu/", "EU"),
        ("https://www.nato.int/", "INT"),
        ("https://start.io/", "XX"),
        ("https://ministry.example/", "XX"),
    ],
)
def test_a_country_is_taken_from_the_address_where_that_can_be(url, country):
    assert country_of(url) == country


def test_feeds_have_names_after_their_addresses_and_each_its_own():
    feeds = [
        a_feed("https://m.example/statements.xml"),
        a_feed("https://m.example/rss"),
        a_feed("https://m.example/rss2"),
        a_feed("https://m.example/en/rss", language="en"),
    ]

    assert feed_names(feeds) == ["statements", "news", "news-2", "en"]
