"""What is watched, how far it is read, and the digests that were made of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "watched",
        sa.Column("kind", sa.String, primary_key=True),
        sa.Column("about", sa.String, primary_key=True),
        sa.Column("value", sa.JSON, nullable=False),
    )
    op.create_table(
        "digest",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("value", sa.JSON, nullable=False),
        sa.Column("handed_over", sa.Boolean, nullable=False),
    )
