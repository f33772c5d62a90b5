"""What can go wrong, as one tree.

PollwatchError                everything we raise on purpose
├── ConfigError               wrong file; lists all mistakes; only at start or reload
├── FetchError                no good answer
│   ├── Unreachable           name, connection, TLS, timeout, 5xx
│   ├── Busy                  429, 503, or somebody else is asking this host just now
│   ├── Refused               401, 403, robots, challenge page, address not allowed
│   ├── Gone                  404, 410
│   └── TooLarge              more bytes than the limit, also after decompression
├── ParseError                the answer is not the listing we know
├── ExtractError              the page has no release that we can stand by
├── StorageError              database unavailable or inconsistent
│   └── NoDatabase            there is none yet
├── AlreadyRunning            another daemon works with this database
├── CannotBe                  what a person asks of stories is not possible
└── DeliveryError             mail not accepted, by no fault of its address
    ├── PutOff                for now: 4xx, connection lost
    └── TurnedAway            for good: 5xx

Every error names its subject and its cause in one line and says the next step.
Errors never log themselves.
"""

from __future__ import annotations

from datetime import datetime


class PollwatchError(Exception):
    """Raised on purpose: its text is written for a person."""

    def __init__(self, message: str, *, next_step: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step

    def __str__(self) -> str:
        return f"{self.message}. {self.next_step}" if self.next_step else self.message


class ConfigError(PollwatchError):
    """Files that a person must mend; ``mistakes`` holds one line for each."""

    def __init__(self, mistakes: tuple[str, ...]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


class FetchError(PollwatchError):
    """No good answer from an address."""

    def __init__(
        self,
        message: str,
        *,
        next_step: str = "",
        http_status: int | None = None,
        retry_at: datetime | None = None,
    ) -> None:
        super().__init__(message, next_step=next_step)
        self.http_status = http_status
        self.retry_at = retry_at


class Unreachable(FetchError):
    """There was no answer at all, or only that the server is broken."""


class BadCertificate(Unreachable):
    """The server could not prove who it is."""


class Busy(FetchError):
    """The host asks for patience."""


class Refused(FetchError):
    """The host, its robots.txt or our own rules say no."""


class Gone(FetchError):
    """There is nothing at this address any more."""


class TooLarge(FetchError):
    """The answer holds more bytes than we accept."""


class ParseError(PollwatchError):
    """A good answer that is not the listing we know."""


class ExtractError(PollwatchError):
    """A good page without a release that we can stand by."""


class StorageError(PollwatchError):
    """The database is not to be had, or contradicts itself."""


class NoDatabase(StorageError):
    """Nobody has made this database yet."""


class AlreadyRunning(PollwatchError):
    """Another daemon works with this database."""


class CannotBe(PollwatchError):
    """A join or split that makes no sense as stories are."""


class DeliveryError(PollwatchError):
    """A mail was not accepted; plain where no mail to anybody would be."""


class PutOff(DeliveryError):
    """This mail was not accepted now; the server may take it later."""


class TurnedAway(DeliveryError):
    """This mail will never be accepted for this address."""
