"""What would an edit of the keywords change in what is stored, and how is it carried out?

A backtest walks the stored texts, judges those that the edit concerns (``analysis.keywords.Edit``
knows which) and writes nothing. Carrying out the edit walks the same way and keeps what it finds, a
transaction a portion; where it is ended, it goes on next time, for the store knows which texts the
new rules have judged.

Portions are judged in as many processes as there are cores. A few are judged in this one: to start
others takes longer.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread
from typing import TypeVar

from analysis.keywords import Edit, Term, changed_by, compile_topics
from analysis.searching import VERSION
from domain.reading import Match
from domain.rules import Judged
from domain.source import SourceId
from domain.topic import Topic
from scheduler.ingest import judge
from storage.database import Database
from storage.judgements import Judgements
from storage.judging import HeldText, Readers

PORTION = 5_000
"""Texts in one: some ten megabytes, and a second of judging where all of them are concerned."""
FEW = 4 * PORTION
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A stored release of which a topic would think otherwise."""

    release_id: str
    source_id: SourceId
    language: str | None
    title: str
    topic: str
    is_in: bool
    """True where it would newly match; false where it no longer would."""
    lines: frozenset[Term]
    """The lines of the edit that it holds; none where only weights changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What became of one portion."""

    texts: int
    matched: int
    """Releases that matched by the rules that judged these texts."""
    changed: tuple[Changed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Which texts other rules judged than these, in portions to walk."""

    new: str
    topics: Sequence[Topic]
    portions: tuple[Judged, ...]

    @property
    def texts(self) -> int:
        """About how many texts that is: row ids may have gaps."""
        return sum(each.last - each.first + 1 for each in self.portions)


def plan(judgements: Judgements, topics: Sequence[Topic], *, since: datetime | None) -> Plan:
    """What there is to compare with these topics, or to judge by them."""
    new = compile_topics(topics).rules
    ranges = judgements.ranges(since=since)
    portions = [part for each in ranges if each.rules != new for part in _portions(each)]
    return Plan(new=new, topics=topics, portions=tuple(portions))


def left_to_judge(judgements: Judgements, topics: Sequence[Topic]) -> int:
    """How many stored texts other rules judged than these topics."""
    return judgements.left(rules_of(topics))


def rules_of(topics: Sequence[Topic]) -> str:
    """The checksum under which it is noted what these topics judged."""
    return compile_topics(topics).rules


def edits(judgements: Judgements, wanted: Plan) -> tuple[Edit | None, ...]:
    """What changed since each of the rules that judged these texts; None where nobody knows."""
    walker = Walker(judgements, wanted.topics)
    return tuple(walker.edit_of(rules) for rules in dict.fromkeys(p.rules for p in wanted.portions))


def compare(url: str, wanted: Plan) -> Iterator[Compared]:
    """What the topics of a plan would change, portion by portion; writes nothing."""
    yield from _walk(url, wanted, _compare)


def carry_out(
    judgements: Judgements,
    url: str,
    wanted: Plan,
    *,
    subscribers: Readers,
    clock: Callable[[], datetime],
) -> Iterator[int]:
    """Judge by the topics of a plan; yields how many texts of each portion were judged again.

    What matches only now is old to whoever reads that topic. A portion that somebody else judged in
    the meantime is left as it is: another plan will find what is left of it.
    """
    judgements.remember_rules(wanted.new, wanted.topics, now=clock())
    for portion, found in zip(wanted.portions, _walk(url, wanted, _judge), strict=True):
        was_kept = judgements.judge_again(
            portion, found, new_rules=wanted.new, subscribers=subscribers, now=clock()
        )
        yield len(found) if was_kept else 0


def _portions(whole: Judged) -> Iterator[Judged]:
    for first in range(whole.first, whole.last + 1, PORTION):
        yield replace(whole, first=first, last=min(whole.last, first + PORTION - 1))


def _walk(url: str, wanted: Plan, job: Callable[[Walker, Judged], Answer]) -> Iterator[Answer]:
    """The job's answers, a portion each, in order."""
    if wanted.texts <= FEW:
        with _walker(url, wanted.topics) as walker:
            yield from (job(walker, portion) for portion in wanted.portions)
        return
    workers = os.cpu_count() or 1
    with ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_begin, initargs=(url, wanted.topics)
    ) as pool:
        portions = iter(wanted.portions)
        waiting = deque(pool.submit(_work, job, each) for each in islice(portions, 2 * workers))
        try:
            while waiting:
                yield waiting.popleft().result()
                waiting.extend(pool.submit(_work, job, each) for each in islice(portions, 1))
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


class Walker:
    """Judges portions by new topics; keeps the rules that judged them before."""

    def __init__(self, judgements: Judgements, topics: Sequence[Topic]) -> None:
        self.judgements = judgements
        self.new = compile_topics(topics)
        self._edits: dict[str, Edit | None] = {}
        self._boilerplate = judgements.boilerplate()

    def edit_of(self, rules: str) -> Edit | None:
        """What changed since these rules; None where nobody knows, or the program itself did."""
        if rules not in self._edits:
            topics = self.judgements.topics(rules)
            old = compile_topics(topics or ())
            edit = Edit(old, self.new)
            is_known = topics is not None and old.rules == rules and edit.is_plain
            self._edits[rules] = edit if is_known else None
        return self._edits[rules]

    def to_judge(self, portion: Judged, edit: Edit | None) -> set[int]:
        """The texts that have to be judged whole."""
        if edit is None:
            return set(self.judgements.ids(portion))
        if not edit.lines:
            return set()
        folded = self.judgements.folded(portion, version=VERSION)
        concerned = {
            text_id for text_id, languages, text in folded if edit.concerns(text, languages.split())
        }
        return concerned | self.judgements.unfolded(portion, version=VERSION)

    def to_weigh(self, portion: Judged, edit: Edit | None) -> set[int]:
        """The texts of which the hits that are kept have to be weighed again."""
        if edit is None:
            return set()
        holding = self.judgements.holding(portion, {*edit.removed, *edit.altered})
        return holding | self.judgements.with_hits(portion, edit.weighed_otherwise)

    def texts(self, ids: Collection[int]) -> dict[int, HeldText]:
        """These texts."""
        return self.judgements.texts(ids, version=VERSION)

    def judged(self, texts: Mapping[int, HeldText]) -> dict[int, tuple[Match, ...]]:
        """What the new topics make of texts."""
        return {
            text_id: judge(held, self.new, boilerplate=self._boilerplate.get(held.source_id, ()))
            for text_id, held in texts.items()
        }


def _compare(walker: Walker, portion: Judged) -> Compared:
    edit = walker.edit_of(portion.rules)
    whole = walker.to_judge(portion, edit)
    weighed = walker.to_weigh(portion, edit) - whole
    before = walker.judgements.matches(whole | weighed)
    texts = walker.texts(whole)
    after = walker.judged(texts)
    verdicts = {text_id: {m.topic: m.is_match for m in found} for text_id, found in after.items()}
    if edit is not None:
        verdicts |= {text_id: edit.weigh(before.get(text_id, ())) for text_id in weighed}
    turned = {
        text_id: topics
        for text_id, verdict in verdicts.items()
        if (topics := _turned(before.get(text_id, ()), verdict))
    }
    # Of a release that was changed, only the text in force decides.
    turned = {text_id: turned[text_id] for text_id in walker.judgements.in_force(turned)}
    texts |= walker.texts(turned.keys() - texts.keys())
    changed = [
        Changed(
            release_id=texts[text_id].release_id,
            source_id=texts[text_id].source_id,
            language=texts[text_id].language,
            title=texts[text_id].title,
            topic=topic,
            is_in=is_in,
            lines=_lines(edit, (*before.get(text_id, ()), *after.get(text_id, ()))),
        )
        for text_id, topics in sorted(turned.items())
        for topic, is_in in topics.items()
    ]
    texts_there, matched = walker.judgements.counts(portion)
    return Compared(texts=texts_there, matched=matched, changed=tuple(changed))


def _judge(walker: Walker, portion: Judged) -> dict[int, tuple[Match, ...]]:
    edit = walker.edit_of(portion.rules)
    concerned = walker.to_judge(portion, edit) | walker.to_weigh(portion, edit)
    return walker.judged(walker.texts(concerned))


def _turned(before: Sequence[Match], after: Mapping[str, bool]) -> dict[str, bool]:
    """The topics that think otherwise now."""
    was = {match.topic: match.is_match for match in before}
    return {
        topic: after.get(topic, False)
        for topic in {**was, **after}
        if after.get(topic, False) is not was.get(topic, False)
    }


def _lines(edit: Edit | None, matches: Sequence[Match]) -> frozenset[Term]:
    return frozenset() if edit is None else changed_by(edit, matches)


# What each process of a walk keeps for as long as it lives.
_here: list[Walker] = []


def _begin(url: str, topics: Sequence[Topic]) -> None:
    # Ctrl-C reaches all processes of a terminal; the one that collects ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    _here[:] = [Walker(Judgements(Database(url)), topics)]


def _end_with_parent() -> None:
    """Leave nobody behind who waits for work for ever after kill -9."""
    if (parent := parent_process()) is not None:
        wait([parent.sentinel])
        os._exit(1)


def _work(job: Callable[[Walker, Judged], Answer], portion: Judged) -> Answer:
    return job(_here[0], portion)


@contextmanager
def _walker(url: str, topics: Sequence[Topic]) -> Iterator[Walker]:
    with closing(Database(url)) as database:
        yield Walker(Judgements(database), topics)
