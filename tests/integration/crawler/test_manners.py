"""Whether the town's visitor's book shows a polite guest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import pairwise

import pytest

from domain.poll import Code, Fate, FeedMemory, HostMemory, Outcome, Robots, Validators
from domain.source import Feed
from pollwatch.demo.town import Answer, Note, Town, moved, page
from tests.builders import a_feed, an_entry, an_owed
from tests.integration.crawler.offices import (
    NAME,
    OTHER,
    RSS,
    a_feed_of,
    a_release_page,
    an_office,
    feed_text,
    item,
)
from tests.integration.crawler.visitors import (
    Crawl,
    FakeRecall,
    a_batch,
    a_policy,
    in_an_hour,
    paths,
    problems,
    the_problem,
    utc_now,
)

ALLOWS_ALL = Robots(text="", holds=False, expires_at=datetime(2999, 1, 1, tzinfo=UTC))


def the_feed(town: Town, path: str = "/feed", *, host: str = NAME, name: str = "news") -> Feed:
    return a_feed(url=f"http://{host}:{town.port}{path}", name=name)


def pauses(notes: Sequence[Note]) -> list[float]:
    """From the end of each request to the start of the next."""
    return [after.began - before.ended for before, after in pairwise(notes)]


def test_a_pause_lies_between_all_requests_to_a_host(crawl: Crawl) -> None:
    with Town({NAME: an_office(1, 2)}) as town:
        policy = a_policy(hosts=town.hosts, delay=timedelta(milliseconds=150))
        crawl(a_batch(the_feed(town)), town, policy=policy)
    assert paths(town, NAME) == ["/robots.txt", "/feed", "/news/1", "/news/2"]
    assert min(pauses(town.book)) >= 0.149


def test_the_pause_holds_between_the_feeds_of_a_host(crawl: Crawl) -> None:
    with Town({NAME: an_office() | {"/feed": a_feed_of(), "/second": a_feed_of()}}) as town:
        policy = a_policy(hosts=town.hosts, delay=timedelta(milliseconds=150))
        feeds = (the_feed(town), the_feed(town, "/second", name="speeches"))
        crawl(a_batch(*feeds), town, policy=policy)
    assert paths(town, NAME) == ["/robots.txt", "/feed", "/second"]
    assert min(pauses(town.book)) >= 0.149


def test_the_pause_counts_from_what_is_remembered(crawl: Crawl) -> None:
    with Town({NAME: an_office()}) as town:
        policy = a_policy(hosts=town.hosts, delay=timedelta(milliseconds=300))
        asked_at = utc_now()
        host = HostMemory(host=f"{NAME}:{town.port}", last_asked_at=asked_at, robots=ALLOWS_ALL)
        (visit,) = crawl(a_batch(the_feed(town), host=host), town, policy=policy)
    assert visit.finished_at - asked_at >= timedelta(milliseconds=299)


def test_the_end_of_the_last_request_is_remembered(crawl: Crawl) -> None:
    with Town({NAME: an_office(1)}) as town:
        (visit,) = crawl(a_batch(the_feed(town)), town)
    assert visit.host.last_asked_at is not None
    assert visit.started_at < visit.host.last_asked_at <= visit.finished_at


def test_a_host_is_asked_by_one_request_at_a_time_whoever_leads_there(crawl: Crawl) -> None:
    elsewhere = [item(number, link=f"/to/{number}") for number in (1, 2, 3)]
    slow = Answer(body=a_release_page(1).body, delay=timedelta(milliseconds=30))
    with Town({NAME: {}, OTHER: {}, "archive.example": {}}) as town:
        way = {
            f"/to/{number}": moved(f"http://archive.example:{town.port}/{number}")
            for number in (1, 2, 3)
        }
        office = {"/feed": page(feed_text(elsewhere), content_type=RSS)} | way
        pages = {f"/{number}": slow for number in (1, 2, 3)}
        town.offices = {NAME: office, OTHER: office, "archive.example": pages}
        crawl(a_batch(the_feed(town), the_feed(town, host=OTHER, name="files")), town)
    visits = [note for note in town.book if note.host == "archive.example"]
    assert [note.path for note in visits[1:]].count("/2") == 2
    assert len(visits) == 7
    assert min(pauses(visits)) >= 0.019


def test_a_busy_host_is_left_alone_as_long_as_it_says(crawl: Crawl) -> None:
    busy = Answer(status=429, headers=(("Retry-After", "120"),))
    with Town({NAME: {"/feed": busy, "/second": a_feed_of()}}) as town:
        feeds = (the_feed(town), the_feed(town, "/second", name="speeches"))
        first, second = crawl(a_batch(*feeds), town)
    assert paths(town, NAME) == ["/robots.txt", "/feed"]
    assert the_problem((first,)).detail.endswith("/feed answers 429 Too Many Requests")
    assert second.outcome is Outcome.FAILED
    assert "asked to be left alone until" in second.problems[0].detail
    assert [problem.is_patient for problem in (*first.problems, *second.problems)] == [True, True]
    assert first.host.not_before_at is not None
    wait = first.host.not_before_at - first.finished_at
    assert timedelta(seconds=110) < wait <= timedelta(seconds=120)


@pytest.mark.parametrize(
    ("retry_after", "least", "most"),
    [
        ("", timedelta(minutes=9), timedelta(minutes=10)),
        ("soon", timedelta(minutes=9), timedelta(minutes=10)),
        ("99999999999", timedelta(hours=23), timedelta(days=1)),
        ("Fri, 01 Jan 2999 00:00:00 GMT", timedelta(hours=23), timedelta(days=1)),
        ("Fri, 01 Jan 1999 00:00:00 GMT", timedelta(minutes=-1), timedelta(0)),
    ],
)
def test_what_a_busy_host_says_is_read_within_reason(
    crawl: Crawl, retry_after: str, least: timedelta, most: timedelta
) -> None:
    busy = Answer(status=503, headers=(("Retry-After", retry_after),))
    with Town({NAME: {"/feed": busy}}) as town:
        (visit,) = crawl(a_batch(the_feed(town)), town)
    assert visit.host.not_before_at is not None
    assert least < visit.host.not_before_at - visit.finished_at <= most


@pytest.mark.parametrize("status", [429, 503])
def test_only_the_entry_that_a_busy_host_was_asked_for_loses_an_attempt(
    crawl: Crawl, status: int
) -> None:
    busy = Answer(status=status, headers=(("Retry-After", "60"),))
    with Town({NAME: an_office(1, 2, 3) | {"/news/2": busy}}) as town:
        (visit,) = crawl(a_batch(the_feed(town)), town)
    assert paths(town, NAME) == ["/robots.txt", "/feed", "/news/1", "/news/2"]
    assert [fate for _, fate in visit.fates] == [Fate.FETCHED, Fate.FAILED, Fate.DEFERRED]
    assert [owed.attempts for owed in visit.owed] == [1, 0]
    assert visit.outcome is Outcome.NEWS
    assert visit.problems == ()


def test_a_host_wide_outage_costs_no_attempt(crawl: Crawl) -> None:
    owed = (an_owed(attempts=4),)
    with Town({NAME: {"/feed": Answer(status=503)}}) as town:
        (visit,) = crawl(a_batch(the_feed(town), memory=FeedMemory(owed=owed)), town)
    assert visit.outcome is Outcome.FAILED
    assert visit.owed == owed


def test_a_page_that_is_busy_for_ever_is_given_up_aloud(crawl: Crawl) -> None:
    with Town({NAME: {"/feed": a_feed_of(), "/news/1": Answer(status=503)}}) as town:
        entry = an_entry(url=f"http://{NAME}:{town.port}/news/1")
        memory = FeedMemory(owed=(an_owed(entry, attempts=4),))
        (visit,) = crawl(a_batch(the_feed(town), memory=memory), town)
    assert visit.given_up == (entry,)
    assert visit.owed == ()
    assert problems(visit) == [Code.LISTING_EMPTY, Code.ENTRY_GIVEN_UP]


def test_a_host_that_asked_for_patience_before_is_not_asked(crawl: Crawl) -> None:
    with Town({NAME: an_office(1)}) as town:
        host = HostMemory(host=f"{NAME}:{town.port}", not_before_at=in_an_hour())
        (visit,) = crawl(a_batch(the_feed(town), host=host), town)
    assert town.book == ()
    assert the_problem((visit,)).code is Code.FEED_UNREACHABLE
    assert the_problem((visit,)).is_patient
    assert visit.host == host


def test_a_host_outside_the_batch_is_borrowed_for_a_request_and_given_back(crawl: Crawl) -> None:
    recall = FakeRecall()
    with Town({NAME: {}, OTHER: {}}) as town:
        link = f"http://{OTHER}:{town.port}/1"
        town.offices = {
            NAME: {"/feed": page(feed_text([item(1, link=link)]), content_type=RSS)},
            OTHER: {"/1": a_release_page(1)},
        }
        (visit,) = crawl(a_batch(the_feed(town)), town, recall=recall)
        other = f"{OTHER}:{town.port}"
    assert [fate for _, fate in visit.fates] == [Fate.FETCHED]
    assert recall.borrowed == [other]
    assert recall.taken == set()
    assert recall.hosts[other].last_asked_at is not None
    assert recall.hosts[other].robots is not None


def test_a_host_that_somebody_else_keeps_asking_defers_the_entry(crawl: Crawl) -> None:
    with Town({NAME: {}, OTHER: {}}) as town:
        recall = FakeRecall(taken={f"{OTHER}:{town.port}"})
        links = [item(number, link=f"http://{OTHER}:{town.port}/1") for number in (1, 2, 3)]
        town.offices = {NAME: {"/feed": page(feed_text(links), content_type=RSS)}}
        policy = a_policy(hosts=town.hosts, timeout=timedelta(milliseconds=500))
        (visit,) = crawl(a_batch(the_feed(town)), town, policy=policy, recall=recall)
    assert paths(town, OTHER) == []
    assert [fate for _, fate in visit.fates] == [Fate.DEFERRED] * 3
    assert [owed.attempts for owed in visit.owed] == [0, 0, 0]
    # The first one waits; those after it know better.
    assert visit.finished_at - visit.started_at < timedelta(seconds=1.4)


def test_we_say_who_we_are_and_which_language_we_came_for(crawl: Crawl) -> None:
    with Town({NAME: {"/feed": a_feed_of()}}) as town:
        feed = a_feed(url=f"http://{NAME}:{town.port}/feed", languages=("pl", "en"))
        crawl(a_batch(feed), town)
    headers = town.book[-1].headers
    assert headers["user-agent"] == "pollwatch (+https://press.example/about-our-visits)"
    assert headers["accept-language"] == "pl, en, *;q=0.5"
    assert headers["accept-encoding"] == "gzip, deflate"
    assert headers.keys() & {"referer", "cookie", "authorization"} == set()


def test_proxies_of_the_environment_are_not_used(
    crawl: Crawl, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("all_proxy", "http://127.0.0.1:9")
    with Town({NAME: an_office(1)}) as town:
        (visit,) = crawl(a_batch(the_feed(town)), town)
    assert visit.outcome is Outcome.NEWS


def test_hosts_are_asked_at_the_same_time(crawl: Crawl) -> None:
    slow = Answer(body=a_feed_of().body, delay=timedelta(milliseconds=400))
    names = [f"office{number}.example" for number in range(6)]
    with Town({name: {"/feed": slow} for name in names}) as town:
        feeds = [the_feed(town, host=name, name=name) for name in names]
        visits = crawl(a_batch(*feeds), town)
    ends = [visit.finished_at for visit in visits]
    assert len(ends) == 6
    assert max(ends) - min(visit.started_at for visit in visits) < timedelta(seconds=1.5)


def test_no_more_requests_are_under_way_than_the_policy_says(crawl: Crawl) -> None:
    slow = Answer(body=a_feed_of().body, delay=timedelta(milliseconds=100))
    names = [f"office{number}.example" for number in range(4)]
    with Town({name: {"/feed": slow} for name in names}) as town:
        feeds = [the_feed(town, host=name, name=name) for name in names]
        crawl(a_batch(*feeds), town, policy=a_policy(hosts=town.hosts, at_once=1))
    notes = sorted(town.book, key=lambda note: note.began)
    assert min(pauses(notes)) > -0.005


def test_four_hosts_are_open_for_each_request_under_way(crawl: Crawl) -> None:
    names = [f"office{number}.example" for number in range(6)]
    with Town({name: {"/feed": a_feed_of()} for name in names}) as town:
        feeds = [the_feed(town, host=name, name=name) for name in names]
        policy = a_policy(hosts=town.hosts, at_once=1, delay=timedelta(milliseconds=150))
        visits = crawl(a_batch(*feeds), town, policy=policy)
    notes = sorted(town.book, key=lambda note: note.began)
    assert [note.path for note in notes[:5]] == ["/robots.txt"] * 4 + ["/feed"]
    assert len(visits) == 6


def test_the_same_bytes_under_a_new_etag_are_asked_for_by_that_one(crawl: Crawl) -> None:
    office = an_office(1)
    body = office["/feed"].body
    checksum = sha256(body).hexdigest()
    office["/feed"] = Answer(body=body, headers=(("Content-Type", RSS), ("ETag", '"new"')))
    memory = FeedMemory(validators=Validators(etag='"old"', checksum=checksum))
    with Town({NAME: office}) as town:
        (visit,) = crawl(a_batch(the_feed(town), memory=memory), town)
    assert visit.outcome is Outcome.UNCHANGED
    assert visit.validators == Validators(etag='"new"', checksum=checksum)
