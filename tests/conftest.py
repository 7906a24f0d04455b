"""What every test may ask for."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from tests import postgres as servers

# the same examples on every machine, and no deadline: tests are never timed
settings.register_profile("winset", deadline=None, derandomize=True)
settings.load_profile("winset")

PROJECT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def project() -> Path:
    """The checkout's root."""
    return PROJECT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of measuring data beside the checkout; tests that need it say so when it is absent."""
    folder = PROJECT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("needs the folder ../shared beside the checkout")
    return folder


@pytest.fixture(scope="session")
def kept_example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped example as a kept case, read once; copy it before you write to it."""
    from winset.bulk.keeping import keep
    from winset.exchange.case_files import load_case
    from winset.pipeline.clock import now
    from winset.store.case_store import CaseStore

    path = tmp_path_factory.mktemp("kept") / "tokyo.winset"
    found = load_case(PROJECT / "examples/tokyo-office/case.yaml")
    with CaseStore.create(path, found.spec, created_at=now()) as store:
        keep(store, found.documents)
    return path


@pytest.fixture(scope="session")
def kept_seeds(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published pieces beside the checkout as a kept case, read once; copy it before you write to it."""
    from winset.bulk.keeping import keep
    from winset.pipeline.clock import now
    from winset.pipeline.stating import stated
    from winset.store.case_store import CaseStore

    path = tmp_path_factory.mktemp("kept") / "seeds.winset"
    spec = stated(
        proposal="Open a NATO liaison office in Tokyo", body="nato", on="2023-07-11", options=["contact point=20"]
    )
    with CaseStore.create(path, spec, created_at=now()) as store:
        keep(store, [str(shared / "seeds")])
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL database in which a test may make schemas."""
    if named := os.environ.get(servers.NAMED):
        yield named
        return
    binaries = servers.programs()
    if binaries is None:
        pytest.skip(f"needs PostgreSQL: its programs (apt-get install postgresql), or {servers.NAMED}=postgresql://...")
    with contextlib.ExitStack() as running:
        try:
            address = running.enter_context(servers.cluster(binaries))
        except (OSError, subprocess.CalledProcessError) as error:
            pytest.skip(
                f"needs PostgreSQL: its programs do not start here ({error}); or {servers.NAMED}=postgresql://..."
            )
        yield address


@pytest.fixture
def served(postgres: str) -> Iterator[str]:
    """The address of a case that is not there yet, on a server; its schema is dropped afterwards."""
    with servers.fresh(postgres) as address:
        yield address
