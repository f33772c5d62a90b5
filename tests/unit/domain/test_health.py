"""What the polls of a feed say of its health."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.health import FeedState, Health, verdict
from domain.poll import Code, Outcome
from domain.source import Expectation, FeedId

NOW = datetime(2024, 3, 20, 12, tzinfo=UTC)
WEEKLY = Expectation(count=1, per=timedelta(weeks=1))
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


def test_a_feed_that_brings_what_is_expected_is_well():
    assert verdict(POLLED, expect=WEEKLY, now=NOW) is Health.WELL


def test_a_feed_never_polled_is_untried():
    untried = replace(POLLED, first_polled_at=None, last_polled_at=None, last_new_at=None)

    assert verdict(untried, expect=WEEKLY, now=NOW) is Health.UNTRIED


def test_a_feed_without_an_expectation_is_not_blamed_for_silence():
    quiet = replace(POLLED, last_new_at=NOW - timedelta(days=300))

    assert verdict(quiet, expect=None, now=NOW) is Health.WELL


@pytest.mark.parametrize(
    ("days", "health"), [(20, Health.WELL), (22, Health.LATE), (71, Health.SILENT)]
)
def test_a_quiet_feed_becomes_late_and_then_silent(days, health):
    quiet = replace(POLLED, last_new_at=NOW - timedelta(days=days))

    assert verdict(quiet, expect=WEEKLY, now=NOW) is health


@pytest.mark.parametrize(("failures", "health"), [(2, Health.WELL), (3, Health.FAILING)])
def test_a_feed_is_failing_from_the_third_failed_poll_in_a_row_on(failures, health):
    assert verdict(replace(POLLED, failures=failures), expect=WEEKLY, now=NOW) is health


def test_a_feed_that_never_brought_anything_is_failing_at_its_first_failure():
    never = replace(POLLED, failures=1, last_new_at=None)

    assert verdict(never, expect=None, now=NOW) is Health.FAILING


def test_a_feed_whose_listing_is_empty_is_failing_although_it_answers():
    empty = replace(POLLED, open_problems=(Code.LISTING_EMPTY,))

    assert verdict(empty, expect=WEEKLY, now=NOW) is Health.FAILING


def test_a_feed_that_refuses_us_is_refused_rather_than_failing():
    refused = replace(POLLED, failures=4, open_problems=(Code.FEED_REFUSED,))

    assert verdict(refused, expect=WEEKLY, now=NOW) is Health.REFUSED


def test_a_feed_that_left_the_configuration_is_retired():
    assert verdict(replace(POLLED, is_retired=True), expect=WEEKLY, now=NOW) is Health.RETIRED
