"""The invented cases of made_case.py as fixtures."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from winset.brief.types import Brief


@pytest.fixture(scope="session")
def made_case() -> ModuleType:
    """made_case.py, found by its place: the tests are no package."""
    name = "winset_tests_made_case"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name("made_case.py"))
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]


@pytest.fixture(scope="session")
def compact_brief(made_case: ModuleType) -> Brief:
    """Nine members, one of which blocks."""
    brief: Brief = made_case.compact_brief()
    return brief


@pytest.fixture(scope="session")
def empty_brief(made_case: ModuleType) -> Brief:
    """Nobody is on record."""
    brief: Brief = made_case.empty_brief()
    return brief


@pytest.fixture(scope="session")
def assumed_brief(made_case: ModuleType) -> Brief:
    """Two positions that no words stand behind, as of a day before the decision."""
    brief: Brief = made_case.assumed_brief()
    return brief


@pytest.fixture(scope="session")
def many_brief(made_case: ModuleType) -> Brief:
    """More than 200 statements."""
    brief: Brief = made_case.many_brief()
    return brief


@pytest.fixture(scope="session")
def hostile_brief(made_case: ModuleType) -> Brief:
    """Markup in every string that comes from outside."""
    brief: Brief = made_case.hostile_brief()
    return brief
