"""What can be measured of a daemon, and is it well?

Counts begin anew with the process, as those who collect such figures expect.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from prometheus_client import CollectorRegistry, Counter, Gauge, ProcessCollector, generate_latest

from domain.poll import Poll
from scheduler.mailing import Sent

# Three ticks that did not come are no accident.
MISSED_TICKS = 3


class Figures:
    """Counts what happens; asked by whoever watches the machine."""

    def __init__(self, *, tick: timedelta) -> None:
        self._late_after = MISSED_TICKS * tick
        self._ticked_at: datetime | None = None
        self.mistakes: tuple[str, ...] = ()
        """What keeps an edit of the configuration from being taken on."""
        self._registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self._polls = Counter("pollwatch_polls", "Feeds polled.", ("outcome",), registry=registry)
        self._releases = Counter("pollwatch_releases", "New releases stored.", registry=registry)
        self._matched = Counter(
            "pollwatch_releases_matched", "New releases that match a topic.", registry=registry
        )
        self._failed = Counter(
            "pollwatch_entries_failed", "Entries that could not be fetched.", registry=registry
        )
        self._mails = Counter("pollwatch_mails", "Mails by their end.", ("end",), registry=registry)
        self._waiting = Gauge("pollwatch_mails_waiting", "Mails to go out.", registry=registry)
        self._problems = Gauge("pollwatch_problems_open", "Open problems.", registry=registry)
        self._broken = Gauge(
            "pollwatch_configuration_mistakes",
            "Mistakes that keep an edit from being taken on.",
            registry=registry,
        )
        self._last_tick = Gauge(
            "pollwatch_last_tick_timestamp_seconds", "When work was last begun.", registry=registry
        )

    def ticked(self, now: datetime, *, problems: int) -> None:
        """Count a look at what is due."""
        self._ticked_at = now
        self._last_tick.set(now.timestamp())
        self._problems.set(problems)

    def polled(self, poll: Poll) -> None:
        """Count a poll and what it brought."""
        self._polls.labels(poll.outcome.value).inc()
        self._releases.inc(poll.stored)
        self._matched.inc(poll.matched)
        self._failed.inc(poll.failed)

    def mailed(self, sent: Sent) -> None:
        """Count what a pass over the subscribers sent."""
        self._mails.labels("delivered").inc(len(sent.delivered))
        self._mails.labels("given_up").inc(len(sent.given_up))
        self._waiting.set(len(sent.waiting))

    def refuse(self, mistakes: Sequence[str]) -> None:
        """Remember what is wrong with an edit; nothing where all is right again."""
        self.mistakes = tuple(mistakes)
        self._broken.set(len(mistakes))

    def text(self) -> bytes:
        """All figures in the text format of Prometheus."""
        return generate_latest(self._registry)

    def ailments(self, now: datetime) -> tuple[str, ...]:
        """What keeps the daemon from working as it should; nothing where it is well.

        An edit that was not taken on is none: work goes on by what was there before.
        """
        if self._ticked_at is None:
            return ("it has not begun to work yet",)
        idle = now - self._ticked_at
        if idle > self._late_after:
            return (f"nothing was begun for {int(idle.total_seconds())} seconds",)
        return ()
