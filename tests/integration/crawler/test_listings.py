"""What a crawl reads of pages that list releases."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.poll import Code, Fate, FeedMemory, Outcome, Validators
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

READ_BEFORE = FeedMemory(validators=Validators(checksum="of another list"))


def a_list_of(*numbers: int, older: str = "") -> Answer:
    rows = "".join(
        f"<li class='teaser'><a href='news/{number}'>Release {number}</a>"
        f"<time datetime='2024-03-18'></time></li>"
        for number in numbers
    )
    link = f"<a rel='next' href='{older}'>Older</a>" if older else ""
    return page(f"<html><body><ul>{rows}</ul>{link}</body></html>")


TROUBLES = {
    "missing": Answer(status=404),
    "refused": Answer(status=403),
    "broken": Answer(status=500),
    "busy": Answer(status=503),
    "wall": page("<html><head><title>Page not found</title></head><body></body></html>"),
}


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
        batch = a_batch(the_listing(town), memory=READ_BEFORE)
        (visit,) = crawl(batch, town, policy=policy, recall=FakeRecall(known=known))
    assert paths(town) == ["/robots.txt", "/list", "/list?page=2"]
    assert [str(key).removeprefix(address) for key, _ in visit.fates] == ["4", "3", "2", "1"]
    assert visit.owed[0].entry.published_at == datetime(2024, 3, 17, 23, 0, tzinfo=UTC)


def test_a_listing_that_leads_back_to_itself_ends(crawl: Crawl) -> None:
    with Town({NAME: {"/list": a_list_of(1, older="/list")}}) as town:
        policy = a_policy(hosts=town.hosts, releases_per_run=0)
        (visit,) = crawl(a_batch(the_listing(town)), town, policy=policy)
    assert visit.listed == 1


def a_long_list(town: Town) -> dict[str, Answer]:
    """A page a release, sixty of them, the newest first."""
    pages = {f"/list?{page}": a_list_of(page, older=f"/list?{page + 1}") for page in range(60)}
    return {"/list": a_list_of(99, older="/list?0")} | pages


def known(town: Town, *numbers: int) -> FakeRecall:
    address = f"http://{NAME}:{town.port}/news/"
    return FakeRecall(known={EntryKey(f"{address}{number}"): "before" for number in numbers})


def test_what_more_than_five_pages_hold_after_an_outage_is_a_gap_that_the_next_poll_closes(
    crawl: Crawl,
) -> None:
    with Town({NAME: {}}) as town:
        town.offices = {NAME: a_long_list(town)}
        policy = a_policy(hosts=town.hosts, releases_per_run=0)
        batch = a_batch(the_listing(town), memory=READ_BEFORE)
        (visit,) = crawl(batch, town, policy=policy, recall=known(town, 7, 8))
        memory = FeedMemory(validators=visit.validators, owed=visit.owed)
        batch = a_batch(the_listing(town), memory=memory)
        (after,) = crawl(batch, town, policy=policy, recall=known(town, 7, 8))
    (problem,) = visit.problems
    assert (problem.code, problem.place) == (Code.FEED_GAP, "xx_economy/news")
    assert problem.detail.endswith(f"the listing goes on at http://{NAME}:{town.port}/list?4")
    assert problem.hint == "The next polls list more of it, page by page"
    assert len(visit.owed) == 5
    assert {f"http://{NAME}:{town.port}/news/{number}" for number in (99, *range(7))} <= {
        owed.entry.key for owed in after.owed
    }


def test_a_gap_that_is_too_wide_is_said_and_left(crawl: Crawl) -> None:
    with Town({NAME: {}}) as town:
        town.offices = {NAME: a_long_list(town)}
        policy = a_policy(hosts=town.hosts, releases_per_run=0)
        recall = known(town, 99, *range(23))
        (visit,) = crawl(a_batch(the_listing(town)), town, policy=policy, recall=recall)
    (problem,) = visit.problems
    assert problem.code is Code.FEED_GAP
    assert "pollwatch import" in problem.hint
    assert visit.listed == 25
    assert visit.validators.checksum is not None


def test_five_pages_of_a_listing_are_enough_at_first(crawl: Crawl) -> None:
    pages = {f"/list?{page}": a_list_of(page, older=f"/list?{page + 1}") for page in range(9)}
    with Town({NAME: {"/list": a_list_of(99, older="/list?0")} | pages}) as town:
        policy = a_policy(hosts=town.hosts, releases_per_run=0)
        (visit,) = crawl(a_batch(the_listing(town)), town, policy=policy)
    assert visit.listed == 5
    assert paths(town)[-1] == "/list?3"
    assert visit.problems == ()


@pytest.mark.parametrize("older", TROUBLES.values(), ids=TROUBLES.keys())
def test_trouble_with_an_older_page_costs_neither_the_first_nor_the_feeds_good_name(
    crawl: Crawl, older: Answer
) -> None:
    office = {
        "/list": a_list_of(1, older="/list?page=2"),
        "/list?page=2": older,
        "/news/1": a_release_page(1),
    }
    with Town({NAME: office}) as town:
        (visit,) = crawl(a_batch(the_listing(town), memory=READ_BEFORE), town)
    (problem,) = visit.problems
    assert visit.outcome is Outcome.NEWS
    assert (problem.code, problem.is_patient) == (Code.FEED_UNREACHABLE, True)
    assert problem.place == "xx_economy/news"
    assert problem.detail.startswith("older entries could not be listed: ")
    assert "/list?page=2" in problem.detail
    assert visit.validators == Validators()


def test_what_stands_before_a_missing_older_page_is_fetched(crawl: Crawl) -> None:
    office = {"/list": a_list_of(1, older="/older"), "/news/1": a_release_page(1)}
    with Town({NAME: office}) as town:
        (visit,) = crawl(a_batch(the_listing(town)), town)
    assert [fate for _, fate in visit.fates] == [Fate.FETCHED]


def test_an_older_page_that_was_missing_is_looked_at_again_behind_known_entries(
    crawl: Crawl,
) -> None:
    office = {
        "/list": a_list_of(2, older="/list?page=2"),
        "/list?page=2": Answer(status=500),
        "/news/1": a_release_page(1),
        "/news/2": a_release_page(2),
    }
    with Town({NAME: office}) as town:
        (first,) = crawl(a_batch(the_listing(town), memory=READ_BEFORE), town)
        known = {one.entry.key: one.entry.mark for one in first.fetched}
        town.offices = {NAME: office | {"/list?page=2": a_list_of(1)}}
        memory = FeedMemory(validators=first.validators, owed=first.owed)
        batch = a_batch(the_listing(town), memory=memory)
        (second,) = crawl(batch, town, recall=FakeRecall(known=known))
    assert [fate for _, fate in first.fates] == [Fate.FETCHED]
    assert sorted(fate for _, fate in second.fates) == [Fate.FETCHED, Fate.KNOWN]
    assert second.validators.checksum is not None
    assert second.problems == ()


def test_a_redesign_is_a_problem_that_names_the_selector(crawl: Crawl) -> None:
    with Town({NAME: {"/list": page("<html><body><h1>All new</h1></body></html>")}}) as town:
        (visit,) = crawl(a_batch(the_listing(town)), town)
    assert problems(visit) == [Code.LISTING_EMPTY]
    assert visit.problems[0].hint.startswith("'li.teaser' found nothing on a good page")
