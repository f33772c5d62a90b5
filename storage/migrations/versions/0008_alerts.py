"""Keep alerts among the deliveries: they belong to no day, and say what they are of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

STATES = "state IN ('waiting', 'delivered', 'given_up', 'withdrawn')"


def upgrade() -> None:
    # SQLite makes the table anew, and its checks are not found by looking at the old one.
    check = sa.CheckConstraint(STATES, name=op.f("ck_deliveries_state"))
    with op.batch_alter_table("deliveries", table_args=(check,)) as table:
        table.alter_column("day", existing_type=sa.Date(), nullable=True)
        table.add_column(sa.Column("alert_of", sa.Text(), nullable=True))
