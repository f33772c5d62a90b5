"""Let rows be imported, also from sources that nobody configured."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column(
        "sources",
        sa.Column("is_import", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.create_table(
        "imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("key_checksum", sa.Text(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("institution", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("published", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_imports_source_id")),
        sa.ForeignKeyConstraint(["text_id"], ["texts.id"], name=op.f("fk_imports_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
        sa.UniqueConstraint(
            "key_checksum", "source_id", name=op.f("uq_imports_key_checksum_source_id")
        ),
    )
    op.create_index(op.f("ix_imports_text_id"), "imports", ["text_id"])
