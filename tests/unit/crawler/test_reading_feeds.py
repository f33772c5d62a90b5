from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.readers.feed import read_feed
from domain.errors import Gone, ParseError, PollwatchError, Refused
from domain.release import Entry, EntryKey
from tests.builders import a_feed
from tests.unit.crawler.pages import a_page

RSS = "application/rss+xml"
ADDRESS = "https://press.economy.example/feeds/news.xml"


def an_rss(*items: str, attributes: str = "") -> str:
    return (
        f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0' {attributes}><channel>"
        f"<title>Press</title>{''.join(items)}</channel></rss>"
    )


def entries(text: str | bytes, *, content_type: str = RSS, zone: str = "UTC") -> tuple[Entry, ...]:
    page = a_page(text, url=ADDRESS, content_type=content_type)
    return read_feed(page, a_feed(zone=zone)).entries


def test_an_entry_holds_what_the_feed_says_of_it() -> None:
    (entry,) = entries(
        an_rss(
            "<item><title>On the vote</title><link>https://press.economy.example/1</link>"
            "<guid isPermaLink='false'>tag:1</guid><description>&lt;p&gt;Not free.&lt;/p&gt;"
            "&lt;p&gt;Not fair.&lt;/p&gt;</description>"
            "<pubDate>Mon, 18 Mar 2024 10:00:00 +0100</pubDate></item>"
        )
    )
    assert entry == Entry(
        key=EntryKey("tag:1"),
        url="https://press.economy.example/1",
        title="On the vote",
        published_at=datetime(2024, 3, 18, 9, 0, tzinfo=UTC),
        summary="Not free.\nNot fair.",
    )


def test_a_name_and_password_in_a_listed_address_are_not_kept() -> None:
    (entry,) = entries(an_rss("<item><link>https://desk:secret@press.example/1</link></item>"))
    assert entry.url == "https://press.example/1"
    assert "secret" not in entry.key


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Vote &#55357;&#56832;", "Vote \U0001f600"),
        ("Vote &#xD83D;&#xDE00;", "Vote \U0001f600"),
        ("Vote &#55357;", "Vote \ufffd"),
    ],
)
def test_a_letter_in_two_halves_is_one_and_half_a_letter_costs_nothing(
    written: str, read: str
) -> None:
    (entry,) = entries(an_rss(f"<item><title>{written}</title><link>/1</link></item>"))
    assert entry.title == read


@pytest.mark.parametrize(
    "written",
    [
        "0000-00-00T00:00:00Z",
        "9999-12-31T23:59:59-05:00",
        "Mon, 01 Jan 0001 00:00:00 +0500",
        "0001-01-01T00:00:00Z",
    ],
)
def test_a_date_that_says_there_is_none_is_none(written: str) -> None:
    (entry,) = entries(an_rss(f"<item><link>/1</link><pubDate>{written}</pubDate></item>"))
    assert entry.published_at is None


def test_atom_is_read_too() -> None:
    (entry,) = entries(
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>Press</title><entry>"
        "<id>urn:1</id><title type='html'>On the &lt;i&gt;vote&lt;/i&gt;</title>"
        "<link rel='alternate' href='/1'/><published>2024-03-18T09:00:00Z</published>"
        "<summary>Short.</summary><content type='html'>&lt;p&gt;The whole release.&lt;/p&gt;"
        "</content></entry></feed>",
        content_type="application/atom+xml",
    )
    assert (entry.key, entry.title) == ("urn:1", "On the vote")
    assert entry.url == "https://press.economy.example/1"
    assert entry.summary == "The whole release."


def test_rdf_is_read_too() -> None:
    (entry,) = entries(
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"
        " xmlns='http://purl.org/rss/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
        "<item rdf:about='https://press.economy.example/1'><title>On the vote</title>"
        "<link>https://press.economy.example/1</link><dc:date>2024-03-18T10:00+01:00</dc:date>"
        "</item></rdf:RDF>"
    )
    assert entry.published_at == datetime(2024, 3, 18, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("attributes", "link", "expected"),
    [
        ("", "/1", "https://press.economy.example/1"),
        ("", "1", "https://press.economy.example/feeds/1"),
        ("", "//www.economy.example/1", "https://www.economy.example/1"),
        (
            "xml:base='https://www.economy.example/press/'",
            "1",
            "https://www.economy.example/press/1",
        ),
        ("", " https://press.economy.example/1 ", "https://press.economy.example/1"),
    ],
)
def test_relative_links_lead_from_the_feed(attributes: str, link: str, expected: str) -> None:
    (entry,) = entries(an_rss(f"<item><link>{link}</link></item>", attributes=attributes))
    assert entry.url == expected


@pytest.mark.parametrize(
    "link", ["", "mailto:press@economy.example", "javascript:void(0)", "http://[broken"]
)
def test_an_entry_without_an_address_to_ask_has_none(link: str) -> None:
    (entry,) = entries(an_rss(f"<item><title>On the vote</title><link>{link}</link></item>"))
    assert entry.url == ""
    assert entry.key == "On the vote"


def test_a_guid_that_several_entries_share_is_no_key() -> None:
    first, second = entries(
        an_rss(
            "<item><link>https://e.example/1?utm_source=x</link><guid>news</guid></item>",
            "<item><link>https://e.example/2</link><guid>news</guid></item>",
        )
    )
    assert (first.key, second.key) == ("https://e.example/1", "https://e.example/2")


def test_a_guid_that_an_entry_repeats_stays_its_key() -> None:
    item = "<item><link>https://e.example/1</link><guid isPermaLink='false'>a</guid></item>"
    assert [entry.key for entry in entries(an_rss(item, item))] == ["a", "a"]


def test_a_password_in_a_guid_is_kept_nowhere() -> None:
    (entry,) = entries(an_rss("<item><guid>https://desk:pw@e.example/1</guid></item>"))

    assert (entry.key, entry.url) == ("https://e.example/1", "https://e.example/1")


def test_a_permanent_guid_is_the_address_where_there_is_no_link() -> None:
    (entry,) = entries(an_rss("<item><guid>https://e.example/1</guid></item>"))
    assert entry.url == "https://e.example/1"


def test_a_date_without_a_zone_is_the_sources_own() -> None:
    (entry,) = entries(
        an_rss("<item><link>/1</link><pubDate>Mon, 18 Mar 2024 10:00:00</pubDate></item>"),
        zone="Asia/Tokyo",
    )
    assert entry.published_at == datetime(2024, 3, 18, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize("date", ["", "soon", "32 Mar 2024"])
def test_a_date_that_cannot_be_read_is_none(date: str) -> None:
    (entry,) = entries(an_rss(f"<item><link>/1</link><pubDate>{date}</pubDate></item>"))
    assert entry.published_at is None


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Trade &amp;amp; peace", "Trade & peace"),
        ("&lt;b&gt;Trade&lt;/b&gt; and peace", "Trade and peace"),
        ("<![CDATA[Trade & peace]]>", "Trade & peace"),
        ("  Trade\n and   peace ", "Trade and peace"),
        ("Tra\u00adde and peace", "Trade and peace"),
        ("Trade & peace", "Trade & peace"),
    ],
)
def test_a_title_is_one_line_of_plain_text(title: str, expected: str) -> None:
    (entry,) = entries(an_rss(f"<item><title>{title}</title><link>/1</link></item>"))
    assert entry.title == expected


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("windows-1251", "windows-1251"), ("utf-8", "utf-8"), ("utf-16", "utf-16")],
)
def test_a_feed_may_declare_its_encoding_itself(encoding: str, declared: str) -> None:
    text = an_rss("<item><title>Вибори</title><link>/1</link></item>").replace(
        "encoding='utf-8'", f"encoding='{declared}'"
    )
    (entry,) = entries(text.encode(encoding), content_type="application/xml")
    assert entry.title == "Вибори"


def test_a_feed_that_breaks_off_is_read_as_far_as_it_is_whole_and_says_so() -> None:
    text = an_rss("<item><link>/1</link></item>", "<item><link>/2024</link></item>")
    torn = text[: text.index("24</link>")]
    listed = read_feed(a_page(torn, url=ADDRESS, content_type=RSS), a_feed())
    assert [entry.url for entry in listed.entries] == ["https://press.economy.example/1"]
    assert listed.fault is not None
    assert listed.fault.message.startswith(f"{ADDRESS} breaks off before its end (no element found")
    assert listed.fault.message.endswith("1 of at least 2 entries could be read")


def test_a_feed_that_breaks_off_before_its_first_entry_is_none() -> None:
    with pytest.raises(ParseError, match="breaks off before its end"):
        entries("<?xml version='1.0'?><rss version='2.0'><channel><title>Press")


@pytest.mark.parametrize("title", ["Trade & peace", "Trade &nbsp; peace", "<b>Trade"])
def test_a_broken_feed_that_loses_nothing_is_no_fault(title: str) -> None:
    text = an_rss(f"<item><title>{title}</title><link>/1</link></item>")
    listed = read_feed(a_page(text, url=ADDRESS, content_type=RSS), a_feed())
    assert [entry.url for entry in listed.entries] == ["https://press.economy.example/1"]
    assert listed.fault is None


@pytest.mark.parametrize(
    "text",
    [
        "<CHANNEL HREF='/'><ITEM HREF='/1'><TITLE>On the vote</TITLE></ITEM></CHANNEL>",
        (
            "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><entry><title>On the vote</title>"
            "<link rel='alternate' type='text/html' href='/1'/></entry></feed>"
        ),
        (
            "<rss version='0.91'><channel><item><title>On the vote</title><link>/1</link></item>"
            "</channel></rss>"
        ),
        (
            "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"
            " xmlns='http://my.netscape.com/rdf/simple/0.9/'><item><title>On the vote</title>"
            "<link>/1</link></item></rdf:RDF>"
        ),
    ],
    ids=["CDF", "Atom 0.3", "RSS 0.91", "RSS 0.90"],
)
def test_feeds_of_the_first_years_are_read(text: str) -> None:
    (entry,) = entries(text)
    assert (entry.title, entry.url) == ("On the vote", "https://press.economy.example/1")


def test_a_document_type_that_declares_nothing_is_no_harm() -> None:
    doctype = (
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"'
        ' "http://my.netscape.com/publish/formats/rss-0.91.dtd">'
    )
    (entry,) = entries(
        f"{doctype}<rss version='0.91'><channel><item><link>/1</link></item></channel></rss>"
    )
    assert entry.url == "https://press.economy.example/1"


def test_an_empty_feed_of_an_unknown_version_lists_nothing() -> None:
    assert entries("<channel href='/'><title>Press</title></channel>") == ()


def test_an_empty_feed_lists_nothing_and_says_where_to_look() -> None:
    listed = read_feed(a_page(an_rss(), url=ADDRESS, content_type=RSS), a_feed())
    assert listed.entries == ()
    assert listed.hint.startswith("the feed is there, but holds no item")


@pytest.mark.parametrize(
    "body", ["", "Welcome", "<html><body>Welcome</body></html>", "[]", "/etc/passwd"]
)
def test_what_is_no_feed_is_refused(body: str) -> None:
    with pytest.raises(ParseError, match="is no feed: no RSS, RDF, Atom or JSON Feed"):
        entries(body)


@pytest.mark.parametrize(
    ("title", "error"),
    [("Just a moment...", Refused), ("404 Not Found", Gone)],
)
def test_a_wall_is_named_as_such(title: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        entries(f"<html><head><title>{title}</title></head><body></body></html>")


@given(st.binary(max_size=400))
@settings(max_examples=60)
def test_no_bytes_are_too_strange(body: bytes) -> None:
    with suppress(PollwatchError):
        assert isinstance(entries(body), tuple)
