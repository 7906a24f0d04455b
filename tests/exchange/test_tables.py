"""A case as tables: every row of the case once, exact words at their offsets, and no cell that is ever run."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.standing_in import stand_in

from winset.bulk.keeping import keep
from winset.errors import CannotWrite
from winset.exchange import table_files
from winset.exchange.case_files import load_case
from winset.exchange.tables import NAMES, Sheet, sheets
from winset.issues import CaseSpec
from winset.pipeline.brief import compose_brief
from winset.pipeline.kept_cases import kept_material
from winset.pipeline.material import Material
from winset.pipeline.tables import kept_tables
from winset.store.case_store import CaseStore

HOSTILE = ("=cmd|'/c calc'!A0", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "a\x00b", "zwei\nZeilen", "日本 “q”")


@pytest.fixture(scope="module")
def kept(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CaseStore]:
    found = load_case(project / "examples" / "tokyo-office" / "case.yaml")
    assert found.spec is not None
    with CaseStore.create(str(tmp_path_factory.mktemp("tables") / "tokyo.winset"), found.spec) as store:
        keep(store, found.documents)
        yield store


@pytest.fixture(scope="module")
def example(kept: CaseStore) -> tuple[CaseSpec, Material]:
    """The shipped example, before anybody worked on it."""
    return kept.spec(), kept_material(kept)


@pytest.fixture(scope="module")
def as_json(example: tuple[CaseSpec, Material]) -> dict[str, Any]:
    written = io.BytesIO()
    table_files.write_json(sheets(compose_brief(*example)), written)
    told: dict[str, Any] = json.loads(written.getvalue())
    return told


def odd() -> Iterator[Sheet]:
    """Two tables of words that a spreadsheet may run."""
    yield Sheet(
        name="words", about="", columns={"id": "an id", "said": ""}, rows=(("1" * 16, each) for each in HOSTILE)
    )
    rows = [(1, True, None), (0.25, False, ("a", "b"))]
    yield Sheet(name="values", about="", columns={"n": "", "yes": "", "many": ""}, rows=rows)


def read_csv(payload: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(payload.decode("utf-8-sig"), newline="")))


def test_every_statement_is_there_with_its_exact_words(
    example: tuple[CaseSpec, Material], as_json: dict[str, Any]
) -> None:
    _, material = example
    texts = {document.id: document.text for document in material.documents}
    assert len(as_json["statements"]) == sum(len(coding.statements) for coding in material.codings)
    for row in as_json["statements"]:
        text = texts[row["document_id"]]
        if row["source"]:
            start, end = map(int, row["source_at"].split(".."))
            assert text[start:end] == row["source"]
        parts = [text[slice(*map(int, each.split("..")))] for each in row["content_at"]]
        assert " […] ".join(parts) == (row["content"] or "")
        assert row["start"] < row["end"] <= len(text)
    for name in ("discrepancies", "timeline"):
        assert as_json[name]
        for row in as_json[name]:
            assert texts[row["document_id"]][row["start"] : row["end"]] == row["exact"]


def test_figures_lead_to_statements(as_json: dict[str, Any]) -> None:
    said = {row["id"] for row in as_json["statements"]}
    held = [row for row in as_json["positions"] if row["position"] is not None]
    assert held
    assert all(set(row["evidence"]) <= said and row["evidence"] for row in held)
    assert {row["statement_id"] for row in as_json["contributions"]} <= said
    assert all(set(row["evidence"]) <= said for row in as_json["blockers"])


def test_csv_guards_what_a_spreadsheet_would_run() -> None:
    rows = read_csv(b"".join(table_files.csv_parts(next(odd()))))
    assert [row[0] for row in rows[1:]] == ["id:" + "1" * 16] * len(HOSTILE)
    for (_, cell), told in zip(rows[1:], HOSTILE, strict=True):
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
        assert cell.removeprefix("'").replace("\r\n", "\n") == told.replace("\r\n", "\n")


def test_a_workbook_holds_text_as_text() -> None:
    from openpyxl import load_workbook

    written = io.BytesIO()
    table_files.write_xlsx(odd(), written)
    book: Any = load_workbook(io.BytesIO(written.getvalue()))
    assert book.sheetnames == ["words", "values", "columns"]
    cells = [row[1] for row in book["words"].iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert cells[0].value == HOSTILE[0]
    assert [[cell.value for cell in row] for row in book["values"].iter_rows(min_row=2)] == [
        [1, "yes", None],
        [0.25, "no", "a; b"],
    ]
    assert ("words", "id", "an id") in list(book["columns"].iter_rows(values_only=True))


def test_a_worksheet_of_too_many_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_files, "MOST_ROWS", 3)
    with pytest.raises(CannotWrite, match="more than a worksheet takes"):
        table_files.write_xlsx(odd(), io.BytesIO())


def test_an_archive_has_a_file_for_each_table_and_the_same_bytes_each_time() -> None:
    first, second = io.BytesIO(), io.BytesIO()
    table_files.write_zip(odd(), first)
    table_files.write_zip(odd(), second)
    assert first.getvalue() == second.getvalue()
    with zipfile.ZipFile(first) as archive:
        assert archive.namelist() == ["words.csv", "values.csv", "columns.csv"]
        assert read_csv(archive.read("values.csv"))[1:] == [["1", "yes", ""], ["0.25", "no", "a; b"]]


def test_rows_are_made_as_they_are_written() -> None:
    made = 0

    def rows() -> Iterator[tuple[int]]:
        nonlocal made
        for number in range(5000):
            made += 1
            yield (number,)

    parts = table_files.csv_parts(Sheet(name="n", about="", columns={"n": ""}, rows=rows()))
    assert made == 0
    for _ in range(3):
        next(parts)
    assert 0 < made < 2000


def test_a_kept_case_tells_what_people_did(kept: CaseStore) -> None:
    from winset.store.desk import Desk

    desk = Desk(kept)
    first = desk.queue(coder="Ada", limit=1)[0]
    desk.accept(first.statement.id, by="Ada", at="2031-05-02T10:00:00Z")
    desk.undo(by="Ada", at="2031-05-02T10:01:00Z")
    told = {
        sheet.name: [dict(zip(sheet.columns, row, strict=True)) for row in sheet.rows] for sheet in kept_tables(kept)
    }
    assert list(told) == list(NAMES)
    assert [(row["coder"], row["holds"]) for row in told["codes"]] == [("Ada", False)]
    assert [row["act"] for row in told["changes"][-2:]] == ["accept", "undo"]
    assert {row["about"] for row in told["changes"][-2:]} == {f"codes:{first.statement.id}:Ada"}
    assert told["changes"][-1]["undoes"] == told["changes"][-2]["number"]


def test_a_large_case_is_written_row_by_row(kept: CaseStore, monkeypatch: pytest.MonkeyPatch) -> None:
    from winset.pipeline import kept_cases, tables

    whole = {sheet.name: list(sheet.rows) for sheet in kept_tables(kept)}
    monkeypatch.setattr(kept_cases, "WHOLE", 0)
    monkeypatch.setattr(tables, "PAGE", 7)
    stand_in(monkeypatch, kept_material, lambda _store: pytest.fail("was loaded whole"))
    large = {sheet.name: list(sheet.rows) for sheet in kept_tables(kept)}
    assert [row[0] for row in large["statements"]] == [row[0] for row in whole["statements"]]
    assert large["documents"] == whole["documents"]
    assert large["changes"] == whole["changes"]
    assert {row[1] for row in large["positions"]} <= {row[1] for row in whole["positions"]}
