"""What needs a person, since when, and when is it over?

A visit says what it saw; a problem is a row for a feed, a code and a place. It opens at once,
unless it is one that often passes by itself (no answer): that opens after three polls in a row
over at least six hours. It closes when a visit shows that its cause is gone:

========== ========================================================================
visit      closes, of what it did not see again
========== ========================================================================
news       everything about the feed
unchanged  everything about the feed but what lies in the listing, which is the same
failed     where a host answered, other reasons for having no listing; else nothing
stopped    nothing
========== ========================================================================

What only many polls together can see (JUDGED) opens and closes by judgement after them.

A problem with an entry closes with the first good visit after which the entry is not owed.
Those that only one visit can see (LINGERING) stay for a day, for people who look once a day.
All problems of a feed close when it is retired. One that passed before it opened leaves no trace.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, delete, select, update

from domain.poll import Code, KnownProblem, Outcome, Problem, Visit
from domain.source import FeedId
from domain.watching import JUDGED
from storage.columns import checksum_of
from storage.schema import FeedRow, ProblemRow
from storage.writing import chunks, upsert

PATIENT_POLLS = 3
PATIENT_FOR = timedelta(hours=6)
LINGERS_FOR = timedelta(days=1)

IN_THE_LISTING = frozenset({Code.LISTING_EMPTY, Code.FEED_NOT_A_FEED, Code.ENTRY_WITHOUT_ADDRESS})
NO_LISTING = frozenset(
    {
        Code.FEED_UNREACHABLE,
        Code.FEED_REFUSED,
        Code.FEED_GONE,
        Code.FEED_NOT_A_FEED,
        Code.CERTIFICATE,
        Code.PAGE_TOO_LARGE,
        Code.UNEXPECTED,
    }
)
"""Reasons for having no listing to read; only one of them is true at a time."""
LINGERING = frozenset(
    {
        Code.ENTRY_GIVEN_UP,
        Code.FEED_GAP,
        Code.RECIPE_MISSED,
        Code.RELEASE_FROM_FEED,
        Code.RELEASE_WITHOUT_DATE,
        Code.DATE_IN_FUTURE,
    }
)
"""Of entries that are done with: no later visit looks at them again."""


NOT_CLOSED = select(ProblemRow).where(
    ProblemRow.feed_id == bindparam("feed"), ProblemRow.closed_at.is_(None)
)


def note(connection: Connection, visit: Visit) -> tuple[Problem, ...]:
    """Count, open and close a feed's problems after a visit; those that it opened."""
    known = {
        (row["code"], row["place"]): row
        for row in connection.execute(NOT_CLOSED, {"feed": visit.feed_id}).mappings()
    }
    seen = {(problem.code, problem.place): problem for problem in visit.problems}
    rows = {
        place: _seen_row(problem, visit.feed_id, now=visit.finished_at, before=known.get(place))
        for place, problem in seen.items()
    }
    upsert(connection, ProblemRow, list(rows.values()), key=["feed_id", "code", "place_checksum"])
    owed = {item.entry.url for item in visit.owed}
    over = [row for place, row in known.items() if place not in seen and _is_over(row, visit, owed)]
    _close(connection, over, visit.finished_at)
    was_open = {place for place, row in known.items() if row["opened_at"]}
    return tuple(
        problem
        for place, problem in seen.items()
        if rows[place]["opened_at"] and place not in was_open
    )


def judge(
    connection: Connection, feed_id: FeedId, found: Sequence[Problem], *, polled_at: datetime
) -> tuple[Problem, ...]:
    """Count, open and close what a feed's polls up to the last one add up to; what opened."""
    rows = connection.execute(NOT_CLOSED, {"feed": feed_id}).mappings().all()
    known = {Code(row["code"]): row for row in rows if row["code"] in JUDGED}
    # Judged twice after one poll, nothing more is known.
    news = [one for one in found if one.code not in known or known[one.code]["last_at"] < polled_at]
    seen = [_seen_row(one, feed_id, now=polled_at, before=known.get(one.code)) for one in news]
    upsert(connection, ProblemRow, seen, key=["feed_id", "code", "place_checksum"])
    still = {problem.code for problem in found}
    _close(connection, [row for code, row in known.items() if code not in still], polled_at)
    return tuple(problem for problem in found if problem.code not in known)


def close_retired(connection: Connection, *, now: datetime) -> None:
    """Close what is open of retired feeds: nobody polls them, so no visit ever would."""
    retired = select(FeedRow.id).where(FeedRow.retired_at.is_not(None))
    statement = select(ProblemRow).where(
        ProblemRow.closed_at.is_(None), ProblemRow.feed_id.in_(retired)
    )
    _close(connection, connection.execute(statement).mappings().all(), now)


def listed(connection: Connection, *, include_closed: bool) -> tuple[KnownProblem, ...]:
    """The open problems, oldest first; or all, with those that may still pass by themselves."""
    statement = select(ProblemRow).order_by(ProblemRow.first_at, ProblemRow.id)
    if not include_closed:
        statement = statement.where(*IS_OPEN)
    return tuple(_problem(row) for row in connection.execute(statement).mappings())


def open_codes(connection: Connection) -> dict[str, tuple[Code, ...]]:
    """The codes of each feed's open problems; those with its entries are no trouble of its own."""
    statement = (
        select(ProblemRow.feed_id, ProblemRow.code)
        .where(*IS_OPEN, ProblemRow.place == ProblemRow.feed_id)
        .order_by(ProblemRow.feed_id, ProblemRow.code)
    )
    found: dict[str, tuple[Code, ...]] = {}
    for feed_id, code in connection.execute(statement):
        found[feed_id] = (*found.get(feed_id, ()), Code(code))
    return found


IS_OPEN = (ProblemRow.opened_at.is_not(None), ProblemRow.closed_at.is_(None))


def _seen_row(
    problem: Problem, feed_id: FeedId, *, now: datetime, before: RowMapping | None
) -> dict[str, Any]:
    """The row of a problem that was seen now."""
    first_at = before["first_at"] if before else now
    count = before["count"] + 1 if before else 1
    opened_at = before["opened_at"] if before else None
    if opened_at is None and _opens(problem, count=count, since=now - first_at):
        opened_at = now
    return {
        "feed_id": feed_id,
        "code": problem.code,
        "place": problem.place,
        "place_checksum": checksum_of(problem.place),
        "detail": problem.detail,
        "hint": problem.hint,
        "first_at": first_at,
        "last_at": now,
        "count": count,
        "opened_at": opened_at,
        "closed_at": None,
    }


def _opens(problem: Problem, *, count: int, since: timedelta) -> bool:
    return not problem.is_patient or (count >= PATIENT_POLLS and since >= PATIENT_FOR)


def _is_over(row: RowMapping, visit: Visit, owed: Collection[str]) -> bool:
    """True where a visit that did not see a problem shows that it is gone."""
    if row["code"] in LINGERING and visit.finished_at - row["last_at"] < LINGERS_FOR:
        return False
    if row["place"] == visit.feed_id:
        return row["code"] in _ended_by(visit)
    return visit.outcome in {Outcome.NEWS, Outcome.UNCHANGED} and row["place"] not in owed


def _ended_by(visit: Visit) -> Collection[str]:
    """The codes of feeds' problems that cannot have outlasted this visit unseen."""
    if visit.outcome is Outcome.NEWS:
        return frozenset(Code) - JUDGED
    if visit.outcome is Outcome.UNCHANGED:
        return frozenset(Code) - JUDGED - IN_THE_LISTING
    answered = any(
        not problem.is_patient and problem.code is not Code.UNEXPECTED for problem in visit.problems
    )
    return NO_LISTING if answered and visit.outcome is Outcome.FAILED else frozenset()


def _close(connection: Connection, over: Sequence[RowMapping], now: datetime) -> None:
    opened = [row["id"] for row in over if row["opened_at"] is not None]
    passed = [row["id"] for row in over if row["opened_at"] is None]
    for chunk in chunks(opened):
        connection.execute(update(ProblemRow).where(ProblemRow.id.in_(chunk)).values(closed_at=now))
    for chunk in chunks(passed):
        connection.execute(delete(ProblemRow).where(ProblemRow.id.in_(chunk)))


def _problem(row: RowMapping) -> KnownProblem:
    return KnownProblem(
        code=Code(row["code"]),
        place=row["place"],
        feed_id=FeedId(row["feed_id"]),
        detail=row["detail"],
        hint=row["hint"],
        first_at=row["first_at"],
        last_at=row["last_at"],
        count=row["count"],
        opened_at=row["opened_at"],
        closed_at=row["closed_at"],
    )
