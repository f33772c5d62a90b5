"""What a crawl makes of JSON Feeds, single pages, listings without a recipe, and broken feeds."""

from __future__ import annotations

import json

import pytest

from domain.poll import Code, FeedMemory, Outcome, Validators
from domain.source import Feed, FeedKind
from pollwatch.demo.town import Answer, Town, page
from tests.builders import a_feed
from tests.integration.crawler.offices import (
    NAME,
    RSS,
    a_release_page,
    feed_text,
    item,
    release_text,
)
from tests.integration.crawler.visitors import (
    Crawl,
    FakeRecall,
    a_batch,
    paths,
    problems,
    the_problem,
)

BOMB = (
    '<?xml version="1.0"?>\n<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>\n'
    "<rss version='2.0'><channel><item><title>&b;</title><link>/news/1</link></item></channel>"
    "</rss>"
)


def the_feed(town: Town, kind: FeedKind) -> Feed:
    return a_feed(kind=kind, url=f"http://{NAME}:{town.port}/feed")


def an_office(feed: Answer) -> dict[str, dict[str, Answer]]:
    return {NAME: {"/feed": feed, "/news/1": a_release_page(1), "/news/2": a_release_page(2)}}


def a_json_feed() -> Answer:
    items = [{"id": str(number), "url": f"/news/{number}"} for number in (2, 1)]
    text = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items})
    return page(text, content_type="application/feed+json")


def a_plain_list() -> Answer:
    rows = "".join(
        f"<li><a href='/news/{number}'>Release {number}</a> <b>1{number} March 2024</b></li>"
        for number in (2, 1)
    )
    news = "<li><a href='/news/3'>Release 3</a> <b>1 March 2024</b></li>"
    return page(f"<html><body><ul>{rows}{news}</ul></body></html>")


def test_a_json_feed_brings_its_releases(crawl: Crawl) -> None:
    with Town(an_office(a_json_feed())) as town:
        (visit,) = crawl(a_batch(the_feed(town, FeedKind.JSON_FEED)), town)
    assert [fetched.release.title for fetched in visit.fetched] == ["Release 2", "Release 1"]


def test_a_listing_without_a_recipe_brings_its_releases(crawl: Crawl) -> None:
    with Town(an_office(a_plain_list())) as town:
        (visit,) = crawl(a_batch(the_feed(town, FeedKind.LISTING)), town)
    assert visit.listed == 3
    assert [fetched.release.title for fetched in visit.fetched] == ["Release 2", "Release 1"]


def test_a_page_is_the_release_that_it_lists(crawl: Crawl) -> None:
    with Town({NAME: {"/feed": a_release_page(1)}}) as town:
        (visit,) = crawl(a_batch(the_feed(town, FeedKind.PAGE)), town)
    (fetched,) = visit.fetched
    assert (visit.listed, fetched.release.title) == (1, "Release 1")
    assert "neither free nor fair" in fetched.release.text


@pytest.mark.parametrize(
    ("now", "requests"),
    [
        (page(release_text(1).replace("</body>", "<script>token = 2</script></body>")), 1),
        (page(release_text(1).replace("neither free", "not free")), 2),
    ],
    ids=["only a script", "its text"],
)
def test_a_page_is_fetched_again_only_where_what_readers_see_has_changed(
    crawl: Crawl, now: Answer, requests: int
) -> None:
    with Town({NAME: {"/feed": a_release_page(1)}}) as town:
        batch = a_batch(the_feed(town, FeedKind.PAGE))
        (first,) = crawl(batch, town)
        known = {fetched.entry.key: fetched.entry.mark for fetched in first.fetched}
        town.offices = {NAME: {"/feed": now}}
        town.clear_book()
        crawl(batch, town, recall=FakeRecall(known=known))
    assert paths(town).count("/feed") == requests


def test_a_feed_that_breaks_off_is_read_and_reported_and_looked_at_again(crawl: Crawl) -> None:
    text = feed_text([item(1), item(2)])
    torn = page(text[: text.index("<title>Release 2") + 4], content_type=RSS)
    with Town(an_office(torn)) as town:
        (visit,) = crawl(a_batch(the_feed(town, FeedKind.RSS)), town)
    assert (visit.outcome, visit.listed) == (Outcome.NEWS, 1)
    assert problems(visit) == [Code.FEED_NOT_A_FEED]
    assert visit.problems[0].detail.endswith("1 of at least 2 entries could be read")
    assert visit.validators == Validators()


def test_a_feed_with_an_entity_bomb_is_refused(crawl: Crawl) -> None:
    with Town(an_office(page(BOMB, content_type=RSS))) as town:
        visits = crawl(a_batch(the_feed(town, FeedKind.RSS), memory=FeedMemory()), town)
    problem = the_problem(visits)
    assert problem.code is Code.FEED_NOT_A_FEED
    assert "declares XML entities" in problem.detail
