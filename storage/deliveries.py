"""The memory's door for those who send mail; one method is one transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from domain.delivery import EVERY_ADDRESS, Delivery, Standing, ToldProblem
from domain.poll import KnownProblem
from domain.subscriber import SubscriberId
from storage import delivering, digests
from storage.database import Database
from storage.digests import Due, Write
from storage.owner import Owner


class Deliveries:
    """Whose digest is next, which mails are on their way, and who wants none."""

    def __init__(self, database: Database, owner: Owner) -> None:
        self._database = database
        self._owner = owner

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

    def claim(
        self, *, now: datetime, per_hour: int, hurry: bool, but_not: Collection[int]
    ) -> tuple[Delivery, bytes] | None:
        """Lease the oldest mail that may go out now, with its bytes.

        ``hurry`` cuts short the pauses after failures; nothing cuts short the hour.
        """
        with self._database.writing() as connection:
            return delivering.claim(
                connection,
                owner=self._owner,
                now=now,
                per_hour=per_hour,
                hurry=hurry,
                but_not=but_not,
            )

    def mark_delivered(self, delivery: Delivery, *, now: datetime) -> None:
        """Note that the server took it."""
        with self._database.writing() as connection:
            delivering.mark_delivered(connection, delivery.id, now=now)

    def put_off(self, delivery: Delivery, *, until: datetime, answer: str) -> None:
        """Note a failed attempt, and let it wait."""
        with self._database.writing() as connection:
            delivering.put_off(connection, delivery.id, until=until, answer=answer)

    def put_all_off(self, *, until: datetime, answer: str, now: datetime) -> None:
        """Let whatever is due wait: nobody's mail would be taken."""
        with self._database.writing() as connection:
            delivering.put_all_off(connection, until=until, answer=answer, now=now)

    def give_up(self, delivery: Delivery, *, answer: str, now: datetime) -> None:
        """Never try it again; what it told is news again, unless it came to another address."""
        with self._database.writing() as connection:
            delivering.give_up(connection, delivery.id, answer=answer, now=now)

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

    def find(self, delivery_id: int) -> tuple[Delivery, bytes] | None:
        """One delivery, and the mail byte for byte."""
        with self._database.reading() as connection:
            return delivering.find(connection, delivery_id)
