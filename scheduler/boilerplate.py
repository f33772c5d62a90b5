"""Learn which lines sources show under their releases, and judge again what these let in.

A source is looked at each time that some new texts of it have come. Lines that are learned are set
aside from then on. What they let in before is judged again by the rules that judged it: an edit of
keywords that nobody applied stays unapplied. What no longer matches is kept as all releases are.

The lines are remembered once everything is judged: whoever is ended on the way learns them anew,
and judges what is left.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import structlog

from analysis.boilerplate import Sample, boilerplate_of, stretches
from analysis.keywords import Keywords, compile_topics
from analysis.keywords.passage import touches
from analysis.searching import VERSION
from domain.reading import Match, Part
from domain.rules import Judged
from domain.source import SourceId
from scheduler.ingest import judge
from storage.boilerplate import Newcomer
from storage.judgements import Judgements
from storage.judging import HeldText, Readers

log = structlog.get_logger()

EVERY = 8
"""New texts; as many as are looked at at least."""
MOST = 60
"""Days that are looked at; those of somewhat more than the season of a vote."""
LAST = 2_000
"""Texts that these days are looked for in: thirty a day."""
LATE = 200
"""Texts that another process may have read before it could know the lines."""
PORTION = 500


class Boilerplate:
    """Knows the lines of each source, and learns more.

    What other processes learn is known from the next pass on that brings something.
    """

    def __init__(
        self, judgements: Judgements, *, subscribers: Readers, clock: Callable[[], datetime]
    ) -> None:
        self._judgements = judgements
        self._subscribers = subscribers
        self._clock = clock
        self._known: Mapping[SourceId, frozenset[str]] | None = None

    def of(self, source_id: SourceId) -> frozenset[str]:
        """The lines that a source is known to show under its releases."""
        if self._known is None:
            self._known = self._judgements.boilerplate()
        return self._known.get(source_id, frozenset())

    def learn(self, brought: Mapping[SourceId, int]) -> None:
        """Look at the sources that brought texts, and judge again what new lines had let in.

        It costs nothing where nothing came; else a question a source, but for one text in eight.
        """
        self._known = None
        for source_id, new in brought.items():
            if new and _is_time(self._judgements.texts_of(source_id), new=new):
                self._look(source_id)

    def _look(self, source_id: SourceId) -> None:
        known, now = self.of(source_id), self._clock()
        newest = self._judgements.newest(source_id, at_most=LAST)
        found = _shown(self._judgements, sample(newest))
        is_news = not found <= known
        late = [each.text_id for each in newest[:LATE]] if known else []
        ids = self._judgements.hit(source_id) if is_news else sorted(late)
        again = self._judge_again(ids, lines=found | known, now=now)
        if is_news:
            lines = found - known
            self._judgements.learn_boilerplate(source_id, lines, now=now)
            log.info("boilerplate learned", source=source_id, lines=len(lines), judged=again)

    def _judge_again(self, ids: Sequence[int], *, lines: Collection[str], now: datetime) -> int:
        """How many of these texts were judged again, without these lines."""
        again = _Again(self._judgements, lines=lines)
        count = 0
        for portion, found in again.walk(ids):
            was_kept = self._judgements.judge_again(
                portion, found, new_rules=portion.rules, subscribers=self._subscribers, now=now
            )
            count += len(found) if was_kept else 0
        return count


def _shown(judgements: Judgements, days: Mapping[int, int]) -> frozenset[str]:
    texts = judgements.texts(days, version=VERSION)
    return boilerplate_of([Sample(day=days[one], text=held.text) for one, held in texts.items()])


def _is_time(held: int, *, new: int) -> bool:
    return held // EVERY > (held - new) // EVERY


def sample(newest_first: Iterable[Newcomer]) -> dict[int, int]:
    """Which texts are looked at, each with its day: the newest of its story, one of each day."""
    days: set[int] = set()
    stories: set[int] = set()
    chosen: dict[int, int] = {}
    for each in newest_first:
        if each.story_id not in stories and each.day not in days and len(days) < MOST:
            chosen[each.text_id] = each.day
            days.add(each.day)
        stories.add(each.story_id)
    return chosen


class _Again:
    """Judges texts again in which hits count that stand in boilerplate."""

    def __init__(self, judgements: Judgements, *, lines: Collection[str]) -> None:
        self._judgements = judgements
        self._lines = lines
        self._keywords: dict[str, Keywords | None] = {}

    def walk(self, ids: Sequence[int]) -> Iterator[tuple[Judged, dict[int, tuple[Match, ...]]]]:
        """What becomes of those of these texts that need it, by ranges that one set judged."""
        for start in range(0, len(ids), PORTION):
            concerned = self._concerned(ids[start : start + PORTION])
            for judged in self._judgements.ranges(since=None) if concerned else ():
                within = [one for one in concerned if judged.first <= one <= judged.last]
                keywords = self._by(judged.rules) if within else None
                if keywords is not None:
                    yield (
                        replace(judged, first=min(within), last=max(within)),
                        {
                            one: judge(concerned[one], keywords, boilerplate=self._lines)
                            for one in within
                        },
                    )

    def _concerned(self, ids: Sequence[int]) -> dict[int, HeldText]:
        """The texts that have a hit in one of the lines that is not known to stand there."""
        before = self._judgements.matches(ids)
        texts = self._judgements.texts(before, version=VERSION)
        return {
            text_id: held
            for text_id, held in texts.items()
            if _is_let_in(before[text_id], stretches(held.text, self._lines))
        }

    def _by(self, rules: str) -> Keywords | None:
        """The rules of a day; None where this program would judge otherwise by them."""
        if rules not in self._keywords:
            keywords = compile_topics(self._judgements.topics(rules) or ())
            # What they judged is left to `keywords apply`, which is due anyway.
            self._keywords[rules] = keywords if keywords.rules == rules else None
        return self._keywords[rules]


def _is_let_in(matches: Iterable[Match], lines: Sequence[tuple[int, int]]) -> bool:
    return any(
        touches(start, end, stretches=lines)
        for match in matches
        for hit in match.hits
        if hit.where is Part.TEXT and not hit.is_boilerplate
        for start, end in hit.parts or ((hit.start, hit.end),)
    )
