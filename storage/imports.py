"""Which table holds the rows that were imported?

What feeds list stands in ``entries``; what came in as rows stands here, each under its own id.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import Base


class ImportRow(Base):
    """An imported row and the text it brought last; its appearance has its id for an origin."""

    __tablename__ = "imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("sources.id"))
    key: Mapped[str]
    key_checksum: Mapped[str]
    text_id: Mapped[int] = mapped_column(ForeignKey("texts.id"), index=True)
    institution: Mapped[str]
    country: Mapped[str]
    language: Mapped[str]
    published: Mapped[str]

    __table_args__ = (UniqueConstraint("key_checksum", "source_id"),)
