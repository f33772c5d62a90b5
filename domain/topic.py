"""What somebody is interested in: topics and their keywords."""

from __future__ import annotations

from dataclasses import dataclass

from domain.reading import HitKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyword:
    """One line of a keyword file, as its author wrote it, and where it stands."""

    term: str
    kind: HitKind
    language: str
    weight: float = 1.0
    only_title: bool = False
    only_lead: bool = False
    beside: bool = False
    """Counts only near a strong or weak word."""
    file: str = ""
    line: int = 0

    @property
    def rule(self) -> tuple[object, ...]:
        """All of it that decides; where it is written does not."""
        return (
            *(self.term, self.kind.value, self.language, self.weight),
            *(self.only_title, self.only_lead, self.beside),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A text by which a keyword file can be tested: it should match, or should not."""

    language: str
    text: str
    is_match: bool
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms:
    """A head word in every form its language gives it: a keyword should find each."""

    label: str
    """Its English name, for people."""
    forms: tuple[str, ...]
    language: str
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A named interest with the keywords of all its languages."""

    id: str
    title: str
    threshold: float
    window: int
    """How many words away a context word may stand from a weak one."""
    title_weight: float
    lead_weight: float
    keywords: tuple[Keyword, ...]
    examples: tuple[Example, ...] = ()
    forms: tuple[Forms, ...] = ()
