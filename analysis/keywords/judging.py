"""What does a topic make of the keywords found in a text?

In this order:

1. What the source shows under its releases counts for nothing, traps included. A trap masks its
   stretch: no word inside can count, nor a phrase that needs one of them.
2. A keyword must stand where its line wants it (title, lead), and in company if it needs some: a
   weak word near a context or strong one, a word marked ``beside`` near a strong or weak one. Near
   is the topic's window, in words, title and text read on.
3. Each keyword scores once, where it scores most: its weight times that of the title, of the lead,
   or of the rest. Where keywords overlap only the best of them scores, so that a word on which
   three lines agree is still one word.
4. The score reaches the topic's threshold, or it does not.

The rest of a text weighs half: with a threshold of one, a single mention far down leaves a text
out, two different words let it in.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import accumulate

from analysis.keywords.finding import Found, Span
from analysis.keywords.passage import Passage
from analysis.keywords.terms import WIDEST
from analysis.sentences import sentences
from domain.reading import Hit, HitKind, Match, Part
from domain.topic import Topic

REST_WEIGHT = 0.5
SCORING = (HitKind.STRONG, HitKind.SHAM, HitKind.WEAK)


def judge(topic: Topic, found: Sequence[Found], passage: Passage) -> Match:
    """The match of one topic with a text that holds at least one of its keywords."""
    fit = fit_of(found, window=topic.window)
    scores = scores_of(fit, topic)
    score = sum(scores.values())
    counting = {*scores, *(each for each in fit if each.keyword.kind is HitKind.CONTEXT)}
    where, start, end = _decisive(fit, passage)
    return Match(
        topic=topic.id,
        score=score,
        is_match=score >= topic.threshold,
        hits=tuple(_hit(each, passage, counts=each in counting) for each in found),
        where=where,
        start=start,
        end=end,
    )


def is_match_by(topic: Topic, found: Iterable[Found]) -> bool:
    """True where keywords found earlier reach the threshold of a topic as it is now."""
    fit = fit_of(tuple(found), window=topic.window)
    scores = scores_of(fit, topic)
    return sum(scores.values()) >= topic.threshold


def _hit(found: Found, passage: Passage, *, counts: bool) -> Hit:
    words = found.parts if len(found.parts) > 1 else ()
    return Hit(
        term=found.keyword.term,
        language=found.keyword.language,
        kind=found.keyword.kind,
        where=found.where,
        start=found.start,
        end=found.end,
        counts=counts,
        parts=tuple(passage.place(start, end)[1:] for start, end in words),
        first_word=found.first_word,
        last_word=found.last_word,
        is_in_lead=found.is_in_lead,
        is_boilerplate=found.is_boilerplate,
    )


def fit_of(found: Sequence[Found], *, window: int) -> list[Found]:
    """What no trap covers and what stands where and beside what it should."""
    wanted = [each for each in found if is_where_wanted(each)]
    traps = Traps(each for each in wanted if each.keyword.kind is HitKind.TRAP)
    free = [each for each in wanted if not traps.cover(each)]
    anchors = Company(each for each in free if is_anchor(each))
    bearers = Company(each for each in free if each.keyword.kind is not HitKind.WEAK)
    fit = [
        each
        for each in free
        if each.keyword.kind in SCORING
        and (not each.keyword.beside or anchors.is_near(each, window))
        and (each.keyword.kind is not HitKind.WEAK or bearers.is_near(each, window))
    ]
    weak = Company(each for each in fit if each.keyword.kind is HitKind.WEAK)
    helpers = [
        each for each in free if each.keyword.kind is HitKind.CONTEXT and weak.is_near(each, window)
    ]
    return fit + helpers


def is_where_wanted(found: Found) -> bool:
    """True where a keyword stands in the part that its line asks for, and that counts."""
    keyword = found.keyword
    if found.is_boilerplate:
        return False
    if found.where is Part.TITLE or not (keyword.only_title or keyword.only_lead):
        return True
    return found.is_in_lead and not keyword.only_title


def is_anchor(found: Found) -> bool:
    """True for what a keyword marked ``beside`` may stand near."""
    return found.keyword.kind in (HitKind.STRONG, HitKind.WEAK) and not found.keyword.beside


class Traps:
    """The stretches that traps mask, ready to be asked."""

    def __init__(self, traps: Iterable[Found]) -> None:
        spans = sorted(trap.span for trap in traps)
        self._starts = [start for start, _ in spans]
        self._reach = list(accumulate((end for _, end in spans), max))

    def cover(self, found: Found) -> bool:
        """True where a trap holds one of its words."""
        return any(self._covers(start, end) for start, end in found.parts)

    def _covers(self, start: int, end: int) -> bool:
        index = bisect_left(self._starts, end) - 1
        return index >= 0 and self._reach[index] > start


class Company:
    """Keywords in order of their words, ready to be asked who is near."""

    def __init__(self, members: Iterable[Found]) -> None:
        self._members = sorted(members, key=lambda member: member.first_word)
        self._words = [member.first_word for member in self._members]

    def is_near(self, found: Found, window: int) -> bool:
        """True where another of them stands within so many words, and not on the same word."""
        first = bisect_left(self._words, found.first_word - window - WIDEST)
        last = bisect_right(self._words, found.last_word + window)
        return any(
            found.first_word - member.last_word <= window and not overlap(found, member)
            for member in self._members[first:last]
        )


def overlap(one: Found, other: Found) -> bool:
    """True where two stand on the same letters."""
    return one.span[0] < other.span[1] and other.span[0] < one.span[1]


def scores_of(fit: Iterable[Found], topic: Topic) -> dict[Found, float]:
    """What each keyword adds, at the place that counts for it."""
    candidates = [
        (each, each.keyword.weight * _place_weight(each, topic))
        for each in fit
        if each.keyword.kind in SCORING
    ]
    # The best first; then the longest, which says most; then the earliest.
    candidates.sort(key=lambda pair: (-pair[1], pair[0].span[0] - pair[0].span[1], pair[0].span))
    scores: dict[Found, float] = {}
    terms: set[tuple[HitKind, str]] = set()
    for each, score in candidates:
        term = (each.keyword.kind, each.keyword.term)
        if term not in terms and not any(overlap(each, taken) for taken in scores):
            terms.add(term)
            scores[each] = score
    return scores


def _place_weight(found: Found, topic: Topic) -> float:
    if found.where is Part.TITLE:
        return topic.title_weight
    return topic.lead_weight if found.is_in_lead else REST_WEIGHT


def _decisive(fit: Sequence[Found], passage: Passage) -> tuple[Part, int, int]:
    """The sentence with most of what counts; the title where only that holds such words."""
    in_text = [each for each in fit if each.where is Part.TEXT]
    if any(each.keyword.kind in SCORING for each in in_text):
        return (Part.TEXT, *_strongest_sentence(in_text, passage.text))
    if any(each.keyword.kind in SCORING for each in fit):
        return Part.TITLE, 0, len(passage.title)
    return Part.TEXT, 0, 0


def _strongest_sentence(found: Collection[Found], text: str) -> Span:
    bounds = _sentences_of(_lines_of((each.start for each in found), text), text)
    starts = [start for start, _ in bounds]
    terms: defaultdict[int, set[tuple[HitKind, str]]] = defaultdict(set)
    for each in found:
        sentence = bisect_right(starts, each.start) - 1
        terms[sentence].add((each.keyword.kind, each.keyword.term))
    return bounds[max(terms, key=lambda sentence: (_strength(terms[sentence]), -sentence))]


def _lines_of(places: Iterable[int], text: str) -> Iterator[Span]:
    """The lines that hold these places, each once: a book may stand on one line, full of hits."""
    end = -1
    for place in sorted(places):
        if place > end:
            start, next_end = text.rfind("\n", 0, place) + 1, text.find("\n", place)
            end = next_end if next_end >= 0 else len(text)
            yield start, end


def _sentences_of(lines: Iterable[Span], text: str) -> list[Span]:
    """The sentences of some lines of a text; none goes on in the next."""
    return [
        (first + start, first + end)
        for first, last in lines
        for start, end in sentences(text[first:last])
    ]


def _strength(terms: Iterable[tuple[HitKind, str]]) -> tuple[int, int, int]:
    kinds = [kind for kind, _ in terms]
    return (
        kinds.count(HitKind.STRONG) + kinds.count(HitKind.SHAM),
        kinds.count(HitKind.WEAK),
        kinds.count(HitKind.CONTEXT),
    )
