"""What people code of statements, and what a stance tells besides its side."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("stance", sa.Column("firmness", sa.Float, nullable=False, server_default="1.0"))
    op.add_column("stance", sa.Column("hedged", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("stance", sa.Column("conditional", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("stance", sa.Column("voice", sa.String, nullable=False, server_default="reported"))
    op.add_column("stance", sa.Column("rung", sa.String))
    op.create_table(
        "take",
        sa.Column("rank", sa.Integer, primary_key=True),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("why", sa.String, nullable=False),
        sa.Column("sheet", sa.String, nullable=False),
        sa.Column("undoes", sa.Integer, sa.ForeignKey("take.rank")),
    )
    op.create_table(
        "ruling",
        sa.Column("rank", sa.Integer, primary_key=True),
        sa.Column("statement_id", sa.String, sa.ForeignKey("statement.id"), nullable=False),
        sa.Column("take", sa.Integer, sa.ForeignKey("take.rank"), nullable=False),
        sa.Column("coder", sa.String, nullable=False),
        sa.Column("stance", sa.String),
        sa.Column("direction", sa.Float),
        sa.Column("firmness", sa.Float),
        sa.Column("hedged", sa.Boolean),
        sa.Column("conditional", sa.Boolean),
        sa.Column("voice", sa.String),
        sa.Column("rung", sa.String),
        sa.Column("relevance", sa.Float),
        sa.Column("actor", sa.String),
        sa.Column("why", sa.String, nullable=False),
    )
    op.create_index("ix_ruling_statement_id", "ruling", ["statement_id"])
    op.create_index("ix_ruling_take", "ruling", ["take"])
