"""The memory's door for those who send mail; one method is one transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from threading import Lock

from sqlalchemy import Connection

from domain.delivery import EVERY_ADDRESS, Delivery, DueAlert, Standing, ToldProblem, Untold
from domain.poll import KnownProblem
from domain.subscriber import SubscriberId
from storage import alerts, delivering, digests
from storage.database import Database
from storage.digests import Due, Write
from storage.owner import Owner

Note = Callable[[Connection], None]


class Deliveries:
    """Whose digest is next, which mails are on their way, and who wants none."""

    def __init__(self, database: Database, owner: Owner) -> None:
        self._database = database
        self._owner = owner
        self._unnoted: list[Note] = []
        """How sendings ended, as far as it could not be written down."""
        self._noting = Lock()

    def standings(self) -> dict[SubscriberId, Standing]:
        """What is remembered of each subscriber that was ever met or stopped."""
        with self._database.reading() as connection:
            return digests.standings(connection)

    def holds_anything(self) -> bool:
        """True once something was polled or imported: before, nobody can be told what is old."""
        with self._database.reading() as connection:
            return digests.holds_anything(connection)

    def meet(
        self,
        subscriber: SubscriberId,
        *,
        topics: Sequence[str],
        old_since: datetime,
        now: datetime,
    ) -> None:
        """Remember a subscriber; stories that are all older than that are no news to him."""
        with self._database.writing() as connection:
            digests.meet(connection, subscriber, topics=topics, old_since=old_since, now=now)

    def make_digest(
        self,
        subscriber: SubscriberId,
        *,
        topics: Sequence[str],
        problems: Collection[KnownProblem],
        due: Due,
        write: Write,
        now: datetime,
    ) -> date | None:
        """Keep the finished mails of the digest that is due, or nothing; the day that it is of.

        The writer is asked inside the transaction, so that nothing slips in between.
        """
        with self._database.writing() as connection:
            return digests.make(
                connection,
                subscriber,
                topics=topics,
                problems=problems,
                due=due,
                write=write,
                now=now,
            )

    def news_of_problems(
        self, subscriber: SubscriberId, problems: Collection[KnownProblem]
    ) -> tuple[tuple[KnownProblem, ...], tuple[ToldProblem, ...]]:
        """Which of these a subscriber was not told of; and which he was told of are over."""
        with self._database.reading() as connection:
            opened, closed = digests.changes(connection, subscriber, problems)
            return opened, tuple(closed.values())

    def news_at_once(self, alert: DueAlert, *, now: datetime) -> Untold | None:
        """What an alert would tell; None where another was made too lately."""
        with self._database.reading() as connection:
            found = alerts.news(connection, alert, now=now)
        return found[0] if found else None

    def make_alert(self, alert: DueAlert, *, write: Write, now: datetime) -> bool:
        """Keep the finished mails of an alert, or nothing; true where there was news.

        The writer is asked inside the transaction, as for a digest.
        """
        with self._database.writing() as connection:
            return alerts.make(connection, alert, write=write, now=now)

    def claim(
        self, *, now: datetime, per_hour: int, but_not: Collection[int]
    ) -> tuple[Delivery, bytes] | None:
        """Lease the oldest mail that may go out now, with its bytes."""
        with self._noting:
            with self._database.writing() as connection:
                self._catch_up(connection)
                claimed = delivering.claim(
                    connection,
                    owner=self._owner,
                    now=now,
                    per_hour=per_hour,
                    but_not=but_not,
                )
            self._unnoted.clear()
        return claimed

    def mark_delivered(self, delivery: Delivery, *, now: datetime) -> None:
        """Note that the server took it."""
        self._note(partial(delivering.mark_delivered, delivery_id=delivery.id, now=now))

    def put_off(self, delivery: Delivery, *, until: datetime, answer: str) -> None:
        """Note a failed attempt, and let it wait."""
        put_off = partial(delivering.put_off, delivery_id=delivery.id, until=until, answer=answer)
        self._note(put_off)

    def put_all_off(self, *, until: datetime, answer: str, now: datetime) -> None:
        """Let whatever is due wait: nobody's mail would be taken."""
        with self._database.writing() as connection:
            delivering.put_all_off(connection, until=until, answer=answer, now=now)

    def give_up(self, delivery: Delivery, *, answer: str, now: datetime) -> None:
        """Never try it again; what it told is news again, unless it came to another address."""
        give_up = partial(delivering.give_up, delivery_id=delivery.id, answer=answer, now=now)
        self._note(give_up)

    def _note(self, note: Note) -> None:
        """Write down how a sending ended; where that fails, before anything else is sent.

        Until then the mail stays claimed, so that it goes out once more only if this program dies.
        """
        with self._noting:
            self._unnoted.append(note)
            with self._database.writing() as connection:
                self._catch_up(connection)
            self._unnoted.clear()

    def _catch_up(self, connection: Connection) -> None:
        for note in self._unnoted:
            note(connection)

    def withdraw_others(
        self, addresses: Mapping[SubscriberId, Collection[str]], *, now: datetime
    ) -> None:
        """Send nothing to addresses that are not among these any more."""
        with self._database.reading() as connection:
            strangers = delivering.strangers(connection, addresses)
        if strangers:
            with self._database.writing() as connection:
                answer = "No subscriber has this address any more"
                delivering.withdraw(connection, strangers, answer=answer, now=now)

    def stop(
        self, subscriber: SubscriberId, *, address: str = EVERY_ADDRESS, now: datetime
    ) -> None:
        """Send nothing to an address of a subscriber any more, or to none of his addresses."""
        with self._database.writing() as connection:
            delivering.stop(connection, subscriber, address=address, now=now)

    def stop_by(self, token: str, *, now: datetime) -> None:
        """Send nothing any more to the address that a token was mailed to, if it ever was."""
        holder = self.holder_of(token)
        if holder:
            subscriber, address = holder
            self.stop(subscriber, address=address, now=now)

    def holder_of(self, token: str) -> tuple[SubscriberId, str] | None:
        """The subscriber and the address that a token was mailed to."""
        with self._database.reading() as connection:
            return delivering.holder_of(connection, token)

    def waiting(self) -> tuple[Delivery, ...]:
        """The deliveries that are still to go out and that nobody sends just now, oldest first."""
        with self._database.reading() as connection:
            return delivering.waiting(connection)

    def listed(self) -> tuple[Delivery, ...]:
        """All deliveries, newest first."""
        with self._database.reading() as connection:
            return delivering.listed(connection)

    def find(self, delivery_id: int) -> tuple[Delivery, bytes | None] | None:
        """One delivery, and the mail byte for byte; None for one that was kept long enough."""
        with self._database.reading() as connection:
            return delivering.find(connection, delivery_id)
