"""Whether robots.txt is asked for, kept and remembered."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from domain.poll import Code, Fate, HostMemory, Outcome, Robots
from domain.source import Feed
from pollwatch.demo.town import Answer, Note, Town, moved, page
from tests.builders import a_feed
from tests.integration.crawler.offices import (
    NAME,
    OTHER,
    a_feed_of,
    an_office,
)
from tests.integration.crawler.visitors import (
    Crawl,
    FakeRecall,
    a_batch,
    paths,
    problems,
)

ALLOWS_ALL = Robots(text="", holds=False, expires_at=datetime(2999, 1, 1, tzinfo=UTC))


def the_feed(town: Town, path: str = "/feed", *, host: str = NAME, name: str = "news") -> Feed:
    return a_feed(url=f"http://{host}:{town.port}{path}", name=name)


def robots(text: str) -> Answer:
    return page(text, content_type="text/plain")


def pauses(notes: Sequence[Note]) -> list[float]:
    """From the end of each request to the start of the next."""
    return [after.began - before.ended for before, after in pairwise(notes)]


def test_robots_txt_is_asked_first_and_remembered(crawl: Crawl) -> None:
    rules = "User-agent: *\nDisallow: /private/\n"
    with Town({NAME: {"/robots.txt": robots(rules), "/feed": a_feed_of()}}) as town:
        (visit,) = crawl(a_batch(the_feed(town)), town)
    assert paths(town, NAME) == ["/robots.txt", "/feed"]
    assert visit.host.robots is not None
    assert visit.host.robots.text == rules
    assert visit.host.robots.expires_at - visit.started_at > timedelta(hours=23)


def test_what_is_remembered_of_robots_txt_is_not_asked_again(crawl: Crawl) -> None:
    with Town({NAME: {"/feed": a_feed_of()}}) as town:
        host = HostMemory(host=f"{NAME}:{town.port}", robots=ALLOWS_ALL)
        crawl(a_batch(the_feed(town), host=host), town)
    assert paths(town, NAME) == ["/feed"]


def test_an_expired_robots_txt_is_asked_again(crawl: Crawl) -> None:
    old = Robots(text="", holds=True, expires_at=datetime(2024, 1, 1, tzinfo=UTC))
    with Town({NAME: {"/feed": a_feed_of()}}) as town:
        host = HostMemory(host=f"{NAME}:{town.port}", robots=old)
        crawl(a_batch(the_feed(town), host=host), town)
    assert paths(town, NAME) == ["/robots.txt", "/feed"]


def test_a_feed_that_robots_txt_disallows_is_refused_and_never_asked_for(crawl: Crawl) -> None:
    rules = robots("User-agent: pollwatch\nDisallow: /feed\n")
    with Town({NAME: {"/robots.txt": rules, "/feed": a_feed_of()}}) as town:
        (visit,) = crawl(a_batch(the_feed(town)), town)
    assert paths(town, NAME) == ["/robots.txt"]
    assert visit.outcome is Outcome.FAILED
    assert problems(visit) == [Code.FEED_REFUSED]
    assert visit.problems[0].detail.startswith(f"the robots.txt of {NAME}:")


def test_a_page_that_robots_txt_disallows_fails_and_is_never_asked_for(crawl: Crawl) -> None:
    rules = robots("User-agent: *\nDisallow: /news/1\n")
    with Town({NAME: an_office(1, 2) | {"/robots.txt": rules}}) as town:
        (visit,) = crawl(a_batch(the_feed(town)), town)
    assert paths(town, NAME) == ["/robots.txt", "/feed", "/news/2"]
    assert [fate for _, fate in visit.fates] == [Fate.FAILED, Fate.FETCHED]


def test_rules_for_other_robots_do_not_concern_us(crawl: Crawl) -> None:
    rules = robots("User-agent: GreedyBot\nDisallow: /\n")
    with Town({NAME: {"/robots.txt": rules, "/feed": a_feed_of()}}) as town:
        crawl(a_batch(the_feed(town)), town)
    assert paths(town, NAME) == ["/robots.txt", "/feed"]


@pytest.mark.parametrize("status", [500, 503])
def test_a_robots_txt_that_cannot_be_had_holds_everything(crawl: Crawl, status: int) -> None:
    with Town({NAME: {"/robots.txt": Answer(status=status), "/feed": a_feed_of()}}) as town:
        feeds = (the_feed(town), the_feed(town, name="speeches"))
        visits = crawl(a_batch(*feeds), town)
    assert paths(town, NAME) == ["/robots.txt"]
    assert [visit.outcome for visit in visits] == [Outcome.FAILED, Outcome.FAILED]
    assert [problems(visit) for visit in visits] == [
        [Code.FEED_UNREACHABLE],
        [Code.FEED_UNREACHABLE],
    ]
    assert visits[0].problems[0].is_patient
    assert visits[0].host.robots is not None
    assert visits[0].host.robots.holds
    assert visits[0].host.robots.expires_at - visits[0].started_at < timedelta(hours=2)


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_host_without_robots_txt_allows_everything(crawl: Crawl, status: int) -> None:
    with Town({NAME: {"/robots.txt": Answer(status=status), "/feed": a_feed_of()}}) as town:
        crawl(a_batch(the_feed(town)), town)
    assert paths(town, NAME) == ["/robots.txt", "/feed"]


def test_a_crawl_delay_longer_than_ours_is_kept(crawl: Crawl) -> None:
    rules = robots("User-agent: *\nCrawl-delay: 0.3\n")
    with Town({NAME: {"/robots.txt": rules, "/feed": a_feed_of()}}) as town:
        crawl(a_batch(the_feed(town)), town)
    assert paths(town, NAME) == ["/robots.txt", "/feed"]
    assert min(pauses(town.book)) >= 0.299


def test_a_robots_txt_elsewhere_is_followed_in_its_own_hosts_turn(crawl: Crawl) -> None:
    recall = FakeRecall()
    with Town({NAME: {}, OTHER: {}}) as town:
        town.offices = {
            NAME: {
                "/robots.txt": moved(f"http://{OTHER}:{town.port}/rules.txt"),
                "/feed": a_feed_of(),
            },
            OTHER: {"/rules.txt": robots("User-agent: *\nDisallow: /feed\n")},
        }
        (visit,) = crawl(a_batch(the_feed(town)), town, recall=recall)
    assert paths(town, NAME) == ["/robots.txt"]
    assert paths(town, OTHER) == ["/rules.txt"]
    assert recall.borrowed == [f"{OTHER}:{town.port}"]
    assert problems(visit) == [Code.FEED_REFUSED]


def test_a_robots_txt_behind_too_many_redirects_is_one_that_is_not_there(crawl: Crawl) -> None:
    office = {"/robots.txt": moved("/robots.txt", status=302), "/feed": a_feed_of()}
    with Town({NAME: office}) as town:
        (visit,) = crawl(a_batch(the_feed(town)), town)
    assert paths(town, NAME) == ["/robots.txt"] * 6 + ["/feed"]
    assert visit.outcome is Outcome.NEWS


def test_a_robots_txt_elsewhere_that_cannot_be_had_holds_everything(crawl: Crawl) -> None:
    broken = Answer(body=b"User-agent: *", cut_short=True)
    with Town({NAME: {}, OTHER: {"/rules.txt": broken}}) as town:
        rules = moved(f"http://{OTHER}:{town.port}/rules.txt")
        town.offices = {NAME: {"/robots.txt": rules}, OTHER: {"/rules.txt": broken}}
        (visit,) = crawl(a_batch(the_feed(town)), town)
    assert paths(town, NAME) == ["/robots.txt"]
    assert problems(visit) == [Code.FEED_UNREACHABLE]
    assert visit.host.robots is not None
    assert visit.host.robots.holds


LONG_RULES = b"User-agent: *\nDisallow: /news/\n" + b"# nothing\n" * 200_000 + b"Disallow: /feed\n"
PACKED = (("Content-Encoding", "gzip"),)


@pytest.mark.parametrize(
    "rules",
    [
        Answer(body=LONG_RULES),
        Answer(body=LONG_RULES, declared_length=2**30),
        Answer(body=LONG_RULES, endless=True),
    ],
    ids=["long", "boasting", "endless"],
)
def test_of_a_robots_txt_beyond_the_limit_the_beginning_is_obeyed(
    crawl: Crawl, rules: Answer
) -> None:
    with Town({NAME: an_office(1) | {"/robots.txt": rules}}) as town:
        (visit,) = crawl(a_batch(the_feed(town)), town)
    assert paths(town, NAME)[-1] == "/feed"
    assert [fate for _, fate in visit.fates] == [Fate.FAILED]
    assert visit.host.robots is not None
    assert 500_000 < len(visit.host.robots.text) <= 500 * 1024


@pytest.mark.parametrize(
    "rules",
    [
        Answer(headers=PACKED, body=gzip.compress(b"# nothing\n" * 2_000_000)),
        Answer(headers=tuple((f"X-{n}", "x" * 1000) for n in range(200))),
    ],
    ids=["bomb", "endless head"],
)
def test_a_robots_txt_that_is_too_large_to_read_holds_everything_and_is_not_asked_again(
    crawl: Crawl, rules: Answer
) -> None:
    with Town({NAME: {"/robots.txt": rules, "/feed": a_feed_of()}}) as town:
        feeds = (the_feed(town), the_feed(town, name="speeches"))
        visits = crawl(a_batch(*feeds), town)
    assert paths(town, NAME) == ["/robots.txt"]
    assert [problems(visit) for visit in visits] == [
        [Code.FEED_UNREACHABLE],
        [Code.FEED_UNREACHABLE],
    ]


def test_a_robots_txt_that_leads_into_a_private_network_holds_everything(crawl: Crawl) -> None:
    office = {"/robots.txt": moved("http://10.0.0.7/robots.txt"), "/feed": a_feed_of()}
    with Town({NAME: office}) as town:
        (visit,) = crawl(a_batch(the_feed(town)), town)
    assert paths(town, NAME) == ["/robots.txt"]
    assert problems(visit) == [Code.FEED_UNREACHABLE]
    assert visit.host.robots is not None
    assert visit.host.robots.holds


def test_a_robots_txt_that_asks_for_patience_is_not_remembered(crawl: Crawl) -> None:
    busy = Answer(status=429, headers=(("Retry-After", "60"),))
    with Town({NAME: {"/robots.txt": busy, "/feed": a_feed_of()}}) as town:
        (visit,) = crawl(a_batch(the_feed(town)), town)
    assert paths(town, NAME) == ["/robots.txt"]
    assert visit.outcome is Outcome.FAILED
    assert [problem.is_patient for problem in visit.problems] == [True]
    assert visit.host.robots is None
    assert visit.host.not_before_at is not None
