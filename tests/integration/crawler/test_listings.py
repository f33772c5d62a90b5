"""What a crawl reads of pages that list releases."""

from __future__ import annotations

from datetime import UTC, datetime

from domain.poll import Code, Outcome, Validators
from domain.release import EntryKey
from domain.source import Feed, FeedKind, ListingRecipe
from pollwatch.demo.town import Answer, Town, page
from tests.builders import a_feed
from tests.integration.crawler.offices import NAME, a_release_page
from tests.integration.crawler.visitors import (
    Crawl,
    FakeRecall,
    a_batch,
    a_policy,
    paths,
    problems,
)

RECIPE = ListingRecipe(
    item="li.teaser",
    link="a::attr(href)",
    title="a::text",
    date="time::attr(datetime)",
    next="a[rel=next]::attr(href)",
)


def a_list_of(*numbers: int, older: str = "") -> Answer:
    rows = "".join(
        f"<li class='teaser'><a href='news/{number}'>Release {number}</a>"
        f"<time datetime='2024-03-18'></time></li>"
        for number in numbers
    )
    link = f"<a rel='next' href='{older}'>Older</a>" if older else ""
    return page(f"<html><body><ul>{rows}</ul>{link}</body></html>")


def the_listing(town: Town) -> Feed:
    return a_feed(
        kind=FeedKind.LISTING,
        url=f"http://{NAME}:{town.port}/list",
        listing=RECIPE,
        zone="Europe/Warsaw",
    )


def test_older_pages_of_a_listing_are_read_while_they_hold_something_new(crawl: Crawl) -> None:
    office = {
        "/list": a_list_of(4, 3, older="/list?page=2"),
        "/list?page=2": a_list_of(2, 1, older="/list?page=3"),
        "/list?page=3": a_list_of(0),
    }
    with Town({NAME: office}) as town:
        address = f"http://{NAME}:{town.port}/news/"
        known = {EntryKey(f"{address}{number}"): "before" for number in (2, 1, 0)}
        policy = a_policy(hosts=town.hosts, releases_per_run=0)
        (visit,) = crawl(
            a_batch(the_listing(town)), town, policy=policy, recall=FakeRecall(known=known)
        )
    assert paths(town) == ["/robots.txt", "/list", "/list?page=2"]
    assert [str(key).removeprefix(address) for key, _ in visit.fates] == ["4", "3", "2", "1"]
    assert visit.owed[0].entry.published_at == datetime(2024, 3, 17, 23, 0, tzinfo=UTC)


def test_a_listing_that_leads_back_to_itself_ends(crawl: Crawl) -> None:
    with Town({NAME: {"/list": a_list_of(1, older="/list")}}) as town:
        policy = a_policy(hosts=town.hosts, releases_per_run=0)
        (visit,) = crawl(a_batch(the_listing(town)), town, policy=policy)
    assert visit.listed == 1


def test_five_pages_of_a_listing_are_enough(crawl: Crawl) -> None:
    pages = {f"/list?{page}": a_list_of(page, older=f"/list?{page + 1}") for page in range(9)}
    with Town({NAME: {"/list": a_list_of(99, older="/list?0")} | pages}) as town:
        policy = a_policy(hosts=town.hosts, releases_per_run=0)
        (visit,) = crawl(a_batch(the_listing(town)), town, policy=policy)
    assert visit.listed == 5


def test_a_listing_is_not_taken_for_read_where_an_older_page_is_missing(crawl: Crawl) -> None:
    office = {
        "/list": a_list_of(1, older="/list?page=2"),
        "/list?page=2": Answer(status=500),
        "/news/1": a_release_page(1),
    }
    with Town({NAME: office}) as town:
        (visit,) = crawl(a_batch(the_listing(town)), town)
    assert visit.outcome is Outcome.NEWS
    assert problems(visit) == [Code.FEED_UNREACHABLE]
    assert len(visit.fetched) == 1
    assert visit.validators == Validators()


def test_a_redesign_is_a_problem_that_names_the_selector(crawl: Crawl) -> None:
    with Town({NAME: {"/list": page("<html><body><h1>All new</h1></body></html>")}}) as town:
        (visit,) = crawl(a_batch(the_listing(town)), town)
    assert problems(visit) == [Code.LISTING_EMPTY]
    assert visit.problems[0].hint.startswith("'li.teaser' found nothing on a good page")
