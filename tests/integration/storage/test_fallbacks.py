"""When a feed that stands in for another one is polled."""

from __future__ import annotations

import pytest

from domain.poll import Code
from domain.source import FeedId
from tests.builders import NOW, a_failed_visit, a_feed, a_problem, a_visit, an_entry, an_owed
from tests.integration.storage.saving import FEED, OTHER_FEED, save

FALLBACK = a_feed(
    source_id=OTHER_FEED.source_id,
    name=OTHER_FEED.name,
    url=OTHER_FEED.url,
    fallback_for=FeedId(FEED.id),
)


@pytest.fixture
def due(store):
    """Whether the fallback would be polled, and whether it is when hosts are leased."""

    def due(*, everything=False):
        would_be = store.due_feeds([FALLBACK], now=NOW, everything=everything)
        leased = store.lease_due_hosts([FALLBACK], now=NOW, everything=everything)
        return (bool(would_be), bool(leased))

    return due


def test_a_fallback_rests_while_nothing_is_known_against_the_other(due):
    assert due() == (False, False)


def test_a_fallback_rests_while_the_other_answers_well_also_when_all_are_polled(store, due):
    save(store, a_visit())

    assert due(everything=True) == (False, False)


def test_a_fallback_is_polled_while_the_other_is_refused(store, due):
    save(store, a_failed_visit(a_problem(code=Code.FEED_REFUSED, place=FEED.id)))

    assert due() == (True, True)


def test_a_fallback_rests_again_once_the_other_answers(store, due):
    save(store, a_failed_visit(a_problem(code=Code.FEED_GONE, place=FEED.id)))
    save(store, a_visit())

    assert due() == (False, False)


def test_a_fallback_that_owes_something_is_polled_all_the_same(store, due):
    save(store, a_visit(feed=OTHER_FEED, owed=(an_owed(an_entry()),)))

    assert due(everything=True) == (True, True)
