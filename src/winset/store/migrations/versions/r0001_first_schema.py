"""The first schema: a case, its documents, what was read in them, and what could not be read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


# PostgreSQL's integers have 32 bits unless told otherwise, those of SQLite 64
_WIDE = sa.Integer().with_variant(sa.BigInteger, "postgresql")


def _unique(table: str, *columns: str) -> list[sa.UniqueConstraint]:
    """The constraint; on PostgreSQL, whose index entries hold no more than 2,704 bytes, an index of digests instead."""
    if op.get_bind().dialect.name != "postgresql":
        return [sa.UniqueConstraint(*columns, name=f"uq_{table}_{'_'.join(columns)}")]
    return []


def _unique_digests(table: str, *columns: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        digests = [sa.text(f'md5("{column}")') for column in columns]
        op.create_index(f"uq_{table}_{'_'.join(columns)}", table, digests, unique=True)


def upgrade() -> None:
    op.create_table(
        "case",
        sa.Column("id", sa.Integer, sa.CheckConstraint("id = 1"), primary_key=True),
        sa.Column("proposal", sa.String, nullable=False),
        sa.Column("body", sa.String, nullable=False),
        sa.Column("rule", sa.String, nullable=False),
        sa.Column("decided_on", sa.String, nullable=False),
        sa.Column("proposal_value", sa.Float, nullable=False),
        sa.Column("status_quo", sa.Float, nullable=False),
        sa.Column("outcome", sa.Float),
        sa.Column("body_name", sa.String),
        sa.Column("options", sa.JSON, nullable=False),
        sa.Column("thresholds", sa.JSON, nullable=False),
        sa.Column("created_at", sa.String, nullable=False),
        sa.Column("winset_version", sa.String, nullable=False),
    )
    op.create_table(
        "seat",
        sa.Column("rank", sa.Integer, primary_key=True),
        sa.Column("actor_id", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("votes", _WIDE, nullable=False),
        sa.Column("veto", sa.Boolean, nullable=False),
        sa.Column("weights", sa.JSON, nullable=False),
        sa.UniqueConstraint("actor_id", name="uq_seat_actor_id"),
    )
    op.create_table(
        "document",
        sa.Column("rank", sa.Integer, primary_key=True),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("title", sa.String),
        sa.Column("authors", sa.JSON, nullable=False),
        sa.Column("publisher", sa.String),
        sa.Column("published", sa.String),
        sa.Column("language", sa.String),
        sa.Column("source_url", sa.String),
        sa.Column("retrieved_at", sa.String),
        sa.Column("media_type", sa.String, nullable=False),
        sa.Column("reader", sa.String, nullable=False),
        sa.Column("found_in", sa.JSON, nullable=False),
        sa.Column("refused_spans", sa.Integer, nullable=False),
        sa.UniqueConstraint("id", name="uq_document_id"),
    )
    op.create_table(
        "rejection",
        sa.Column("rank", sa.Integer, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        *_unique("rejection", "name", "kind", "reason"),
    )
    _unique_digests("rejection", "name", "kind", "reason")
    op.create_table(
        "duplicate",
        sa.Column("rank", sa.Integer, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("document_id", sa.String, nullable=False),
        sa.Column("of", sa.String, sa.ForeignKey("document.id"), nullable=False),
        sa.Column("similarity", sa.Float, nullable=False),
        *_unique("duplicate", "name", "document_id", "of"),
    )
    _unique_digests("duplicate", "name", "document_id", "of")
    op.create_table(
        "run",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("step", sa.String, nullable=False),
        sa.Column("method", sa.String, nullable=False),
        sa.Column("version", sa.String, nullable=False),
        sa.Column("inputs", sa.JSON, nullable=False),
        sa.Column("seed", _WIDE),
    )
    op.create_table(
        "statement",
        sa.Column("rank", sa.Integer, primary_key=True),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("document_id", sa.String, sa.ForeignKey("document.id"), nullable=False),
        sa.Column("source_start", sa.Integer),
        sa.Column("source_end", sa.Integer),
        sa.Column("cue_start", sa.Integer),
        sa.Column("cue_end", sa.Integer),
        sa.Column("contents", sa.JSON, nullable=False),
        sa.Column("form", sa.String, nullable=False),
        sa.Column("hedged", sa.Boolean, nullable=False),
        sa.Column("via", sa.JSON, nullable=False),
        sa.Column("said_on", sa.String),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("coder", sa.String, nullable=False),
        sa.Column("run_id", sa.String, nullable=False),
        sa.UniqueConstraint("id", name="uq_statement_id"),
    )
    op.create_index("ix_statement_document_id", "statement", ["document_id"])
    op.create_table(
        "identification",
        sa.Column("rank", sa.Integer, primary_key=True),
        sa.Column("statement_id", sa.String, sa.ForeignKey("statement.id"), nullable=False),
        sa.Column("speaker", sa.String),
        sa.Column("represents", sa.String),
        sa.Column("actor_id", sa.String),
        sa.Column("standing", sa.String, nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("rule", sa.String, nullable=False),
        sa.Column("by", sa.String, nullable=False),
    )
    op.create_index("ix_identification_statement_id", "identification", ["statement_id"])
    op.create_index("ix_identification_actor_id", "identification", ["actor_id"])
    op.create_table(
        "stance",
        sa.Column("rank", sa.Integer, primary_key=True),
        sa.Column("statement_id", sa.String, sa.ForeignKey("statement.id"), nullable=False),
        sa.Column("issue_id", sa.String, nullable=False),
        sa.Column("relevance", sa.Float, nullable=False),
        sa.Column("direction", sa.Float, nullable=False),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
    )
    op.create_index("ix_stance_statement_id", "stance", ["statement_id"])
