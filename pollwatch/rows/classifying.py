"""What does the topic of elections make of a row? Needs no database."""

from __future__ import annotations

from analysis.keywords import Keywords
from analysis.language import detect
from domain.reading import Hit, Match, Part
from domain.record import Record

TOPIC = "elections"
"""The one that ``relevant`` and ``score`` are about."""


def classified(record: Record, keywords: Keywords) -> dict[str, object]:
    """What is judged of a row, ready to be printed.

    Offsets are code points of the title or text as given. Only what counts is among the hits.
    """
    language = detect(record.title, record.text, [record.language])
    matches = keywords.match(record.title, record.text, language)
    match = next((one for one in matches if one.topic == TOPIC), None)
    return {
        "id": record.id,
        "relevant": match is not None and match.is_match,
        "score": match.score if match else 0.0,
        "lang": record.language or language,
        "topics": [one.topic for one in matches if one.is_match],
        "hits": [_hit(record, hit) for hit in _counting(match)],
    }


def _counting(match: Match | None) -> list[Hit]:
    return [hit for hit in match.hits if hit.counts] if match else []


def _hit(record: Record, hit: Hit) -> dict[str, object]:
    part = record.title if hit.where is Part.TITLE else record.text
    return {
        "term": hit.term,
        "where": hit.where,
        "start": hit.start,
        "end": hit.end,
        "text": part[hit.start : hit.end],
    }
