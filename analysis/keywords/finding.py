"""Where does a text hold which keywords?

All terms that concern a language go into one automaton; one pass over the folded text finds their
literal parts, and each find is then checked for what must surround it. Terms of nearness are found
by the word that fewest of them share, and put together with the others in the end. What several
terms ask for is looked for once.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ahocorasick_rs import AhoCorasick

from analysis.keywords.passage import BREAK, Passage
from analysis.keywords.probes import Probe, probe
from analysis.keywords.terms import WIDEST, Pattern, Word, parse_term
from analysis.words import is_letter
from domain.reading import Part
from domain.topic import Keyword

Span = tuple[int, int]

# The word itself between quotes, or with up to two others: “presidential elections”.
QUOTE_BEFORE = re.compile(
    r"(?:[«‹]\s?|[\"“„”‟»›「『〝＂]|(?<!\w)['‘’‚‛`])(?:[^\s\"“”„«»]+\s+){0,2}$"
)
QUOTE_BEHIND = re.compile(r"(?:\s+[^\s\"“”„«»]+){0,2}(?:\s?[»›]|[\"“”‟«‹」』〞〟＂]|['’‘‛`](?!\w))")
SHORT = 4
"""Words with fewer letters are everywhere."""
REACH = 60
"""Characters in which a quote stands before its word, two others between."""
TITLE_END = WIDEST + 1
"""Words that the end of the title is as wide as, so that no term reaches across."""


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
    is_boilerplate: bool

    @property
    def span(self) -> Span:
        """From its first letter to its last, folded."""
        return self.parts[0][0], self.parts[-1][1]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Search:
    """What one keyword asks for, and in which topic."""

    topic: str
    keyword: Keyword
    probes: tuple[int, ...]
    """By their numbers, the rarest first; one, or as many as a term of nearness has words."""
    within: int | None
    is_quoted: bool
    as_written: re.Pattern[str] | None
    """What the original must show where a term is exact, clitics and particles aside."""


class Automaton:
    """Finds the keywords of one language, in texts that are folded as the same or another."""

    def __init__(
        self, keywords: Iterable[tuple[str, Keyword]], *, language: str, folding: str | None
    ) -> None:
        written = [
            (topic, keyword, pattern, _probes(pattern, language=language, folding=folding))
            for topic, keyword in keywords
            for pattern in [parse_term(keyword.term)]
        ]
        uses = Counter(one for *_, probes in written for one in probes)
        numbers = {one: number for number, one in enumerate(uses)}
        searches: dict[object, Search] = {}
        for topic, keyword, pattern, probes in written:
            rarest_first = sorted(probes, key=lambda one: _commonness(one, uses))
            search = Search(
                topic=topic,
                keyword=keyword,
                probes=tuple(numbers[one] for one in rarest_first),
                within=pattern.within,
                is_quoted=pattern.is_quoted,
                as_written=_as_written(pattern.words) if pattern.is_exact else None,
            )
            # What two files of a family share once folded is one term, of the first.
            searches.setdefault(_mark(search), search)
        self.searches = tuple(searches.values())
        self._probes = tuple(numbers)
        self._asking: defaultdict[int, list[Search]] = defaultdict(list)
        for search in self.searches:
            self._asking[search.probes[0]].append(search)
        at: defaultdict[str, list[int]] = defaultdict(list)
        for number in self._asking:
            at[self._probes[number].literal].append(number)
        self._at = tuple(at.values())
        self._inside = tuple(
            [number for number in numbers if self._probes[number].may_be_inside]
            for numbers in self._at
        )
        self._automaton = AhoCorasick(list(at))

    def may_find(self, text: str) -> bool:
        """True where folded text holds at least a word of some keyword, whatever else it asks."""
        return any(
            self._probes[number].span(text, start, end) is not None
            for number, start, end in self._tries(text)
        )

    def find(self, passage: Passage) -> tuple[Found, ...]:
        """Every keyword at every place, in order of the text."""
        places = Places(passage.folded.text, self._probes)
        for number, start, end in self._tries(passage.folded.text):
            places.try_at(number, start, end)
        return in_order(
            found
            for number in places.met()
            for search in self._asking[number]
            for found in _all(search, places, passage)
        )

    def _tries(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Which probes may be at home at which places that hold their literal."""
        for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            is_inside = is_letter(text[start - 1 : start])
            for number in (self._inside if is_inside else self._at)[index]:
                yield number, start, end


class Places:
    """Where a text has which probes; each is looked for once, however many terms ask for it."""

    def __init__(self, text: str, probes: Sequence[Probe]) -> None:
        self._text = text
        self._probes = probes
        self._spans: dict[int, set[Span]] = {}

    def try_at(self, number: int, start: int, end: int) -> None:
        """Remember a place that holds the literal of a probe, if it is at home there."""
        span = self._probes[number].span(self._text, start, end)
        if span is not None:
            self._spans.setdefault(number, set()).add(span)

    def met(self) -> tuple[int, ...]:
        """The probes that the text was found to have."""
        return tuple(self._spans)

    def of(self, number: int) -> Collection[Span]:
        """All stretches of the text that a probe is at home in."""
        if number not in self._spans:
            self._spans[number] = set(self._probes[number].spans(self._text))
        return self._spans[number]


def _probes(pattern: Pattern, *, language: str, folding: str | None) -> list[Probe]:
    words = pattern.words
    stretches = [words] if pattern.within is None else [(word,) for word in words]
    return [probe(stretch, language=language, folding=folding) for stretch in stretches]


def _mark(search: Search) -> tuple[object, ...]:
    unwritten = replace(search.keyword, term="", language="", file="", line=0)
    asked = (search.within, search.is_quoted, search.as_written)
    return search.topic, unwritten, search.probes, asked


def _commonness(one: Probe, uses: Mapping[Probe, int]) -> tuple[bool, int, int]:
    # The word that a term is found by should call up few others, and stand in few texts.
    length = len(one.literal)
    return length < SHORT, uses[one], -length


def _all(search: Search, places: Places, passage: Passage) -> Iterator[Found]:
    if search.within is not None:
        yield from _together(search, places, passage)
        return
    for span in places.of(search.probes[0]):
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
    first_word = passage.word_number(first)
    return Found(
        topic=search.topic,
        keyword=search.keyword,
        parts=parts,
        where=where,
        start=start,
        end=end,
        first_word=first_word,
        last_word=first_word + passage.words_between(first, last - 1),
        is_in_lead=where is Part.TEXT and start < passage.lead_end,
        is_boilerplate=passage.is_boilerplate(parts),
    )


def in_order(found: Iterable[Found]) -> tuple[Found, ...]:
    """What was found, in order of the text."""
    return tuple(sorted(found, key=_by_place))


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


def _together(search: Search, places: Places, passage: Passage) -> Iterator[Found]:
    """Stretches that hold each word of a term once, none farther apart than it allows.

    The nearest words are taken, from left to right, and none twice.
    """
    if not all(places.of(each) for each in search.probes):
        return
    candidates = sorted(
        (span, number) for number, each in enumerate(search.probes) for span in places.of(each)
    )
    words = _counted((span for span, _ in candidates), passage)
    waiting: list[list[Span]] = [[] for _ in search.probes]
    for span, number in candidates:
        missing = waiting[:number] + waiting[number + 1 :]
        for earlier in missing:
            while earlier and words[span] - words[earlier[0]] > (search.within or 0):
                del earlier[0]
        if all(missing) and (parts := _apart((span,), missing)):
            yield _found(search, tuple(sorted(parts)), passage)
            waiting = [[] for _ in search.probes]
        else:
            waiting[number].append(span)


def _counted(spans: Iterable[Span], passage: Passage) -> Mapping[Span, int]:
    """Of stretches in order, how many words begin before each."""
    words: dict[Span, int] = {}
    reached = count = 0
    for span in spans:
        count += passage.words_between(reached, span[0])
        count += TITLE_END * passage.folded.text.count(BREAK, reached, span[0])
        reached = span[0]
        words[span] = count
    return words


def _apart(taken: tuple[Span, ...], missing: Sequence[Sequence[Span]]) -> tuple[Span, ...]:
    """One stretch for each word that is missing, the nearest ones; none if some must share one.

    Two words of a term may be at home on the same word of a text: "elect* election".
    """
    if not missing:
        return taken
    if len({span for spans in missing for span in spans}) < len(missing):
        return ()
    first, *rest = missing
    for start, end in reversed(first):
        is_free = all(end <= other[0] or other[1] <= start for other in taken)
        if is_free and (found := _apart((*taken, (start, end)), rest)):
            return found
    return ()
