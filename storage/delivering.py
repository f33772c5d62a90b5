"""Which finished mail goes out next, and what became of it?

A sender leases one delivery at a time, so two senders never send the same mail; a lease whose owner
is dead is void, and the same bytes go out again. Mails of the last hour are counted from what was
delivered, whoever sent it.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from hmac import compare_digest

from sqlalchemy import ColumnElement, Connection, RowMapping, delete, func, or_, select, update

from domain.delivery import EVERY_ADDRESS, Delivery, DeliveryState, is_channel
from domain.mail_address import as_compared
from domain.poll import Code, KnownProblem
from domain.subscriber import SubscriberId
from storage.columns import checksum_of
from storage.keeping import take_turns
from storage.owner import Owner
from storage.post import DeliveryRow, SuppressionRow, ToldProblemRow
from storage.told import count_as_unalerted, count_as_untold
from storage.writing import upsert

HOUR = timedelta(hours=1)
# A mail that is to wait for longer was put off by a clock that was wrong.
LONGEST_PAUSE = timedelta(hours=1)
WAITING = DeliveryRow.state == DeliveryState.WAITING
IS_MAIL = DeliveryRow.address.contains("@")
"""What else there is goes through channels, whatever becomes of the mail server."""
UNSETTLED = DeliveryRow.state.in_([DeliveryState.WAITING, DeliveryState.GIVEN_UP])
"""Without a good end, so far or for ever."""
NO_MESSAGE = tuple(
    column
    for column in DeliveryRow.__table__.columns
    if column.name not in {"message", "token_checksum"}
)


def claim(
    connection: Connection,
    *,
    owner: Owner,
    now: datetime,
    per_hour: int,
    but_not: Collection[int],
) -> tuple[Delivery, bytes] | None:
    """Lease the oldest mail that may go out now."""
    take_turns(connection)
    statement = select(*NO_MESSAGE).where(WAITING).order_by(DeliveryRow.id)
    rows = connection.execute(statement).mappings().all()
    leased = {row["leased_by"] for row in rows} - {None}
    living = {leaser for leaser in leased | {owner.id} if owner.is_living(leaser)}
    on_their_way = sum(row["leased_by"] in living for row in rows)
    if _delivered_within_an_hour(connection, now) + on_their_way >= per_hour:
        return None
    for row in rows:
        is_due = not now < row["next_attempt_at"] <= now + LONGEST_PAUSE
        if is_due and row["leased_by"] not in living and row["id"] not in but_not:
            this = DeliveryRow.id == row["id"]
            connection.execute(update(DeliveryRow).where(this).values(leased_by=owner.id))
            message = connection.execute(select(DeliveryRow.message).where(this)).scalar_one()
            return _delivery(row), zlib.decompress(message)
    return None


def _delivered_within_an_hour(connection: Connection, now: datetime) -> int:
    delivered = select(func.count()).where(
        DeliveryRow.state == DeliveryState.DELIVERED,
        DeliveryRow.settled_at > now - HOUR,
        DeliveryRow.settled_at <= now,
    )
    return connection.scalar(delivered) or 0


def mark_delivered(connection: Connection, delivery_id: int, *, now: datetime) -> None:
    """Note that the server took it."""
    _settle(connection, delivery_id, DeliveryState.DELIVERED, answer="", now=now)


def put_off(connection: Connection, delivery_id: int, *, until: datetime, answer: str) -> None:
    """Note a failed attempt, and let it wait."""
    this = DeliveryRow.id == delivery_id
    _postpone(connection, this, until=until, answer=answer)
    connection.execute(update(DeliveryRow).where(this).values(leased_by=None))


def put_all_off(connection: Connection, *, until: datetime, answer: str, now: datetime) -> None:
    """Let mail that is due wait: nobody's would be taken."""
    is_due = DeliveryRow.next_attempt_at <= now
    _postpone(connection, WAITING & IS_MAIL & is_due, until=until, answer=answer)


def _postpone(
    connection: Connection, which: ColumnElement[bool], *, until: datetime, answer: str
) -> None:
    values = {
        "attempts": DeliveryRow.attempts + 1,
        "next_attempt_at": until,
        "answer": answer,
    }
    connection.execute(update(DeliveryRow).where(which).values(values))


def give_up(connection: Connection, delivery_id: int, *, answer: str, now: datetime) -> None:
    """Never try it again; what it told is news again, unless it came to another address."""
    _settle(connection, delivery_id, DeliveryState.GIVEN_UP, answer=answer, now=now)
    row = _row(connection, delivery_id)
    _give_back(connection, row)


def strangers(
    connection: Connection, addresses: Mapping[SubscriberId, Collection[str]]
) -> list[int]:
    """The deliveries without a good end to addresses that are not among these."""
    statement = select(DeliveryRow.id, DeliveryRow.subscriber, DeliveryRow.address)
    return [
        row.id
        for row in connection.execute(statement.where(UNSETTLED))
        if row.address not in addresses.get(row.subscriber, ())
    ]


def withdraw(
    connection: Connection, delivery_ids: Collection[int], *, answer: str, now: datetime
) -> None:
    """Send these to nobody; what they told is news again."""
    for delivery_id in delivery_ids:
        row = _row(connection, delivery_id)
        _settle(connection, delivery_id, DeliveryState.WITHDRAWN, answer=answer, now=now)
        _give_back(connection, row)


def stop(connection: Connection, subscriber: SubscriberId, *, address: str, now: datetime) -> None:
    """Send nothing to an address of a subscriber any more, or to none of his addresses.

    What was on its way there, and came to none of his others, is news to these.
    """
    address = as_compared(address)
    row = {"subscriber": subscriber, "address": address, "stopped_at": now}
    upsert(connection, SuppressionRow, [row], key=["subscriber", "address"], keep=["stopped_at"])
    unsettled = select(DeliveryRow.id, DeliveryRow.address).where(
        UNSETTLED, DeliveryRow.subscriber == subscriber
    )
    stopped = [
        row.id
        for row in connection.execute(unsettled)
        if address in {as_compared(row.address), EVERY_ADDRESS}
    ]
    withdraw(connection, stopped, answer="Its reader wants no mail any more", now=now)


def holder_of(connection: Connection, token: str) -> tuple[SubscriberId, str] | None:
    """The subscriber and the address that a token was mailed to."""
    checksum = checksum_of(token)
    statement = select(
        DeliveryRow.subscriber, DeliveryRow.address, DeliveryRow.token_checksum
    ).where(DeliveryRow.token_checksum == checksum)
    row = connection.execute(statement).first()
    if row is None or not compare_digest(row.token_checksum, checksum):
        return None
    return SubscriberId(row.subscriber), row.address


def listed(connection: Connection) -> tuple[Delivery, ...]:
    """All deliveries, newest first."""
    statement = select(*NO_MESSAGE).order_by(DeliveryRow.id.desc())
    return tuple(_delivery(row) for row in connection.execute(statement).mappings())


def waiting(connection: Connection) -> tuple[Delivery, ...]:
    """The deliveries that are still to go out and that nobody sends just now, oldest first."""
    in_line = WAITING & DeliveryRow.leased_by.is_(None)
    statement = select(*NO_MESSAGE).where(in_line).order_by(DeliveryRow.id)
    return tuple(_delivery(row) for row in connection.execute(statement).mappings())


def find(connection: Connection, delivery_id: int) -> tuple[Delivery, bytes | None] | None:
    """One delivery, and the mail byte for byte; None for one that was kept long enough."""
    statement = select(*NO_MESSAGE, DeliveryRow.message).where(DeliveryRow.id == delivery_id)
    row = connection.execute(statement).mappings().first()
    if row is None:
        return None
    return _delivery(row), zlib.decompress(row["message"]) if row["message"] else None


def failures(connection: Connection) -> tuple[KnownProblem, ...]:
    """A problem for each address that mails were given up for, and that got none since."""
    key = (DeliveryRow.subscriber, DeliveryRow.address)
    last = (
        select(*key, func.max(DeliveryRow.settled_at).label("at"))
        .where(DeliveryRow.state == DeliveryState.DELIVERED)
        .group_by(*key)
        .subquery()
    )
    statement = (
        select(*key, DeliveryRow.settled_at, DeliveryRow.answer)
        .outerjoin(
            last,
            (last.c.subscriber == DeliveryRow.subscriber) & (last.c.address == DeliveryRow.address),
        )
        .where(
            DeliveryRow.state == DeliveryState.GIVEN_UP,
            or_(last.c.at.is_(None), DeliveryRow.settled_at > last.c.at),
        )
        .order_by(DeliveryRow.settled_at, DeliveryRow.id)
    )
    found: dict[tuple[str, str], list[RowMapping]] = {}
    for row in connection.execute(statement).mappings():
        found.setdefault((row["subscriber"], row["address"]), []).append(row)
    return tuple(_failure(*key, rows) for key, rows in found.items())


def _failure(subscriber: str, address: str, rows: list[RowMapping]) -> KnownProblem:
    first, last = rows[0], rows[-1]
    what, place = "A mail", "subscribers.yaml"
    if is_channel(address):
        what, place = "An alert", "[alerts.channels]"
    return KnownProblem(
        code=Code.DELIVERY_FAILED,
        place=address,
        feed_id=None,
        detail=f"{what} for the subscriber {subscriber} was given up: {last['answer']}",
        hint=f"Mend the address in {place}, or take it out; the next digest holds what came to no"
        " other address",
        first_at=first["settled_at"],
        last_at=last["settled_at"],
        count=len(rows),
        opened_at=first["settled_at"],
        closed_at=None,
    )


def _settle(
    connection: Connection, delivery_id: int, state: DeliveryState, *, answer: str, now: datetime
) -> None:
    values = {"state": state, "settled_at": now, "answer": answer, "leased_by": None}
    if state in {DeliveryState.DELIVERED, DeliveryState.GIVEN_UP}:
        values["attempts"] = DeliveryRow.attempts + 1
    this = DeliveryRow.id == delivery_id
    connection.execute(update(DeliveryRow).where(this).values(values))


def _give_back(connection: Connection, row: RowMapping) -> None:
    """Let what was lost be news again, unless it came, or may come, another way."""
    subscriber, day, made_at = row["subscriber"], row["day"], row["made_at"]
    is_alert = (DeliveryRow.alert_of == row["alert_of"]) & (DeliveryRow.made_at == made_at)
    others = select(DeliveryRow.id).where(
        DeliveryRow.subscriber == subscriber,
        is_alert if day is None else DeliveryRow.day == day,
        DeliveryRow.state.in_([DeliveryState.WAITING, DeliveryState.DELIVERED]),
    )
    if connection.scalar(others.limit(1)) is not None:
        return
    if row["alert_of"]:
        count_as_unalerted(connection, subscriber, told_at=made_at)
        return
    if day is not None:
        count_as_untold(connection, subscriber, day=day)
    mine = ToldProblemRow.subscriber == subscriber
    connection.execute(
        update(ToldProblemRow)
        .where(mine, ToldProblemRow.end_told_at == made_at)
        .values(end_told_at=None)
    )
    connection.execute(delete(ToldProblemRow).where(mine, ToldProblemRow.told_at == made_at))


def _row(connection: Connection, delivery_id: int) -> RowMapping:
    statement = select(*NO_MESSAGE).where(DeliveryRow.id == delivery_id)
    return connection.execute(statement).mappings().one()


def _delivery(row: RowMapping) -> Delivery:
    return Delivery(
        id=row["id"],
        subscriber=SubscriberId(row["subscriber"]),
        day=row["day"],
        alert_of=row["alert_of"],
        address=row["address"],
        message_id=row["message_id"],
        subject=row["subject"],
        state=DeliveryState(row["state"]),
        made_at=row["made_at"],
        attempts=row["attempts"],
        next_attempt_at=row["next_attempt_at"],
        settled_at=row["settled_at"],
        answer=row["answer"],
    )
