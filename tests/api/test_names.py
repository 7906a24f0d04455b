"""The public names: lazy, typed, documented, the same wherever they are taken from."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any, assert_type

import pytest

import winset
import winset.api

PAGE = Path("docs", "reference", "python-api.md")


def test_about_twenty_five_names_and_no_more() -> None:
    assert 20 <= len(winset.__all__) <= 27
    assert winset.__all__ == sorted(set(winset.__all__), key=lambda name: (name[0].islower() or name[0] == "_", name))


@pytest.mark.parametrize("name", winset.__all__)
def test_every_name_is_there_with_words_of_its_own_and_on_the_page_of_the_reference(name: str, project: Path) -> None:
    found = getattr(winset, name)
    assert name in dir(winset)
    if name != "__version__":
        assert len((found.__doc__ or "").strip()) > 20
    if name not in ("__version__", "errors"):
        assert found is getattr(winset.api, name)
    page = (project / PAGE).read_text(encoding="utf-8")
    assert re.search(rf"^#+ .*\b{re.escape(name)}\b", page, flags=re.MULTILINE), f"{PAGE}: no heading for {name}"


@pytest.mark.parametrize("name", [name for name in winset.api.__all__ if inspect.isclass(getattr(winset.api, name))])
def test_every_public_method_and_field_of_a_class_stands_on_the_page(name: str, project: Path) -> None:
    kind = getattr(winset.api, name)
    if issubclass(kind, Exception):
        return
    own = [each for base in kind.__mro__ if base.__module__.startswith("winset") for each in vars(base)]
    fields = [each for each in getattr(kind, "__annotations__", {}) if each not in HELD]
    page = (project / PAGE).read_text(encoding="utf-8")
    section = next(part for part in re.split(r"^## ", page, flags=re.MULTILINE) if re.match(rf"{name}\b.*\n", part))
    for each in dict.fromkeys([*own, *fields]):
        if not each.startswith("_") and each not in HELD:
            assert re.search(rf"`[^`]*\b{each}\b[^`]*`", section), f"{PAGE}, {name}: `{each}` is missing"


# what values are made of, not what they are for
HELD = {"held", "cases", "case", "make", "answer", "others", "source", "estimator", "on_record"} | {
    *("rows", "stream", "length", "shown", "opener", "painter", "most", "of", "of_sheet", "row"),
}


def test_the_package_says_that_it_is_typed() -> None:
    assert files("winset").joinpath("py.typed").is_file()


def test_a_name_that_is_not_there_is_told_as_python_tells_it() -> None:
    with pytest.raises(AttributeError, match="no attribute 'raed'"):
        winset.raed  # noqa: B018
    with pytest.raises(ImportError, match="raed"):
        exec("from winset import raed")  # noqa: S102 - as a user would write it


def test_names_are_loaded_when_they_are_asked_for() -> None:
    heavy = {"numpy", "narwhals", "pandas", "polars", "altair", "pydantic", "sqlalchemy", "yaml", "jinja2", "lxml"}
    script = (
        "import sys, winset as ws; early = [name for name in sys.modules if name.startswith('winset.')];"
        f"ws.read, ws.Case, ws.errors; print(early, [name for name in {sorted(heavy)} if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout == "[] []\n"


def test_a_star_import_brings_all_of_them() -> None:
    known: dict[str, Any] = {}
    exec("from winset import *", known)  # noqa: S102
    assert set(winset.__all__) <= set(known)


def test_type_checkers_know_what_comes_back(tokyo: winset.Case) -> None:
    # checked by mypy, strictly; here only that it runs
    assert_type(tokyo.positions, winset.Table)
    assert_type(tokyo.positions[0], dict[str, Any])
    assert_type(tokyo.positions[:2], winset.Table)
    assert_type(tokyo.statement(1), winset.Statement)
    assert_type(tokyo.statement(1).words[0], winset.Words)
    assert_type(tokyo.position("France").value, float | None)
    assert_type(tokyo.as_of("2023-06-30"), winset.Case)
    assert_type(winset.decide(tokyo, draws=10), winset.Decision)
    assert_type(tokyo.brief().answer, str)
    assert_type(tokyo.network().edges, winset.Table)
    assert_type(tokyo.ask("Who objects?").passages, winset.Table)
    assert_type(winset.members("nato", on="2023-07-11"), winset.Table)
    assert_type(winset.errors.BadTable("no").lines, tuple[str, ...])
