"""Parquet and Arrow files hold the very cells of the tables, each column of one type."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from winset.errors import NotConfigured
from winset.exchange import table_columns
from winset.exchange.table_columns import FLAG, FLOAT, INT, LIST, TEXT, kind_of, write_columns
from winset.exchange.tables import NAMES, Sheet
from winset.pipeline.tables import kept_tables
from winset.store.case_store import CaseStore

pyarrow = pytest.importorskip("pyarrow", reason="Parquet and Arrow were not written: no pyarrow")


def read(form: str, payload: bytes) -> Any:
    from pyarrow import ipc, parquet

    if form == "parquet":
        return parquet.read_table(io.BytesIO(payload))
    return ipc.open_file(io.BytesIO(payload)).read_all()


@pytest.mark.parametrize("form", table_columns.FORMS)
def test_every_table_of_a_case_comes_back_cell_by_cell(form: str, kept_example: Path) -> None:
    with CaseStore.open(kept_example) as store:
        for sheet in kept_tables(store):
            rows = [tuple(row) for row in sheet.rows]
            file = io.BytesIO()
            write_columns(Sheet(name=sheet.name, about=sheet.about, columns=sheet.columns, rows=rows), file, form=form)
            back = read(form, file.getvalue())
            assert back.schema.names == list(sheet.columns)
            assert back.schema.metadata[b"table"].decode() == sheet.name in NAMES
            for place, name in enumerate(sheet.columns):
                told, kind = back.column(name).to_pylist(), kind_of(sheet.name, name)
                cells = [row[place] for row in rows]
                given = [list(cell) if isinstance(cell, tuple) else cell for cell in cells]
                if kind == TEXT:
                    assert all(
                        told_cell == cell for told_cell, cell in zip(told, given, strict=True) if isinstance(cell, str)
                    )
                    assert [each is None for each in told] == [cell is None for cell in given]
                else:
                    assert told == given, f"{sheet.name}.{name} is {kind}"


def test_a_number_is_never_kept_as_text(kept_example: Path) -> None:
    with CaseStore.open(kept_example) as store:
        for sheet in kept_tables(store):
            for row in sheet.rows:
                for name, cell in zip(sheet.columns, row, strict=True):
                    kind = kind_of(sheet.name, name)
                    if (sheet.name, name) == ("forecast", "value"):
                        continue  # figures and words under each other
                    wanted = {bool: FLAG, int: INT, float: FLOAT, tuple: LIST, str: TEXT}.get(type(cell), kind)
                    assert kind == wanted or (kind, wanted) == (FLOAT, INT), f"{sheet.name}.{name}: {cell!r}"


def test_more_rows_than_one_portion_and_odd_text() -> None:
    rows = [(f"{number}\ud800", None if number % 2 else number) for number in range(12_000)]
    sheet = Sheet(name="t", about="x", columns={"name": "words", "number": ""}, rows=iter(rows))
    file = io.BytesIO()
    write_columns(sheet, file, form="parquet")
    back = read("parquet", file.getvalue())
    assert back.num_rows == 12_000
    assert back.column("name")[7].as_py() == "7\ufffd"
    assert back.column("number").null_count == 6_000
    assert back.schema.field("name").metadata[b"about"] == b"words"


def test_without_pyarrow_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    import builtins

    found = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.split(".", maxsplit=1)[0] == "pyarrow":
            raise ImportError(name)
        return found(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(NotConfigured, match=r"pip install 'winset\[tables\]'"):
        write_columns(Sheet(name="t", about="", columns={"a": ""}, rows=[]), io.BytesIO(), form="arrow")
