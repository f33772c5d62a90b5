"""Which tables hold what was read in texts?

All of it can be read again. Beside ``folded`` stands ``findable``, the full-text index over it,
which is of each database's own kind: ``storage.search`` and the migration that made it know it.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from domain.reading import HitKind, Part
from storage.columns import Base, one_of


class FoldedRow(Base):
    """A text with all its spellings made one, and the version of the folding."""

    __tablename__ = "folded"

    text_id: Mapped[int] = mapped_column(ForeignKey("texts.id"), primary_key=True)
    version: Mapped[int] = mapped_column(index=True)
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

    __table_args__ = (one_of("kind", HitKind), one_of("part", Part))
