"""What does an edit of keyword files change in texts that were judged before it?

Judging a million texts again takes many minutes, and an edit concerns few of them. Those that may
be judged otherwise are found without folding any text a second time:

- Keywords that came in are looked for in the folded texts as they are kept, by an automaton of
  nothing else. Where a word of theirs stands, the whole text is judged.
- Keywords that went out or count otherwise now concern only texts with a hit of theirs. All hits
  are kept, also of those that did not count, with what weighing them again needs: so these need
  not be looked at at all. The same holds where a topic changes its weights, window or threshold.

What came in for the readers of one language may have been there for others: what two files of a
family share is one term, of the first, so one that goes lets the other one in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from analysis.fold import folding
from analysis.keywords.compiled import ANY, Keywords
from analysis.keywords.finding import Automaton, Found, Search
from analysis.keywords.judging import is_match_by
from analysis.language import family
from domain.reading import Hit, HitKind, Match, Part
from domain.topic import Keyword, Topic

FAR = 1 << 32
"""Longer than any title: places of the text are counted behind it."""


class Term(NamedTuple):
    """What hits name their keyword by."""

    topic: str
    language: str
    kind: HitKind
    term: str


class Edit:
    """Old rules and new ones, and whom the difference concerns."""

    def __init__(self, old: Keywords, new: Keywords) -> None:
        self.new = new
        self._old = old
        self._before, self._after = _lines(old), _lines(new)
        self._came: dict[tuple[str, str | None], Automaton | None] = {}

    @cached_property
    def added(self) -> Mapping[Term, Keyword]:
        """The lines that came in."""
        return {term: line for term, line in self._after.items() if term not in self._before}

    @cached_property
    def removed(self) -> Mapping[Term, Keyword]:
        """The lines that went out."""
        return {term: line for term, line in self._before.items() if term not in self._after}

    @cached_property
    def altered(self) -> Mapping[Term, Keyword]:
        """The lines with other options than before, as they are now."""
        return {
            term: line
            for term, line in self._after.items()
            if term in self._before and line.rule != self._before[term].rule
        }

    @cached_property
    def weighed_otherwise(self) -> frozenset[str]:
        """The topics with other weights, another window or threshold."""
        before = {topic.id: _weights(topic) for topic in self._old.topics}
        return frozenset(
            topic.id
            for topic in self.new.topics
            if topic.id in before and before[topic.id] != _weights(topic)
        )

    @property
    def lines(self) -> Collection[Term]:
        """Every line that makes a difference."""
        return {*self.added, *self.removed, *self.altered}

    @property
    def is_plain(self) -> bool:
        """True where each line of a file says something else, so that hits name one line each."""
        return all(
            len(lines) == sum(len(topic.keywords) for topic in keywords.topics)
            for keywords, lines in ((self._old, self._before), (self.new, self._after))
        )

    def concerns(self, folded: str, languages: Sequence[str]) -> bool:
        """True where a text holds a word of a keyword that came in for those who read it.

        It is given as it is kept: folded for the first of the languages that it is read in.
        """
        kept = folding(languages[0] if languages else None)
        return any(
            automaton is not None and automaton.may_find(folded)
            for code in self.new.readers(languages)
            for automaton in [self._that_came(code, kept)]
        )

    def weigh(self, matches: Iterable[Match]) -> dict[str, bool]:
        """Whether each topic takes a text by the hits of it that are kept."""
        topics = {topic.id: topic for topic in self.new.topics}
        return {
            match.topic: is_match_by(topics[match.topic], self._restored(match))
            for match in matches
            if match.topic in topics
        }

    def _restored(self, match: Match) -> Iterable[Found]:
        for hit in match.hits:
            term = Term(match.topic, hit.language, hit.kind, hit.term)
            if (keyword := self._after.get(term)) is not None:
                yield _found(match.topic, keyword, hit)

    def _that_came(self, code: str, kept: str | None) -> Automaton | None:
        if (code, kept) not in self._came:
            self._came[code, kept] = self._made(code, kept)
        return self._came[code, kept]

    def _made(self, code: str, kept: str | None) -> Automaton | None:
        if not {term.language for term in self.lines} & {code, *family(code), ANY}:
            return None
        before = _asked(self._old, code, kept)
        came = [
            (search.topic, search.keyword)
            for term, search in _asked(self.new, code, kept).items()
            if term not in before
        ]
        return Automaton(came, language=code, folding=kept) if came else None


def changed_by(edit: Edit, matches: Iterable[Match]) -> frozenset[Term]:
    """Those of the lines of an edit that a text holds, by the matches of before and after it."""
    held = {
        Term(match.topic, hit.language, hit.kind, hit.term)
        for match in matches
        for hit in match.hits
    }
    return frozenset(held.intersection(edit.lines))


def _lines(keywords: Keywords) -> dict[Term, Keyword]:
    lines: dict[Term, Keyword] = {}
    for topic in keywords.topics:
        for line in topic.keywords:
            lines.setdefault(Term(topic.id, line.language, line.kind, line.term), line)
    return lines


def _asked(keywords: Keywords, code: str, kept: str | None) -> dict[Term, Search]:
    """What the readers of a language look for, each by the line that it stands in."""
    automaton = Automaton(keywords.read_by(code), language=code, folding=kept)
    return {
        Term(each.topic, each.keyword.language, each.keyword.kind, each.keyword.term): each
        for each in automaton.searches
    }


def _weights(topic: Topic) -> tuple[float, ...]:
    return topic.threshold, topic.window, topic.title_weight, topic.lead_weight


def _found(topic: str, keyword: Keyword, hit: Hit) -> Found:
    """A hit as it was found, its places counted in the original through title and text."""
    far = FAR if hit.where is Part.TEXT else 0
    parts = hit.parts or ((hit.start, hit.end),)
    return Found(
        topic=topic,
        keyword=keyword,
        parts=tuple((far + start, far + end) for start, end in parts),
        where=hit.where,
        start=hit.start,
        end=hit.end,
        first_word=hit.first_word,
        last_word=hit.last_word,
        is_in_lead=hit.is_in_lead,
        is_boilerplate=hit.is_boilerplate,
    )
