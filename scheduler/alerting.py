"""What is told at once, to whom, and when not?

Alerts are for subscribers who asked for them: new stories of the states they chose, problems that
opened or are over. They never tell what is old: stories seen or published days ago are left to the
digest. After an alert the next of its kind keeps a pause, so a hundred statements of one evening
are a handful of mails.

Made like digests, before anything is sent, so neither crashes nor two senders repeat one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from secrets import token_hex

from digest.alert import Alert, alert_mail, alert_note, of_problems, of_stories
from digest.edition import Digest
from digest.trouble import trouble_notes
from digest.wanted import at_once
from domain.delivery import PROBLEMS, DueAlert, Letter, Untold, Written, is_channel
from domain.poll import KnownProblem
from domain.source import Source
from domain.story import Story
from domain.subscriber import Subscriber
from domain.topic import Topic
from scheduler.dispatch import edition
from scheduler.letters import TOKEN_BYTES, Seal
from scheduler.upkeep import open_problems
from storage.store import Store

# Dates without an hour, and zones, blur a day.
FRESH_FOR = timedelta(days=2)
NOTHING = Written(letters=(), told=frozenset())


class Alerting:
    """Makes the alerts that subscribers asked for."""

    def __init__(
        self,
        *,
        store: Store,
        topics: Sequence[Topic],
        sources: Sequence[Source],
        seal: Seal,
        pause: timedelta,
        clock: Callable[[], datetime],
        refused: Sequence[KnownProblem] = (),
    ) -> None:
        self._store = store
        self._topics = topics
        self._sources = sources
        self._seal = seal
        self._pause = pause
        self._clock = clock
        self._refused = refused
        """Edits that whoever makes alerts could not take on."""

    def make(self, subscriber: Subscriber, places: Sequence[str]) -> None:
        """Make what is to be told at once, finished for each of these addresses and channels."""
        wishes, now = subscriber.alerts, self._clock()
        if wishes is None or not places:
            return
        if wishes.countries != ():
            for topic in self._topics:
                if topic.id in subscriber.topics:
                    write = partial(
                        self._of_stories,
                        subscriber=subscriber,
                        topic=topic,
                        places=places,
                        now=now,
                    )
                    self._make(subscriber, topic.id, write=write, now=now)
        if wishes.problems:
            write = partial(self._of_problems, subscriber=subscriber, places=places, now=now)
            self._make(subscriber, PROBLEMS, write=write, now=now)

    def _make(
        self,
        subscriber: Subscriber,
        alert_of: str,
        *,
        write: Callable[[Untold], Written],
        now: datetime,
    ) -> None:
        alert = DueAlert(
            subscriber=subscriber.id,
            alert_of=alert_of,
            problems=self._problems(now) if alert_of == PROBLEMS else (),
            since=now - FRESH_FOR,
            pause=self._pause,
        )
        untold = self._store.deliveries.news_at_once(alert, now=now)
        # Whoever writes lets others wait, and most minutes bring nothing.
        if untold and write(untold).letters:
            self._store.deliveries.make_alert(alert, write=write, now=now)

    def _problems(self, now: datetime) -> tuple[KnownProblem, ...]:
        return (*open_problems(self._store, self._topics, now=now), *self._refused)

    def _of_stories(
        self,
        untold: Untold,
        *,
        subscriber: Subscriber,
        topic: Topic,
        places: Sequence[str],
        now: datetime,
    ) -> Written:
        stories = at_once(
            untold.stories[topic.id], subscriber, topic=topic.id, since=now - FRESH_FOR
        )
        if not stories:
            return NOTHING
        digest = self._edition(subscriber, {topic.id: stories}, now=now)
        alert = of_stories(digest, title=topic.title, thread=f"{subscriber.id}\n{topic.id}")
        return Written(
            letters=tuple(self._letters(alert, places)),
            told=frozenset(release.id for story in stories for release in story.releases),
        )

    def _of_problems(
        self, untold: Untold, *, subscriber: Subscriber, places: Sequence[str], now: datetime
    ) -> Written:
        notes = trouble_notes(untold.opened, untold.closed)
        if not notes:
            return NOTHING
        digest = replace(self._edition(subscriber, {}, now=now), notes=notes)
        alert = of_problems(digest, untold, thread=subscriber.id)
        return Written(letters=tuple(self._letters(alert, places)), told=frozenset())

    def _edition(
        self, subscriber: Subscriber, stories: dict[str, tuple[Story, ...]], *, now: datetime
    ) -> Digest:
        digest = edition(
            subscriber,
            stories,
            notes=(),
            store=self._store,
            topics=self._topics,
            sources=self._sources,
            now=now,
        )
        # What else there is to say of the day is for the digest to say.
        return replace(digest, notes=())

    def _letters(self, alert: Alert, places: Sequence[str]) -> Iterator[Letter]:
        for place in places:
            token = token_hex(TOKEN_BYTES)
            message = (
                alert_note(alert, channel=place)
                if is_channel(place)
                else alert_mail(alert, self._seal(place, token))
            )
            yield Letter(
                address=place,
                message_id=message["Message-ID"],
                subject=message["Subject"],
                message=message.as_bytes(),
                token=token,
            )
