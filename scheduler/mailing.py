"""Who is mailed now, and how does that end?

First digests are made for whom one is due, finished to the last byte and stored with what they
tell; then alerts, of what no digest told. Then whatever waits is sent, oldest first, one mail after
the other: claimed, handed to the server, noted. A crash between the server's word and our note
repeats one mail, byte for byte.

A mail that is put off is tried again after pauses that double. One that is put off for five days,
or turned away for good, is given up; what it told is then news for the next digest. Where the
server takes nobody's mail the pass ends, and nothing is ever given up for that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Literal

import structlog

from domain.delivery import NEVER_MET, Delivery, Standing, is_channel, is_stopped
from domain.errors import DeliveryError, PollwatchError, PutOff, StorageError, TurnedAway
from domain.subscriber import Subscriber, SubscriberId
from scheduler.alerting import Alerting
from scheduler.digest_days import due_on
from scheduler.letters import Writer
from storage.delivering import LONGEST_PAUSE
from storage.store import Store

log = structlog.get_logger()

FIRST_PAUSE = timedelta(minutes=5)
# What RFC 5321 asks of those who send mail: four days at least.
PATIENCE = timedelta(days=5)
# What comes later than that is not told at once; the digest tells it.
ALERT_PATIENCE = timedelta(hours=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailPlan:
    """What the settings ask of our mail."""

    backlog: timedelta
    """How old a match may be to stand in a first digest."""
    per_hour: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmade:
    """A digest or an alert that could not be made, and why; the next pass tries again."""

    subscriber: SubscriberId
    what: Literal["digest", "alert"]
    reason: str


@dataclass(slots=True, kw_only=True)
class Sent:
    """What one pass made and sent."""

    digests: int = 0
    unmade: list[Unmade] = field(default_factory=list)
    delivered: list[Delivery] = field(default_factory=list)
    given_up: list[Delivery] = field(default_factory=list)
    waiting: tuple[Delivery, ...] = ()
    """What is still to go out; those that were ever tried say why not yet."""
    put_off: set[int] = field(default_factory=set)
    """The ids of those among them that this pass tried."""
    trouble: DeliveryError | None = None
    """Why the server takes nobody's mail."""
    unnoted: StorageError | None = None
    """Why it could not be written down how the last one went."""


def next_attempt_at(attempts: int, *, now: datetime) -> datetime:
    """When a mail is tried again that failed so often."""
    # Beyond a dozen doublings the pause is the longest anyway; larger powers only overflow.
    pause: timedelta = FIRST_PAUSE * 2 ** min(max(attempts - 1, 0), 12)
    return now + min(pause, LONGEST_PAUSE)


class Mailing:
    """Makes the digests that are due, and sends what waits."""

    def __init__(
        self,
        *,
        store: Store,
        subscribers: Sequence[Subscriber],
        writer: Writer,
        plan: MailPlan,
        deliver: Callable[[bytes, str], None],
        clock: Callable[[], datetime],
        alerting: Alerting | None = None,
    ) -> None:
        self._store = store
        self._post = store.deliveries
        self._subscribers = subscribers
        self._writer = writer
        self._plan = plan
        self._deliver = deliver
        self._clock = clock
        self._alerting = alerting
        """Without it nothing is told at once."""
        self._is_stopped = False

    def stop(self) -> None:
        """Let the mail that is on its way be the last one; from any thread."""
        self._is_stopped = True

    def send_due(self) -> Sent:
        """One pass over all subscribers, and over what waits."""
        sent = Sent()
        if self._post.holds_anything():
            standings = self._post.standings()
            for subscriber in self._subscribers:
                if self._is_stopped:
                    break
                standing = standings.get(subscriber.id, NEVER_MET)
                self._make_digest_if_due(subscriber, standing, sent=sent)
        self._make_alerts(sent)
        self._send_rest(sent)
        return sent

    def send_alerts(self) -> Sent:
        """Make what is to be told at once, and send whatever waits."""
        sent = Sent()
        self._make_alerts(sent)
        self._send_rest(sent)
        return sent

    def _send_rest(self, sent: Sent) -> None:
        current = {one.id: one.places for one in self._subscribers}
        self._post.withdraw_others(current, now=self._clock())
        self._send_waiting(sent)
        sent.waiting = self._post.waiting()

    def _make_alerts(self, sent: Sent) -> None:
        """Make what is to be told at once to those whom some digest pass has met."""
        standings = self._post.standings()
        for subscriber in self._subscribers:
            standing = standings.get(subscriber.id, NEVER_MET)
            if self._alerting and subscriber.alerts and standing.is_met and not self._is_stopped:
                places = wanting(subscriber.places, standing)
                make = partial(self._alerting.make, subscriber, places)
                self._make_or_say(make, subscriber, what="alert", sent=sent)

    def _make_digest_if_due(
        self, subscriber: Subscriber, standing: Standing, *, sent: Sent
    ) -> None:
        now = self._clock()
        if not standing.is_met:
            old_since = now - self._plan.backlog
            self._post.meet(subscriber.id, topics=subscriber.topics, old_since=old_since, now=now)
        addresses = wanting(subscriber.to, standing)
        if not addresses or not due_on(subscriber, last=standing.last_digest_on, now=now):
            return
        make = partial(self._make_digest, subscriber, addresses, sent=sent)
        self._make_or_say(make, subscriber, what="digest", sent=sent)

    def _make_or_say(
        self,
        make: Callable[[], None],
        subscriber: Subscriber,
        *,
        what: Literal["digest", "alert"],
        sent: Sent,
    ) -> None:
        """Make something for a subscriber, or say why not: nobody else waits for that."""
        try:
            make()
        except DeliveryError as error:
            sent.unmade.append(Unmade(subscriber=subscriber.id, what=what, reason=str(error)))
        except PollwatchError:
            raise
        except Exception as error:
            log.exception("mail not made", what=what, subscriber=subscriber.id)
            reason = f"pollwatch failed over this {what} ({type(error).__name__})"
            sent.unmade.append(Unmade(subscriber=subscriber.id, what=what, reason=reason))

    def _make_digest(self, subscriber: Subscriber, addresses: Sequence[str], *, sent: Sent) -> None:
        now = self._clock()
        day = self._post.make_digest(
            subscriber.id,
            topics=subscriber.topics,
            problems=self._writer.problems(now=now) if subscriber.problems else (),
            due=lambda last: due_on(subscriber, last=last, now=now),
            write=lambda untold: self._writer.write(subscriber, addresses, untold, now=now),
            now=now,
        )
        sent.digests += day is not None

    def _send_waiting(self, sent: Sent) -> None:
        tried: set[int] = set()
        while not self._is_stopped:
            claimed = self._post.claim(
                now=self._clock(), per_hour=self._plan.per_hour, but_not=tried
            )
            if claimed is None:
                return
            delivery, message = claimed
            tried.add(delivery.id)
            error = self._handed_over(delivery, message)
            try:
                self._note(delivery, error, sent=sent)
            except StorageError as fault:
                # It is noted before the next one is claimed, and so not sent again.
                sent.unnoted = fault
                return
            if sent.trouble:
                # Channels are no concern of the server's.
                tried |= {one.id for one in self._post.waiting() if not is_channel(one.address)}

    def _note(self, delivery: Delivery, error: DeliveryError | None, *, sent: Sent) -> None:
        if error:
            self._note_failure(delivery, error, sent=sent)
        else:
            self._post.mark_delivered(delivery, now=self._clock())
            sent.delivered.append(delivery)

    def _handed_over(self, delivery: Delivery, message: bytes) -> DeliveryError | None:
        """What kept the server from taking a mail, if anything did."""
        try:
            self._deliver(message, delivery.address)
        except DeliveryError as error:
            return error
        except Exception as error:
            # Else it would stay claimed for as long as this program runs.
            log.exception("mail not sent", delivery=delivery.id)
            return PutOff(f"pollwatch failed over this mail ({type(error).__name__})")
        return None

    def _note_failure(self, delivery: Delivery, error: DeliveryError, *, sent: Sent) -> None:
        now = self._clock()
        is_refused = isinstance(error, TurnedAway | PutOff)
        patience = PATIENCE if delivery.alert_of is None else ALERT_PATIENCE
        if isinstance(error, TurnedAway) or (is_refused and now - delivery.made_at >= patience):
            self._post.give_up(delivery, answer=str(error), now=now)
            sent.given_up.append(replace(delivery, answer=str(error)))
            return
        until = next_attempt_at(delivery.attempts + 1, now=now)
        self._post.put_off(delivery, until=until, answer=str(error))
        sent.put_off.add(delivery.id)
        if not is_refused:
            sent.trouble = error
            self._post.put_all_off(until=until, answer=str(error), now=now)


def wanting(places: Sequence[str], standing: Standing) -> tuple[str, ...]:
    """Those of a subscriber's addresses and channels that want anything, each once."""
    return tuple(to for to in dict.fromkeys(places) if not is_stopped(standing, to))
