"""What is read of maps of sites, also of those that mean harm."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from crawler.page import Page
from crawler.readers import READERS, Listed
from domain.errors import Gone, ParseError, TooLarge
from domain.release import Entry, EntryKey
from domain.source import FeedKind
from tests.builders import a_feed
from tests.unit.crawler.pages import a_page

ADDRESS = "https://press.economy.example/sitemap.xml"
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = 'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'


def listed(body: str | bytes, *, pages: tuple[str, ...] = ("/press/",)) -> Listed:
    feed = a_feed(kind=FeedKind.SITEMAP, url=ADDRESS, pages=pages)
    return READERS[FeedKind.SITEMAP](the_page(body), feed)


def the_page(body: str | bytes) -> Page:
    return a_page(body, url=ADDRESS, content_type="application/xml")


def addresses(body: str | bytes, *, pages: tuple[str, ...] = ("/press/",)) -> list[str]:
    return [
        entry.url.removeprefix("https://press.economy.example/")
        for entry in listed(body, pages=pages).entries
    ]


def a_map(*places: str) -> str:
    return f"<?xml version='1.0'?><urlset {SPACE} {NEWS}>{''.join(places)}</urlset>"


def an_index(*places: str) -> str:
    maps = "".join(places).replace("url>", "sitemap>")
    return f"<?xml version='1.0'?><sitemapindex {SPACE}>{maps}</sitemapindex>"


def a_place(path: str, *, lastmod: str = "", more: str = "") -> str:
    stamp = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
    return f"<url><loc>https://press.economy.example/{path}</loc>{stamp}{more}</url>"


def test_only_pages_that_the_file_asks_for_are_listed():
    assert addresses(a_map(a_place("about"), a_place("press/1"), a_place("visa/press"))) == [
        "press/1"
    ]


def test_a_star_in_a_part_of_an_address_is_anything():
    places = (a_place("press/1/statement"), a_place("press/2/photo"), a_place("press.old/3"))

    assert addresses(a_map(*places), pages=("/press/*/state*",)) == ["press/1/statement"]


def test_all_pages_are_listed_where_none_are_named():
    assert addresses(a_map(a_place("about"), a_place("press/1")), pages=()) == ["about", "press/1"]


def test_the_day_of_the_last_change_is_no_date_of_publication():
    (entry,) = listed(a_map(a_place("press/1", lastmod="2024-03-18"))).entries

    assert entry == Entry(
        key=EntryKey("https://press.economy.example/press/1"),
        url="https://press.economy.example/press/1",
        title="",
        published_at=None,
    )


def test_a_page_that_changed_again_is_no_other_entry():
    before, after = (
        listed(a_map(a_place("press/1", lastmod=day))).entries[0].mark
        for day in ("2024-03-18", "2024-03-19")
    )

    assert before == after


def test_what_changed_last_stands_first():
    places = (
        a_place("press/1", lastmod="2024-03-16"),
        a_place("press/2", lastmod="2024-03-18T10:00:00Z"),
        a_place("press/3"),
    )

    assert addresses(a_map(*places)) == ["press/2", "press/1", "press/3"]


def test_a_map_of_news_says_titles_and_days_of_publication():
    news = (
        "<image:image xmlns:image='i'><image:title>A photo</image:title></image:image>"
        "<n:news><n:publication><n:name>Ministry</n:name></n:publication>"
        "<n:publication_date>2024-03-18T10:00:00+01:00</n:publication_date>"
        "<n:title>On the &amp; vote</n:title></n:news>"
    )

    (entry,) = listed(a_map(a_place("press/1", more=news))).entries

    assert entry.title == "On the & vote"
    assert entry.published_at == datetime(2024, 3, 18, 9, 0, tzinfo=UTC)


def test_a_map_without_its_namespace_is_read_all_the_same():
    assert addresses(a_map(a_place("press/1")).replace(SPACE, "")) == ["press/1"]


def test_a_map_that_comes_packed_is_unpacked():
    assert addresses(gzip.compress(a_map(a_place("press/1")).encode())) == ["press/1"]


def test_an_index_names_its_maps_those_that_changed_last_first():
    found = listed(
        an_index(a_place("old.xml", lastmod="2024-01-01"), a_place("new.xml", lastmod="2024-03-18"))
    )

    assert found.maps == (
        "https://press.economy.example/new.xml",
        "https://press.economy.example/old.xml",
    )
    assert not found.changes_silently


def test_an_index_without_days_may_hold_something_new_without_changing():
    assert listed(an_index(a_place("1.xml"), a_place("2.xml"))).changes_silently


def test_of_many_maps_those_that_changed_last_are_read():
    days = (f"2024-01-{day:02}" for day in range(1, 32))

    found = listed(an_index(*(a_place(f"{day}.xml", lastmod=day) for day in days)))

    assert len(found.maps) == 10
    assert found.maps[0] == "https://press.economy.example/2024-01-31.xml"


def test_many_maps_without_days_are_refused_aloud():
    with pytest.raises(TooLarge, match="lists 11 maps, and does not say which are new"):
        listed(an_index(*(a_place(f"{number}.xml") for number in range(11))))


def test_of_too_many_pages_those_that_changed_last_are_listed():
    places = [a_place(f"press/{number}", lastmod="2023-01-01") for number in range(1000)]

    found = addresses(a_map(*places, a_place("press/new", lastmod="2024-03-18")))

    assert len(found) == 1000
    assert found[0] == "press/new"


def test_too_many_pages_without_days_are_refused_aloud():
    with pytest.raises(TooLarge, match="lists 1,001 pages, and does not say which are new"):
        listed(a_map(*(a_place(f"press/{number}") for number in range(1001))))


def test_a_map_that_breaks_off_is_read_as_far_as_it_is_whole():
    whole = a_map(a_place("press/1"), a_place("press/2"))

    found = listed(whole[: whole.index("press/2") + 6])

    assert [entry.url for entry in found.entries] == ["https://press.economy.example/press/1"]
    assert "breaks off before its end" in str(found.fault)


@pytest.mark.parametrize("value", ['"&b;&b;"', "SYSTEM 'file:///etc/passwd'"], ids=["bomb", "file"])
def test_entities_are_refused(value: str):
    body = f"<!DOCTYPE urlset [<!ENTITY a {value}>]>{a_map(a_place('press/&a;'))[21:]}"

    with pytest.raises(ParseError, match="declares XML entities"):
        listed(body)


def test_a_small_file_that_unpacks_to_a_huge_one_is_not_unpacked():
    with pytest.raises(TooLarge, match="unpacks to more than 20 MB"):
        listed(gzip.compress(b" " * 21_000_000))


@pytest.mark.parametrize(
    "body",
    ["", "not a map", "<rss></rss>", "<html><body><p>A page</p></body></html>", '{"urls": []}'],
)
def test_what_is_no_map_is_refused(body: str):
    with pytest.raises(ParseError, match="is no sitemap"):
        listed(body)


def test_a_page_that_says_not_found_is_gone():
    with pytest.raises(Gone):
        listed("<html><head><title>Page not found</title></head><body></body></html>")


def test_a_packed_file_that_breaks_off_is_refused():
    with pytest.raises(ParseError):
        listed(gzip.compress(a_map(a_place("press/1")).encode())[:40])


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "https://[", ""])
def test_an_address_that_nobody_could_ask_is_no_address(link: str):
    (entry,) = listed(a_map(f"<url><loc>{link}</loc></url>"), pages=()).entries

    assert entry.url == ""


def test_a_map_of_which_nothing_is_wanted_says_where_to_look():
    found = listed(a_map(a_place("about")))

    assert found.entries == ()
    assert "none of its 1 addresses is one that 'pages' asks for" in found.hint
