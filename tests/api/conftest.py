"""The shipped example as a case, read once; and the same kept in a file."""

from __future__ import annotations

from pathlib import Path

import pytest

import winset as ws


@pytest.fixture(scope="session")
def tokyo(project: Path) -> ws.Case:
    """The shipped example."""
    return ws.read(project / "examples" / "tokyo-office" / "case.yaml")


@pytest.fixture(scope="session")
def kept_tokyo(tokyo: ws.Case, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as a kept case; copy it before you write to it."""
    path = tmp_path_factory.mktemp("kept") / "tokyo.winset"
    tokyo.keep(path)
    return path
