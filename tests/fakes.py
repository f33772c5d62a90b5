"""Stand-ins that do the real thing in the simplest way."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Collection, Mapping, Sequence

from analysis import dedup
from domain.poll import Batch, Code, Outcome, Recall, Visit
from domain.reading import Likeness, Partition, Text, TextKey, Verdict
from domain.release import Release
from domain.source import Feed, FeedId
from tests.builders import a_failed_visit, a_problem, a_visit


class FakeEngine:
    """An engine that asks nobody: feeds bring what a test says, all others are unchanged."""

    def __init__(self) -> None:
        self._visits: dict[FeedId, Visit] = {}
        self._visits_left: int | None = None

    def lists(self, feed: Feed, *releases: Release) -> None:
        """Let a feed bring these releases."""
        self._visits[feed.id] = a_visit(*releases, feed=feed)

    def refuses(self, feed: Feed) -> None:
        """Let a feed's host say no."""
        problem = a_problem(code=Code.FEED_REFUSED, place=feed.id)
        self._visits[feed.id] = a_failed_visit(problem, feed=feed)

    def breaks(self, *, after: int) -> None:
        """Let the crawl fail after so many visits."""
        self._visits_left = after

    async def crawl(self, batch: Batch, _: Recall) -> AsyncGenerator[Visit, None]:
        """Visit every feed of the batch, in its order."""
        for feed in [feed for work in batch for feed, _ in work.feeds]:
            if self._visits_left is not None:
                if not self._visits_left:
                    raise RuntimeError("the crawl broke")
                self._visits_left -= 1
            yield self._visits.get(feed.id) or a_visit(feed=feed, outcome=Outcome.UNCHANGED)


class FakeJudge:
    """A judge by address and exact fingerprint alone.

    Same source and address are the same release; so are equal words of one source; equal words
    of two sources join one story. ``says`` decides pairs of titles otherwise.
    """

    def __init__(self, says: Mapping[frozenset[str], Verdict | None] | None = None) -> None:
        self.says = says or {}

    def compare(self, newcomer: Text, neighbours: Sequence[Text]) -> tuple[Likeness, ...]:
        """Return a likeness for each neighbour that the newcomer has one with."""
        verdicts = [(neighbour, self._verdict(newcomer, neighbour)) for neighbour in neighbours]
        return tuple(
            likeness(newcomer, neighbour, verdict) for neighbour, verdict in verdicts if verdict
        )

    def says_the_same(
        self, old: Text, new: Text, *, shown: Collection[str], titles: Collection[str]
    ) -> bool:
        """Return False: all that differs counts."""
        return False

    def partition(self, texts: Collection[TextKey], likenesses: Collection[Likeness]) -> Partition:
        """Return the releases and stories that these likenesses make of these texts."""
        return dedup.partition(texts, likenesses)

    def _verdict(self, a: Text, b: Text) -> Verdict | None:
        titles = frozenset((a.title, b.title))
        if titles in self.says:
            return self.says[titles]
        if (a.source_id, a.canonical_url) == (b.source_id, b.canonical_url):
            return Verdict.SAME
        if a.fingerprint.words and a.fingerprint.exact == b.fingerprint.exact:
            return Verdict.SAME if a.source_id == b.source_id else Verdict.JOINS
        return None


def likeness(a: Text, b: Text, verdict: Verdict) -> Likeness:
    """A likeness of two texts, full strength where the words are equal."""
    first, second = sorted((a.key, b.key))
    return Likeness(
        a=first,
        b=second,
        verdict=verdict,
        strength=1.0 if a.fingerprint.exact == b.fingerprint.exact else 0.9,
        reason="the fake judge says so",
        method="fake 1",
    )
