"""What persons decide about sources, own registries, and more of what a machine found out about a source."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

# Schema 1 knew whose voice a source is only by its standing and its label.
SPEAKS_AS = """
UPDATE identification SET speaks_as = CASE
    WHEN actor_id IS NOT NULL THEN 'actor'
    WHEN standing = 'medium' THEN 'medium'
    WHEN standing = 'commentator' THEN 'expert'
    WHEN represents LIKE 'media: %' THEN 'medium'
    WHEN represents LIKE 'expert: %' THEN 'expert'
    WHEN represents IS NOT NULL THEN 'actor'
    WHEN rule LIKE 'collective%' THEN 'collective'
    ELSE 'unresolved'
END
"""


def upgrade() -> None:
    op.add_column("identification", sa.Column("role", sa.String))
    op.add_column("identification", sa.Column("affiliation", sa.String))
    op.add_column("identification", sa.Column("speaks_as", sa.String, nullable=False, server_default="unresolved"))
    op.add_column("identification", sa.Column("joint", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("identification", sa.Column("at", sa.String))
    op.add_column("identification", sa.Column("why", sa.String))
    op.execute(SPEAKS_AS)
    op.execute("UPDATE identification SET joint = TRUE WHERE rule LIKE '%, joint%'")
    op.create_table(
        "judgement",
        sa.Column("rank", sa.Integer, primary_key=True),
        sa.Column("verb", sa.String, nullable=False),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("object", sa.String, nullable=False),
        sa.Column("speaker", sa.String),
        sa.Column("scope", sa.JSON, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("why", sa.String, nullable=False),
        sa.Column("undoes", sa.Integer, sa.ForeignKey("judgement.rank")),
    )
    op.create_table(
        "registry_file",
        sa.Column("rank", sa.Integer, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("format", sa.String, nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("added_at", sa.String, nullable=False),
        sa.UniqueConstraint("name", name="uq_registry_file_name"),
    )
