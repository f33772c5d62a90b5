from datetime import timedelta

import pytest

from domain.source import Expectation, FeedKind, ListingRecipe, ReleaseRecipe, Trust
from pollwatch.loading import plain_yaml
from pollwatch.loading.files import LoadedFile
from pollwatch.loading.sources import is_named, narrowed, read_sources

SMALLEST = """\
name: Ministry of Economy
country: FR
language: fr
feeds:
  - name: news
    kind: rss
    url: https://economy.example/press/rss
"""
WHOLE = """\
name: Ministry of Economy
home: https://economy.example/
country: CH
language: [de, fr]
zone: Europe/Zurich
every: 2h
expect: 1 per day
trust: checked
speaks_for: nobody
feeds:
  - name: news
    kind: rss
    url: https://economy.example/press/rss
    every: 30m
    expect: 3 per week
    language: it
    zone: Europe/Rome
  - name: statements
    kind: listing
    url: https://economy.example/press/statements
    listing:
      item: article.teaser
      link: h3 a::attr(href)
      title: h3 a::text
      date: time::attr(datetime)
      next: a[rel=next]::attr(href)
    release:
      title: h1::text
release:
  text: div.press-body
  skip: ["/agenda/", "/a,b/"]
"""


def file(text, *, name="sources/xx/xx_economy.yaml", is_own=True, replaces_shipped=False):
    return LoadedFile(
        name=name,
        document=plain_yaml.read(text.encode(), file=name),
        checksum="",
        beneath=None,
        is_own=is_own,
        replaces_shipped=replaces_shipped,
    )


def source(text):
    sources, mistakes = read_sources([file(text)])
    assert mistakes == ()
    return sources[0]


def mistakes(text, *, name="sources/xx/xx_economy.yaml"):
    _, found = read_sources([file(text, name=name)])
    return [str(mistake).removeprefix(f"{name}:") for mistake in sorted(found)]


def changed(old, new):
    assert old in WHOLE
    return WHOLE.replace(old, new, 1)


def test_the_name_of_the_file_is_the_id():
    assert source(SMALLEST).id == "xx_economy"


def test_a_feed_goes_by_source_and_name():
    assert source(SMALLEST).feeds[0].id == "xx_economy/news"


def test_what_a_file_leaves_out_has_defaults():
    smallest = source(SMALLEST)
    feed = smallest.feeds[0]

    assert smallest.zone == "UTC"
    assert smallest.trust is Trust.UNVERIFIED
    assert smallest.home is None
    assert feed.every == timedelta(hours=1)
    assert feed.expect is None
    assert feed.languages == ("fr",)
    assert feed.listing is None
    assert feed.release == ReleaseRecipe()


def test_a_source_is_read_whole():
    whole = source(WHOLE)

    assert whole.name == "Ministry of Economy"
    assert whole.home == "https://economy.example/"
    assert whole.country == "CH"
    assert whole.languages == ("de", "fr")
    assert whole.zone == "Europe/Zurich"
    assert whole.trust is Trust.CHECKED
    assert whole.speaks_for is None


def test_a_feed_overrides_what_its_source_says():
    feed = source(WHOLE).feeds[0]

    assert feed.every == timedelta(minutes=30)
    assert feed.expect == Expectation(count=3, per=timedelta(days=7))
    assert feed.languages == ("it",)
    assert feed.zone == "Europe/Rome"


def test_a_feed_takes_from_its_source_what_it_leaves_out():
    feed = source(WHOLE).feeds[1]

    assert feed.every == timedelta(hours=2)
    assert feed.expect == Expectation(count=1, per=timedelta(days=1))
    assert feed.languages == ("de", "fr")
    assert feed.zone == "Europe/Zurich"


def test_a_listing_has_its_recipe():
    feed = source(WHOLE).feeds[1]

    assert feed.kind is FeedKind.LISTING
    assert feed.listing == ListingRecipe(
        item="article.teaser",
        link="h3 a::attr(href)",
        title="h3 a::text",
        date="time::attr(datetime)",
        next="a[rel=next]::attr(href)",
    )


def test_the_recipe_for_releases_holds_for_feeds_without_their_own():
    whole = source(WHOLE)

    assert whole.feeds[0].release == ReleaseRecipe(
        text="div.press-body", skip=("/agenda/", "/a,b/")
    )
    assert whole.feeds[1].release == ReleaseRecipe(title="h1::text")


@pytest.mark.parametrize(
    ("country", "actor"),
    [("FR", "FR"), ("XK", "XK"), ("EU", "EU"), ("OSCE", "OSCE"), ("INT", None), ("XX", None)],
)
def test_a_source_speaks_for_its_state_or_body_unless_it_says_otherwise(country, actor):
    assert source(SMALLEST.replace("country: FR", f"country: {country}")).speaks_for == actor


@pytest.mark.parametrize(("written", "actor"), [("EU", "EU"), ("G7", "G7"), ("nobody", None)])
def test_a_source_may_say_whose_voice_it_is(written, actor):
    assert source(f"{SMALLEST}speaks_for: {written}\n").speaks_for == actor


def test_norway_stays_norway_and_norwegian_stays_norwegian():
    norwegian = source(SMALLEST.replace("FR", "NO").replace("language: fr", "language: no"))

    assert norwegian.country == "NO"
    assert norwegian.languages == ("no",)


@pytest.mark.parametrize("text", ["enabled: false\n", f"{SMALLEST}enabled: false\n"])
def test_a_source_can_be_switched_off(text):
    assert read_sources([file(text)]) == ((), ())


def test_a_shipped_source_can_be_switched_off():
    assert read_sources([file("enabled: false\n", replaces_shipped=True)]) == ((), ())


def test_switching_off_under_a_misspelt_name_is_a_mistake():
    shipped = file(SMALLEST, name="sources/xx/xx_economy.yaml", is_own=False)
    own = file("enabled: false\n", name="sources/xx/xx_econmy.yaml")

    _, found = read_sources([shipped, own])

    assert [str(mistake) for mistake in found] == [
        (
            "sources/xx/xx_econmy.yaml:1: switches off nothing: no shipped file has this name; "
            "write 'sources/xx/xx_economy.yaml' instead"
        )
    ]


@pytest.mark.parametrize(
    ("old", "new", "mistake"),
    [
        ("home: http", "hoem: http", "2: unknown key 'hoem'; write 'home' instead"),
        (
            "name: Ministry of Economy",
            "name: 24",
            '1: name: 24 is not text; put it in quotes: "24"',
        ),
        (
            "home: https://economy.example/",
            "home: economy.example",
            "2: home: 'economy.example' is no web address; write one that begins with https://",
        ),
        (
            "country: CH",
            "country: Switzerland",
            "3: country: 'Switzerland' is no country or body that we know; write 'CH' instead",
        ),
        (
            "country: CH",
            "country: uk",
            "3: country: 'uk' is no country or body that we know; write 'GB' instead",
        ),
        (
            "language: [de, fr]",
            "language: [de, ua]",
            "4: language: 'ua' is no code of a language; write 'uk' instead",
        ),
        (
            "language: [de, fr]",
            "language: pt-BR",
            "4: language: 'pt-BR' is no code of a language; write 'pt' instead",
        ),
        (
            "language: [de, fr]",
            "language: de, fr",
            "4: language: 'de, fr' are several; write a list: [de, fr]",
        ),
        (
            "language: [de, fr]",
            "language: []",
            "4: language: the list is empty; write at least one",
        ),
        (
            "zone: Europe/Zurich",
            "zone: Europe/Zürich",
            "5: zone: 'Europe/Zürich' is no time zone; write Europe/Zurich instead",
        ),
        (
            "every: 2h",
            "every: 2",
            "6: every: '2' is no duration; write a number with its unit: 250ms, 30s, 2m, 1h or 7d",
        ),
        (
            "every: 2h",
            "every: 8500y",
            "6: every: '8500y' is longer than a year; write less",
        ),
        (
            "every: 2h",
            "every: [2h]",
            "6: every: holds something else than one text; write it on one line",
        ),
        (
            "expect: 1 per day",
            "expect: often",
            "7: expect: 'often' is no rhythm; write '3 per week': a number per day, week or month",
        ),
        (
            "trust: checked",
            "trust: cheked",
            "8: trust: 'cheked' is not known; write 'checked' instead",
        ),
        (
            "speaks_for: nobody",
            "speaks_for: everybody",
            (
                "9: speaks_for: 'everybody' is no country or body that we know; write a "
                "code of ISO "
                "3166-1 such as PL, or AFU, ASEAN, COE, COMMONWEALTH, ECOWAS, EU, ICC, IDEA, NATO, "
                "OAS, OIC, OIF, OSCE, SADC, UN, G7, NB8, UN-JOINT, INT, XX"
            ),
        ),
        (
            "speaks_for: nobody",
            "enabled: no",
            "9: enabled: 'no' is not true or false; write true or false instead",
        ),
        (
            "speaks_for: nobody",
            "code: xx_economy",
            (
                "9: code: there is no module crawler/sites/xx_economy.py; write one of these"
                " instead: hu_gov, or delete this"
            ),
        ),
        (
            "- name: news",
            "- name: Latest News",
            "11: name: 'Latest News' cannot be a name; write small letters, digits, '_' and '-'",
        ),
        ("kind: rss", "kind: rrs", "12: kind: 'rrs' is no kind of feed; write 'rss' instead"),
        (
            "kind: rss",
            "kind: sitemap",
            (
                "11: pages: is missing; write parts of the addresses of releases,"
                " 'pages: [/press/]', or 'pages: all'"
            ),
        ),
        (
            "url: https://economy.example/press/rss",
            "url: file:///etc/passwd",
            "13: url: 'file:///etc/passwd' is no web address; write one that begins with https://",
        ),
        (
            "    url: https://economy.example/press/rss\n",
            "",
            "11: 'url' is missing; write a line 'url: https://ministry.example/press/rss'",
        ),
        (
            "name: statements",
            "name: news",
            "18: name: 'news' stands here twice; write another name",
        ),
        (
            "kind: listing",
            "kind: rss",
            "21: listing: belongs to 'kind: listing'; delete it, or change the kind",
        ),
        (
            "item: article.teaser",
            "item: article >> a",
            (
                "22: item: 'article >> a' cannot be a CSS selector (Expected selector, got <DELIM "
                "'>' at 9>); write one like 'h3 a::attr(href)'"
            ),
        ),
        (
            "item: article.teaser",
            "item: a::text",
            "22: item: 'a::text' names a text; write 'a' instead",
        ),
        (
            "link: h3 a::attr(href)",
            "link: h3 a",
            "23: link: 'h3 a' names an element, not its address; write 'h3 a::attr(href)' instead",
        ),
        (
            "date: time::attr(datetime)",
            "date: time::atr(datetime)",
            (
                "25: date: 'time::atr(datetime)' cannot be a CSS selector (The functional "
                "pseudo-element ::atr() is unknown); write one like 'h3 a::attr(href)'"
            ),
        ),
        (
            "text: div.press-body",
            "body: div.press-body",
            "30: unknown key 'body'; write one of these instead: title, text, date, skip",
        ),
        (
            'skip: ["/agenda/", "/a,b/"]',
            "skip: [2024]",
            '31: skip: 2024 is not text; put it in quotes: "2024"',
        ),
    ],
)
def test_one_mistake_is_told_with_its_line_and_what_to_write(old, new, mistake):
    assert mistakes(changed(old, new)) == [mistake]


def test_a_listing_without_a_recipe_is_a_mistake():
    assert mistakes(SMALLEST.replace("kind: rss", "kind: listing")) == [
        "5: listing: is missing; write 'listing: auto', or item, link and title under 'listing:'"
    ]


def test_a_listing_may_have_its_links_found():
    text = SMALLEST.replace("kind: rss", "kind: listing") + "    listing: auto\n"
    feed = source(text).feeds[0]

    assert (feed.kind, feed.listing) == (FeedKind.LISTING, None)


def test_a_recipe_of_one_word_can_only_be_auto():
    text = SMALLEST.replace("kind: rss", "kind: listing") + "    listing: automatic\n"

    assert mistakes(text) == [
        "8: listing: 'automatic' is no recipe; write 'auto', or item, link and title under it"
    ]


@pytest.mark.parametrize("kind", ["json_feed", "page"])
def test_a_feed_may_be_a_json_feed_or_one_page(kind):
    assert source(SMALLEST.replace("kind: rss", f"kind: {kind}")).feeds[0].kind == kind


@pytest.mark.parametrize("kind", ["rss", "json_feed", "page"])
def test_only_a_listing_has_its_links_found(kind):
    text = SMALLEST.replace("kind: rss", f"kind: {kind}") + "    listing: auto\n"

    assert mistakes(text) == [
        "8: listing: belongs to 'kind: listing'; delete it, or change the kind"
    ]


def test_an_empty_source_lacks_all_that_is_required():
    assert mistakes("") == [
        "1: 'country' is missing; write a line 'country: FR'",
        "1: 'feeds' is missing; write a line 'feeds: [{name: news, kind: rss, url: https://ministry.example/rss}]'",
        "1: 'language' is missing; write a line 'language: fr'",
        "1: 'name' is missing; write a line 'name: Ministry of Economy'",
    ]


def test_feeds_that_are_no_list_are_a_mistake():
    assert mistakes(SMALLEST.replace("  - name", "    name")) == [
        "4: feeds: a group of keys is not a list; write a list instead"
    ]


def test_all_mistakes_of_a_file_come_together():
    text = SMALLEST.replace("FR", "UK").replace("rss\n", "rrs\n", 1).replace("news", "News")

    assert mistakes(text) == [
        "2: country: 'UK' is no country or body that we know; write 'GB' instead",
        "5: name: 'News' cannot be a name; write small letters, digits, '_' and '-'",
        "6: kind: 'rrs' is no kind of feed; write 'rss' instead",
    ]


@pytest.mark.parametrize(
    ("name", "mistake"),
    [
        (
            "sources/fr/de_economy.yaml",
            (
                "1: the name 'de_economy' does not begin with its folder's code, or holds more "
                "than small letters, digits and '_'; name it like fr_mfa.yaml"
            ),
        ),
        (
            "sources/fr/fr_Economy.yaml",
            (
                "1: the name 'fr_Economy' does not begin with its folder's code, or holds more "
                "than small letters, digits and '_'; name it like fr_mfa.yaml"
            ),
        ),
        (
            "sources/FR/FR_economy.yaml",
            "1: the folder 'FR' is no code in small letters; name it like pl, eu or int",
        ),
    ],
)
def test_a_file_whose_name_cannot_be_an_id_is_a_mistake(name, mistake):
    assert mistakes(SMALLEST, name=name) == [mistake]


@pytest.mark.parametrize(
    ("pattern", "named"),
    [
        ("fr_economy", True),
        ("fr/*", True),
        ("fr/fr_economy", True),
        ("*_economy", True),
        ("fr", False),
        ("economy", False),
        ("FR_ECONOMY", False),
    ],
)
def test_a_pattern_names_a_source_with_or_without_its_folder(pattern, named):
    assert is_named("fr_economy", pattern) is named


def test_without_patterns_all_sources_stay():
    sources = (source(SMALLEST),)

    assert narrowed(sources, ()) == sources
