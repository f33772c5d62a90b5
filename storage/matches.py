"""How do matches and their hits get into rows and back?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, RowMapping, delete

from domain.reading import Hit, HitKind, Match, Part
from storage.readings import HitRow, MatchRow
from storage.writing import add, chunks


def keep_matches(connection: Connection, found: Mapping[int, Iterable[Match]]) -> None:
    """Keep what topics make of texts that had no match yet."""
    matches = [(text_id, match) for text_id, all_of_it in found.items() for match in all_of_it]
    add(connection, MatchRow, [_match_row(text_id, match) for text_id, match in matches])
    hits = [row for text_id, match in matches for row in _hit_rows(text_id, match)]
    add(connection, HitRow, hits)


def forget_matches(connection: Connection, text_ids: Collection[int]) -> None:
    """Forget what topics made of these texts."""
    for chunk in chunks(text_ids):
        connection.execute(delete(HitRow).where(HitRow.text_id.in_(chunk)))
        connection.execute(delete(MatchRow).where(MatchRow.text_id.in_(chunk)))


def matches_in(matches: Iterable[RowMapping], hits: Collection[RowMapping]) -> tuple[Match, ...]:
    """The matches of one text, in order of the topics, from its rows."""
    return tuple(
        Match(
            topic=row["topic"],
            score=row["score"],
            is_match=row["is_match"],
            hits=tuple(_hit(hit) for hit in hits if hit["topic"] == row["topic"]),
            where=Part(row["part"]),
            start=row["start"],
            end=row["stop"],
        )
        for row in sorted(matches, key=lambda row: str(row["topic"]))
    )


def _hit(row: RowMapping) -> Hit:
    return Hit(
        term=row["term"],
        language=row["language"],
        kind=HitKind(row["kind"]),
        where=Part(row["part"]),
        start=row["start"],
        end=row["stop"],
        counts=row["counts"],
        parts=tuple((start, end) for start, end in row["parts"] or ()),
        first_word=row["first_word"],
        last_word=row["last_word"],
        is_in_lead=row["is_in_lead"],
        is_boilerplate=row["is_boilerplate"],
    )


def _match_row(text_id: int, match: Match) -> dict[str, Any]:
    return {
        "text_id": text_id,
        "topic": match.topic,
        "score": match.score,
        "is_match": match.is_match,
        "part": match.where,
        "start": match.start,
        "stop": match.end,
    }


def _hit_rows(text_id: int, match: Match) -> list[dict[str, Any]]:
    return [
        {
            "text_id": text_id,
            "topic": match.topic,
            "position": position,
            "term": hit.term,
            "language": hit.language,
            "kind": hit.kind,
            "part": hit.where,
            "start": hit.start,
            "stop": hit.end,
            "counts": hit.counts,
            "parts": [list(part) for part in hit.parts] or None,
            "first_word": hit.first_word,
            "last_word": hit.last_word,
            "is_in_lead": hit.is_in_lead,
            "is_boilerplate": hit.is_boilerplate,
        }
        for position, hit in enumerate(match.hits)
    ]
