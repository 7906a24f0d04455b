"""How far each source has been taken in, so that an interrupted run goes on there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    wide = sa.Integer().with_variant(sa.BigInteger, "postgresql")
    op.create_table(
        "taken_in",
        sa.Column("place", sa.String, primary_key=True),
        sa.Column("size", wide, nullable=False),
        sa.Column("modified", wide, nullable=False),
        sa.Column("ended", sa.Boolean, nullable=False),
        sa.Column("read", wide, nullable=False),
        sa.Column("line", wide, nullable=False),
        sa.Column("rejected", sa.Integer, nullable=False),
        sa.Column("documents", sa.Integer, nullable=False),
        sa.Column("names", sa.JSON(none_as_null=True)),
    )
