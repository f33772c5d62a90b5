"""What the polls of a feed say of its health."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.health import FeedState, Health, verdict
from domain.poll import Code, Outcome
from domain.source import FeedId

NOW = datetime(2024, 3, 20, 12, tzinfo=UTC)
POLLED = FeedState(
    feed_id=FeedId("pl_mfa/news"),
    first_polled_at=NOW - timedelta(days=365),
    last_polled_at=NOW,
    next_poll_at=NOW + timedelta(hours=1),
    last_new_at=NOW - timedelta(days=2),
    last_outcome=Outcome.NEWS,
    failures=0,
    open_problems=(),
    is_retired=False,
)


def test_a_feed_that_answers_is_well():
    assert verdict(POLLED) is Health.WELL


def test_a_feed_never_polled_is_untried():
    untried = replace(POLLED, first_polled_at=None, last_polled_at=None, last_new_at=None)

    assert verdict(untried) is Health.UNTRIED


@pytest.mark.parametrize(
    ("code", "health"),
    [
        (Code.FEED_SILENT, Health.SILENT),
        (Code.FEED_LATE, Health.LATE),
        (Code.FEED_THIN, Health.WELL),
    ],
)
def test_a_quiet_feed_is_late_or_silent_as_it_was_judged(code, health):
    assert verdict(replace(POLLED, open_problems=(code,))) is health


@pytest.mark.parametrize(("failures", "health"), [(2, Health.WELL), (3, Health.FAILING)])
def test_a_feed_is_failing_from_the_third_failed_poll_in_a_row_on(failures, health):
    assert verdict(replace(POLLED, failures=failures)) is health


def test_a_feed_that_never_brought_anything_is_failing_at_its_first_failure():
    never = replace(POLLED, failures=1, last_new_at=None)

    assert verdict(never) is Health.FAILING


def test_a_feed_whose_listing_is_empty_is_failing_although_it_answers():
    empty = replace(POLLED, open_problems=(Code.LISTING_EMPTY,))

    assert verdict(empty) is Health.FAILING


def test_a_feed_that_refuses_us_is_refused_rather_than_failing():
    refused = replace(POLLED, failures=4, open_problems=(Code.FEED_REFUSED,))

    assert verdict(refused) is Health.REFUSED


def test_a_feed_that_left_the_configuration_is_retired():
    assert verdict(replace(POLLED, is_retired=True)) is Health.RETIRED
