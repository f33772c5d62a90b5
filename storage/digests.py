"""Whose digest is next, and what has it to tell?

A digest is made in one writing transaction: what is untold is looked up, written, and kept as
finished mails together with what they tell. Nothing can slip in between, and two senders make it
once: the day of the last digest is looked at again inside.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, select, update

from domain.delivery import DeliveryState, Letter, Standing, ToldProblem, Untold, Written
from domain.mail_address import as_compared
from domain.poll import Code, KnownProblem
from domain.subscriber import SubscriberId
from storage import stories
from storage.columns import checksum_of
from storage.keeping import take_turns
from storage.post import DeliveryRow, SubscriberRow, SuppressionRow, ToldProblemRow
from storage.readings import MatchRow
from storage.schema import AppearanceRow, PollRow, ReleaseRow, TextRow
from storage.told import count_as_told
from storage.writing import add, chunks, upsert

Due = Callable[[date | None], date | None]
"""From the day of the last digest to the day of the one that is due, if any is."""
Write = Callable[[Untold], Written]


def standings(connection: Connection) -> dict[SubscriberId, Standing]:
    """What is remembered of each subscriber that was ever met or stopped."""
    met = dict(connection.execute(select(SubscriberRow.id, SubscriberRow.last_digest_on)).all())
    stopped: dict[str, set[str]] = {}
    for row in connection.execute(select(SuppressionRow.subscriber, SuppressionRow.address)):
        stopped.setdefault(row.subscriber, set()).add(as_compared(row.address))
    return {
        SubscriberId(name): Standing(
            is_met=name in met,
            last_digest_on=met.get(name),
            stopped=frozenset(stopped.get(name, ())),
        )
        for name in met.keys() | stopped.keys()
    }


def holds_anything(connection: Connection) -> bool:
    """True once something was polled or imported."""
    anything = (select(table.id).limit(1) for table in (PollRow, TextRow))
    return any(connection.scalar(statement) is not None for statement in anything)


def meet(
    connection: Connection,
    subscriber: SubscriberId,
    *,
    topics: Sequence[str],
    old_since: datetime,
    now: datetime,
) -> None:
    """Remember a subscriber; stories that are all older than that are no news to him.

    Nor are those that nobody but imported rows brought.
    """
    take_turns(connection)
    if connection.scalar(select(SubscriberRow.id).where(SubscriberRow.id == subscriber)):
        return
    stated = func.coalesce(TextRow.published_at, TextRow.first_seen_at)
    fresh = (
        select(ReleaseRow.story_id)
        .join(TextRow, TextRow.release_id == ReleaseRow.id)
        .join(AppearanceRow, AppearanceRow.text_id == TextRow.id)
        .where(
            AppearanceRow.entry_id.is_not(None),
            stated > old_since,
            TextRow.first_seen_at > old_since,
        )
    )
    old = (
        select(ReleaseRow.id)
        .join(TextRow, TextRow.release_id == ReleaseRow.id)
        .join(MatchRow, MatchRow.text_id == TextRow.id)
        .where(MatchRow.topic.in_(topics), MatchRow.is_match, ReleaseRow.story_id.not_in(fresh))
    )
    releases = connection.scalars(old.distinct()).all()
    count_as_told(connection, releases, subscribers=[subscriber], now=now)
    add(connection, SubscriberRow, [{"id": subscriber, "met_at": now, "last_digest_on": None}])


def make(
    connection: Connection,
    subscriber: SubscriberId,
    *,
    topics: Sequence[str],
    problems: Collection[KnownProblem],
    due: Due,
    write: Write,
    now: datetime,
) -> date | None:
    """Make the digest that is due, and count what it tells as told; the day that it is of."""
    take_turns(connection)
    known = SubscriberRow.id == subscriber
    last = connection.scalar(select(SubscriberRow.last_digest_on).where(known))
    day = due(last)
    if day is None:
        return None
    connection.execute(update(SubscriberRow).where(known).values(last_digest_on=day))
    # A clock that was wrong for a while and is put back comes by the same days again.
    if _was_made(connection, subscriber, day):
        return None
    opened, closed = changes(connection, subscriber, problems)
    untold = {topic: stories.untold(connection, topic, subscriber=subscriber) for topic in topics}
    written = write(Untold(day=day, stories=untold, opened=opened, closed=tuple(closed.values())))
    keep_letters(connection, subscriber, written.letters, day=day, now=now)
    for chunk in chunks(written.told):
        rows = select(ReleaseRow.id).where(ReleaseRow.public_id.in_(chunk))
        releases = connection.scalars(rows).all()
        count_as_told(connection, releases, subscribers=[subscriber], now=now, day=day)
    count_changes(connection, subscriber, opened, closed, now=now)
    return day


def _was_made(connection: Connection, subscriber: str, day: date) -> bool:
    made = select(DeliveryRow.id).where(
        DeliveryRow.subscriber == subscriber, DeliveryRow.day == day
    )
    return connection.scalar(made.limit(1)) is not None


def keep_letters(
    connection: Connection,
    subscriber: SubscriberId,
    letters: Sequence[Letter],
    *,
    day: date | None = None,
    alert_of: str | None = None,
    now: datetime,
) -> None:
    """Let finished mails of the digest of a day, or of an alert, be on their way."""
    rows = [
        {
            "subscriber": subscriber,
            "day": day,
            "alert_of": alert_of,
            "address": letter.address,
            "message_id": letter.message_id,
            "subject": letter.subject,
            "message": zlib.compress(letter.message),
            "token_checksum": checksum_of(letter.token),
            "state": DeliveryState.WAITING,
            "made_at": now,
            "attempts": 0,
            "next_attempt_at": now,
            "answer": "",
        }
        for letter in letters
    ]
    add(connection, DeliveryRow, rows)


def changes(
    connection: Connection, subscriber: str, problems: Collection[KnownProblem]
) -> tuple[tuple[KnownProblem, ...], dict[str, ToldProblem]]:
    """The problems that opened, and by their keys those that are over."""
    statement = select(ToldProblemRow).where(
        ToldProblemRow.subscriber == subscriber, ToldProblemRow.end_told_at.is_(None)
    )
    told = {
        row["problem"]: ToldProblem(code=Code(row["code"]), place=row["place"])
        for row in connection.execute(statement).mappings()
    }
    is_open = {_key(problem): problem for problem in problems if problem.opened_at}
    opened = tuple(problem for key, problem in is_open.items() if key not in told)
    return opened, {key: problem for key, problem in told.items() if key not in is_open}


def count_changes(
    connection: Connection,
    subscriber: SubscriberId,
    opened: Sequence[KnownProblem],
    closed: Collection[str],
    *,
    now: datetime,
) -> None:
    """Count a subscriber as told of problems that opened, and by their keys of those over."""
    rows: list[dict[str, Any]] = [
        {
            "subscriber": subscriber,
            "problem": _key(problem),
            "code": problem.code,
            "place": problem.place,
            "told_at": now,
            "end_told_at": None,
        }
        for problem in opened
    ]
    upsert(connection, ToldProblemRow, rows, key=["subscriber", "problem"])
    for chunk in chunks(closed):
        connection.execute(
            update(ToldProblemRow)
            .where(ToldProblemRow.subscriber == subscriber, ToldProblemRow.problem.in_(chunk))
            .values(end_told_at=now)
        )


def _key(problem: KnownProblem) -> str:
    return checksum_of("\n".join([problem.feed_id or "", problem.code, problem.place]))
