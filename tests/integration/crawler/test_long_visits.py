"""What becomes of a poll that does not end?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.poll import Code, Fate, Outcome
from pollwatch.demo.town import Answer, Town
from tests.builders import a_feed
from tests.integration.crawler.offices import NAME, an_office
from tests.integration.crawler.visitors import a_batch, a_policy

SILENT = Answer(silence=True)


@pytest.fixture
def cut_short(crawl):
    """The visit of an office some of whose addresses are silent for longer than a poll may take."""

    def visit(office):
        with Town({NAME: office}) as town:
            policy = a_policy(
                hosts=town.hosts,
                timeout=timedelta(seconds=20),
                longest_visit=timedelta(seconds=0.6),
            )
            (visit,) = crawl(a_batch(a_feed(url=f"http://{NAME}:{town.port}/feed")), policy=policy)
        return visit

    return visit


def test_what_a_long_poll_fetched_is_brought_home_and_the_rest_is_owed(cut_short):
    visit = cut_short(an_office(1, 2, 3) | {"/news/2": SILENT})
    assert visit.outcome is Outcome.NEWS
    assert [fate for _, fate in visit.fates] == [Fate.FETCHED, Fate.DEFERRED, Fate.DEFERRED]
    assert [owed.entry.key for owed in visit.owed] == ["id-2", "id-3"]


def test_a_long_poll_is_reported(cut_short):
    visit = cut_short(an_office(1) | {"/news/1": SILENT})
    assert [problem.code for problem in visit.problems] == [Code.POLL_TOO_LONG]
    assert visit.problems[0].detail == "the poll was ended after 0.01 minutes"


def test_a_poll_whose_listing_never_comes_has_failed(cut_short):
    visit = cut_short(an_office(1) | {"/feed": SILENT})
    assert (visit.outcome, visit.listed) == (Outcome.FAILED, 0)
    assert [problem.code for problem in visit.problems] == [Code.POLL_TOO_LONG]
