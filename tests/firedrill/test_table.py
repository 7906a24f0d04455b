"""The table of drills on the page tells what is tried, and every test that it names is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

MARK = "pytest.mark.firedrill"
ROW = re.compile(r"^\| (?P<drill>[^|]+) \| (?P<expected>[^|]+) \| `(?P<test>[^`|]+)` \|$", re.MULTILINE)


@pytest.fixture
def rows(project: Path) -> list[re.Match[str]]:
    return [*ROW.finditer((project / "docs/explanation/fire-drill.md").read_text(encoding="utf-8"))]


def functions(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def drills(path: Path) -> set[str]:
    """The tests of a file that `make firedrill` runs."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    of_all = [ast.unparse(node) for node in tree.body if isinstance(node, ast.Assign)]
    if any(each.startswith("pytestmark =") and MARK in each for each in of_all):
        return functions(path)
    marked = {
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and MARK in {ast.unparse(each) for each in node.decorator_list}
    }
    return marked & functions(path)


def place(project: Path, test: str) -> tuple[Path, str]:
    """The file and the function of what a row names."""
    file, _, function = test.partition("::")
    return project / (file if file.startswith("tests/") else f"tests/firedrill/{file}"), function


def test_every_row_names_a_drill_that_is_there(project: Path, rows: list[re.Match[str]]) -> None:
    assert len(rows) > 12
    for row in rows:
        path, function = place(project, row["test"])
        assert path.is_file(), row["test"]
        found = drills(path)
        assert function in found if function else found, f"{row['test']}: `make firedrill` does not run it"


def test_every_drill_is_on_the_page(project: Path, rows: list[re.Match[str]]) -> None:
    named = {place(project, row["test"]) for row in rows}
    files = {path for path, function in named if not function}
    for path in sorted((project / "tests").rglob("test_*.py")):
        if MARK not in path.read_text(encoding="utf-8") or path in files or path == Path(__file__):
            continue
        missing = {name for name in drills(path) if (path, name) not in named}
        assert not missing, f"{path}: not in the table of docs/explanation/fire-drill.md: {sorted(missing)}"
