"""Passages of documents, indexed for questions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "indexed_document",
        sa.Column("document_id", sa.String, primary_key=True),
        sa.Column("made_by", sa.String, nullable=False),
    )
    op.create_table(
        "passage",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("document_id", sa.String, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("terms", sa.String, nullable=False),
        sa.Column("vector", sa.LargeBinary, nullable=False),
    )
