"""Which tables hold what was read in texts?

All of it can be read again. Beside ``folded`` stands ``findable``, the full-text index over it,
which is of each database's own kind: ``storage.search`` and the migration that made it know it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, false
from sqlalchemy.orm import Mapped, mapped_column

from domain.reading import HitKind, Part
from storage.columns import Base, one_of


class FoldedRow(Base):
    """A text with all its spellings made one, and the version of the folding."""

    __tablename__ = "folded"

    text_id: Mapped[int] = mapped_column(ForeignKey("texts.id"), primary_key=True)
    version: Mapped[int] = mapped_column(index=True)
    languages: Mapped[str] = mapped_column(server_default="")
    """Whose keywords read it, the one it is folded for first; codes with a space between."""
    text: Mapped[str]
    """Title and text, a line break between them."""


class MatchRow(Base):
    """What a topic makes of a text."""

    __tablename__ = "matches"

    text_id: Mapped[int] = mapped_column(ForeignKey("texts.id"), primary_key=True)
    topic: Mapped[str] = mapped_column(primary_key=True)
    score: Mapped[float]
    is_match: Mapped[bool]
    part: Mapped[str]
    start: Mapped[int]
    stop: Mapped[int]

    __table_args__ = (one_of("part", Part), Index(None, "topic", "is_match", "text_id"))


class HitRow(Base):
    """One keyword at one place of a text."""

    __tablename__ = "hits"

    text_id: Mapped[int] = mapped_column(ForeignKey("texts.id"), primary_key=True)
    topic: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    term: Mapped[str]
    language: Mapped[str]
    kind: Mapped[str]
    part: Mapped[str]
    start: Mapped[int]
    stop: Mapped[int]
    counts: Mapped[bool]
    parts: Mapped[list[Any] | None]
    """Of a term of nearness: the bounds of each of its words."""
    first_word: Mapped[int] = mapped_column(server_default="0")
    last_word: Mapped[int] = mapped_column(server_default="0")
    is_in_lead: Mapped[bool] = mapped_column(server_default=false())
    is_boilerplate: Mapped[bool] = mapped_column(server_default=false())

    __table_args__ = (one_of("kind", HitKind), one_of("part", Part))


class BoilerplateRow(Base):
    """A line that a source shows under its releases, folded."""

    __tablename__ = "boilerplate"

    source_id: Mapped[str] = mapped_column(ForeignKey("sources.id"), primary_key=True)
    checksum: Mapped[str] = mapped_column(primary_key=True)
    line: Mapped[str]
    learned_at: Mapped[datetime]


class RulesRow(Base):
    """What the topics of a moment said, as far as it decides; compressed JSON."""

    __tablename__ = "rules"

    checksum: Mapped[str] = mapped_column(primary_key=True)
    topics: Mapped[bytes]
    first_used_at: Mapped[datetime]


class JudgedRow(Base):
    """A range of texts, and the checksum of the rules that judged them."""

    __tablename__ = "judged"

    first_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_id: Mapped[int]
    rules: Mapped[str]
