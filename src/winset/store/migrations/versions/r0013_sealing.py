"""A seal for every row of a file: the digest by which a flipped bit is found. A server keeps checksums of its own."""

from __future__ import annotations

from alembic import op

from winset.store import seals

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        driver = connection.connection.driver_connection
        assert driver is not None  # noqa: S101 - an engine of ours
        seals.seal(driver)
