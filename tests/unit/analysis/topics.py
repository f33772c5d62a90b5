"""A topic of a few keywords, and what it makes of a text."""

from __future__ import annotations

from typing import Any

from analysis.keywords import compile_topics
from domain.reading import HitKind, Match
from domain.topic import Keyword, Topic


def a_keyword(term: str, kind: HitKind = HitKind.STRONG, **changes: Any) -> Keyword:
    """A strong English word."""
    return Keyword(**{"term": term, "kind": kind, "language": "en"} | changes)


def a_topic(*keywords: Keyword, **changes: Any) -> Topic:
    """Elections, with the weights of the shipped file."""
    values: dict[str, Any] = {
        "id": "elections",
        "title": "Elections",
        "threshold": 1,
        "window": 12,
        "title_weight": 1,
        "lead_weight": 1,
        "keywords": keywords,
    }
    return Topic(**values | changes)


def judged(topic: Topic, *, title: str = "", text: str = "", language: str = "en") -> Match:
    """The match of a topic that has at least one hit."""
    (match,) = compile_topics([topic]).match(title, text, language)
    return match


def hits(term: str, text: str, *, language: str = "en") -> list[str]:
    """What one strong term of a language finds in a title."""
    topic = a_topic(a_keyword(term, language=language))
    return [
        text[hit.start : hit.end]
        for match in compile_topics([topic]).match(text, "", language)
        for hit in match.hits
    ]
