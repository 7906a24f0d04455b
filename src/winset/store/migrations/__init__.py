"""The schema's history: one numbered file a step, applied in order inside one transaction.

There is no `env.py`: winset brings a case to the newest schema itself, when it opens it.
"""

from __future__ import annotations

from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import Connection


def number(connection: Connection) -> int:
    """The number of the schema that a database has: its one row of Alembic's, and in a file that of its header."""
    if connection.dialect.name == "sqlite":
        return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    return int(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one())


def migrate(connection: Connection) -> None:
    """Bring the database behind `connection` to the newest schema, in the transaction it is in.

    Source: Alembic, EnvironmentContext, "Running Alembic programmatically".
    """
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    from winset.store.header import APPLICATION_ID
    from winset.store.tables import SCHEMA

    with as_file(files(__name__)) as folder:
        script = ScriptDirectory(str(folder))

        def to_head(revision: Any, _context: Any) -> Any:
            return script._upgrade_revs("head", revision)  # as Alembic's own documentation does

        with EnvironmentContext(Config(), script, fn=to_head) as environment:
            environment.configure(connection=connection)
            environment.run_migrations()
    if connection.dialect.name != "sqlite":
        return
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
