"""What was mailed, to whom, and how did that end?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.mail_address import as_compared
from domain.poll import Code, KnownProblem
from domain.story import Story
from domain.subscriber import SubscriberId


def is_channel(address: str) -> bool:
    """True for the name of a channel, which has no at-sign.

    >>> is_channel("chat"), is_channel("desk@example.org")
    (True, False)
    """
    return "@" not in address


class DeliveryState(StrEnum):
    """How far a finished mail got on its way to one address."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    """The server took it; nobody hears of it any later."""
    GIVEN_UP = "given_up"
    """It will not be tried again; what it told counts as untold, unless it came another way."""
    WITHDRAWN = "withdrawn"
    """Its reader, or whoever runs the program, wants no mail there any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A finished mail to one address, before it is on its way."""

    address: str
    message_id: str
    subject: str
    message: bytes
    token: str
    """By which its reader takes leave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A finished mail on its way to one address, or at the end of it."""

    id: int
    subscriber: SubscriberId
    day: date | None
    """Whose digest it is; none for an alert."""
    alert_of: str | None
    """The topic of an alert, or the empty text for one of problems; none for a digest."""
    address: str
    """Of mail, or the name of a channel."""
    message_id: str
    subject: str
    state: DeliveryState
    made_at: datetime
    attempts: int
    next_attempt_at: datetime
    settled_at: datetime | None
    """When it was delivered, given up or withdrawn."""
    answer: str
    """Why the last attempt failed, or why it was given up; empty where all went well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is remembered of a subscriber, be he met or not."""

    is_met: bool
    """What was held when he was met is no news to him."""
    last_digest_on: date | None
    """The day of the last digest, also where nothing was found and nothing mailed."""
    stopped: frozenset[str]
    """Addresses that want no mail any more, as they are compared; the empty one stands for all."""


def is_stopped(standing: Standing, address: str) -> bool:
    """True where nothing is to be sent to an address of a subscriber, however it is spelled."""
    return bool(standing.stopped & {as_compared(address), EVERY_ADDRESS})


NEVER_MET = Standing(is_met=False, last_digest_on=None, stopped=frozenset())
EVERY_ADDRESS = ""
PROBLEMS = ""
"""What alerts of problems are of, where others are of a topic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldProblem:
    """A problem that a subscriber was told of."""

    code: Code
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Untold:
    """What a subscriber was not told before."""

    day: date | None
    """Whose digest is due; none where an alert is."""
    stories: Mapping[str, tuple[Story, ...]]
    """By topic, whether he wants them or not."""
    opened: tuple[KnownProblem, ...]
    """Problems that opened."""
    closed: tuple[ToldProblem, ...]
    """Problems that he was told of, and that are over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueAlert:
    """An alert that may be made, if there is news and the last one lies back far enough."""

    subscriber: SubscriberId
    alert_of: str
    """A topic, or the empty text for problems."""
    problems: tuple[KnownProblem, ...]
    """What is wrong now; none where it is of a topic."""
    since: datetime
    """What was first seen before is left to the digest."""
    pause: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A digest or an alert that is ready to be sent; without letters nothing was worth a mail."""

    letters: tuple[Letter, ...]
    told: frozenset[str]
    """Ids of the releases that it tells of."""
