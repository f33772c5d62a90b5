"""How does what a subscriber was not told become finished mails, one an address?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from secrets import token_hex

from digest.edition import Digest
from digest.message import Envelope, enveloped, to_pages
from digest.trouble import trouble_notes
from domain.delivery import Letter, Untold, Written
from domain.poll import KnownProblem
from domain.source import Source
from domain.subscriber import Subscriber, WhenEmpty
from domain.topic import Topic
from scheduler.dispatch import edition, wanted_stories
from scheduler.upkeep import open_problems
from storage.store import Store

TOKEN_BYTES = 20
Seal = Callable[[str, str], Envelope]
"""From an address and the token by which its reader takes leave to the envelope."""


class Writer:
    """Writes digests to the last byte."""

    def __init__(
        self,
        *,
        store: Store,
        topics: Sequence[Topic],
        sources: Sequence[Source],
        seal: Seal,
        refused: Sequence[KnownProblem] = (),
    ) -> None:
        self._store = store
        self._topics = topics
        self._sources = sources
        self._seal = seal
        self._refused = refused
        """Edits that whoever makes digests could not take on."""

    def problems(self, *, now: datetime) -> tuple[KnownProblem, ...]:
        """What is wrong now, for those who are to be told."""
        return (*open_problems(self._store, self._topics, now=now), *self._refused)

    def write(
        self, subscriber: Subscriber, addresses: Sequence[str], untold: Untold, *, now: datetime
    ) -> Written:
        """The mails to these addresses; none where the subscriber wants none on such a day."""
        stories = wanted_stories(subscriber, untold.stories)
        notes = trouble_notes(untold.opened, untold.closed)
        digest = edition(
            subscriber,
            stories,
            notes=notes,
            store=self._store,
            topics=self._topics,
            sources=self._sources,
            now=now,
        )
        told = (story.releases for of_topic in stories.values() for story in of_topic)
        # Of a story whose commas were mended there is nothing to tell.
        is_empty = not digest.length and not notes
        is_wanted = not is_empty or subscriber.when_empty is not WhenEmpty.NONE
        return Written(
            letters=tuple(self._letters(digest, subscriber, addresses)) if is_wanted else (),
            told=frozenset(release.id for releases in told for release in releases),
        )

    def _letters(
        self, digest: Digest, subscriber: Subscriber, addresses: Sequence[str]
    ) -> Iterator[Letter]:
        pages = to_pages(digest, wanted=subscriber.format)
        for address in addresses:
            token = token_hex(TOKEN_BYTES)
            message = enveloped(pages, self._seal(address, token))
            yield Letter(
                address=address,
                message_id=message["Message-ID"],
                subject=message["Subject"],
                message=message.as_bytes(),
                token=token,
            )
