"""What a crawl brings home of sitemaps, APIs, long pages and PDFs, also of hostile ones."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from typing import Any

import pytest

from domain.poll import Code, FeedMemory, Outcome, Validators
from domain.release import EntryKey
from domain.source import ApiRecipe, DetailRecipe, Feed, FeedKind
from pollwatch.demo.town import Answer, Asked, Town, page
from tests.builders import a_feed
from tests.integration.crawler.offices import NAME, a_release_page
from tests.integration.crawler.visitors import (
    Crawl,
    FakeRecall,
    a_batch,
    a_policy,
    paths,
    problems,
    the_problem,
)
from tests.unit.crawler.pdfs import a_pdf

READ_BEFORE = FeedMemory(validators=Validators(checksum="of another list"))
TEXT = "The ministry does not recognise the vote that was held on the occupied territory. " * 6
SHELL = page(
    "<html lang='en'><head><title>Ministry</title></head><body><noscript>You need to enable"
    " JavaScript to run this app.</noscript><div id='root'></div><script src='/app.js'></script>"
    "</body></html>"
)


def a_json(value: object) -> Answer:
    return page(json.dumps(value), content_type="application/json")


def a_map(asked: Asked, *paths_: str, root: str = "urlset", item: str = "url") -> str:
    places = (f"<{item}><loc>{asked.address(path)}</loc></{item}>" for path in paths_)
    return f"<{root}>{''.join(places)}</{root}>"


def an_index(asked: Asked, *paths_: str) -> str:
    return a_map(asked, *paths_, root="sitemapindex", item="sitemap")


def the_map(town: Town, **changes: Any) -> Feed:
    url = f"http://{NAME}:{town.port}/sitemap.xml"
    return a_feed(kind=FeedKind.SITEMAP, url=url, **{"pages": ("/news/",)} | changes)


def the_api(town: Town, path: str, **changes: Any) -> Feed:
    values = {"items": "items", "id": "id", "title": "title", "link": "link"} | changes
    url = f"http://{NAME}:{town.port}{path}"
    return a_feed(kind=FeedKind.API, url=url, api=ApiRecipe(**values))


def items(numbers: Iterable[int], **more: Any) -> Answer:
    listed = [
        {"id": f"id-{number}", "title": f"Release {number}", "link": f"/news/{number}"} | more
        for number in numbers
    ]
    return a_json({"items": listed})


def test_the_maps_of_an_index_are_read_packed_or_not(crawl: Crawl) -> None:
    office = {
        "/sitemap.xml": lambda asked: page(an_index(asked, "/1.xml.gz", "/2.xml")),
        "/1.xml.gz": lambda asked: Answer(
            headers=(("Content-Type", "application/gzip"),),
            body=gzip.compress(a_map(asked, "/news/1", "/about").encode()),
        ),
        "/2.xml": lambda asked: page(a_map(asked, "/news/2")),
        "/news/1": a_release_page(1),
        "/news/2": a_release_page(2),
    }
    with Town({NAME: office}) as town:
        (visit,) = crawl(a_batch(the_map(town)), town)
    assert [one.release.title for one in visit.fetched] == ["Release 1", "Release 2"]
    assert problems(visit) == [Code.RELEASE_WITHOUT_DATE, Code.RELEASE_WITHOUT_DATE]
    assert visit.validators == Validators()


def test_known_pages_of_one_map_hide_no_news_in_another(crawl: Crawl) -> None:
    office = {
        "/sitemap.xml": lambda asked: page(an_index(asked, "/1.xml", "/2.xml")),
        "/1.xml": lambda asked: page(a_map(asked, "/news/1")),
        "/2.xml": lambda asked: page(a_map(asked, "/news/2")),
        "/news/2": a_release_page(2),
    }
    with Town({NAME: office}) as town:
        known = {EntryKey(f"http://{NAME}:{town.port}/news/1"): "before"}
        policy = a_policy(hosts=town.hosts, releases_per_run=0)
        batch = a_batch(the_map(town), memory=READ_BEFORE)
        crawl(batch, town, policy=policy, recall=FakeRecall(known=known))
    assert paths(town) == ["/robots.txt", "/sitemap.xml", "/1.xml", "/2.xml"]


def test_a_map_that_is_missing_costs_no_other_one(crawl: Crawl) -> None:
    office = {
        "/sitemap.xml": lambda asked: page(an_index(asked, "/gone.xml", "/2.xml")),
        "/2.xml": lambda asked: page(a_map(asked, "/news/2")),
        "/news/2": a_release_page(2),
    }
    with Town({NAME: office}) as town:
        (visit,) = crawl(a_batch(the_map(town)), town)
    assert [one.release.title for one in visit.fetched] == ["Release 2"]
    assert visit.problems[0].code is Code.FEED_UNREACHABLE
    assert "/gone.xml answers 404" in visit.problems[0].detail


def test_an_index_that_leads_back_to_itself_ends(crawl: Crawl) -> None:
    office = {
        "/sitemap.xml": lambda asked: page(an_index(asked, "/a.xml", "/sitemap.xml")),
        "/a.xml": lambda asked: page(an_index(asked, "/sitemap.xml", "/a.xml")),
    }
    with Town({NAME: office}) as town:
        (visit,) = crawl(a_batch(the_map(town)), town)
    assert paths(town) == ["/robots.txt", "/sitemap.xml", "/a.xml"]
    assert problems(visit) == [Code.LISTING_EMPTY]


def test_indexes_without_an_end_are_left_after_25_addresses(crawl: Crawl) -> None:
    def endless(asked: Asked) -> Answer:
        number = int(asked.path.partition("?")[2] or 0)
        return page(an_index(asked, f"/sitemap.xml?{number + 1}"))

    with Town({NAME: {"/sitemap.xml": endless}}) as town:
        policy = a_policy(hosts=town.hosts, delay=a_policy().delay / 20)
        crawl(a_batch(the_map(town)), town, policy=policy)
    assert len(paths(town)) == len(["/robots.txt"]) + 25


def test_an_api_is_asked_exactly_as_its_file_says(crawl: Crawl) -> None:
    path = "/api/rss?search?language=en&contenido%5B%5D=news&pageNumber=1&q=%7B%22a%22%3A1%7D&x="
    with Town({NAME: {"/api/rss": items([1]), "/news/1": a_release_page(1)}}) as town:
        (visit,) = crawl(a_batch(the_api(town, path)), town)
    assert paths(town) == ["/robots.txt", path, "/news/1"]
    assert [one.entry.key for one in visit.fetched] == ["id-1"]


def test_older_entries_of_an_api_are_read_while_they_are_new(crawl: Crawl) -> None:
    office = {
        "/api?skip=0": items([5, 4]),
        "/api?skip=2": items([3, 2]),
        "/api?skip=4": items([1, 0]),
    }
    with Town({NAME: office}) as town:
        older = f"http://{NAME}:{town.port}/api?skip={{offset}}"
        known = {EntryKey(f"id-{number}"): "before" for number in (3, 2, 1, 0)}
        policy = a_policy(hosts=town.hosts, releases_per_run=0)
        batch = a_batch(the_api(town, "/api?skip=0", older=older), memory=READ_BEFORE)
        crawl(batch, town, policy=policy, recall=FakeRecall(known=known))
    assert paths(town) == ["/robots.txt", "/api?skip=0", "/api?skip=2"]


def test_an_api_without_an_end_is_left_after_five_pages(crawl: Crawl) -> None:
    def endless(asked: Asked) -> Answer:
        return items([int(asked.path.rpartition("=")[2])])

    with Town({NAME: {"/api": endless}}) as town:
        older = f"http://{NAME}:{town.port}/api?page={{page}}"
        policy = a_policy(hosts=town.hosts, releases_per_run=0)
        (visit,) = crawl(a_batch(the_api(town, "/api?page=1", older=older)), town, policy=policy)
    assert len(visit.fates) == 5


def test_a_shell_without_text_is_read_by_a_second_call(crawl: Crawl) -> None:
    office = {
        "/api": items([1]),
        "/news/1": SHELL,
        "/api/documents?reference=id-1": a_json({"body": f"<p>{TEXT}</p>"}),
    }
    with Town({NAME: office}) as town:
        detail = DetailRecipe(
            url=f"http://{NAME}:{town.port}/api/documents?reference={{id}}", text="body"
        )
        (visit,) = crawl(a_batch(the_api(town, "/api", detail=detail)), town)
    assert paths(town) == ["/robots.txt", "/api", "/api/documents?reference=id-1"]
    (fetched,) = visit.fetched
    assert fetched.release.text == TEXT.strip()
    assert fetched.release.url.endswith("/news/1")


@pytest.mark.parametrize("answer", [SHELL, Answer(status=403)], ids=["shell", "403"])
def test_a_text_that_an_api_carries_is_kept_where_the_page_has_none(
    crawl: Crawl, answer: Answer
) -> None:
    with Town({NAME: {"/api": items([1], content=TEXT), "/news/1": answer}}) as town:
        (visit,) = crawl(a_batch(the_api(town, "/api", text="content")), town)
    assert [one.release.text for one in visit.fetched] == [TEXT.strip()]


def test_a_shell_of_which_nobody_has_the_text_is_told_of(crawl: Crawl) -> None:
    with Town({NAME: {"/api": items([1]), "/news/1": SHELL}}) as town:
        (visit,) = crawl(a_batch(the_api(town, "/api")), town)
    assert visit.fetched == ()
    assert problems(visit) == [Code.RELEASE_WITHOUT_TEXT]


def test_an_api_that_answers_with_a_page_is_told_of(crawl: Crawl) -> None:
    with Town({NAME: {"/api": SHELL}}) as town:
        problem = the_problem(crawl(a_batch(the_api(town, "/api")), town))
    assert problem.code is Code.FEED_NOT_A_FEED
    assert "is no JSON" in problem.detail


def test_all_releases_of_a_long_page_cost_one_request(crawl: Crawl) -> None:
    sections = "".join(
        f"<section id='s{number}'><h2>Statement {number}</h2><p>18 March 2024</p><p>{TEXT}</p>"
        "</section>"
        for number in (2, 1)
    )
    with Town({NAME: {"/statements": page(f"<html><body>{sections}</body></html>")}}) as town:
        url = f"http://{NAME}:{town.port}/statements"
        (visit,) = crawl(a_batch(a_feed(kind=FeedKind.PAGE, url=url, parts="section")), town)
    assert paths(town) == ["/robots.txt", "/statements"]
    assert [one.release.canonical_url for one in visit.fetched] == [f"{url}#s2", f"{url}#s1"]
    assert (visit.outcome, visit.problems) == (Outcome.NEWS, ())


def test_a_release_may_be_a_pdf(crawl: Crawl) -> None:
    pdf = Answer(
        headers=(("Content-Type", "application/pdf"),),
        body=a_pdf(["The ministry does not recognise the vote.", "It was not free."]),
    )
    with Town({NAME: {"/api": items([1], day="2024-03-18"), "/news/1": pdf}}) as town:
        (visit,) = crawl(a_batch(the_api(town, "/api", date="day")), town)
    (fetched,) = visit.fetched
    assert fetched.release.title == "Release 1"
    assert fetched.release.text == "The ministry does not recognise the vote. It was not free."
    assert visit.problems == ()
