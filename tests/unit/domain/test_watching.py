"""Silence, lateness and thin listings: what many good answers add up to."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.health import FeedState
from domain.poll import Code, Outcome
from domain.source import Expectation, FeedId
from domain.watching import (
    Figures,
    Room,
    can_be_judged,
    disk_low,
    edit_refused,
    is_quiet,
    judge,
    keywords_not_applied,
    may_need_a_look,
)
from tests.builders import a_feed

NOW = datetime(2024, 3, 20, 12, tzinfo=UTC)
FEED = a_feed(expect=None)
WEEKLY = a_feed(expect=Expectation(count=1, per=timedelta(weeks=1)))
MANY_A_DAY = a_feed(expect=Expectation(count=20, per=timedelta(days=1)))
POLLED = FeedState(
    feed_id=FeedId("xx_economy/news"),
    first_polled_at=NOW - timedelta(days=365),
    last_polled_at=NOW,
    next_poll_at=NOW + timedelta(hours=1),
    last_new_at=NOW - timedelta(days=2),
    last_outcome=Outcome.UNCHANGED,
    failures=0,
    open_problems=(),
    is_retired=False,
)
EVERY_OTHER_DAY = (2, 4, 6, 8, 10)
WITH_A_HOLIDAY = (2, 4, 6, 16, 18)


def brought(*days_before):
    """News on these days before the last ones."""
    return Figures(arrivals=[NOW - timedelta(days=day) for day in sorted(days_before)[::-1]])


def quiet(**span):
    return replace(POLLED, last_new_at=NOW - timedelta(**span))


def codes(feed, state, figures):
    return [problem.code for problem in judge(feed, state, figures)]


@pytest.mark.parametrize(("days", "found"), [(5, []), (7, [Code.FEED_SILENT])])
def test_a_feed_is_silent_after_three_of_its_usual_gaps(days, found):
    assert codes(FEED, quiet(days=days), brought(*EVERY_OTHER_DAY)) == found


@pytest.mark.parametrize(("days", "found"), [(9, []), (11, [Code.FEED_SILENT])])
def test_a_feed_that_was_as_quiet_before_is_left_alone(days, found):
    assert codes(FEED, quiet(days=days), brought(*WITH_A_HOLIDAY)) == found


def test_a_feed_with_many_releases_a_day_may_be_quiet_for_a_weekend():
    hourly = Figures(arrivals=[NOW - timedelta(hours=hours) for hours in (75, 74, 73, 72, 71)])

    assert codes(FEED, quiet(hours=71), hourly) == []
    assert codes(FEED, quiet(hours=73), hourly) == [Code.FEED_SILENT]


def test_a_past_that_is_too_short_says_nothing():
    assert codes(FEED, quiet(days=300), brought(2, 4, 6, 8)) == []


@pytest.mark.parametrize(
    ("days", "found"), [(20, []), (22, [Code.FEED_LATE]), (71, [Code.FEED_SILENT])]
)
def test_without_a_past_what_the_file_expects_makes_a_feed_late_and_then_silent(days, found):
    assert codes(WEEKLY, quiet(days=days), Figures()) == found


@pytest.mark.parametrize(("days", "found"), [(20, []), (22, [Code.FEED_SILENT])])
def test_what_the_file_expects_goes_before_the_usual_gap(days, found):
    assert codes(WEEKLY, quiet(days=days), brought(*EVERY_OTHER_DAY)) == found


def test_a_feed_that_never_brought_anything_counts_from_its_first_poll():
    never = replace(POLLED, last_new_at=None, first_polled_at=NOW - timedelta(days=22))

    assert codes(WEEKLY, never, Figures()) == [Code.FEED_LATE]


def test_our_own_absence_is_no_silence_of_theirs():
    unpolled = replace(quiet(days=30), last_polled_at=NOW - timedelta(days=28))

    assert codes(FEED, unpolled, brought(*EVERY_OTHER_DAY)) == []


def test_a_silent_feed_says_since_when_what_was_usual_and_what_to_do():
    (problem,) = judge(FEED, quiet(days=11), brought(*WITH_A_HOLIDAY))

    assert problem.place == "xx_economy/news"
    assert problem.detail == (
        "it answers well, and brought nothing new for 11 days; 2 days would be usual,"
        " and 10 days the longest so far"
    )
    assert problem.hint == (
        "Open the institution's press page; if it has newer releases, they are listed elsewhere"
        " now: write the new address into the source's file"
    )


def test_a_late_feed_says_what_its_file_expects():
    (problem,) = judge(WEEKLY, quiet(days=22), Figures())

    assert problem.detail == (
        "it answers well, and brought nothing new for 22 days; 7 days would be as expected"
    )
    assert problem.hint.endswith(", else expect less there")


@pytest.mark.parametrize(
    ("listings", "found"),
    [
        ((8, 25, 25, 25, 25, 25), [Code.FEED_THIN]),
        ((9, 25, 25, 25, 25, 25), []),
        ((1, 25, 25, 25, 25), []),
        ((1, 5, 5, 5, 5, 5), []),
        ((0, 25, 25, 25, 25, 25), []),
        ((5, 25, 7, 25, 9, 25), []),
        ((5, 9, *[25] * 7), [Code.FEED_THIN]),
    ],
    ids=[
        "thin",
        "a third",
        "too short a past",
        "always short",
        "empty",
        "as lean before",
        "as lean but once",
    ],
)
def test_a_listing_is_thin_that_holds_no_third_of_what_it_ever_held(listings, found):
    assert codes(FEED, POLLED, Figures(listings=listings)) == found


def test_a_listing_that_stays_lean_becomes_usual_by_itself():
    assert codes(FEED, POLLED, Figures(listings=(5, 5, 5, 5, *[25] * 6))) == []


def test_only_the_last_twenty_listings_say_what_is_usual():
    assert codes(FEED, POLLED, Figures(listings=(5, *[6] * 20, *[60] * 80))) == []


def test_a_thin_listing_says_how_many_entries_are_usual():
    (problem,) = judge(FEED, POLLED, Figures(listings=(2, 25, 24, 25, 24, 25)))

    assert problem.detail == "its listing holds 2 entries, where 24 or more are usual"
    assert "may have been rebuilt" in problem.hint


@pytest.mark.parametrize(
    ("feed", "span", "pays"),
    [
        (FEED, {"days": 3}, False),
        (FEED, {"days": 4}, True),
        (MANY_A_DAY, {"days": 3}, False),
        (WEEKLY, {"days": 4}, False),
        (WEEKLY, {"days": 22}, True),
    ],
)
def test_arrivals_are_looked_up_only_where_a_feed_is_quiet(feed, span, pays):
    assert is_quiet(feed, quiet(**span)) is pays


@pytest.mark.parametrize(
    "state",
    [
        replace(POLLED, last_outcome=Outcome.FAILED),
        replace(POLLED, last_outcome=Outcome.STOPPED),
        replace(POLLED, open_problems=(Code.LISTING_EMPTY,)),
        replace(POLLED, open_problems=(Code.FEED_REFUSED,)),
        replace(POLLED, is_retired=True),
    ],
)
def test_where_something_else_explains_a_silence_nothing_is_judged(state):
    assert not can_be_judged(state)


@pytest.mark.parametrize(
    ("state", "may_have_changed", "needed"),
    [
        (POLLED, False, False),
        (POLLED, True, True),
        (quiet(days=4), False, True),
        (replace(POLLED, open_problems=(Code.FEED_THIN,)), False, True),
        (replace(POLLED, open_problems=(Code.FEED_GAP,)), False, False),
        (replace(quiet(days=4), last_outcome=Outcome.FAILED), True, False),
    ],
    ids=["unchanged", "changed", "quiet", "thin", "another problem", "failed"],
)
def test_figures_are_looked_up_only_where_they_can_change_anything(state, may_have_changed, needed):
    assert may_need_a_look(FEED, state, may_have_changed=may_have_changed) is needed


@pytest.mark.parametrize("outcome", [Outcome.NEWS, Outcome.UNCHANGED])
def test_after_a_good_answer_a_feed_can_be_judged(outcome):
    assert can_be_judged(replace(POLLED, last_outcome=outcome, open_problems=(Code.FEED_SILENT,)))


@pytest.mark.parametrize(
    ("free", "held", "is_low"),
    [
        (500_000_000, 1_000_000, False),
        (499_000_000, 1_000_000, True),
        (3_000_000_000, 3_000_000_000, False),
        (3_000_000_000, 4_000_000_000, True),
    ],
)
def test_a_disk_is_low_that_is_nearly_full_or_holds_no_copy_of_the_database(free, held, is_low):
    assert bool(disk_low(Room(place="/data/p.db", free=free, held=held))) is is_low


def test_a_low_disk_says_how_much_is_left():
    problem = disk_low(Room(place="/data/p.db", free=499_000_000, held=1_250_000_000))

    assert problem.place == "/data/p.db"
    assert problem.detail == (
        "499 MB are free on the disk of the database, which takes 1,250 MB;"
        " an upgrade copies it first"
    )


@pytest.mark.parametrize(
    ("left", "hours", "is_one"), [(214_000, 23, False), (214_000, 24, True), (0, 99, False)]
)
def test_an_edit_of_the_keywords_may_wait_a_day_for_being_applied(left, hours, is_one):
    since = NOW - timedelta(hours=hours)

    assert bool(keywords_not_applied(left, since=since, now=NOW)) is is_one


def test_an_edit_that_has_judged_nothing_yet_is_not_hurried():
    assert keywords_not_applied(5, since=None, now=NOW) is None


def test_an_edit_that_was_not_applied_says_how_many_texts_it_concerns():
    problem = keywords_not_applied(214_000, since=NOW - timedelta(days=2), now=NOW)

    assert problem.detail == "214,000 stored texts are judged by older keywords than new ones"
    assert "`pollwatch keywords apply`" in problem.hint


@pytest.mark.parametrize(
    ("mistakes", "said"),
    [
        (("a.yaml:3: no",), "the daemon goes on without the last edit: a.yaml:3: no"),
        (
            ("a.yaml:3: no", "b", "c"),
            "the daemon goes on without the last edit: a.yaml:3: no, and 2 more",
        ),
    ],
)
def test_an_edit_that_was_not_taken_on_names_its_first_mistake(mistakes, said):
    assert edit_refused(mistakes).detail == said
