"""Where does a text hold which keywords?

All terms that concern a language go into one automaton; one pass over the folded text finds their
literal parts, and each find is then checked for what must surround it. Terms of nearness are put
together from their words in the end.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ahocorasick_rs import AhoCorasick

from analysis.keywords.passage import BREAK, Passage
from analysis.keywords.probes import Probe, probe
from analysis.keywords.terms import Word, parse_term
from domain.reading import Part
from domain.topic import Keyword

Span = tuple[int, int]

# The word itself between quotes, or with up to two others: “presidential elections”.
QUOTE_BEFORE = re.compile(
    r"(?:[«‹]\s?|[\"“„”‟»›「『〝＂]|(?<!\w)['‘’‚‛`])(?:[^\s\"“”„«»]+\s+){0,2}$"
)
QUOTE_BEHIND = re.compile(r"(?:\s+[^\s\"“”„«»]+){0,2}(?:\s?[»›]|[\"“”‟«‹」』〞〟＂]|['’‘‛`](?!\w))")
REACH = 60
"""Characters in which a quote stands before its word, two others between."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Found:
    """A keyword at a place: in the folded text, in the original, and in the count of words."""

    topic: str
    keyword: Keyword
    parts: tuple[Span, ...]
    """Folded: the words it is made of, one stretch, or several where nearness was asked for."""
    where: Part
    start: int
    end: int
    first_word: int
    last_word: int
    is_in_lead: bool

    @property
    def span(self) -> Span:
        """From its first letter to its last, folded."""
        return self.parts[0][0], self.parts[-1][1]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Search:
    """What one keyword asks for, and in which topic."""

    topic: str
    keyword: Keyword
    probes: tuple[Probe, ...]
    """The rarest first; one, or as many as a term of nearness has words."""
    within: int | None
    is_quoted: bool
    as_written: re.Pattern[str] | None
    """What the original must show where a term is exact, clitics and particles aside."""


class Automaton:
    """Finds the keywords of one language."""

    def __init__(self, keywords: Iterable[tuple[str, Keyword]], *, language: str) -> None:
        searches: defaultdict[str, list[Search]] = defaultdict(list)
        known: set[object] = set()
        for topic, keyword in keywords:
            search = _search(topic, keyword, language)
            # What two files of a family share once folded is one term, of the first.
            if (mark := _mark(search)) not in known:
                known.add(mark)
                searches[search.probes[0].literal].append(search)
        self._searches = tuple(map(tuple, searches.values()))
        self._automaton = AhoCorasick(list(searches)) if searches else None

    def find(self, passage: Passage) -> tuple[Found, ...]:
        """Every keyword at every place, in order of the text."""
        if self._automaton is None:
            return ()
        spans: defaultdict[Search, set[Span]] = defaultdict(set)
        text = passage.folded.text
        for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            for search in self._searches[index]:
                span = search.probes[0].span(text, start, end)
                if span is not None:
                    spans[search].add(span)
        found = [each for search, first in spans.items() for each in _all(search, first, passage)]
        return tuple(sorted(found, key=_by_place))


def _search(topic: str, keyword: Keyword, language: str) -> Search:
    pattern = parse_term(keyword.term)
    words = pattern.words
    stretches = [words] if pattern.within is None else [(word,) for word in words]
    probes = sorted((probe(stretch, language) for stretch in stretches), key=_commonness)
    return Search(
        topic=topic,
        keyword=keyword,
        probes=tuple(probes),
        within=pattern.within,
        is_quoted=pattern.is_quoted,
        as_written=_as_written(words) if pattern.is_exact else None,
    )


def _mark(search: Search) -> tuple[object, ...]:
    unwritten = replace(search.keyword, term="", language="", file="", line=0)
    asked = (search.within, search.is_quoted, search.as_written)
    return search.topic, unwritten, search.probes, asked


def _commonness(one: Probe) -> int:
    # Long words are rare, and the rarest of a term decides whether the others are looked for.
    return -len(one.literal)


def _all(search: Search, spans: Iterable[Span], passage: Passage) -> Iterator[Found]:
    if search.within is not None:
        yield from _together(search, spans, passage)
        return
    for span in spans:
        if _is_as_asked(search, passage, span):
            yield _found(search, (span,), passage)


def _as_written(words: Sequence[Word]) -> re.Pattern[str]:
    return re.compile(
        r"\s+".join(
            r"\w*" * word.any_before + re.escape(word.text) + r"\w*" * word.any_after
            for word in words
        )
    )


def _found(search: Search, parts: tuple[Span, ...], passage: Passage) -> Found:
    first, last = parts[0][0], parts[-1][1]
    where, start, end = passage.place(first, last)
    return Found(
        topic=search.topic,
        keyword=search.keyword,
        parts=parts,
        where=where,
        start=start,
        end=end,
        first_word=passage.word_number(first),
        last_word=passage.word_number(last - 1),
        is_in_lead=where is Part.TEXT and start < passage.lead_end,
    )


def _by_place(found: Found) -> tuple[int, int, str, str]:
    start, end = found.span
    return start, -end, found.topic, found.keyword.term


def _is_as_asked(search: Search, passage: Passage, span: Span) -> bool:
    if search.as_written is None and not search.is_quoted:
        return True
    start, end = passage.folded.original(*span)
    if search.as_written is not None:
        return search.as_written.search(passage.original, start, end) is not None
    before = passage.original[max(0, start - REACH) : start]
    is_opened = QUOTE_BEFORE.search(before) is not None
    return is_opened and QUOTE_BEHIND.match(passage.original, end) is not None


def _together(search: Search, spans: Iterable[Span], passage: Passage) -> Iterator[Found]:
    """Stretches that hold each word of a term once, none farther apart than it allows.

    The nearest words are taken, from left to right, and none twice.
    """
    places = [(span, 0) for span in spans]
    for number, each in enumerate(search.probes[1:], start=1):
        others = [(span, number) for span in each.spans(passage.folded.text)]
        if not others:
            return
        places += others
    window: dict[int, Span] = {}
    for span, number in sorted(places):
        window = {
            other: earlier
            for other, earlier in window.items()
            if other != number and _is_near(earlier, span, search, passage)
        }
        window[number] = span
        if len(window) == len(search.probes):
            yield _found(search, tuple(sorted(window.values())), passage)
            window = {}


def _is_near(earlier: Span, later: Span, search: Search, passage: Passage) -> bool:
    distance = passage.word_number(later[0]) - passage.word_number(earlier[0])
    return (
        earlier[1] <= later[0]
        and distance <= (search.within or 0)
        and BREAK not in passage.folded.text[earlier[1] : later[0]]
    )
