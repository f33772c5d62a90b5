"""How a feed is that stands in for another one."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.health import FeedState, Health, watched_feeds
from domain.poll import Code, Outcome
from domain.source import FeedId
from tests.builders import a_feed, a_source

NOW = datetime(2024, 3, 20, 12, tzinfo=UTC)
PRIMARY = a_feed()
FALLBACK = a_feed(name="list", fallback_for=PRIMARY.id)
WELL = FeedState(
    feed_id=FeedId(PRIMARY.id),
    first_polled_at=NOW,
    last_polled_at=NOW,
    next_poll_at=NOW,
    last_new_at=NOW,
    last_outcome=Outcome.NEWS,
    failures=0,
    open_problems=(),
    is_retired=False,
)


def health(primary):
    states = {PRIMARY.id: primary} if primary else {}
    _, fallback = watched_feeds([a_source(feeds=(PRIMARY, FALLBACK))], states=states)
    return fallback.health


@pytest.mark.parametrize(
    "primary",
    [None, WELL, replace(WELL, failures=1), replace(WELL, open_problems=(Code.FEED_LATE,))],
)
def test_a_fallback_rests_while_the_other_feed_does_its_work(primary):
    assert health(primary) is Health.RESTING


@pytest.mark.parametrize(
    "primary",
    [
        replace(WELL, failures=3),
        replace(WELL, open_problems=(Code.FEED_REFUSED,)),
        replace(WELL, open_problems=(Code.LISTING_EMPTY,)),
    ],
)
def test_a_fallback_is_awake_while_the_other_feed_ails(primary):
    assert health(primary) is Health.UNTRIED
