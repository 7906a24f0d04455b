"""Every row of the threat model and of the desk's security names a test, and every test that is named exists."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
PAGES = ("docs/explanation/threat-model.md", "docs/explanation/security.md")
NAMED = re.compile(r"`([\w/.-]+)`")
ROW = re.compile(r"^\| (?!Asset \||Threat \||---)(.+) \|$", re.MULTILINE)
EXECUTES = {"eval", "exec", "__import__"}
AMONG_ITSELF = ("src/winset/bulk/",)  # processes that one command forked from itself, over their own pipes
UNPICKLES = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib"}


@cache
def there_are() -> frozenset[str]:
    """The names of all test functions, with and without those of classes around them."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in (PROJECT / "tests").rglob("test_*.py"))
    return frozenset(
        node.name
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    )


def named_in(cell: str) -> list[str]:
    """What a row names as its tests: functions, and whole files."""
    return [name for name in NAMED.findall(cell) if name.startswith("test_") or name.endswith(".py")]


def exists(name: str) -> bool:
    """A function somewhere in the tests, a file of `tests/web`, or one with its folder."""
    if name.endswith(".py"):
        return any((PROJECT / folder / name).is_file() for folder in ("", "tests/web"))
    return name in there_are()


def rows() -> list[tuple[str, str]]:
    """(page, row) of every table of threats."""
    found = []
    for page in PAGES:
        for table in re.split(r"\n{2,}", (PROJECT / page).read_text(encoding="utf-8")):
            if re.match(r"\|.*\| Test \|\n", table):
                found += [(page, row) for row in ROW.findall(table)]
    return found


@pytest.mark.parametrize(("page", "row"), rows(), ids=lambda each: each[:60])
def test_a_row_names_tests_that_exist(page: str, row: str) -> None:
    cells = row.split(" | ")
    named = named_in(cells[-1])
    assert named, f"{page}: no test stands for {row[:80]!r}"
    assert [name for name in named if not exists(name)] == [], f"{page}: renamed, or gone"


def test_every_asset_is_threatened_and_every_part_of_winset_has_rows() -> None:
    text = (PROJECT / PAGES[0]).read_text(encoding="utf-8")
    parts = {head: body for head, _, body in (part.partition("\n") for part in text.split("\n## "))}
    for part in ("Documents", "Files of other programs", "Cases that are kept", "A cluster", "What is installed"):
        assert len(ROW.findall(parts[part])) >= 2, part
    assert len(rows()) > 50


def test_a_test_that_is_not_there_is_seen() -> None:
    assert not exists("test_that_nobody_wrote")
    assert not exists("test_nobody_wrote_it.py")
    assert exists("test_a_test_that_is_not_there_is_seen")


def test_nothing_in_the_package_unpickles_or_evaluates() -> None:
    """No data of anybody becomes code: not by pickle, not by eval, not by numpy's pickled arrays.

    What one command says to the processes that it forked from itself is no data of anybody."""
    found = []
    for path in sorted((PROJECT / "src").rglob("*.py")):
        name = path.relative_to(PROJECT).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            imported = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            imported += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            called = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
            allows = [
                word
                for word in (node.keywords if isinstance(node, ast.Call) else ())
                if word.arg == "allow_pickle"
                and not (isinstance(word.value, ast.Constant) and word.value.value is False)
            ]
            unpickles = any(each.partition(".")[0] in UNPICKLES for each in imported) and not name.startswith(
                AMONG_ITSELF
            )
            if called in EXECUTES or allows or unpickles:
                found.append(name)
    assert found == []
