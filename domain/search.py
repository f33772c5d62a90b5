"""What is looked for among the texts that are held, and where?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.source import SourceId


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """A folded word that a text must hold, or the beginning of one."""

    word: str
    is_beginning: bool


Wording = tuple[Sought, ...]
"""One way to write what is looked for: a text holds all of these words."""
Term = tuple[Wording, ...]
"""One thing that is looked for: a text holds one of its wordings, or more."""


class Search(Protocol):
    """What the store asks when it looks for texts; pure."""

    @property
    def terms(self) -> tuple[Term, ...]:
        """All of them must be in a text."""

    @property
    def has_phrases(self) -> bool:
        """True where words are not enough: their order has to be looked at."""

    def finds(self, title: str, text: str, language: str | None) -> bool:
        """Return whether a text that holds the words holds the phrases too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Where it is looked for; None is everywhere."""

    source_id: SourceId | None = None
    country: str | None = None
    since: datetime | None = None
