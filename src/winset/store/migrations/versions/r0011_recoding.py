"""Coding kept documents again, how far it is; and the index of words made anew, with words that follow each other."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from winset.store import full_text

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "recoding",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("why", sa.String, nullable=False),
        sa.Column("started_at", sa.String, nullable=False),
        sa.Column("methods", sa.JSON, nullable=False),
        sa.Column("stance", sa.String, nullable=False),
        sa.Column("version", sa.String, nullable=False),
        sa.Column("older", sa.Boolean, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.Column("until", sa.Integer, nullable=False),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("failed", sa.Integer, nullable=False),
        sa.Column("ended_at", sa.String),
    )
    op.create_index("ix_run_step_method_version", "run", ["step", "method", "version"])
    full_text.make(op.get_bind())
