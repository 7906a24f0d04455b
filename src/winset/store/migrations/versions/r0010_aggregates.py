"""What positions and copies are found from, kept as columns, so that only what is added is read again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "column_part",
        sa.Column("kind", sa.String, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("document", sa.Integer, nullable=False),
        sa.Column("statement", sa.Integer, nullable=False),
        sa.Column("identification", sa.Integer, nullable=False),
        sa.Column("stance", sa.Integer, nullable=False),
        sa.Column("made_by", sa.String, nullable=False),
        sa.Column("held", sa.LargeBinary, nullable=False),
    )
