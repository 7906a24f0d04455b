"""Links of documents whose targets do not stand in the text."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("document", sa.Column("links", sa.JSON))
