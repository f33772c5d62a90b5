"""Remember which lines a source shows under its releases, and which hits stand in them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "boilerplate",
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("checksum", sa.Text(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("learned_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_boilerplate_source_id")
        ),
        sa.PrimaryKeyConstraint("source_id", "checksum", name=op.f("pk_boilerplate")),
    )
    op.add_column(
        "hits",
        sa.Column("is_boilerplate", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
