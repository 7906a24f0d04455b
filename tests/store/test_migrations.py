"""The numbered migrations and the tables in the code are one schema."""

from __future__ import annotations

import sqlite3
from importlib.resources import files
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from winset.ids import PartialDate
from winset.issues import CaseSpec, Issue
from winset.store import tables
from winset.store.case_store import CaseStore
from winset.store.files import engine_for, transaction
from winset.store.migrations import migrate

SPEC = CaseSpec(issue=Issue(proposal="Sail", body="Club", rule="consensus", on=PartialDate("2024")))


def test_migrated_files_have_the_schema_that_the_code_expects(tmp_path: Path) -> None:
    path = tmp_path / "a.winset"
    CaseStore.create(path, SPEC).close()
    engine = engine_for(path)
    with transaction(engine, path, writes=False) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, tables.metadata) == []
    engine.dispose()


def test_the_number_in_the_code_is_the_last_migrations() -> None:
    script = ScriptDirectory(str(files("winset.store.migrations")))
    assert script.get_current_head() == f"{tables.SCHEMA:04d}"


def test_a_migration_that_stops_half_way_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.winset"
    engine = engine_for(path)

    def interrupted() -> None:
        with transaction(engine, path, writes=True) as connection:
            migrate(connection)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    engine.dispose()
    plain = sqlite3.connect(path)
    assert plain.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    plain.close()
