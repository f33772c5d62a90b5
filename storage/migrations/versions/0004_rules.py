"""Remember which rules judged which texts, and of hits all that another judgement needs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "rules",
        sa.Column("checksum", sa.Text(), nullable=False),
        sa.Column("topics", sa.LargeBinary(), nullable=False),
        sa.Column("first_used_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("checksum", name=op.f("pk_rules")),
    )
    op.create_table(
        "judged",
        sa.Column("first_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_id", sa.Integer(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("first_id", name=op.f("pk_judged")),
    )
    # Nobody knows which rules judged what is held already.
    op.execute(
        "INSERT INTO judged (first_id, last_id, rules)"
        " SELECT first, last, '' FROM (SELECT min(id) AS first, max(id) AS last FROM texts) AS held"
        " WHERE first IS NOT NULL"
    )
    op.add_column("folded", sa.Column("languages", sa.Text(), server_default="", nullable=False))
    op.add_column("hits", sa.Column("parts", sa.JSON(none_as_null=True), nullable=True))
    for name in ("first_word", "last_word"):
        op.add_column("hits", sa.Column(name, sa.Integer(), server_default="0", nullable=False))
    op.add_column(
        "hits", sa.Column("is_in_lead", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
