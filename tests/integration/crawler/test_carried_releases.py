"""What is kept where an entry's page refuses, and its feed carries the text."""

from __future__ import annotations

import zlib

import pytest

from domain.poll import Code, Fate, FeedMemory, HostMemory, Outcome, Validators
from domain.release import Witness
from domain.source import Feed
from pollwatch.demo.town import Answer, Asked, Town, moved, page
from tests.builders import a_feed, an_entry, an_owed
from tests.integration.crawler.offices import NAME, OTHER, RSS, a_release_page, feed_text
from tests.integration.crawler.visitors import Crawl, FakeRecall, a_batch, paths, problems

TEXT = "The ministry does not recognise the vote on the occupied territory. " * 8
CHALLENGE = page("<html><head><title>Just a moment...</title></head><body></body></html>")
DISALLOWED = page("User-agent: *\nDisallow: /news/\n", content_type="text/plain")


def a_full_feed(text: str = TEXT) -> Answer:
    item = (
        f"<item><title>On the vote</title><link>/news/1</link><guid isPermaLink='false'>id-1</guid>"
        f"<description>{text}</description>"
        "<pubDate>Mon, 18 Mar 2024 10:00:00 +0100</pubDate></item>"
    )
    return page(feed_text([item]), content_type=RSS)


def the_feed(town: Town) -> Feed:
    return a_feed(url=f"http://{NAME}:{town.port}/feed")


@pytest.mark.parametrize(
    "office",
    [
        {"/news/1": Answer(status=401)},
        {"/news/1": Answer(status=403)},
        {"/news/1": CHALLENGE},
        {"/robots.txt": DISALLOWED},
    ],
    ids=["401", "403", "challenge", "robots.txt"],
)
def test_the_text_that_a_feed_carries_is_kept_where_the_page_refuses(
    crawl: Crawl, office: dict[str, Answer]
) -> None:
    with Town({NAME: {"/feed": a_full_feed()} | office}) as town:
        (visit,) = crawl(a_batch(the_feed(town)), town)
    (fetched,) = visit.fetched
    assert fetched.release.text == TEXT.strip()
    assert fetched.release.title == "On the vote"
    assert set(fetched.release.witnesses.values()) == {Witness.FEED}
    assert fetched.release.original.url == f"http://{NAME}:{town.port}/feed"
    assert zlib.decompress(fetched.release.original.body) == a_full_feed().body
    assert [fate for _, fate in visit.fates] == [Fate.FETCHED]
    assert visit.owed == ()
    assert problems(visit) == [Code.RELEASE_FROM_FEED]
    assert visit.problems[0].place == "xx_economy/news"


def test_a_teaser_is_no_release(crawl: Crawl) -> None:
    office = {"/feed": a_full_feed("The minister spoke."), "/news/1": Answer(status=403)}
    with Town({NAME: office}) as town:
        (visit,) = crawl(a_batch(the_feed(town)), town)
    assert [fate for _, fate in visit.fates] == [Fate.FAILED]
    assert [owed.attempts for owed in visit.owed] == [1]


def test_a_page_that_is_missing_is_asked_for_again_whatever_its_feed_carries(crawl: Crawl) -> None:
    with Town({NAME: {"/feed": a_full_feed()}}) as town:
        (visit,) = crawl(a_batch(the_feed(town)), town)
    assert [owed.attempts for owed in visit.owed] == [1]


def unchanged_if_asked(asked: Asked) -> Answer:
    return Answer(status=304) if "if-none-match" in asked.headers else a_full_feed()


@pytest.mark.parametrize(("key", "attempts"), [("id-1", []), ("id-2", [1])])
def test_of_a_feed_that_did_not_change_an_owed_entry_is_kept_if_it_is_still_there(
    crawl: Crawl, key: str, attempts: list[int]
) -> None:
    office = {"/feed": unchanged_if_asked, "/news/1": Answer(status=403)}
    with Town({NAME: office}) as town:
        entry = an_entry(key=key, url=f"http://{NAME}:{town.port}/news/1", summary=TEXT)
        memory = FeedMemory(validators=Validators(etag='"1"'), owed=(an_owed(entry),))
        (visit,) = crawl(a_batch(the_feed(town), memory=memory), town)
    assert visit.outcome is Outcome.UNCHANGED
    assert paths(town, NAME) == ["/robots.txt", "/feed", "/news/1", "/feed"]
    assert [owed.attempts for owed in visit.owed] == attempts


def test_a_bug_on_the_way_to_what_a_feed_carries_costs_only_its_entry(crawl: Crawl) -> None:
    class Forgetful(FakeRecall):
        async def borrow(self, host: str) -> HostMemory | None:
            raise LookupError(host)

    def elsewhere_unless_unchanged(asked: Asked) -> Answer:
        is_conditional = "if-none-match" in asked.headers
        return Answer(status=304) if is_conditional else moved(f"http://{OTHER}:{town.port}/feed")

    office = {
        "/feed": elsewhere_unless_unchanged,
        "/news/1": Answer(status=403),
        "/news/2": a_release_page(2),
    }
    with Town({NAME: office, OTHER: {}}) as town:
        news = f"http://{NAME}:{town.port}/news"
        owed = tuple(an_owed(an_entry(url=f"{news}/{n}", summary=TEXT)) for n in (1, 2))
        memory = FeedMemory(validators=Validators(etag='"1"'), owed=owed)
        (visit,) = crawl(a_batch(the_feed(town), memory=memory), town, recall=Forgetful())
    assert visit.outcome is Outcome.UNCHANGED
    assert [fate for _, fate in visit.fates] == [Fate.FAILED, Fate.FETCHED]
    assert [(problem.code, problem.place) for problem in visit.problems] == [
        (Code.UNEXPECTED, f"{news}/1")
    ]
