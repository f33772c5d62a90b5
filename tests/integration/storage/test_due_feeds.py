"""What would be polled now, without polling it."""

from __future__ import annotations

import pytest

from domain.poll import HostMemory
from tests.builders import NOW, a_feed, a_visit
from tests.integration.storage.saving import FEED, HOST, OTHER_FEED, SOURCE, after, save


@pytest.fixture
def due(store):
    """The ids of those among both feeds that are due."""

    def named(*, now, everything=False, feeds=(FEED, OTHER_FEED)):
        return [feed.id for feed in store.due_feeds(feeds, now=now, everything=everything)]

    return named


def test_feeds_never_polled_are_due_in_their_order(due):
    assert due(now=NOW) == [FEED.id, OTHER_FEED.id]


@pytest.mark.parametrize(("minutes", "ids"), [(29, []), (30, ["xx_economy/news"])])
def test_a_feed_is_due_at_its_time(store, due, minutes, ids):
    save(store, a_visit(), next_poll_at=after(minutes=30))
    assert due(now=after(minutes=minutes), feeds=[FEED]) == ids


def test_a_feed_that_was_polled_while_we_waited_for_our_turn_is_not_due(store, due):
    save(store, a_visit(finished_at=after(seconds=20)), next_poll_at=after(minutes=30))
    assert due(now=NOW, feeds=[FEED]) == []


def test_everything_overrides_the_pace(store, due):
    save(store, a_visit(), next_poll_at=after(minutes=30))
    assert due(now=NOW, everything=True) == [FEED.id, OTHER_FEED.id]


def test_a_host_that_asked_for_patience_is_left_out_even_with_everything(store, due):
    save(store, a_visit(host=HostMemory(host=HOST, not_before_at=after(hours=2))))
    assert due(now=after(hours=1), everything=True) == [OTHER_FEED.id]
    assert due(now=after(hours=2), everything=True) == [FEED.id, OTHER_FEED.id]


def test_a_host_that_somebody_asks_is_left_out(another, due):
    another.borrow(HOST, now=NOW)
    assert due(now=NOW, everything=True) == [OTHER_FEED.id]


def test_a_feed_that_nobody_has_heard_of_is_due(due):
    assert due(now=NOW, feeds=[a_feed(name="new", url="https://new.example/feed")]) == [
        "xx_economy/new"
    ]


def test_a_feed_at_a_new_address_is_due_at_once(store, due):
    save(store, a_visit(), next_poll_at=after(days=1))
    assert due(now=after(hours=1), feeds=[FEED]) == []
    assert due(now=after(hours=1), feeds=[a_feed(url="https://new.example/feed")]) == [
        "xx_economy/news"
    ]


def test_a_source_that_comes_back_keeps_its_pace(store, due):
    save(store, a_visit(), next_poll_at=after(days=2))
    store.remember_sources([], now=NOW)
    assert due(now=after(days=1), feeds=SOURCE.feeds) == []
    assert due(now=after(days=2), feeds=SOURCE.feeds) == ["xx_economy/news"]


def test_whoever_looks_leases_nothing(store, due):
    due(now=NOW)
    assert len(store.lease_due_hosts([FEED, OTHER_FEED], now=NOW, everything=False)) == 2
