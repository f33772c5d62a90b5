"""What happens where there is no good answer."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from socket import create_server
from threading import Thread

import pytest

from domain.poll import Code, Fate, Outcome
from domain.source import Feed
from pollwatch.demo.town import Answer, Drip, Town, gzip_bomb, moved, page
from tests.builders import a_feed
from tests.integration.crawler.offices import (
    NAME,
    RSS,
    a_feed_of,
    a_release_page,
    an_office,
    feed_text,
    item,
)
from tests.integration.crawler.visitors import (
    Crawl,
    a_batch,
    a_policy,
    paths,
    the_problem,
)

QUARTER = timedelta(milliseconds=250)
CHALLENGE = page(
    "<html><head><title>Just a moment...</title></head><body><noscript>Enable JavaScript and"
    " cookies to continue</noscript><script>window._cf_chl_opt={};</script></body></html>"
)
CONSENT = page(
    "<html><head><title>Before you continue</title></head><body><h1>Your privacy</h1><p>We use"
    " cookies. Do you consent to cookies?</p><button>Accept all cookies</button></body></html>"
)
NOT_FOUND = page("<html><head><title>Page not found | Economy</title></head><body></body></html>")


def the_feed(town: Town, path: str = "/feed") -> Feed:
    return a_feed(url=f"http://{NAME}:{town.port}{path}")


@pytest.mark.parametrize(
    ("status", "code", "is_patient"),
    [
        (401, Code.FEED_REFUSED, False),
        (403, Code.FEED_REFUSED, False),
        (404, Code.FEED_GONE, False),
        (410, Code.FEED_GONE, False),
        (418, Code.FEED_UNREACHABLE, True),
        (500, Code.FEED_UNREACHABLE, True),
        (502, Code.FEED_UNREACHABLE, True),
        (204, Code.FEED_UNREACHABLE, True),
        (304, Code.FEED_UNREACHABLE, True),
    ],
)
def test_each_status_has_its_meaning(
    crawl: Crawl, status: int, code: Code, is_patient: bool
) -> None:
    with Town({NAME: {"/feed": Answer(status=status)}}) as town:
        problem = the_problem(crawl(a_batch(the_feed(town)), town))
    assert (problem.code, problem.is_patient) == (code, is_patient)
    assert f"{NAME}:{town.port}/feed answers {status}" in problem.detail


@pytest.mark.parametrize(
    "answer",
    [
        gzip_bomb(),
        Answer(body=b"x" * 1000, endless=True),
        Answer(body=b"x", declared_length=2**30),
    ],
    ids=["bomb", "endless", "boasting"],
)
def test_no_answer_is_read_beyond_the_limit(crawl: Crawl, answer: Answer) -> None:
    with Town({NAME: {"/feed": answer}}) as town:
        problem = the_problem(crawl(a_batch(the_feed(town)), town))
    assert problem.code is Code.PAGE_TOO_LARGE
    assert problem.detail.endswith("/feed answers with more than 1 MB")


@pytest.mark.parametrize(
    "answer",
    [Answer(body=b"x" * 100, drip=Drip(size=1, pause=QUARTER)), Answer(silence=True)],
    ids=["drip", "silence"],
)
def test_an_answer_has_to_be_complete_in_time(crawl: Crawl, answer: Answer) -> None:
    with Town({NAME: {"/feed": answer}}) as town:
        policy = a_policy(hosts=town.hosts, timeout=timedelta(milliseconds=600))
        problem = the_problem(crawl(a_batch(the_feed(town)), town, policy=policy))
    assert problem.code is Code.FEED_UNREACHABLE
    assert problem.is_patient
    assert problem.detail.endswith("/feed took longer than 0.6s")


def test_half_an_answer_is_none(crawl: Crawl) -> None:
    half = Answer(body=feed_text(map(item, range(50))).encode(), cut_short=True)
    with Town({NAME: {"/feed": half}}) as town:
        problem = the_problem(crawl(a_batch(the_feed(town)), town))
    assert problem.code is Code.FEED_UNREACHABLE
    assert problem.detail.endswith("/feed broke off in the middle")


@pytest.mark.parametrize("packing", ["gzip", "deflate", "br", "zstd"])
def test_packing_that_is_broken_is_no_answer(crawl: Crawl, packing: str) -> None:
    broken = Answer(headers=(("Content-Encoding", packing),), body=b"this is not packed")
    with Town({NAME: {"/feed": broken}}) as town:
        problem = the_problem(crawl(a_batch(the_feed(town)), town))
    assert problem.code is Code.FEED_UNREACHABLE
    assert problem.is_patient
    assert problem.detail.endswith("/feed is packed in a way that cannot be unpacked")


def test_the_head_of_an_answer_has_an_end(crawl: Crawl) -> None:
    talker = Answer(headers=tuple((f"X-{number}", "x" * 1000) for number in range(200)))
    with Town({NAME: {"/feed": talker}}) as town:
        problem = the_problem(crawl(a_batch(the_feed(town)), town))
    assert problem.code is Code.PAGE_TOO_LARGE
    assert problem.detail.endswith("/feed answers with more than 64 kB of headers")
    assert paths(town, NAME) == ["/robots.txt", "/feed"]


def test_a_closed_door_is_no_answer(crawl: Crawl) -> None:
    with Town({NAME: {}}) as town:
        feed = the_feed(town)
    problem = the_problem(crawl(a_batch(feed), town))
    assert problem.code is Code.FEED_UNREACHABLE
    assert problem.is_patient
    assert problem.detail.endswith("/robots.txt gives no answer: connections are refused")


def test_a_connection_that_got_lost_is_tried_once_more(crawl: Crawl) -> None:
    body = a_feed_of(1).body
    answer = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%b"
    served = [b"HTTP/1.1 404 No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", b""]
    served.append(answer % (len(body), body))
    with closing(create_server(("127.0.0.1", 0))) as server, Town({NAME: {}}) as town:

        def serve() -> None:
            while served:
                line, _ = server.accept()
                with line:
                    line.recv(10_000)
                    line.sendall(served.pop(0))

        Thread(target=serve, daemon=True).start()
        feed = a_feed(url=f"http://{NAME}:{server.getsockname()[1]}/feed")
        policy = a_policy(hosts=town.hosts, releases_per_run=0)
        (visit,) = crawl(a_batch(feed), town, policy=policy)
    assert visit.outcome is Outcome.NEWS
    assert visit.listed == 1


@pytest.mark.parametrize("status", [301, 308])
def test_a_feed_that_moved_for_good_is_read_and_its_new_address_told(
    crawl: Crawl, status: int
) -> None:
    office = an_office(1) | {"/old": moved("/feed", status=status)}
    with Town({NAME: office}) as town:
        (visit,) = crawl(a_batch(the_feed(town, "/old")), town)
    (problem,) = visit.problems
    assert visit.outcome is Outcome.NEWS
    assert problem.code is Code.FEED_MOVED
    assert problem.detail.endswith(f"has moved for good to http://{NAME}:{town.port}/feed")


@pytest.mark.parametrize("status", [302, 303, 307])
def test_a_passing_redirect_is_followed_without_a_word(crawl: Crawl, status: int) -> None:
    with Town({NAME: an_office(1) | {"/old": moved("/feed", status=status)}}) as town:
        (visit,) = crawl(a_batch(the_feed(town, "/old")), town)
    assert visit.outcome is Outcome.NEWS
    assert visit.problems == ()


def test_a_release_is_recognised_under_the_address_that_answered(crawl: Crawl) -> None:
    office = {
        "/feed": page(feed_text([item(1, link="/short")]), content_type=RSS),
        "/short": moved("/news/1?utm_source=feed"),
        "/news/1": a_release_page(1),
    }
    with Town({NAME: office}) as town:
        (visit,) = crawl(a_batch(the_feed(town)), town)
        address = f"http://{NAME}:{town.port}"
    release = visit.fetched[0].release
    assert release.url == f"{address}/short"
    assert release.canonical_url == f"{address}/news/1"
    assert release.original.url == f"{address}/news/1?utm_source=feed"


def test_redirects_in_a_circle_are_named_as_such(crawl: Crawl) -> None:
    with Town({NAME: {"/feed": moved("/round"), "/round": moved("/feed")}}) as town:
        problem = the_problem(crawl(a_batch(the_feed(town)), town))
    assert len(town.book) == 3
    assert problem.code is Code.FEED_REFUSED
    assert "redirects in a circle" in problem.detail


def test_ten_redirects_are_enough(crawl: Crawl) -> None:
    office = {f"/{hop}": moved(f"/{hop + 1}", status=302) for hop in range(20)}
    with Town({NAME: office}) as town:
        problem = the_problem(crawl(a_batch(the_feed(town, "/0")), town))
    assert len(town.book) == 1 + 11
    assert problem.code is Code.FEED_REFUSED
    assert problem.detail.endswith("/0 redirects more than 10 times")


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "ftp://127.0.0.1/x", "data:text/html,hello"]
)
def test_only_the_web_is_asked(crawl: Crawl, address: str) -> None:
    with Town({NAME: {"/feed": moved(address)}}) as town:
        problem = the_problem(crawl(a_batch(the_feed(town)), town))
    assert problem.code is Code.FEED_REFUSED
    assert "which is no http(s) address" in problem.detail


@pytest.mark.parametrize(
    ("wall", "code"),
    [
        (CHALLENGE, Code.FEED_REFUSED),
        (CONSENT, Code.FEED_REFUSED),
        (NOT_FOUND, Code.FEED_GONE),
        (Answer(status=503, body=CHALLENGE.body), Code.FEED_REFUSED),
    ],
    ids=["challenge", "consent", "soft 404", "challenge with 503"],
)
def test_a_wall_is_no_feed(crawl: Crawl, wall: Answer, code: Code) -> None:
    with Town({NAME: {"/feed": wall}}) as town:
        problem = the_problem(crawl(a_batch(the_feed(town)), town))
    assert problem.code is code


@pytest.mark.parametrize("status", [429, 500, 503])
def test_an_outage_is_no_wall_whoever_signs_its_page(crawl: Crawl, status: int) -> None:
    signed = Answer(status=status, body=b"<p>Reference https://errors.edgesuite.net/18.5e</p>")
    with Town({NAME: {"/feed": signed}}) as town:
        problem = the_problem(crawl(a_batch(the_feed(town)), town))
    assert (problem.code, problem.is_patient) == (Code.FEED_UNREACHABLE, True)


@pytest.mark.parametrize(
    "wall", [CHALLENGE, CONSENT, NOT_FOUND], ids=["challenge", "consent", "404"]
)
def test_a_wall_is_no_release(crawl: Crawl, wall: Answer) -> None:
    with Town({NAME: {"/feed": a_feed_of(1), "/news/1": wall}}) as town:
        (visit,) = crawl(a_batch(the_feed(town)), town)
    assert [fate for _, fate in visit.fates] == [Fate.FAILED]
    assert visit.owed[0].reason.startswith(f"http://{NAME}:{town.port}/news/1 ")


@pytest.mark.parametrize(
    ("headers", "detail"),
    [((), "does not say where to"), ((("Location", "http://[broken"),), "which is no address")],
)
def test_a_redirect_to_nowhere_is_no_answer(
    crawl: Crawl, headers: tuple[tuple[str, str], ...], detail: str
) -> None:
    with Town({NAME: {"/feed": Answer(status=302, headers=headers)}}) as town:
        problem = the_problem(crawl(a_batch(the_feed(town)), town))
    assert problem.code is Code.FEED_UNREACHABLE
    assert detail in problem.detail
