"""Why is a text in, or out? What each keyword did, in plain words.

Judging is done for every text and says only what counts. Here its steps are taken once more for one
text, and whatever falls out on the way is kept with the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.keywords.finding import Found
from analysis.keywords.judging import (
    Traps,
    fit_of,
    is_where_wanted,
    judge,
    overlap,
    scores_of,
)
from analysis.keywords.passage import Passage
from domain.reading import Hit, HitKind, Match
from domain.topic import Keyword, Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One keyword at one place, what it adds to the score, and why it adds that."""

    hit: Hit
    keyword: Keyword
    score: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What a topic makes of a text, and why."""

    topic: Topic
    match: Match
    findings: tuple[Finding, ...]
    """In order of the text."""

    @property
    def verdict(self) -> str:
        """In or out, in one sentence."""
        score, threshold = f"{self.match.score:g}", f"{self.topic.threshold:g}"
        if self.match.is_match:
            return f"In: its score of {score} reaches the threshold of {threshold}."
        if self.match.score:
            return f"Out: its score of {score} stays below the threshold of {threshold}."
        return "Out: it holds no word that counts."


def explain(topic: Topic, found: Sequence[Found], passage: Passage) -> Explanation:
    """Why a topic takes a text, or leaves it out."""
    match = judge(topic, found, passage)
    reasons = _Reasons(topic, found)
    return Explanation(
        topic=topic,
        match=match,
        findings=tuple(
            Finding(
                hit=hit,
                keyword=each.keyword,
                score=reasons.scores.get(each, 0.0),
                reason=reasons.of(each),
            )
            for each, hit in zip(found, match.hits, strict=True)
        ),
    )


class _Reasons:
    """The steps of judging, kept to be asked about each keyword."""

    def __init__(self, topic: Topic, found: Sequence[Found]) -> None:
        self._window = topic.window
        self._traps = [
            each for each in found if each.keyword.kind is HitKind.TRAP and is_where_wanted(each)
        ]
        fit = fit_of(found, window=topic.window)
        self.scores = scores_of(fit, topic)
        self._fit = frozenset(fit)

    def of(self, each: Found) -> str:
        """Why a keyword counts, or does not."""
        if each.is_boilerplate:
            return "stands in a line that the source shows under its releases"
        if each.keyword.kind is HitKind.TRAP:
            return "hides what it covers"
        if each not in self._fit:
            return self._unfit(each)
        if each.keyword.kind is HitKind.CONTEXT:
            return "lets a weak word count"
        if each in self.scores:
            return f"counts {self.scores[each]:g}"
        return self._outdone(each)

    def _unfit(self, each: Found) -> str:
        if not is_where_wanted(each):
            wanted = "title" if each.keyword.only_title else "title and first paragraph"
            return f"counts only in the {wanted}"
        if (trap := self._trap_over(each)) is not None:
            return f"is hidden by the trap '{trap.keyword.term}'"
        return f"counts only within {self._window} words of {_company(each)}, and there is none"

    def _trap_over(self, each: Found) -> Found | None:
        return next((trap for trap in self._traps if Traps([trap]).cover(each)), None)

    def _outdone(self, each: Found) -> str:
        better = next((other for other in self.scores if overlap(other, each)), None)
        if better is not None and better.keyword != each.keyword:
            return f"gives way to '{better.keyword.term}', which counts for the same words"
        return "counts once, at another place"


def _company(each: Found) -> str:
    if each.keyword.kind is HitKind.CONTEXT:
        return "a weak word"
    if each.keyword.beside:
        return "a strong or weak word"
    return "a context word or a strong one"
