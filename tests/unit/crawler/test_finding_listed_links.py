"""What ``listing: auto`` makes of pages that nobody has described."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.readers.listed import Listed
from crawler.readers.listing import read_listing
from domain.release import Entry, EntryKey
from domain.source import FeedKind
from tests.builders import a_feed
from tests.unit.crawler.pages import a_page

ADDRESS = "https://press.economy.example/news/"
TITLES = {
    1: "The minister on the vote in the south",
    2: "Observers leave for the capital",
    3: "Trade talks go on until Friday",
    4: "A seminar on fisheries",
}
DAYS = {1: "18 March 2024", 2: "17 March 2024", 3: "16 March 2024", 4: "15 March 2024"}
MENU = (
    "<nav><ul>" + "<li><a href='/about'>About the ministry, 1 May 2020</a></li>" * 4 + "</ul></nav>"
)


def listed(body: str) -> Listed:
    feed = a_feed(kind=FeedKind.LISTING, url=ADDRESS, listing=None)
    return read_listing(a_page(f"<html><body>{body}</body></html>", url=ADDRESS), feed)


def found(body: str) -> list[tuple[str, str, int | None]]:
    """Address, title and day of each entry."""
    return [
        (
            entry.url.removeprefix(ADDRESS),
            entry.title,
            entry.published_at.day if entry.published_at else None,
        )
        for entry in listed(body).entries
    ]


ALL_FOUR = [
    ("1", "The minister on the vote in the south", 18),
    ("2", "Observers leave for the capital", 17),
    ("3", "Trade talks go on until Friday", 16),
    ("4", "A seminar on fisheries", 15),
]


def four(item: str, *, around: str = "{}") -> str:
    """A page with four releases, each written like ``item``."""
    items = (
        item.format(number=number, title=TITLES[number], day=DAYS[number]) for number in TITLES
    )
    return MENU + around.format("".join(items)) + "<footer><a href='/terms'>Terms</a></footer>"


LIST = "<li><a href='{number}'>{title}</a> <span>{day}</span></li>"
CARD = (
    "<div><a href='{number}'><img src='x.png'></a><div><h3><a href='{number}'>{title}</a></h3>"
    "<p>A few words about what this release is about, for whoever reads on.</p>"
    "<time datetime='{day}'>recently</time><a href='{number}'>Read more</a></div></div>"
)


@pytest.mark.parametrize(
    ("item", "around"),
    [
        (LIST, "<ul>{}</ul>"),
        ("<tr><td>{day}</td><td><a href='{number}'>{title}</a></td></tr>", "<table>{}</table>"),
        (CARD, "<main>{}</main>"),
        ("<a href='{number}'><span>{day}</span><span>{title}</span></a>", "<main>{}</main>"),
        ("<a href='{number}'><h2>{title}</h2><p>{day}</p></a>", "<section>{}</section>"),
        ("<dt>{day}</dt><dd><a href='{number}'>{title}</a></dd>", "<dl>{}</dl>"),
        ("<h3><a href='{number}'>{title}</a></h3><p>Published on {day}</p>", "<div>{}</div>"),
        ("{day} <a href='{number}'>{title}</a><br>", "<p>{}</p>"),
        (
            "<article><h3>{title}</h3><p>{day}</p><a href='{number}'>Read more</a></article>",
            "<main>{}</main>",
        ),
        (
            "<li><div>{title}</div><div>{day}</div><a href='{number}'>Download</a></li>",
            "<ul>{}</ul>",
        ),
        (
            "<li>{day} <a href='/press'>Press release</a> <a href='{number}'>{title}</a></li>",
            "<ul>{}</ul>",
        ),
    ],
    ids=[
        "list", "table", "cards", "links around all", "links around headings", "definitions",
        "flat, date after", "lines", "read more", "download", "with a category",
    ],
)  # fmt: skip
def test_links_that_repeat_with_dates_are_entries(item: str, around: str) -> None:
    assert found(four(item, around=around)) == ALL_FOUR


def test_an_entry_is_what_a_recipe_would_have_made_of_it() -> None:
    assert listed(four(LIST)).entries[0] == Entry(
        key=EntryKey("https://press.economy.example/news/1"),
        url="https://press.economy.example/news/1",
        title="The minister on the vote in the south",
        published_at=datetime(2024, 3, 18, tzinfo=UTC),
    )


def test_a_redesign_that_stays_a_list_brings_the_same_entries() -> None:
    assert listed(four(LIST)).entries == listed(four(CARD)).entries


def test_an_item_whose_date_cannot_be_read_is_still_an_entry() -> None:
    body = four(LIST, around="<ul>{}</ul>").replace("17 March 2024", "yesterday")
    assert found(body)[1] == ("2", "Observers leave for the capital", None)
    assert len(found(body)) == 4


def test_a_date_in_a_title_is_no_date_of_publication() -> None:
    body = four(LIST, around="<ul>{}</ul>")
    entry = found(body.replace("Observers leave for the capital", "Briefing of 1 March 2024"))[1]
    assert entry == ("2", "Briefing of 1 March 2024", 17)


def test_a_date_may_be_written_in_pieces() -> None:
    pieces = "<b>18</b><i>March</i><i>2024</i>"
    assert found(four(LIST, around="<ul>{}</ul>").replace("18 March 2024", pieces)) == ALL_FOUR


def test_a_date_that_could_belong_to_two_items_is_none() -> None:
    item = "<h3><a href='{number}'>{title}</a></h3><p>{day}</p>"
    days = [day for *_, day in found(four(item, around="<div><p>19 March 2024</p>{}</div>"))]
    assert days == [None, None, None, None]


def test_without_dates_the_largest_group_of_titles_is_taken() -> None:
    menu = "<div>" + "".join(f"<a href='/{n}'>Topic {n}</a>" for n in range(9)) + "</div>"
    links = four("<li><a href='{number}'>{title}</a></li>", around="<ul>{}</ul>")
    assert [url for url, *_ in found(menu + links)] == ["1", "2", "3", "4"]


def test_one_link_with_a_date_does_not_hide_a_list_without() -> None:
    box = "<div><a href='/hours'>Opening hours</a> since 1 May 2020</div>"
    links = four("<li><a href='{number}'>{title}</a></li>", around="<ul>{}</ul>")
    assert len(found(links + box)) == 5


@pytest.mark.parametrize(
    "body",
    ["", "<p>Nothing here.</p>", "<a href='1'>A single link that leads to something</a>", MENU],
)
def test_where_nothing_repeats_nothing_is_listed(body: str) -> None:
    assert listed(body).entries == ()


def test_nothing_found_says_what_to_write() -> None:
    assert listed("<p>Nothing</p>").hint == (
        "no links that repeat with dates on a good page of 0 kB;"
        " name them by 'item', 'link' and 'title' under 'listing'"
    )


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("<a rel='next' href='?page=2'>Older</a>", f"{ADDRESS}?page=2"),
        ("<link rel='next' href='/news/2'>", "https://press.economy.example/news/2"),
        ("<a rel='next' href=''>Older</a>", None),
        ("", None),
    ],
)
def test_older_pages_are_found_where_the_page_says_so(link: str, expected: str | None) -> None:
    assert listed(four(LIST) + link).next_url == expected


def test_the_page_itself_is_no_entry() -> None:
    own = "<li><a href='?#top'>Back to the top of this page</a> <span>1 May 2020</span></li>"
    assert found(four(LIST, around=f"<ul>{{}}{own.replace('?', '')}</ul>")) == ALL_FOUR


PIECES = st.sampled_from(
    ["<ul>", "<li>", "<table><tr><td>", "<a href='1'>", "<a href='2'>", "</a>", "</ul>", "<h2>",
     "<time datetime='2024-03-18'>", "18 March 2024", "A title that is long enough", "<nav>",
     "<br>", "<a href='http://[x'>", "<base href='//'>", "選挙に関する外務大臣談話"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=80)
def test_no_page_is_too_strange_and_the_same_links_are_found_twice(body: str) -> None:
    assert listed(body) == listed(body)


def test_the_first_page_of_a_site_is_no_release_also_beside_a_date():
    body = (
        four(LIST) + "<p><a href='https://www.economy.example/'>The ministry</a> 18 March 2024</p>"
    )

    assert found(body) == ALL_FOUR
