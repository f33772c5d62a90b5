"""What reads releases for as long as topics and their readers stay the same?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cached_property

from analysis.keywords import Keywords, compile_topics
from domain.reading import Reading
from domain.release import Release
from domain.source import SourceId
from domain.topic import Topic
from scheduler.boilerplate import Boilerplate
from scheduler.ingest import read
from storage.judgements import Judgements
from storage.judging import Readers


class Reader:
    """Reads releases by the topics of a moment, and learns what their sources show under each.

    What the topics said is remembered with the first release: a run that brings nothing need not
    even make the keywords ready.
    """

    def __init__(
        self,
        topics: Sequence[Topic],
        *,
        judgements: Judgements,
        subscribers: Readers,
        clock: Callable[[], datetime],
    ) -> None:
        self._topics = topics
        self._judgements = judgements
        self._clock = clock
        self._boilerplate = Boilerplate(judgements, subscribers=subscribers, clock=clock)

    def __call__(self, release: Release) -> Reading:
        """What our judgement finds in a release."""
        lines = self._boilerplate.of(release.source_id)
        return read(release, self._keywords, boilerplate=lines)

    def learn(self, brought: Mapping[SourceId, int]) -> None:
        """Learn from the texts that have come, so many of each source."""
        self._boilerplate.learn(brought)

    @cached_property
    def _keywords(self) -> Keywords:
        keywords = compile_topics(self._topics)
        self._judgements.remember_rules(keywords.rules, self._topics, now=self._clock())
        return keywords
