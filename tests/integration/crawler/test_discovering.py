"""Looking around on a site: what is there is found, and nothing else."""

from __future__ import annotations

import gzip
import os
from datetime import timedelta
from pathlib import Path

import pytest

from crawler import reactor
from crawler.discover import Discovery, discover
from crawler.engine import Engine
from domain.errors import Gone
from pollwatch.demo.offices import town_offices
from pollwatch.demo.town import Answer, Town, page
from pollwatch.drafting import written
from pollwatch.exploring import drafted
from pollwatch.loading.documents import Document
from pollwatch.loading.files import LoadedFile
from pollwatch.loading.plain_yaml import read
from pollwatch.loading.sources import read_sources
from tests.builders import NOW
from tests.integration.crawler.offices import RSS, feed_text, item
from tests.integration.crawler.visitors import FakeRecall, a_policy, utc_now

REAL = Path(os.environ.get("POLLWATCH_TESTDATA", "")) / "real"
needs_testdata = pytest.mark.skipif(
    "POLLWATCH_TESTDATA" not in os.environ,
    reason="POLLWATCH_TESTDATA does not name a folder with real material",
)

IN_THE_TOWN = {
    "aussenministerium.austria.example": ["rss /feed/"],
    "international.canada.example": ["rss /news/atom"],
    "mzv.czechia.example": ["rss /servis/tiskove-zpravy.rss"],
    "auswaertiges-amt.germany.example": ["rss /de/newsroom/rss"],
    "exteriores.spain.example": ["rss /es/comunicacion/rss"],
    "service.europa.example": ["rss /press/feed"],
    "diplomatie.france.example": ["rss /fr/backend.xml"],
    "foreign-office.uk.example": ["rss /news.atom"],
    "mea.india.example": ["rss /press-releases.xml"],
    "coe.europe.example": ["rss /en/web/portal/newsroom.rss", "rss /fr/web/portail/actualites.rss"],
    "oscepa.example": ["rss /en/press/feed.rss"],
    "press.un.example": ["rss /en/rss.xml"],
    "esteri.italy.example": ["rss /it/sala_stampa/feed"],
    "kantei.japan.example": ["listing /jp/tyoukanpress/"],
    "mofa.japan.example": ["rss /mofaj/press/release.rdf"],
    "urm.lithuania.example": ["listing /lt/naujienos"],
    "mfa.moldova.example": ["rss /ru/rss"],
    "buitenlandse-zaken.netherlands.example": ["rss /nieuws.atom"],
    "msz.poland.example": ["rss /web/aktualnosci/atom"],
    "mofa.qatar.example": ["rss /ar/rss"],
    "regeringen.sweden.example": ["rss /nyheter/rss", "listing /en/statements"],
    "mzs.ukraine.example": ["listing /news/"],
    "state.us.example": ["rss /rss/press-releases.xml"],
    "busy.example": ["rss /press.rss"],
    "redesign.example": ["listing /press"],
    "trouble.example": ["rss /pages.rss", "rss /oddities.rss", "rss /torn.rss"],
}
"""What each office has, by itself; what lists the same releases once more is left out."""

SAVED = {
    "listings/statement__drupal_press.html.gz": ["listing 10"],
    "listings/statement__bill_nelson_press.html.gz": ["listing 10"],
    "listings/statement__bill_nelson_press-coldfusion.html.gz": ["listing 26"],
    "listings/statement__keating_press.html.gz": ["listing 161"],
    "listings/city-scrapers__il_commerce.html.gz": ["listing 74"],
    "listings/city-scrapers__chi_development_fund.html.gz": [],
    "listings/city-scrapers__chi_library.html.gz": [],
    "listings/city-scrapers__chi_schools.html.gz": [],
    "listings/city-scrapers__chi_pubhealth.html.gz": [],
    "listings/city-scrapers__chi_board_elections.html.gz": [],
    "pages/traf__wbf.admin.ch.14093.html.gz": [],
    "pages/traf__bmjv.de.konsum.html.gz": [],
    "pages/traf__bmwi.de-neubau.html.gz": [],
    "pages/traf__bundespolizei.de-Belarus.html.gz": [],
    "pages/traf__bmel.de-zukunftsforum.html.gz": [],
    "pages/traf__auswaertiges-amt.de-Italien.html.gz": [],
    "pages/traf__kas.de-nordmazedonien.html.gz": [],
    "pages/traf__iass-potsdam.de.energiewende.html.gz": [],
    "pages/traf__gregoryszorc.com.python3.html.gz": [],
    "pages/traf__theatlantic.com.disasters.html.gz": [],
}
"""Saved pages; what they link is not there, so only the page itself can be a list."""


@pytest.fixture(scope="module")
def look(on_loop):
    """Looks around in a town, from an office's front page; also says what was asked for."""

    def look(town: Town, host: str, path: str = "/") -> tuple[Discovery, list[str]]:
        policy = a_policy(hosts=town.hosts, delay=timedelta(0))

        async def work() -> tuple[Discovery, list[str]]:
            reactor.guard_addresses(policy)
            recall = FakeRecall()

            def robots(url: str) -> str:
                known = recall.hosts[f"{host}:{town.port}"].robots
                return known.text if known else ""

            async def talk(guest):
                url = f"http://{host}:{town.port}{path}"
                return await discover(url, fetch=guest.fetch, robots=robots), guest.requests

            return await Engine(policy, utc_now).ask(recall, talk)

        return on_loop(work())

    return look


@pytest.fixture(scope="module")
def town():
    with Town(town_offices()) as town:
        yield town


@pytest.fixture(scope="module")
def seen(look, town):
    """What was found in each office, and asked for."""
    return {host: look(town, host) for host in IN_THE_TOWN}


def named(found: Discovery) -> list[str]:
    chosen = (one for one in found.found if not one.same_as)
    return [f"{one.kind} /{one.url.split('/', 3)[3]}" for one in chosen]


@pytest.mark.parametrize("host", IN_THE_TOWN)
def test_an_office_has_what_is_found_there_and_nothing_else(seen, host):
    assert named(seen[host][0]) == IN_THE_TOWN[host]


@pytest.mark.parametrize("host", [host for host, feeds in IN_THE_TOWN.items() if feeds])
def test_a_draft_passes_the_check_of_all_files(seen, host):
    draft = drafted(seen[host][0], on=NOW.date())
    document = read(written(draft).encode(), file=draft.file)
    sources, mistakes = read_sources([a_file(draft.file, document)])

    assert mistakes == ()
    assert [feed.url for feed in sources[0].feeds] == [one.url for one in draft.feeds]


def a_file(name: str, document: Document) -> LoadedFile:
    return LoadedFile(
        name=name,
        document=document,
        checksum="",
        beneath=None,
        is_own=True,
        replaces_shipped=False,
    )


def test_few_addresses_are_asked_for(seen):
    assert max(len(requests) for _, requests in seen.values()) <= 12


def test_a_feed_in_another_language_says_so_in_the_draft(seen):
    draft = drafted(seen["coe.europe.example"][0], on=NOW.date())

    assert (draft.language, [feed.language for feed in draft.feeds]) == ("en", [None, "fr"])


def test_an_office_without_a_front_page_cannot_be_looked_at(look, town):
    with pytest.raises(Gone, match="answers 404"):
        look(town, "closed.example")


def an_office(**paths: str | Answer) -> Town:
    answers = {
        "/" + name.replace("_", "/"): one if isinstance(one, Answer) else page(one)
        for name, one in paths.items()
    }
    return Town({"press.example": {"/": answers.pop("/front")} | answers})


def a_feed(*numbers: int) -> Answer:
    return page(feed_text(map(item, numbers)), content_type=RSS)


def test_a_feed_at_a_usual_address_is_found_where_none_is_named(look):
    with an_office(front="<h1>Ministry</h1>", rss=a_feed(1, 2)) as town:
        found, _ = look(town, "press.example")

    assert [(one.how, len(one.entries)) for one in found.found] == [("a usual address", 2)]


def test_a_page_of_feeds_leads_to_its_feeds(look):
    front = "<a href='/rss-service'>RSS</a>"
    with an_office(
        front=front, **{"rss-service": "<a href='/x1'>RSS all</a>"}, x1=a_feed(1)
    ) as town:
        found, _ = look(town, "press.example")

    assert named(found) == ["rss /x1"]


def test_a_map_of_news_is_found_where_robots_txt_names_it(look):
    places = "".join(
        f"<url><loc>http://press.example/news/{number}</loc><news:news>"
        f"<news:publication_date>2024-03-1{number}</news:publication_date>"
        f"<news:title>Statement number {number}</news:title></news:news></url>"
        for number in range(6)
    )
    news = (
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        f' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{places}</urlset>'
    )
    with an_office(front="<h1>Ministry</h1>", n=page(news, content_type="text/xml")) as town:
        robots = page(f"Sitemap: http://press.example:{town.port}/n", content_type="text/plain")
        town.offices["press.example"]["/robots.txt"] = robots
        found, _ = look(town, "press.example")

    assert named(found) == ["sitemap /n"]
    assert "    kind: sitemap" in written(drafted(found, on=NOW.date()))


def test_what_readers_wrote_beneath_a_text_is_no_feed_of_releases(look):
    front = "<link rel=alternate type=application/rss+xml href=/talk>"
    remarks = page(
        feed_text([item(1, link="/news/1#c1"), item(2, link="/news/1#c2")]), content_type=RSS
    )
    with an_office(front=front, talk=remarks) as town:
        found, _ = look(town, "press.example")

    assert named(found) == []
    assert "a feed of comments, not of releases" in [one.reason for one in found.not_found]


def test_what_robots_txt_forbids_is_not_asked_for(look):
    front = "<link rel=alternate type=application/rss+xml href=/private/feed>"
    with an_office(front=front, private_feed=a_feed(1)) as town:
        rules = page("User-agent: *\nDisallow: /private/", content_type="text/plain")
        town.offices["press.example"]["/robots.txt"] = rules
        found, requests = look(town, "press.example")

    assert named(found) == []
    assert [url for url in requests if "/private/" in url] == []


@needs_testdata
@pytest.mark.parametrize("name", SAVED)
def test_a_saved_page_is_a_list_or_it_is_none(look, name):
    saved = page(gzip.decompress((REAL / name).read_bytes()).decode("utf-8", "replace"))
    with an_office(front=saved) as town:
        found, _ = look(town, "press.example")

    assert [f"{one.kind} {len(one.entries)}" for one in found.found] == SAVED[name]
