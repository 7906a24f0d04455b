"""The index of all words of the documents, kept as documents are added."""

from __future__ import annotations

from alembic import op

from winset.store import full_text

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    full_text.make(op.get_bind())
