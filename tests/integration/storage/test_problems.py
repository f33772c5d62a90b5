"""Problems open, count and close by themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.poll import Code, Fate, Outcome
from tests.builders import (
    NOW,
    a_failed_visit,
    a_problem,
    a_release,
    a_visit,
    an_entry,
    an_owed,
    no_answer,
)
from tests.integration.storage.saving import FEED, OTHER_FEED, OTHER_SOURCE, SOURCE, after, save

ENTRY = an_entry(url="https://press.economy.example/2")


def open_codes(store):
    return [problem.code for problem in store.problems(include_closed=False)]


def test_a_problem_opens_with_the_first_poll_that_sees_it(store):
    poll = save(store, a_visit(problems=(a_problem(),)))
    (known,) = store.problems(include_closed=False)
    assert poll.opened == (a_problem(),)
    assert poll.problems == (Code.LISTING_EMPTY,)
    assert (known.code, known.place, known.feed_id) == (
        Code.LISTING_EMPTY,
        "xx_economy/news",
        "xx_economy/news",
    )
    assert (known.detail, known.hint) == (
        "The listing holds no entries",
        "See whether the page was redesigned",
    )
    assert (known.count, known.first_at, known.opened_at) == (
        1,
        after(seconds=2),
        after(seconds=2),
    )


def test_a_problem_seen_again_counts_and_does_not_open_again(store):
    save(store, a_visit(problems=(a_problem(),)))
    again = a_visit(problems=(a_problem(detail="Still none"),), finished_at=after(hours=1))
    poll = save(store, again)
    (known,) = store.problems(include_closed=False)
    assert poll.opened == ()
    assert (known.count, known.detail) == (2, "Still none")
    assert (known.first_at, known.last_at) == (after(seconds=2), after(hours=1))


def test_one_problem_seen_twice_in_a_visit_counts_once(store):
    poll = save(store, a_visit(problems=(a_problem(), a_problem())))
    (known,) = store.problems(include_closed=False)
    assert len(poll.opened) == 1
    assert known.count == 1


def test_a_problem_closes_when_a_good_visit_does_not_see_it(store):
    save(store, a_visit(problems=(a_problem(),)))
    save(store, a_visit(finished_at=after(hours=1)))
    (known,) = store.problems(include_closed=True)
    assert store.problems(include_closed=False) == ()
    assert known.closed_at == after(hours=1)


def test_a_closed_problem_that_comes_back_opens_anew(store):
    save(store, a_visit(problems=(a_problem(),)))
    save(store, a_visit())
    poll = save(store, a_visit(problems=(a_problem(),), finished_at=after(days=2)))
    (known,) = store.problems(include_closed=True)
    assert poll.opened == (a_problem(),)
    assert (known.count, known.first_at, known.closed_at) == (1, after(days=2), None)


def test_problems_of_other_feeds_are_left_alone(store):
    save(store, a_visit(problems=(a_problem(),)))
    save(store, a_visit(feed=OTHER_FEED))
    assert open_codes(store) == [Code.LISTING_EMPTY]
    assert store.feed_states()[FEED.id].open_problems == (Code.LISTING_EMPTY,)
    assert store.feed_states()[OTHER_FEED.id].open_problems == ()


@pytest.mark.parametrize(
    ("hours", "is_open"),
    [
        pytest.param([0, 3], False, id="two polls are too few"),
        pytest.param([0, 1, 2], False, id="two hours are too short"),
        pytest.param([0, 3, 6], True, id="three polls over six hours"),
        pytest.param([0, 7], False, id="two polls, however long"),
        pytest.param([0, 1, 2, 3, 6], True, id="more polls over six hours"),
    ],
)
def test_no_answer_opens_only_after_three_polls_and_six_hours(store, hours, is_open):
    opened = [
        save(store, a_failed_visit(no_answer(), finished_at=after(hours=hour))).opened
        for hour in hours
    ]
    assert bool(open_codes(store)) is is_open
    assert bool(opened[-1]) is is_open
    assert not any(opened[:-1])


def test_what_may_still_pass_is_listed_among_all(store):
    save(store, a_failed_visit(no_answer()))
    (known,) = store.problems(include_closed=True)
    assert known.opened_at is None
    assert store.feed_states()[FEED.id].open_problems == ()


def test_what_passed_before_it_opened_leaves_no_trace(store):
    save(store, a_failed_visit(no_answer()))
    save(store, a_visit())
    assert store.problems(include_closed=True) == ()


def test_polls_without_an_answer_must_be_in_a_row(store):
    save(store, a_failed_visit(no_answer()))
    save(store, a_visit(finished_at=after(hours=1)))
    save(store, a_failed_visit(no_answer(), finished_at=after(hours=5)))
    save(store, a_failed_visit(no_answer(), finished_at=after(hours=7)))
    assert open_codes(store) == []


LISTING_EMPTY = a_problem()
REFUSED = a_problem(code=Code.FEED_REFUSED)
UNREACHABLE = a_problem(code=Code.FEED_UNREACHABLE)
UNEXPECTED = a_problem(code=Code.UNEXPECTED)


@pytest.mark.parametrize(
    ("before", "visit", "stays"),
    [
        pytest.param(
            LISTING_EMPTY, a_visit(outcome=Outcome.UNCHANGED), True, id="unchanged is still empty"
        ),
        pytest.param(
            REFUSED, a_visit(outcome=Outcome.UNCHANGED), False, id="unchanged is not refused"
        ),
        pytest.param(LISTING_EMPTY, a_failed_visit(), True, id="not asked says nothing"),
        pytest.param(
            LISTING_EMPTY, a_failed_visit(no_answer()), True, id="silence does not mend a listing"
        ),
        pytest.param(
            REFUSED, a_failed_visit(no_answer()), True, id="silence does not mend a refusal"
        ),
        pytest.param(
            UNREACHABLE, a_failed_visit(REFUSED), False, id="a host that refuses is reachable"
        ),
        pytest.param(
            LISTING_EMPTY, a_failed_visit(REFUSED), True, id="a refusal says nothing of the listing"
        ),
        pytest.param(
            REFUSED, a_failed_visit(UNEXPECTED), True, id="a fault of ours says nothing of a host"
        ),
        pytest.param(
            REFUSED, a_visit(outcome=Outcome.STOPPED), True, id="a stopped visit says nothing"
        ),
    ],
)
def test_a_problem_closes_only_by_what_shows_that_it_is_gone(store, before, visit, stays):
    save(store, a_visit(problems=(before,)))
    save(store, visit)
    assert (before.code in open_codes(store)) is stays


def test_a_problem_with_an_entry_stays_while_the_entry_is_owed(store):
    problem = a_problem(code=Code.PAGE_TOO_LARGE, place=ENTRY.url)
    save(store, a_visit(owed=[an_owed(ENTRY)], problems=(problem,)))
    save(store, a_visit(owed=[an_owed(ENTRY)]))
    assert open_codes(store) == [Code.PAGE_TOO_LARGE]


@pytest.mark.parametrize("outcome", [Outcome.NEWS, Outcome.UNCHANGED])
def test_a_problem_with_an_entry_closes_when_it_was_fetched(store, outcome):
    problem = a_problem(code=Code.PAGE_TOO_LARGE, place=ENTRY.url)
    save(store, a_visit(owed=[an_owed(ENTRY)], problems=(problem,)))
    save(store, a_visit(a_release(url=ENTRY.url), outcome=outcome))
    assert open_codes(store) == []


def test_a_problem_with_an_entry_outlasts_a_failed_visit(store):
    problem = a_problem(code=Code.RELEASE_WITHOUT_DATE, place=ENTRY.url)
    save(store, a_visit(a_release(url=ENTRY.url), problems=(problem,)))
    save(store, a_failed_visit(no_answer()))
    assert open_codes(store) == [Code.RELEASE_WITHOUT_DATE]


@pytest.mark.parametrize(
    ("later", "codes"),
    [
        (timedelta(hours=23), [Code.ENTRY_GIVEN_UP]),
        (timedelta(hours=25), []),
    ],
)
def test_an_entry_given_up_is_shown_for_a_day(store, later, codes):
    problem = a_problem(code=Code.ENTRY_GIVEN_UP, place=ENTRY.url)
    given_up = a_visit(
        given_up=(ENTRY,), fates=((ENTRY.key, Fate.FAILED),), listed=1, problems=(problem,)
    )
    save(store, given_up)
    save(store, a_visit(finished_at=NOW + later))
    assert open_codes(store) == codes


@pytest.mark.parametrize("code", [Code.RELEASE_WITHOUT_DATE, Code.DATE_IN_FUTURE])
@pytest.mark.parametrize(("hours", "is_shown"), [(23, True), (25, False)])
def test_a_date_that_is_missing_or_odd_is_shown_for_a_day(store, code, hours, is_shown):
    problem = a_problem(code=code, place=ENTRY.url)
    save(store, a_visit(a_release(url=ENTRY.url), problems=(problem,)))
    save(store, a_visit(finished_at=after(hours=hours)))
    assert (open_codes(store) == [code]) is is_shown


@pytest.mark.parametrize("code", [Code.FEED_GAP, Code.RELEASE_FROM_FEED])
@pytest.mark.parametrize("outcome", [Outcome.NEWS, Outcome.UNCHANGED])
@pytest.mark.parametrize(("hours", "is_shown"), [(23, True), (25, False)])
def test_what_one_poll_says_of_its_entries_is_shown_for_a_day(
    store, code, outcome, hours, is_shown
):
    save(store, a_visit(problems=(a_problem(code=code),)))
    save(store, a_visit(outcome=outcome, finished_at=after(hours=hours)))
    assert (open_codes(store) == [code]) is is_shown


def test_a_problem_with_an_entry_is_no_trouble_of_its_feed(store):
    problem = a_problem(code=Code.UNEXPECTED, place=ENTRY.url)
    save(store, a_visit(owed=[an_owed(ENTRY)], problems=(problem,)))
    assert open_codes(store) == [Code.UNEXPECTED]
    assert store.feed_states()[FEED.id].open_problems == ()


def test_the_problems_of_a_source_that_is_gone_close(store):
    problem = a_problem(code=Code.PAGE_TOO_LARGE, place=ENTRY.url)
    save(store, a_visit(owed=[an_owed(ENTRY)], problems=(a_problem(), problem)))
    store.remember_sources([OTHER_SOURCE], now=after(hours=1))
    assert open_codes(store) == []
    assert [known.closed_at for known in store.problems(include_closed=True)] == [
        after(hours=1),
        after(hours=1),
    ]


def test_what_may_still_pass_leaves_no_trace_when_its_source_is_gone(store):
    save(store, a_failed_visit(no_answer()))
    store.remember_sources([OTHER_SOURCE], now=after(hours=1))
    assert store.problems(include_closed=True) == ()


def test_the_problems_of_sources_that_stay_stay_open(store):
    save(store, a_visit(problems=(a_problem(),)))
    store.remember_sources([SOURCE], now=after(hours=1))
    assert open_codes(store) == [Code.LISTING_EMPTY]
