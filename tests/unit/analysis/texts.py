"""Texts to compare, with the fingerprints that belong to them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from analysis.fingerprint import fingerprint
from domain.reading import Likeness, Text, TextKey, Verdict
from domain.source import SourceId

DAY = datetime(2024, 3, 18, 9, 0, tzinfo=UTC)

# 66 words, and 24 of them.
STATEMENT = (
    "The ministry condemns the so-called presidential election that was held on the occupied "
    "territories from the fifteenth to the seventeenth of March. It was neither free nor fair. "
    "The vote breaks international law and the Charter of the United Nations, and it has no legal "
    "effect whatever. We do not recognise its outcome, and we call upon all other states to do "
    "likewise now."
)
SHORT = " ".join(STATEMENT.split()[:24])


def about(matter: object) -> str:
    """A paragraph with no word in common with one about another matter."""
    words = "the minister met his colleague in Vienna and spoke about trade or energy".split()
    return " ".join(f"{word}{matter}" for word in words)


def a_text(text: str = STATEMENT, **changes: Any) -> Text:
    """A text of ``xx_economy`` whose fingerprint follows from its words."""
    values: dict[str, Any] = {
        "source_id": SourceId("xx_economy"),
        "canonical_url": "https://economy.example/1",
        "title": "Statement on the elections",
        "text": text,
        "language": "en",
        "published_at": DAY,
        "fingerprint": fingerprint(text),
    }
    return Text(**values | changes)


def a_key(name: str) -> TextKey:
    """The key of a text that nobody needs to see."""
    return TextKey(source_id=SourceId("xx_economy"), canonical_url=name, checksum=name)


def a_likeness(
    one: str,
    other: str,
    verdict: Verdict = Verdict.SAME,
    strength: float = 1.0,
    *,
    method: str = "test",
) -> Likeness:
    """A likeness of two texts by the names of their keys."""
    a, b = sorted((a_key(one), a_key(other)))
    return Likeness(a=a, b=b, verdict=verdict, strength=strength, reason="", method=method)
