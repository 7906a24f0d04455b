"""Where the store's tests keep their cases."""

from __future__ import annotations

from pathlib import Path

import pytest

from winset.store.addresses import CaseAddress, Place


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A place with no case yet: a file, and a schema of a server."""
    if request.param == "sqlite":
        return tmp_path / "harbour case.winset"
    return CaseAddress.read(request.getfixturevalue("served"))
