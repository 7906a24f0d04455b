"""The table of drills on the page tells what is tried, and every test that it names is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROW = re.compile(r"^\| (?P<drill>[^|]+) \| (?P<expected>[^|]+) \| `(?P<test>[^`|]+)` \|$", re.MULTILINE)


@pytest.fixture
def rows(project: Path) -> list[re.Match[str]]:
    return [*ROW.finditer((project / "docs/explanation/fire-drill.md").read_text(encoding="utf-8"))]


def functions(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def place(project: Path, test: str) -> tuple[Path, str]:
    """The file and the function of what a row names."""
    file, _, function = test.partition("::")
    return project / (file if file.startswith("tests/") else f"tests/firedrill/{file}"), function


def test_every_row_names_a_test_that_is_there(project: Path, rows: list[re.Match[str]]) -> None:
    assert len(rows) > 12
    for row in rows:
        path, function = place(project, row["test"])
        assert path.is_file(), row["test"]
        assert not function or function in functions(path), row["test"]
        assert function or "firedrill" in path.read_text(encoding="utf-8"), row["test"]


def test_every_drill_is_on_the_page(project: Path, rows: list[re.Match[str]]) -> None:
    named = {place(project, row["test"]) for row in rows}
    files = {path for path, function in named if not function}
    for path in sorted((project / "tests").rglob("test_*.py")):
        text = path.read_text(encoding="utf-8")
        if "pytest.mark.firedrill" not in text or path == Path(__file__):
            continue
        if path not in files:
            missing = {name for name in functions(path) if (path, name) not in named}
            assert not missing, f"{path}: not in the table of docs/explanation/fire-drill.md: {sorted(missing)}"
