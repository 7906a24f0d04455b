"""Columns that are kept with a case are those of its tables, however much of them is kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from benchmarks.scale.cases import made
from sqlalchemy import Connection, update
from tests.store.test_observations import ROWS, _moved

from winset.corpus.types import Document
from winset.ids import PartialDate
from winset.store import kept_columns, tables
from winset.store.case_store import CaseStore
from winset.store.desk import Desk
from winset.store.kept_columns import Held, Ranks
from winset.store.observations import said
from winset.store.types import Coding


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Of 30 documents, 300 statements, in parts of some 70 rows."""
    monkeypatch.setattr(kept_columns, "IN_A_PART", 70)
    monkeypatch.setattr(kept_columns, "LEAST", 1)
    path = tmp_path / "big.winset"
    made(path, documents=30, worked=60)
    return path


def _held(store: CaseStore) -> Held:
    with store.database.transaction(writes=False) as connection:
        return kept_columns.read(connection)


def _of_tables(store: CaseStore) -> Held:
    with store.database.transaction(writes=False) as connection:
        return kept_columns._rows(connection, Ranks(), kept_columns._newest(connection))


def _same(one: Held, other: Held) -> None:
    assert (one.actors, one.media, one.subjects) == (other.actors, other.media, other.subjects)
    for table, columns in other.columns.items():
        for name, column in columns.items():
            np.testing.assert_array_equal(one.columns[table][name], column, err_msg=f"{table}.{name}")


def _parts(store: CaseStore) -> int:
    with store.database.transaction(writes=False) as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM column_part").scalar_one())


def _add(store: CaseStore, number: int) -> None:
    text = "Riga opposes the levy. " * 4000 + str(number)
    document = Document(name=f"new {number}", text=text, published=PartialDate("2024-03"))
    own = [_moved(row, document) for row in ROWS]
    coding = Coding(
        statements=tuple(row.statement for row in own),
        identifications=tuple(row.identification for row in own),
        stances=tuple(row.stance for row in own),
    )
    assert store.add(document, coding)


def test_parts_hold_what_the_tables_hold(case: Path) -> None:
    with CaseStore.open(case) as store:
        kept_columns.keep(store.database)
        assert _parts(store) > 3
        _same(_held(store), _of_tables(store))
        with store.database.transaction(writes=False) as connection:
            assert kept_columns.differing(connection) == ()


def test_what_is_added_is_read_alone(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with CaseStore.open(case) as store:
        kept_columns.keep(store.database)
        _add(store, 1)
        read, rows = [], kept_columns._rows

        def noted(connection: Connection, after: Ranks, upto: Ranks) -> Held:
            read.append((after, upto))
            return rows(connection, after, upto)

        monkeypatch.setattr(kept_columns, "_rows", noted)
        found = _held(store)
        assert [(after.statement, upto.statement) for after, upto in read] == [(300, 310)]
        monkeypatch.undo()
        _same(found, _of_tables(store))
        kept_columns.keep(store.database)
        _add(store, 2)
        _same(_held(store), _of_tables(store))


def test_many_small_additions_make_few_parts(case: Path) -> None:
    with CaseStore.open(case) as store:
        kept_columns.keep(store.database)
        before = _parts(store)
        for number in range(6):
            _add(store, number)
            kept_columns.keep(store.database)
        assert _parts(store) <= before + 3
        _same(_held(store), _of_tables(store))


def test_a_hurt_part_is_read_from_the_tables(case: Path) -> None:
    with CaseStore.open(case) as store:
        kept_columns.keep(store.database)
        with store.database.transaction(writes=True) as connection:
            part = tables.column_part
            held = connection.execute(part.select().where(part.c.number == 1)).mappings().one()["held"]
            hurt = held[:-9] + bytes([held[-9] ^ 64]) + held[-8:]
            connection.execute(update(part).where(part.c.number == 1).values(held=hurt))
        _same(_held(store), _of_tables(store))


def test_parts_of_another_version_are_not_read(case: Path) -> None:
    with CaseStore.open(case) as store:
        kept_columns.keep(store.database)
        with store.database.transaction(writes=True) as connection:
            connection.execute(update(tables.column_part).values(made_by="0"))
        _same(_held(store), _of_tables(store))
        kept_columns.keep(store.database)
        _same(_held(store), _of_tables(store))


def test_a_part_that_is_wrong_is_told(case: Path) -> None:
    with CaseStore.open(case) as store:
        kept_columns.keep(store.database)
        with store.database.transaction(writes=True) as connection:
            connection.exec_driver_sql("UPDATE stance SET direction = -direction WHERE rank = 5")
        with store.database.transaction(writes=False) as connection:
            assert kept_columns.differing(connection) == ("stance.direction",)
        with store.database.transaction(writes=True) as connection:
            kept_columns.forget(connection)
        _same(_held(store), _of_tables(store))


def test_a_case_that_cannot_be_written_is_read(case: Path) -> None:
    with CaseStore.open(case) as store:
        expected = said(store)
    case.chmod(0o400)
    with CaseStore.open(case) as store:
        found = said(store)
    np.testing.assert_array_equal(found.columns.value, expected.columns.value)


def test_persons_words_move_columns_that_are_kept(case: Path) -> None:
    with CaseStore.open(case) as store:
        before = said(store)
        id = store.codings()[20].statements[3].id
        Desk(store).judge(id, "wrong", by="ada", at="2024-05-01T00:00:00Z")
        assert len(said(store).rank) == len(before.rank) - 1
