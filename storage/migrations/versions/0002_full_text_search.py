"""Let texts be found by their words, and originals be dropped."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "folded",
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["text_id"], ["texts.id"], name=op.f("fk_folded_text_id")),
        sa.PrimaryKeyConstraint("text_id", name=op.f("pk_folded")),
    )
    op.create_index(op.f("ix_folded_version"), "folded", ["version"])
    op.add_column("originals", sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True))
    if op.get_bind().dialect.name == "sqlite":
        # What comes in is words already, with spaces between them: only those separate. All of
        # Unicode beyond ASCII is letters to the tokenizer "ascii".
        op.execute(
            "CREATE VIRTUAL TABLE findable USING fts5("
            "words, content = '', detail = none, tokenize = \"ascii tokenchars '_'\")"
        )
    else:
        op.execute(
            "CREATE TABLE findable (text_id INTEGER PRIMARY KEY"
            " REFERENCES folded ON DELETE CASCADE, words TSVECTOR NOT NULL)"
        )
        op.execute("CREATE INDEX ix_findable_words ON findable USING gin (words)")
