from __future__ import annotations

import zlib
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extract.errors import WithoutText, WithoutTitle
from crawler.extract.release import extract_release
from domain.errors import Refused
from domain.release import Entry, Release, Witness
from domain.source import FeedKind, ReleaseRecipe
from tests.builders import a_feed, an_entry
from tests.unit.crawler.pages import FETCHED_AT, a_page

LEAD = "The ministry does not recognise the vote that was held on the occupied territory."
REST = "It was neither free nor fair, and its result has no legal effect whatsoever."
BODY = f"<main><p>{LEAD}</p><p>{REST}</p></main>"
NOON = datetime(2024, 3, 18, 12, 0, tzinfo=UTC)


def extract(
    head: str = "",
    body: str = BODY,
    *,
    attributes: str = "lang='en'",
    entry: Entry | None = None,
    recipe: ReleaseRecipe | None = None,
    **feed: Any,
) -> Release:
    page = a_page(f"<html {attributes}><head>{head}</head><body>{body}</body></html>")
    bare = an_entry(url=page.url, title="", published_at=None)
    return extract_release(page, entry or bare, a_feed(release=recipe or ReleaseRecipe(), **feed))


def listed(title: str = "", **changes: Any) -> Entry:
    return an_entry(title=title, **{"published_at": None} | changes)


def title_of(head: str, body: str = BODY, *, said: str = "") -> tuple[str, Witness]:
    release = extract(head, body, entry=listed(said))
    return release.title, release.witnesses["title"]


LD = '<script type="application/ld+json">{}</script>'


def test_a_release_carries_its_page_as_proof() -> None:
    release = extract("<title>On the vote</title>")
    assert release.original.fetched_at == FETCHED_AT
    assert zlib.decompress(release.original.body).startswith(b"<html lang='en'>")
    assert len(release.original.checksum) == 64
    assert release.canonical_url == "https://press.economy.example/news/1"
    assert release.source_id == "xx_economy"


def test_paragraphs_are_lines() -> None:
    assert extract("<title>On the vote</title>").text == f"{LEAD}\n{REST}"


def test_what_stands_around_the_text_stays_out() -> None:
    body = (
        "<nav><a href='/'>Home</a><a href='/news'>All the news</a></nav>"
        f"{BODY}<aside><p>Read also: the minister visits a school in the capital.</p></aside>"
        "<footer><p>Imprint, privacy, contact and more of what nobody reads.</p></footer>"
    )
    assert extract("<title>On the vote</title>", body).text == f"{LEAD}\n{REST}"


def test_the_heading_is_title_and_not_text() -> None:
    release = extract(body=f"<main><h1>On the vote</h1><p>{LEAD}</p><p>{REST}</p></main>")
    assert (release.title, release.text) == ("On the vote", f"{LEAD}\n{REST}")


def test_a_recipe_decides_where_the_text_is() -> None:
    body = f"{BODY}<div class='statement'><p>Only  this.</p><p>And this.</p></div>"
    release = extract(
        "<title>On the vote</title>", body, recipe=ReleaseRecipe(text="div.statement")
    )
    assert release.text == "Only this.\nAnd this."
    assert release.witnesses["text"] is Witness.RECIPE


def test_a_recipe_that_finds_nothing_leaves_the_text_to_be_found() -> None:
    release = extract("<title>On the vote</title>", recipe=ReleaseRecipe(text="div.gone"))
    assert release.text == f"{LEAD}\n{REST}"
    assert release.witnesses["text"] is Witness.EXTRACTOR


def test_a_page_without_text_has_what_the_feed_says_of_it() -> None:
    release = extract("<title>On the vote</title>", "", entry=listed(summary="Not recognised."))
    assert release.text == "Not recognised."
    assert release.witnesses["text"] is Witness.FEED


def test_a_feed_that_carries_the_whole_release_is_believed_before_a_shortened_page() -> None:
    whole = "\n".join([LEAD, REST] * 4)
    release = extract("<title>On the vote</title>", entry=listed(summary=whole))
    assert release.text == whole


def test_a_page_without_text_makes_no_release() -> None:
    with pytest.raises(WithoutText, match="holds no text that could be found"):
        extract("<title>On the vote</title>", "")


def test_a_page_without_title_makes_no_release() -> None:
    with pytest.raises(WithoutTitle, match="names no title, and neither does its feed"):
        extract()


def test_a_wall_makes_no_release() -> None:
    with pytest.raises(Refused):
        extract("<title>Just a moment...</title>", "", entry=listed("On the vote"))


@pytest.mark.parametrize(
    ("head", "body", "witness"),
    [
        (LD.format('{"@type": "NewsArticle", "headline": "On the vote"}'), BODY, Witness.JSON_LD),
        (
            LD.format('{"@graph": [{"@type": ["Article"], "headline": "On the vote"}]}'),
            BODY,
            Witness.JSON_LD,
        ),
        ("<meta property='og:title' content='On  the vote'>", BODY, Witness.META),
        ("<meta name='DC.title' content='On the vote'>", BODY, Witness.META),
        ("", f"<h1>On <em>the</em> vote</h1>{BODY}", Witness.HEADING),
        ("<title>On the vote</title>", BODY, Witness.META),
    ],
)
def test_a_title_stands_in_many_places(head: str, body: str, witness: Witness) -> None:
    assert title_of(head, body) == ("On the vote", witness)


def test_the_feed_names_a_release_whose_page_does_not() -> None:
    assert title_of("", said="On the vote") == ("On the vote", Witness.FEED)


@pytest.mark.parametrize(
    "site",
    [" | Ministry of Economy", " - Ministry", " – News – Ministry", " — Ministry", " :: Ministry"],
)
def test_the_sites_name_is_cut_off_where_another_witness_ends(site: str) -> None:
    head = f"<title>On the vote{site}</title>"
    assert title_of(head, f"<h1>On the vote</h1>{BODY}")[0] == "On the vote"
    assert title_of(head, said="On the vote")[0] == "On the vote"


def test_a_dash_within_a_title_is_kept_where_nobody_says_otherwise() -> None:
    assert title_of("<title>On the vote - a statement</title>")[0] == "On the vote - a statement"


def test_a_title_that_the_feed_cut_off_is_taken_from_the_page() -> None:
    head = "<meta property='og:title' content='On the vote in the occupied territory'>"
    assert title_of(head, said="On the vote in the…") == (
        "On the vote in the occupied territory",
        Witness.META,
    )


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("<meta property='og:title' content='Ministry of Economy'>", BODY),
        ("<title>News | Ministry</title>", f"<h1>News</h1>{BODY}"),
    ],
)
def test_what_a_site_says_of_all_its_pages_is_no_title(head: str, body: str) -> None:
    assert title_of(head, body, said="On the vote") == ("On the vote", Witness.FEED)


def test_a_link_that_only_begins_like_the_pages_title_gives_way_to_it() -> None:
    release = extract(
        "<meta property='og:title' content='On the vote in occupied territory'>",
        entry=listed("On the vote in"),
        kind=FeedKind.LISTING,
    )
    assert (release.title, release.witnesses["title"]) == (
        "On the vote in occupied territory",
        Witness.META,
    )


def test_a_link_that_the_page_confirms_needs_no_longer_title() -> None:
    head = "<title>On the vote | Ministry of Economy</title>"
    release = extract(head, entry=listed("On the vote"), kind=FeedKind.LISTING)
    assert release.title == "On the vote"


def test_what_a_feed_of_titles_says_is_no_beginning() -> None:
    head = "<meta property='og:title' content='On the vote to which observers were not asked'>"
    assert title_of(head, said="On the vote") == ("On the vote", Witness.FEED)


def test_a_recipe_decides_what_the_title_is() -> None:
    release = extract(
        "<title>News</title>",
        f"<h1>News</h1><h2 class='t'>On the vote</h2>{BODY}",
        entry=listed("News"),
        recipe=ReleaseRecipe(title="h2.t::text"),
    )
    assert (release.title, release.witnesses["title"]) == ("On the vote", Witness.RECIPE)


@pytest.mark.parametrize(
    ("head", "body", "witness"),
    [
        (
            LD.format('{"@type": "Article", "datePublished": "2024-03-18T13:00:00+01:00"}'),
            BODY,
            Witness.JSON_LD,
        ),
        (
            "<meta property='article:published_time' content='2024-03-18T12:00:00Z'>",
            BODY,
            Witness.META,
        ),
        ("<meta name='DC.date.issued' content='2024-03-18 13:00'>", BODY, Witness.META),
        ("<meta itemprop='datePublished' content='2024-03-18 13:00'>", BODY, Witness.META),
        ("", f"<time datetime='2024-03-18T13:00'>today</time>{BODY}", Witness.TIME),
        ("", f"<time>18 March 2024, 13:00</time>{BODY}", Witness.TIME),
    ],
)
def test_a_date_stands_in_many_places(head: str, body: str, witness: Witness) -> None:
    release = extract(head, body, entry=listed("On the vote"), zone="Europe/Warsaw")
    assert release.published_at == NOON
    assert release.witnesses["published_at"] is witness


def test_teasers_beside_the_text_have_dates_of_their_own() -> None:
    body = (
        "<aside><time datetime='2024-03-01'></time></aside>"
        f"<nav><time datetime='2024-03-02'></time></nav>{BODY}"
        "<footer><time datetime='2024-03-03'></time></footer>"
    )
    release = extract("<title>On the vote</title>", body)
    assert release.published_at is None
    assert "published_at" not in release.witnesses


def test_the_feed_dates_a_release_whose_page_does_not() -> None:
    release = extract(entry=listed("On the vote", published_at=NOON))
    assert release.published_at == NOON
    assert release.witnesses["published_at"] is Witness.FEED


def test_where_the_page_names_the_day_only_the_feed_adds_the_hour() -> None:
    head = "<title>On the vote</title><meta name='DC.date' content='2024-03-18'>"
    release = extract(head, entry=listed(published_at=NOON))
    assert (release.published_at, release.witnesses["published_at"]) == (NOON, Witness.FEED)


def test_where_the_feed_names_another_day_the_page_is_believed() -> None:
    head = "<title>On the vote</title><meta name='DC.date' content='2024-03-17'>"
    release = extract(head, entry=listed(published_at=NOON))
    assert release.published_at == datetime(2024, 3, 17, tzinfo=UTC)


def test_a_lead_outside_the_article_is_put_back() -> None:
    lead = "The ministry explains in short what it thinks of the vote held last week."
    head = f"<title>On the vote</title><meta name='description' content='{lead}'>"
    body = (
        f"<main><h1>On the vote</h1><div class='intro'>{lead}</div><article>{BODY}</article></main>"
    )
    assert extract(head, body).text == f"{lead}\n{LEAD}\n{REST}"


def test_lines_that_are_only_links_are_no_text() -> None:
    body = f"<main><p>{LEAD}</p><p>{REST}</p><p><a href='/report'>Read the report</a></p></main>"
    assert extract("<title>On the vote</title>", body).text == f"{LEAD}\n{REST}"


def test_a_recipe_decides_where_the_date_is() -> None:
    release = extract(
        "<meta name='date' content='2020-01-01'>",
        f"<span class='on'>18.03.2024</span>{BODY}",
        entry=listed("On the vote"),
        recipe=ReleaseRecipe(date="span.on::text"),
    )
    assert release.published_at == datetime(2024, 3, 18, tzinfo=UTC)
    assert release.witnesses["published_at"] is Witness.RECIPE


def test_a_date_that_cannot_be_read_leaves_the_word_to_the_next_witness() -> None:
    head = "<meta property='article:published_time' content='{{ date }}'>"
    release = extract(head, entry=listed("On the vote", published_at=NOON))
    assert release.witnesses["published_at"] is Witness.FEED


@pytest.mark.parametrize(
    ("attributes", "head", "expected"),
    [
        ("lang='pl'", "", "pl"),
        ("lang='pt-BR'", "", "pt"),
        ("xml:lang='cs'", "", "cs"),
        ("", "<meta http-equiv='Content-Language' content='uk'>", "uk"),
        ("", "<meta property='og:locale' content='de_DE'>", "de"),
        ("", LD.format('{"@type": "Article", "inLanguage": "fr-FR"}'), "fr"),
    ],
)
def test_the_language_is_what_the_page_declares(attributes: str, head: str, expected: str) -> None:
    languages = ("en", "fr", "pt", "cs", "uk", "pl", "de")
    release = extract(head, attributes=attributes, entry=listed("On the vote"), languages=languages)
    assert release.language == expected


@pytest.mark.parametrize("attributes", ["", "lang='{{ language }}'"])
def test_where_the_page_declares_none_the_feeds_only_language_counts(attributes: str) -> None:
    release = extract(attributes=attributes, entry=listed("On the vote"), languages=("en",))
    assert (release.language, release.witnesses["language"]) == ("en", Witness.FEED)


def test_where_the_page_contradicts_the_sources_file_nobody_is_believed() -> None:
    release = extract(attributes="lang='en'", entry=listed("On the vote"), languages=("pl",))
    assert release.language is None
    assert "language" not in release.witnesses


def test_a_feed_of_several_languages_declares_none() -> None:
    release = extract(attributes="", entry=listed("On the vote"), languages=("lt", "en"))
    assert release.language is None


@pytest.mark.parametrize(
    "metadata",
    ["{", "[]", "null", '"words"', "[" * 5000, '{"@type": 5, "headline": []}', '{"@graph": {}}'],
)
def test_broken_metadata_is_no_metadata(metadata: str) -> None:
    release = extract(LD.format(metadata), entry=listed("On the vote"))
    assert (release.title, release.published_at) == ("On the vote", None)


def test_letters_are_written_in_one_form() -> None:
    words = "Pr\u030cíští vol\u00adby\u00a0nejsou\u200b svobodné."
    release = extract(body=f"<main><h1>{words}</h1><p>{words} {LEAD}</p></main>")
    assert release.title == "Příští volby nejsou svobodné."
    assert release.text == f"Příští volby nejsou svobodné. {LEAD}"


@given(st.text(max_size=300))
@settings(max_examples=60)
def test_a_release_has_title_and_text_or_is_none(markup: str) -> None:
    try:
        release = extract(body=markup, entry=listed("On the vote"))
    except (WithoutText, Refused):
        return
    assert release.title == "On the vote"
    assert release.text.strip()
