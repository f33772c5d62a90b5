"""What a source's file may say of each kind of feed, and what it is told where it may not."""

import pytest

from domain.source import ApiRecipe, DetailRecipe, FeedKind
from pollwatch.loading import plain_yaml
from pollwatch.loading.files import LoadedFile
from pollwatch.loading.sources import read_sources

NAME = "sources/xx/xx_economy.yaml"
HEAD = """\
name: Ministry of Economy
country: FR
language: fr
feeds:
  - name: news
"""
SITEMAP = """\
    kind: sitemap
    url: https://economy.example/sitemap.xml
    pages: [/press/, "/speeches/*-minister"]
"""
API = """\
    kind: api
    url: https://economy.example/api/search?pageSize=20&page=1
    api:
      items: results[?kind == 'news']
      id: refCode
      title: title
      link: https://economy.example/news/{slug(refCode)}
      date: eventDate
      date_format: "%d%m%Y"
      text: lead
      older: https://economy.example/api/search?pageSize=20&page={page}
      detail:
        url: https://economy.example/api/documents?reference={id}
        title: document.title
        text: document.htmlContent
        date: document.date
"""
PARTS = """\
    kind: page
    url: https://economy.example/statements
    parts: section.statement
"""
FALLBACK = """\
    kind: rss
    url: https://economy.example/rss
  - name: list
    kind: listing
    url: https://economy.example/press
    listing: auto
    fallback_for: news
"""


def read(text):
    document = plain_yaml.read(f"{HEAD}{text}".encode(), file=NAME)
    file = LoadedFile(
        name=NAME,
        document=document,
        checksum="",
        beneath=None,
        is_own=True,
        replaces_shipped=False,
    )
    sources, mistakes = read_sources([file])
    return sources, [str(mistake).removeprefix(f"{NAME}:") for mistake in sorted(mistakes)]


def feeds(text):
    sources, mistakes = read(text)
    assert mistakes == []
    return sources[0].feeds


def test_a_sitemap_says_which_of_its_pages_are_releases():
    (feed,) = feeds(SITEMAP)

    assert feed.kind is FeedKind.SITEMAP
    assert feed.pages == ("/press/", "/speeches/*-minister")


def test_a_map_of_news_may_be_taken_whole():
    (feed,) = feeds(SITEMAP.replace('[/press/, "/speeches/*-minister"]', "all"))

    assert feed.pages == ()


def test_an_api_is_declared_by_paths():
    (feed,) = feeds(API)

    assert feed.api == ApiRecipe(
        items="results[?kind == 'news']",
        id="refCode",
        title="title",
        link="https://economy.example/news/{slug(refCode)}",
        date="eventDate",
        date_format="%d%m%Y",
        text="lead",
        older="https://economy.example/api/search?pageSize=20&page={page}",
        detail=DetailRecipe(
            url="https://economy.example/api/documents?reference={id}",
            title="document.title",
            text="document.htmlContent",
            date="document.date",
        ),
    )


def test_a_page_may_hold_several_releases():
    (feed,) = feeds(PARTS)

    assert feed.parts == "section.statement"


def test_a_fallback_names_the_feed_that_it_stands_in_for():
    primary, fallback = feeds(FALLBACK)

    assert (primary.fallback_for, fallback.fallback_for) == (None, "xx_economy/news")


def test_an_odd_site_is_read_by_the_code_that_its_file_names():
    (feed,) = feeds(f"{PARTS}code: hu_gov\n")

    assert feed.code == "hu_gov"


@pytest.mark.parametrize(
    ("text", "old", "new", "mistake"),
    [
        (
            SITEMAP,
            'pages: [/press/, "/speeches/*-minister"]',
            "pages: []",
            "8: pages: the list is empty; write at least one",
        ),
        (
            SITEMAP,
            "kind: sitemap",
            "kind: rss",
            "8: pages: belongs to 'kind: sitemap'; delete it, or change the kind",
        ),
        (
            API,
            "kind: api",
            "kind: json_feed",
            "8: api: belongs to 'kind: api'; delete it, or change the kind",
        ),
        (
            "    kind: listing\n    url: https://economy.example/press\n",
            "kind: listing",
            "kind: listing",
            ("5: listing: is missing; write 'listing: auto', or item, link and title under "
            "'listing:'"),
        ),
        (
            API,
            "items: results[?kind == 'news']",
            "items: results[",
            (
                "9: items: 'results[' cannot be a path into JSON (Invalid jmespath expression);"
                " write one like 'data.items', in the notation of jmespath.org"
            ),
        ),
        (
            API,
            "title: title",
            "title: upper(title)",
            (
                "11: title: 'upper(title)' cannot be a path into JSON (there is no function"
                " upper()); write one like 'data.items', in the notation of jmespath.org"
            ),
        ),
        (
            API,
            "/{slug(refCode)}",
            "/today",
            (
                "12: link: 'https://economy.example/news/today' is one address for all; write a"
                " path in braces, like '{id}'"
            ),
        ),
        (
            API,
            '"%d%m%Y"',
            "DDMMYYYY",
            (
                "14: date_format: 'DDMMYYYY' does not say day, month and year; write them like"
                " '%d%m%Y', or 'unix' for seconds since 1970"
            ),
        ),
        (
            API,
            "page={page}",
            "page={number}",
            (
                "16: older: 'https://economy.example/api/search?pageSize=20&page={number}' does not"
                " count; write {page} or {offset} for its number"
            ),
        ),
        (
            API,
            "reference={id}",
            "reference={refCode}",
            (
                "18: url: 'https://economy.example/api/documents?reference={refCode}' does not say"
                " of which entry; write one of {id}, {url}, {path} into it"
            ),
        ),
        (
            API,
            "      id: refCode\n",
            "",
            (
                "16: detail: asks for '{id}'; write a line 'id' above, with its path in an item"
            ),
        ),
        (
            API,
            "        text: document.htmlContent\n",
            "",
            "17: 'text' is missing; write a line 'text: body'",
        ),
        (
            API,
            "      date: eventDate",
            "      day: eventDate",
            (
                "13: unknown key 'day'; write one of these instead: items, title, link, id, date,"
                " date_format, text, older, detail"
            ),
        ),
        (
            "    kind: api\n    url: https://economy.example/press\n",
            "kind: api",
            "kind: api",
            "5: api: is missing; write items, title and link under 'api:'",
        ),
        (
            PARTS,
            "section.statement",
            "section.statement::text",
            "8: parts: 'section.statement::text' names a text; write 'section.statement' instead",
        ),
        (
            FALLBACK,
            "fallback_for: news",
            "fallback_for: nws",
            (
                "12: fallback_for: 'nws' is no feed of this file that is polled by itself; write"
                " 'news' instead"
            ),
        ),
        (
            FALLBACK,
            "fallback_for: news",
            "fallback_for: list",
            (
                "12: fallback_for: 'list' is no feed of this file that is polled by itself; write"
                " one of these instead: news"
            ),
        ),
    ],
)  # fmt: skip
def test_one_mistake_is_told_with_its_line_and_what_to_write(text, old, new, mistake):
    assert old in text
    assert read(text.replace(old, new, 1))[1] == [mistake]
