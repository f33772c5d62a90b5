"""Whether anything but the public internet is ever dialled."""

from __future__ import annotations

import pytest

from domain.poll import Code, Outcome
from domain.source import Feed
from pollwatch.demo.town import Town, moved
from tests.builders import a_feed
from tests.integration.crawler.offices import (
    NAME,
    an_office,
)
from tests.integration.crawler.visitors import (
    Crawl,
    a_batch,
    a_policy,
    the_problem,
)


def the_feed(town: Town, path: str = "/feed") -> Feed:
    return a_feed(url=f"http://{NAME}:{town.port}{path}")


LITERALS = [
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f.1",
    "0177.0.0.1",
    "0.0.0.0",
    "[::1]",
    "[::ffff:127.0.0.1]",
]


@pytest.mark.parametrize("literal", [*LITERALS, "localhost"])
def test_no_spelling_of_this_machine_is_dialled(crawl: Crawl, literal: str) -> None:
    with Town({literal: an_office(1)}) as town:
        feed = a_feed(url=f"http://{literal}:{town.port}/feed")
        problem = the_problem(crawl(a_batch(feed), policy=a_policy()))
    assert town.book == ()
    assert problem.code is Code.FEED_REFUSED
    assert "which is no public address" in problem.detail


@pytest.mark.parametrize("literal", LITERALS)
def test_settings_map_names_and_no_literals(crawl: Crawl, literal: str) -> None:
    with Town({literal: an_office(1)}) as town:
        feed = a_feed(url=f"http://{literal}:{town.port}/feed")
        policy = a_policy(hosts={literal.strip("[]"): "127.0.0.1"})
        problem = the_problem(crawl(a_batch(feed), policy=policy))
    assert town.book == ()
    assert problem.code is Code.FEED_REFUSED


@pytest.mark.parametrize("literal", [*LITERALS, "localhost"])
def test_no_redirect_leads_to_this_machine(crawl: Crawl, literal: str) -> None:
    with Town({NAME: {}}) as town:
        inside = moved(f"http://{literal}:{town.port}/feed")
        town.offices = {NAME: {"/feed": inside}}
        problem = the_problem(crawl(a_batch(the_feed(town)), town))
    assert [note.host for note in town.book] == [NAME, NAME]
    assert problem.code is Code.FEED_REFUSED


def test_settings_may_allow_this_machine_aloud(crawl: Crawl) -> None:
    with Town({"127.0.0.1": an_office(1)}) as town:
        feed = a_feed(url=f"http://127.0.0.1:{town.port}/feed")
        (visit,) = crawl(a_batch(feed), town, policy=a_policy(allow_private=True))
    assert visit.outcome is Outcome.NEWS
