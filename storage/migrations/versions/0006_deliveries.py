"""Remember what was mailed to whom, which day's digest comes next, and who wants no mail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

STATES = "state IN ('waiting', 'delivered', 'given_up', 'withdrawn')"


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "subscribers",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("met_at", moment, nullable=False),
        sa.Column("last_digest_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscribers")),
    )
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subscriber", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("message", sa.LargeBinary(), nullable=False),
        sa.Column("token_checksum", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", moment, nullable=False),
        sa.Column("settled_at", moment, nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("leased_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.CheckConstraint(STATES, name=op.f("ck_deliveries_state")),
        sa.UniqueConstraint(
            "subscriber", "day", "address", name=op.f("uq_deliveries_subscriber_day_address")
        ),
    )
    op.create_index(op.f("ix_deliveries_token_checksum"), "deliveries", ["token_checksum"])
    op.create_index(op.f("ix_deliveries_state_settled_at"), "deliveries", ["state", "settled_at"])
    op.create_table(
        "suppressions",
        sa.Column("subscriber", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("stopped_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("subscriber", "address", name=op.f("pk_suppressions")),
    )
    op.create_table(
        "told_problems",
        sa.Column("subscriber", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("told_at", moment, nullable=False),
        sa.Column("end_told_at", moment, nullable=True),
        sa.PrimaryKeyConstraint("subscriber", "problem", name=op.f("pk_told_problems")),
    )
    # Which digest told it, for the day that this one is given up.
    op.add_column("told", sa.Column("day", sa.Date(), nullable=True))
