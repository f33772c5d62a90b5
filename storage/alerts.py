"""What is a subscriber told at once?

An alert is made like a digest, in one writing transaction: what is news is looked up, written, and
kept as finished mails. It belongs to no day. Alerts of one thing keep a pause, counted from the
last that was made, whoever made it; what comes meanwhile stands together in the next.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, func, select

from domain.delivery import PROBLEMS, DueAlert, Untold
from storage import digests, stories
from storage.digests import Write
from storage.keeping import take_turns
from storage.post import DeliveryRow
from storage.schema import ReleaseRow
from storage.told import BY_ALERT, count_as_told
from storage.writing import chunks


def news(
    connection: Connection, alert: DueAlert, *, now: datetime
) -> tuple[Untold, Collection[str]] | None:
    """What it would tell, with the keys of problems that are over; None within the pause."""
    if not _is_due(connection, alert, now=now):
        return None
    if alert.alert_of == PROBLEMS:
        opened, closed = digests.changes(connection, alert.subscriber, alert.problems)
        return Untold(day=None, stories={}, opened=opened, closed=tuple(closed.values())), closed
    topic = alert.alert_of
    found = stories.fresh(connection, topic, subscriber=alert.subscriber, since=alert.since)
    return Untold(day=None, stories={topic: found}, opened=(), closed=()), ()


def make(connection: Connection, alert: DueAlert, *, write: Write, now: datetime) -> bool:
    """Make the alert and remember what it tells, where there is news; true where there was."""
    take_turns(connection)
    found = news(connection, alert, now=now)
    if found is None:
        return False
    untold, closed = found
    written = write(untold)
    if not written.letters:
        return False
    subscriber = alert.subscriber
    digests.keep_letters(connection, subscriber, written.letters, alert_of=alert.alert_of, now=now)
    for chunk in chunks(written.told):
        rows = select(ReleaseRow.id).where(ReleaseRow.public_id.in_(chunk))
        releases = connection.scalars(rows).all()
        count_as_told(connection, releases, subscribers=[subscriber], now=now, by=BY_ALERT)
    digests.count_changes(connection, subscriber, untold.opened, closed, now=now)
    return True


def _is_due(connection: Connection, alert: DueAlert, *, now: datetime) -> bool:
    last = connection.scalar(
        select(func.max(DeliveryRow.made_at)).where(
            DeliveryRow.subscriber == alert.subscriber,
            DeliveryRow.alert_of == alert.alert_of,
            # One from the future was made by a clock that was wrong.
            DeliveryRow.made_at <= now,
        )
    )
    return last is None or now - last >= alert.pause
