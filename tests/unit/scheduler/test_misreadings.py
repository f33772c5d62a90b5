"""A release that our reading stumbles over costs itself alone."""

from datetime import timedelta

import pytest

from domain.poll import Code, Fate, FeedMemory, Problem
from scheduler.misreadings import read_all
from tests.builders import a_reading, a_release, a_visit, an_entry, an_owed

GOOD = a_release(url="https://press.economy.example/1")
ODD = a_release(url="https://press.economy.example/2", title="Odd")
GOOD_ENTRY = an_entry(url=GOOD.url)
ODD_ENTRY = an_entry(url=ODD.url, title="Odd")
LATER_ENTRY = an_entry(url="https://press.economy.example/3")
HINT = "A fault of the program: please report it with the log's traceback"


def read(release):
    """A reading of every release but the odd one."""
    if release.title == "Odd":
        raise ValueError("a text without\nsentences")
    return a_reading(release)


def test_where_all_is_read_the_visit_stays_as_it_was():
    visit = a_visit(GOOD)

    assert read_all(visit, FeedMemory(), read=read) == (visit, {GOOD_ENTRY.key: a_reading(GOOD)})


def test_the_others_are_read_and_fates_still_add_up():
    brought = a_visit(ODD, GOOD, owed=[an_owed(LATER_ENTRY)])

    visit, readings = read_all(brought, FeedMemory(), read=read)

    assert list(readings) == [GOOD_ENTRY.key]
    assert [item.entry for item in visit.fetched] == [GOOD_ENTRY]
    assert visit.fates == (
        (ODD_ENTRY.key, Fate.FAILED),
        (GOOD_ENTRY.key, Fate.FETCHED),
        (LATER_ENTRY.key, Fate.DEFERRED),
    )


@pytest.mark.parametrize(("before", "attempts"), [(None, 1), (3, 4)])
def test_it_is_owed_with_one_more_attempt_after_hours(before, attempts):
    owed = () if before is None else (an_owed(ODD_ENTRY, attempts=before),)
    brought = a_visit(ODD)

    visit, _ = read_all(brought, FeedMemory(owed=owed), read=read)

    assert visit.owed == (
        an_owed(
            ODD_ENTRY,
            attempts=attempts,
            not_before_at=brought.finished_at + timedelta(hours=6),
            reason="ValueError: a text without sentences",
        ),
    )


def test_it_is_a_problem_at_its_own_address():
    visit, _ = read_all(a_visit(ODD), FeedMemory(), read=read)

    assert visit.problems == (
        Problem(
            code=Code.UNEXPECTED,
            place=ODD.url,
            detail="ValueError: a text without sentences",
            hint=HINT,
        ),
    )


def test_after_five_attempts_it_is_given_up_aloud():
    memory = FeedMemory(owed=(an_owed(ODD_ENTRY, attempts=4),))

    visit, _ = read_all(a_visit(ODD), memory, read=read)

    assert (visit.owed, visit.given_up) == ((), (ODD_ENTRY,))
    assert [problem.code for problem in visit.problems] == [Code.UNEXPECTED, Code.ENTRY_GIVEN_UP]
    assert visit.problems[1].detail == (
        "given up after 5 attempts: ValueError: a text without sentences"
    )
