"""`winset tables`: a case as a workbook, CSV or JSON, whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Winset

STATED = ["--proposal", "Open a training centre in Reykjavik", "--body", "nato", "--on", "2023-07-11"]


@pytest.mark.parametrize("name", ["out.xlsx", "out.zip", "out.json"])
def test_tables_are_written(winset: Winset, reports: Path, folder: Path, name: str) -> None:
    ended = winset("tables", reports, *STATED, "-o", name)
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.endswith(f": {name}\n")
    assert (folder / name).stat().st_size > 1000
    assert [each.name for each in folder.iterdir() if each.name.startswith(".winset")] == []


def test_a_folder_takes_a_file_for_each(winset: Winset, reports: Path, folder: Path) -> None:
    for _ in range(2):  # again over its own
        assert winset("tables", reports, *STATED, "-o", "out/").status == 0
    assert {"statements.csv", "positions.csv", "columns.csv"} <= {each.name for each in (folder / "out").iterdir()}
    ended = winset("tables", reports, *STATED, "-o", "reports/")
    assert ended.status == 2
    assert "holds other things" in ended.complaints[0]
    assert (reports / "first.txt").is_file()


def test_one_table_alone(winset: Winset, reports: Path, folder: Path) -> None:
    assert winset("tables", reports, *STATED, "--table", "statements", "-o", "said.csv").status == 0
    assert (folder / "said.csv").read_text(encoding="utf-8-sig").startswith("id,number,document_id,")
    told = json.loads(winset("tables", reports, *STATED, "--table", "positions", "--json").out)
    assert set(told) == {"schema", "positions"}
    assert {"Germany", "France"} <= {row["actor"] for row in told["positions"]}


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["-o", "out.ods"], "end its name with .xlsx"),
        (["-o", "out.csv"], "a .csv holds one table"),
        (["--table", "stances", "-o", "out.json"], "--table stances: there is documents, statements"),
        (["--json", "-o", "out.json"], "--json writes to stdout"),
        (["-o", "nowhere/out.xlsx"], "make it first"),
    ],
)
def test_what_cannot_be_written_is_refused(
    winset: Winset, reports: Path, folder: Path, arguments: list[str], complaint: str
) -> None:
    ended = winset("tables", reports, *STATED, *arguments)
    assert ended.status == 2
    assert complaint in ended.complaints[0]
    assert sorted(each.name for each in folder.iterdir()) == ["reports"]
