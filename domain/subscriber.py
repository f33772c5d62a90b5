"""Who gets which digest, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import NewType

SubscriberId = NewType("SubscriberId", str)
"""For ever: what was told is remembered under it, while addresses may change."""


class WhenEmpty(StrEnum):
    """What is mailed on a day that brought nothing."""

    SHORT = "short"
    """A few lines that prove the watch lived."""
    NONE = "none"


class MailFormat(StrEnum):
    """What a digest is mailed as."""

    HTML = "html"
    """HTML and text in one mail."""
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class AtOnce:
    """What a subscriber is told at once, by alerts."""

    countries: tuple[str, ...] | None
    """Whose releases; None for all."""
    problems: bool
    channels: tuple[str, ...]
    """Names of chats, phones and the like that alerts go to besides his addresses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """One reader of digests. Where a choice is None, everything is meant."""

    id: SubscriberId
    to: tuple[str, ...]
    """Addresses; each gets a mail of its own."""
    topics: tuple[str, ...]
    elections: tuple[str, ...] | None
    countries: tuple[str, ...] | None
    """Codes of ``domain.actors``."""
    languages: tuple[str, ...] | None
    at: time
    """The hour of the digest, in ``zone``."""
    days: tuple[int, ...]
    """Days of the week it comes on; Monday is 0."""
    zone: str
    when_empty: WhenEmpty
    format: MailFormat
    problems: bool
    """Is told of problems with sources: for the person who runs the program."""
    alerts: AtOnce | None = None
    """Nothing but digests goes to whoever has not asked for more."""

    @property
    def places(self) -> tuple[str, ...]:
        """Wherever anything may be sent to."""
        return (*self.to, *(self.alerts.channels if self.alerts else ()))
