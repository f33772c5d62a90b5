from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.readers.listed import Listed
from crawler.readers.listing import read_listing
from domain.errors import Gone, Refused
from domain.release import Entry, EntryKey
from domain.source import FeedKind, ListingRecipe
from tests.builders import a_feed
from tests.unit.crawler.pages import a_page

ADDRESS = "https://press.economy.example/news/index.html"
RECIPE = ListingRecipe(
    item="article.teaser",
    link="h3 a::attr(href)",
    title="h3 a",
    date="span.date",
    next="a[rel=next]::attr(href)",
)
TEASER = """<article class="teaser"><h3><a href="{link}">On <em>the</em> vote</a></h3>
<span class="date">18. března 2024</span></article>"""


def listed(body: str, recipe: ListingRecipe = RECIPE) -> Listed:
    feed = a_feed(kind=FeedKind.LISTING, listing=recipe, zone="Europe/Prague", languages=("cs",))
    return read_listing(a_page(f"<html><body>{body}</body></html>", url=ADDRESS), feed)


def test_an_entry_holds_what_the_recipe_finds() -> None:
    assert listed(TEASER.format(link="12.html#top")).entries == (
        Entry(
            key=EntryKey("https://press.economy.example/news/12.html"),
            url="https://press.economy.example/news/12.html#top",
            title="On the vote",
            published_at=datetime(2024, 3, 17, 23, 0, tzinfo=UTC),
        ),
    )


@pytest.mark.parametrize("link", ["", "mailto:press@economy.example", "javascript:open()"])
def test_an_item_without_an_address_is_an_entry_without_one(link: str) -> None:
    (entry,) = listed(TEASER.format(link=link)).entries
    assert (entry.url, entry.key) == ("", "On the vote")


def test_addresses_are_relative_to_the_base_that_the_page_names() -> None:
    (entry,) = listed("<base href='/archive/'>" + TEASER.format(link="12")).entries
    assert entry.url == "https://press.economy.example/archive/12"


def test_a_broken_base_is_ignored() -> None:
    (entry,) = listed("<base href='http://[x'>" + TEASER.format(link="/12")).entries
    assert entry.url == "https://press.economy.example/12"


def test_an_item_may_be_the_link_itself() -> None:
    recipe = ListingRecipe(item="li a", link="::attr(href)", title="::text")
    (entry,) = listed("<ul><li><a href='/1'>On the vote</a></li></ul>", recipe).entries
    assert (entry.url, entry.title) == ("https://press.economy.example/1", "On the vote")


def test_an_address_with_spaces_and_letters_is_kept_as_it_stands() -> None:
    (entry,) = listed(TEASER.format(link="/Zpráva o volbách")).entries
    assert entry.url == "https://press.economy.example/Zpráva o volbách"
    assert entry.key == "https://press.economy.example/Zpr%C3%A1va%20o%20volb%C3%A1ch"


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("<a rel='next' href='?page=2'>", "https://press.economy.example/news/index.html?page=2"),
        ("<a rel='next' href=''>", None),
        ("<a rel='next' href='index.html'>", None),
        ("<a rel='next' href='javascript:more()'>", None),
        ("<a rel='next'>", None),
        ("", None),
    ],
)
def test_the_next_page_is_another_address(link: str, expected: str | None) -> None:
    assert listed(TEASER.format(link="/1") + link).next_url == expected


def test_nothing_found_names_the_selector() -> None:
    found = listed("<p>Something that is not a list of teasers at all</p>")
    assert found.entries == ()
    assert found.hint.startswith("'article.teaser' found nothing on a good page of 0 kB")


def test_a_consent_wall_is_no_listing() -> None:
    with pytest.raises(Refused, match="shows only a request for consent"):
        listed("<h1>Cookies</h1><p>We use cookies. Accept cookies?</p>")


def test_a_page_that_says_it_is_not_there_is_gone() -> None:
    with pytest.raises(Gone, match="says that there is no such page"):
        listed("<h1>Stránka nenalezena</h1>")


@pytest.mark.parametrize("words", ["Read more", "Weiterlesen", "続きを読む", "اقرأ المزيد"])
@pytest.mark.parametrize("links", [["1", "2"], ["1", "2", "3", "on-the-vote"]])
def test_words_that_all_links_share_are_nobodys_title(words: str, links: list[str]) -> None:
    body = "".join(f"<li><a href='{link}'>{words}</a></li>" for link in links)
    recipe = ListingRecipe(item="li", link="a::attr(href)", title="a")
    assert {entry.title for entry in listed(body, recipe).entries} == {""}


def test_words_that_many_links_share_leave_the_others_their_titles() -> None:
    texts = ("Read more", "On the vote", "Read more", "Read more")
    body = "".join(f"<li><a href='{n}'>{text}</a></li>" for n, text in enumerate(texts))
    recipe = ListingRecipe(item="li", link="a::attr(href)", title="a")
    assert [entry.title for entry in listed(body, recipe).entries] == ["", "On the vote", "", ""]


def test_one_release_that_is_linked_often_keeps_its_title() -> None:
    body = "<li><a href='1'>On the vote</a></li>" * 3
    recipe = ListingRecipe(item="li", link="a::attr(href)", title="a")
    assert {
        entry.title for entry in listed(body + "<li><a href='2'>Trade</a></li>", recipe).entries
    } == {"On the vote", "Trade"}


def test_an_entry_without_an_address_keeps_what_it_is_known_by() -> None:
    recipe = ListingRecipe(item="li", link="a::attr(href)", title="a")
    body = "<li><a>On the vote</a></li>" * 2 + "<li><a>Trade</a></li>"
    assert [entry.title for entry in listed(body, recipe).entries] == [
        "On the vote",
        "On the vote",
        "Trade",
    ]


SHELL = "<div id='root'>Loading…</div><script src='/app.js'></script>"


@pytest.mark.parametrize("body", [SHELL, f"<nav><a href='/'>Home</a></nav>{SHELL}"])
def test_an_empty_page_that_scripts_build_says_so(body: str) -> None:
    assert listed(body).hint.startswith("scripts build this page, and are not run")


@pytest.mark.parametrize("body", [f"<p>{'A long page. ' * 20}</p>{SHELL}", "<p>Nothing.</p>"])
def test_a_page_that_says_something_or_has_no_scripts_was_redesigned(body: str) -> None:
    assert "has the site been redesigned?" in listed(body).hint
