"""The history of the accounts' schema, apart from that of cases: one numbered file a step, applied in order."""

from __future__ import annotations

from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import Connection

HEAD = "0001"  # the last step


def migrate(connection: Connection) -> None:
    """Bring the accounts behind `connection` to the newest schema, in the transaction it is in.

    Source: Alembic, EnvironmentContext, "Running Alembic programmatically".
    """
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    with as_file(files(__name__)) as folder:
        script = ScriptDirectory(str(folder))

        def to_head(revision: Any, _context: Any) -> Any:
            return script._upgrade_revs("head", revision)  # as Alembic's own documentation does

        with EnvironmentContext(Config(), script, fn=to_head) as environment:
            environment.configure(connection=connection)
            environment.run_migrations()
