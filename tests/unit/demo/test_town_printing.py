from datetime import UTC, date, datetime

import feedparser
import pytest

from tests.unit.demo.demo_builders import a_feed, a_release, an_office, answered

TUESDAY = datetime(2024, 3, 19, 8, 0, tzinfo=UTC)
BRIDGE = "http://bridges.example:8080/news/bridge"


def parsed(answer):
    return feedparser.parse(answer.body)


@pytest.mark.parametrize(
    ("form", "version"), [("rss", "rss20"), ("atom", "atom10"), ("rdf", "rss10")]
)
def test_a_feed_is_well_formed_and_of_its_form(form, version):
    feed = parsed(answered(an_office(a_feed(a_release(), form=form)), "/feed"))
    assert (feed.version, feed.bozo) == (version, False)


@pytest.mark.parametrize(
    ("form", "field"), [("rss", "published"), ("atom", "updated"), ("rdf", "updated")]
)
def test_an_entry_holds_title_address_and_date(form, field):
    entry = parsed(answered(an_office(a_feed(a_release(), form=form)), "/feed")).entries[0]
    assert (entry.title, entry.link) == ("A bridge is opened", BRIDGE)
    assert entry[f"{field}_parsed"][:5] == (2024, 3, 18, 10, 30)


def test_a_feed_of_summaries_holds_first_paragraphs():
    entry = parsed(answered(an_office(a_feed(a_release())), "/feed")).entries[0]
    assert (entry.summary, "content" in entry) == ("The bridge is open.", False)


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_a_full_feed_holds_whole_texts(form):
    office = an_office(a_feed(a_release(), form=form, is_full=True))
    content = parsed(answered(office, "/feed")).entries[0].content[0].value
    assert content == "<p>The bridge is open.</p>\n<p>Trams follow in May.</p>"


def test_markup_in_a_title_stays_text():
    feed = a_feed(a_release(title="Bridges & <b>tunnels</b>"))
    assert (
        b"<h1>Bridges &amp; &lt;b&gt;tunnels&lt;/b&gt;</h1>"
        in answered(an_office(feed), "/news/bridge").body
    )


@pytest.mark.parametrize(
    ("charset", "letters"),
    [("windows-1251", "Міст відкрито"), ("euc-jp", "橋の開通"), ("iso-8859-2", "Most je otevřen")],
)
def test_feeds_and_pages_are_written_in_the_charset_of_the_office(charset, letters):
    office = an_office(a_feed(a_release(title=letters)), charset=charset)
    assert parsed(answered(office, "/feed")).entries[0].title == letters
    assert letters.encode(charset) in answered(office, "/news/bridge").body


def test_letters_that_a_charset_lacks_are_written_as_references():
    office = an_office(a_feed(a_release(title="„Most“")), charset="iso-8859-2")
    assert b"<h1>&#8222;Most&#8220;</h1>" in answered(office, "/news/bridge").body


def test_pages_say_their_charset_in_the_header():
    office = an_office(a_feed(a_release()), charset="euc-jp")
    kind = answered(office, "/news/bridge").header("Content-Type")
    assert kind == "text/html; charset=euc-jp"


def test_pages_of_the_table_age_say_their_charset_only_in_the_page():
    page = answered(an_office(a_feed(a_release()), charset="euc-jp", style="table"), "/news/bridge")
    assert page.header("Content-Type") == "text/html"
    assert b'content="text/html; charset=euc-jp"' in page.body


def test_a_repeated_entry_stands_twice():
    feed = parsed(answered(an_office(a_feed(a_release(is_repeated=True))), "/feed"))
    assert [entry.link for entry in feed.entries] == [BRIDGE, BRIDGE]


def test_an_entry_without_address_has_no_link():
    feed = parsed(answered(an_office(a_feed(a_release(is_unlinked=True))), "/feed"))
    assert "link" not in feed.entries[0]


def test_an_undated_entry_has_no_date_in_the_feed():
    feed = parsed(answered(an_office(a_feed(a_release(is_undated=True))), "/feed"))
    assert "published" not in feed.entries[0]


@pytest.mark.parametrize("style", ["article", "portal", "table"])
def test_an_undated_page_names_no_year(style):
    office = an_office(a_feed(a_release(is_undated=True)), style=style)
    assert b"2024" not in answered(office, "/news/bridge").body


@pytest.mark.parametrize("style", ["article", "json_ld", "portal", "table"])
def test_every_page_says_that_its_text_is_a_sample(style):
    office = an_office(a_feed(a_release()), style=style)
    assert b"Sample text." in answered(office, "/news/bridge").body


@pytest.mark.parametrize("form", ["rss", "atom", "rdf", "teasers", "rows", "terms", "cards"])
def test_every_listing_says_that_its_texts_are_samples(form):
    assert b"Sample text." in answered(an_office(a_feed(a_release(), form=form)), "/feed").body


def test_a_long_listing_leads_on_to_its_next_page():
    releases = [a_release(path=f"/news/{number}") for number in range(3)]
    office = an_office(a_feed(*releases, form="teasers", size=2))
    first = answered(office, "/feed").body.decode()
    assert first.count("<article") == 2
    assert '<a rel="next" href="/feed?page=2">' in first


def test_the_last_page_of_a_listing_leads_nowhere():
    releases = [a_release(path=f"/news/{number}") for number in range(3)]
    office = an_office(a_feed(*releases, form="teasers", size=2))
    last = answered(office, "/feed", query="?page=2").body.decode()
    assert last.count("<article") == 1
    assert 'rel="next"' not in last


@pytest.mark.parametrize("query", ["?page=0", "?page=x", "?order=newest"])
def test_a_listing_asked_for_no_page_that_exists_shows_its_first(query):
    office = an_office(a_feed(a_release(), form="teasers"))
    assert answered(office, "/feed", query=query).body == answered(office, "/feed").body


def test_the_same_day_gives_the_same_bytes():
    office = an_office(a_feed(a_release()))
    assert answered(office, "/feed") == answered(office, "/feed")


def test_a_feed_carries_the_moment_of_its_last_change():
    office = an_office(a_feed(a_release()))
    assert answered(office, "/feed").header("Last-Modified") == "Mon, 18 Mar 2024 10:30:00 GMT"


def test_a_feed_before_its_first_release_is_empty_and_dated_of_the_day():
    answer = answered(an_office(a_feed(a_release())), "/feed", day=date(2024, 3, 15))
    assert answer.header("Last-Modified") == "Fri, 15 Mar 2024 00:00:00 GMT"
    assert parsed(answer).entries == []


def test_an_office_without_validators_gives_none():
    office = an_office(a_feed(a_release(), has_validators=False))
    assert answered(office, "/feed").header("ETag") is None


def test_a_page_is_not_there_before_its_day():
    office = an_office(a_feed(a_release()))
    assert answered(office, "/news/bridge", day=date(2024, 3, 17)).status == 404


def test_a_corrected_page_says_both_days():
    corrected = a_release(at=TUESDAY, is_correction=True)
    body = answered(an_office(a_feed(a_release(), corrected)), "/news/bridge").body.decode()
    assert '<time datetime="2024-03-18T10:30:00+00:00">18 March 2024</time>' in body
    assert "Updated 19 March 2024" in body


def test_a_page_leads_to_other_releases_of_its_feed():
    feed = a_feed(a_release(), a_release(path="/news/tunnel", title="A tunnel is dug"))
    body = answered(an_office(feed), "/news/bridge").body.decode()
    assert '<a href="/news/tunnel">A tunnel is dug</a>' in body


def test_a_moved_release_leads_to_its_page_for_the_time_being():
    office = an_office(a_feed(a_release(path="/r/1", moved_to="/news/bridge")))
    answer = answered(office, "/r/1")
    assert (answer.status, answer.header("Location")) == (302, "/news/bridge")
    assert answered(office, "/news/bridge").status == 200


def test_a_release_can_lead_to_the_page_of_another_office():
    office = an_office(a_feed(a_release(path="/r/1", moved_to="//roads.example/news/bridge")))
    assert answered(office, "/r/1").header("Location") == "http://roads.example:8080/news/bridge"


def test_robots_are_told_what_the_office_asks_of_them():
    office = an_office(a_feed(a_release()), robots="User-agent: *\nDisallow: /x/\n")
    assert answered(office, "/robots.txt").body == b"User-agent: *\nDisallow: /x/\n"


def test_the_front_page_lists_the_first_feed():
    assert b'href="/news/bridge"' in answered(an_office(a_feed(a_release())), "/").body
