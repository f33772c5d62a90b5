from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.hosts import Taken
from crawler.visiting import VisitInProgress
from domain import novelty
from domain.errors import (
    BadCertificate,
    Busy,
    Gone,
    ParseError,
    PollwatchError,
    Refused,
    TooLarge,
    Unreachable,
)
from domain.poll import (
    Code,
    Fate,
    FeedMemory,
    HostMemory,
    Outcome,
    Owed,
    Validators,
    Visit,
)
from domain.release import Entry, EntryKey
from tests.builders import a_feed, a_release, an_entry, an_owed

NOW = datetime(2024, 3, 18, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(seconds=5)
HOST = HostMemory(host="press.economy.example")


def entry(number: int, *, url: str | None = None) -> Entry:
    address = f"https://press.economy.example/{number}" if url is None else url
    return an_entry(key=EntryKey(str(number)), url=address)


def a_visit(
    *entries: Entry, owed: tuple[Owed, ...] = (), known: tuple[int, ...] = (), budget: int = 30
) -> tuple[VisitInProgress, tuple[Owed, ...]]:
    """A visit whose listing has been read, and what is to be fetched."""
    visit = VisitInProgress(a_feed(), FeedMemory(owed=owed), started_at=NOW)
    found = novelty.sort(
        entries,
        marks={item.key: item.mark for item in entries if int(item.key) in known},
        owed=owed,
        skip=(),
        budget=budget,
        now=NOW,
    )
    visit.plan(entries, found)
    return visit, found.fetch


def close(visit: VisitInProgress) -> Visit:
    return visit.close(host=HOST, now=LATER)


def test_a_visit_that_never_listed_leaves_memory_as_it_was() -> None:
    owed = (an_owed(attempts=2),)
    memory = FeedMemory(owed=owed, validators=Validators(etag='"1"'))
    visit = close(VisitInProgress(a_feed(), memory, started_at=NOW))
    assert visit.outcome is Outcome.STOPPED
    assert (visit.listed, visit.taken_up, visit.fates, visit.owed) == (0, 0, (), owed)
    assert visit.validators == Validators(etag='"1"')
    assert (visit.started_at, visit.finished_at, visit.host) == (NOW, LATER, HOST)


def test_what_nobody_got_to_is_owed_and_says_why() -> None:
    visit, _ = a_visit(entry(1), entry(2), budget=1)
    closed = close(visit)
    assert closed.fates == (("1", Fate.DEFERRED), ("2", Fate.DEFERRED))
    assert [owed.reason for owed in closed.owed] == [
        "the poll was stopped before its turn",
        "more was new than is fetched in one poll",
    ]


def test_an_owed_entry_keeps_its_reason_while_it_waits() -> None:
    waiting = an_owed(entry(1), attempts=3, not_before_at=NOW + timedelta(hours=1), reason="gone")
    visit, _ = a_visit(owed=(waiting,))
    assert close(visit).owed == (waiting,)


@pytest.mark.parametrize(
    ("attempts", "wait"),
    [
        (0, timedelta(hours=1)),
        (1, timedelta(hours=2)),
        (2, timedelta(hours=4)),
        (3, timedelta(hours=6)),
    ],
)
def test_the_wait_doubles_with_each_failure_up_to_six_hours(attempts: int, wait: timedelta) -> None:
    visit, (owed,) = a_visit(owed=(an_owed(entry(1), attempts=attempts),))
    visit.failed(owed, Gone("it is gone"), now=NOW)
    assert close(visit).owed == (
        Owed(entry=entry(1), attempts=attempts + 1, not_before_at=NOW + wait, reason="it is gone"),
    )


def test_the_fifth_failure_is_the_last() -> None:
    visit, (owed,) = a_visit(owed=(an_owed(entry(1), attempts=4),))
    visit.failed(owed, Gone("it is gone"), now=NOW)
    closed = close(visit)
    assert (closed.given_up, closed.owed) == ((entry(1),), ())
    assert closed.fates == (("1", Fate.FAILED),)
    assert [problem.code for problem in closed.problems] == [Code.ENTRY_GIVEN_UP]
    assert closed.problems[0].detail == "given up after 5 attempts: it is gone"


def test_a_page_that_asks_for_patience_is_left_alone_as_long_as_it_asks() -> None:
    visit, (owed,) = a_visit(owed=(an_owed(entry(1), attempts=0),))
    until = NOW + timedelta(hours=9)
    visit.failed(owed, Busy("it is busy", http_status=503, retry_at=until), now=NOW)
    assert close(visit).owed == (
        Owed(entry=entry(1), attempts=1, not_before_at=until, reason="it is busy"),
    )


def test_a_host_that_nobody_asked_costs_no_attempt() -> None:
    visit, (owed,) = a_visit(owed=(an_owed(entry(1), attempts=4),))
    until = NOW + timedelta(minutes=7)
    visit.deferred(owed, Busy("it is busy", retry_at=until), now=NOW)
    assert close(visit).owed == (
        Owed(entry=entry(1), attempts=4, not_before_at=until, reason="it is busy"),
    )


@pytest.mark.parametrize(
    ("error", "code", "is_patient"),
    [
        (Unreachable("x"), Code.FEED_UNREACHABLE, True),
        (Busy("x", http_status=503), Code.FEED_UNREACHABLE, True),
        (Busy("x asked to be left alone"), Code.FEED_UNREACHABLE, True),
        (BadCertificate("x"), Code.CERTIFICATE, False),
        (Refused("x"), Code.FEED_REFUSED, False),
        (Gone("x"), Code.FEED_GONE, False),
        (TooLarge("x"), Code.PAGE_TOO_LARGE, False),
        (ParseError("x"), Code.FEED_NOT_A_FEED, False),
    ],
)
def test_each_error_of_a_feed_is_one_problem(
    error: Exception, code: Code, *, is_patient: bool
) -> None:
    visit = VisitInProgress(a_feed(), FeedMemory(), started_at=NOW)
    visit.feed_failed(error)
    closed = close(visit)
    (problem,) = closed.problems
    assert closed.outcome is Outcome.FAILED
    assert (problem.code, problem.is_patient) == (code, is_patient)
    assert problem.place == "xx_economy/news"


def test_a_host_that_somebody_else_is_asking_is_no_problem() -> None:
    visit = VisitInProgress(a_feed(), FeedMemory(), started_at=NOW)
    visit.feed_failed(Taken("it is being asked"))
    visit.older_not_listed(Taken("it is being asked"))
    assert (close(visit).outcome, close(visit).problems) == (Outcome.FAILED, ())


@pytest.mark.parametrize(
    "error", [Gone("x"), Refused("x"), ParseError("x"), BadCertificate("x"), Busy("x")]
)
def test_trouble_with_older_pages_is_no_verdict_on_the_feed(error: PollwatchError) -> None:
    visit = VisitInProgress(a_feed(), FeedMemory(), started_at=NOW)
    visit.older_not_listed(error)
    (problem,) = close(visit).problems
    assert (problem.code, problem.is_patient) == (Code.FEED_UNREACHABLE, True)
    assert problem.place == "xx_economy/news"
    assert problem.detail == "older entries could not be listed: x"


def test_a_fault_of_ours_names_its_place() -> None:
    visit = VisitInProgress(a_feed(), FeedMemory(), started_at=NOW)
    visit.feed_failed(ZeroDivisionError("division by zero"))
    (problem,) = close(visit).problems
    assert problem.code is Code.UNEXPECTED
    assert problem.detail == "ZeroDivisionError: division by zero"


def test_entries_without_address_are_one_problem_of_the_feed() -> None:
    visit, _ = a_visit(entry(1, url=""), entry(2, url=""), entry(3))
    (problem,) = close(visit).problems
    assert problem.code is Code.ENTRY_WITHOUT_ADDRESS
    assert problem.detail == "2 of 3 entries name no address to fetch"


EVENTS = st.sampled_from(["fetched", "failed", "deferred", "nothing"])


def apply(event: str, visit: VisitInProgress, owed: Owed) -> None:
    {
        "fetched": lambda: visit.fetched(owed.entry, a_release()),
        "failed": lambda: visit.failed(owed, Gone("gone"), now=NOW),
        "deferred": lambda: visit.deferred(owed, Busy("busy"), now=NOW),
        "nothing": lambda: None,
    }[event]()


@given(
    listed=st.lists(st.integers(0, 9), max_size=12),
    owed=st.dictionaries(st.integers(0, 12), st.integers(0, 4), max_size=6),
    known=st.sets(st.integers(0, 9)),
    addressless=st.sets(st.integers(0, 9)),
    budget=st.integers(0, 12),
    events=st.lists(EVENTS, max_size=12),
)
def test_fates_add_up_whatever_happens_and_nothing_is_lost(
    listed: list[int],
    owed: dict[int, int],
    known: set[int],
    addressless: set[int],
    budget: int,
    events: list[str],
) -> None:
    entries = [entry(number, url="" if number in addressless else None) for number in listed]
    owing = tuple(an_owed(entry(number), attempts=count) for number, count in owed.items())
    visit, fetch = a_visit(*entries, owed=owing, known=tuple(known - owed.keys()), budget=budget)
    for event, item in zip(events, fetch, strict=False):
        apply(event, visit, item)
    closed = close(visit)
    fates = Counter(fate for _, fate in closed.fates)
    assert closed.listed == len(listed)
    assert closed.taken_up == len({str(number) for number in owed} - _with_address(entries))
    assert fates.total() == closed.listed + closed.taken_up
    assert fates[Fate.DEFERRED] + fates[Fate.FAILED] == len(closed.owed) + len(closed.given_up)
    assert len(closed.fetched) == fates[Fate.FETCHED]


def _with_address(entries: list[Entry]) -> set[str]:
    return {item.key for item in entries if item.url}
