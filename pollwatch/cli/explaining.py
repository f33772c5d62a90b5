"""How is it shown why a text is in or out: its words with their numbers, and what each did?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pollwatch.cli.printing import wrapped

if TYPE_CHECKING:
    from analysis.keywords import Explanation, Finding
    from domain.story import StoredRelease
    from domain.topic import Keyword


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A text, and what each topic makes of it."""

    title: str
    text: str
    language: str | None
    explanations: tuple[Explanation, ...]
    stored: StoredRelease | None
    """Where it was stored, with the judgement of that day."""


def explained_lines(explained: Explained) -> Iterator[str]:
    """A text with its keywords, for people."""
    yield f"Read as {explained.language or 'no language that we know'}."
    for explanation in explained.explanations:
        yield ""
        yield from _judgement(explanation, explained.stored)
        yield ""
        yield from _marked_text(explained, explanation)
        yield ""
        for number, finding in enumerate(explanation.findings, start=1):
            yield from _finding(number, finding)


def _judgement(explanation: Explanation, stored: StoredRelease | None) -> Iterator[str]:
    yield from wrapped(f"Topic {explanation.topic.id}. {explanation.verdict}")
    before = stored.match(explanation.topic.id) if stored else None
    if stored and (before.score if before else 0) != explanation.match.score:
        score = f"{before.score:g}" if before else "0"
        verdict = "in" if before and before.is_match else "out"
        yield f"Earlier keywords gave it a score of {score}, and it is stored as {verdict}."


def _marked_text(explained: Explained, explanation: Explanation) -> Iterator[str]:
    for part, words in (("title", explained.title), ("text", explained.text)):
        places = [
            (finding.hit.start, finding.hit.end, number)
            for number, finding in enumerate(explanation.findings, start=1)
            if finding.hit.where == part
        ]
        for paragraph in _marked(words, places).split("\n"):
            yield from (line.rstrip() for line in wrapped(paragraph, indent="  "))


def _marked(words: str, places: list[tuple[int, int, int]]) -> str:
    """Words in brackets with their numbers in front, wherever a keyword stands."""
    marks = [(start, 1, -end, f"[{number} ") for start, end, number in places]
    marks += [(end, 0, -start, "]") for start, end, _ in places]
    pieces, reached = [], 0
    for place, _, _, mark in sorted(marks):
        pieces += [words[reached:place], mark]
        reached = place
    return "".join([*pieces, words[reached:]])


def _finding(number: int, finding: Finding) -> Iterator[str]:
    keyword = finding.keyword
    place = f"{keyword.file}:{keyword.line}" if keyword.file else keyword.language
    said = f"{number} {keyword.kind} {keyword.term} ({place}): {finding.reason}"
    yield from wrapped(said, indent="  ")


def explained_record(explained: Explained) -> dict[str, object]:
    """The same for programs."""
    return {
        "release": explained.stored.id if explained.stored else None,
        "title": explained.title,
        "text": explained.text,
        "lang": explained.language,
        "topics": [_topic_record(explained, one) for one in explained.explanations],
    }


def _topic_record(explained: Explained, explanation: Explanation) -> dict[str, object]:
    return {
        "topic": explanation.topic.id,
        "relevant": explanation.match.is_match,
        "score": explanation.match.score,
        "threshold": explanation.topic.threshold,
        "verdict": explanation.verdict,
        "hits": [_finding_record(explained, one) for one in explanation.findings],
    }


def _finding_record(explained: Explained, finding: Finding) -> dict[str, object]:
    hit = finding.hit
    words = explained.title if hit.where == "title" else explained.text
    return {
        **term_place(finding.keyword),
        "language": hit.language,
        "kind": hit.kind,
        "where": hit.where,
        "start": hit.start,
        "end": hit.end,
        "text": words[hit.start : hit.end],
        "counts": hit.counts,
        "score": finding.score,
        "reason": finding.reason,
    }


def term_place(keyword: Keyword) -> dict[str, object]:
    """A keyword and where it is written, for programs."""
    return {"term": keyword.term, "file": keyword.file, "line": keyword.line}
