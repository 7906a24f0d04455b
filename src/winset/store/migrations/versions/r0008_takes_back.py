"""Which take takes back another is looked up, however many there are."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_index("ix_take_undoes", "take", ["undoes"])
