"""Let texts be found by what they are alike in, and by the document that they are a view of.

The marks of what is held are made when the program next writes: they need its judgement.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "bands",
        sa.Column("mark", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("mark", "day", "text_id", name=op.f("pk_bands")),
        sqlite_with_rowid=False,
    )
    op.add_column(
        "texts", sa.Column("document", sa.BigInteger(), server_default="0", nullable=False)
    )
    op.create_index(op.f("ix_texts_document"), "texts", ["document"])
    op.create_index(op.f("ix_texts_fingerprint_version"), "texts", ["fingerprint_version"])
