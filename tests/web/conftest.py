"""The shipped example as a kept case, read once, and the desk over a copy of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.standing_in import stand_in

from winset.bulk.keeping import keep
from winset.exchange.case_files import load_case
from winset.pipeline.clock import now
from winset.pipeline.kept_cases import kept_material
from winset.pipeline.people import identified
from winset.store.case_store import CaseStore
from winset.web.app import create_app
from winset.web.cases import View
from winset.web.settings import Settings

EXAMPLE = Path(__file__).parents[2] / "examples/tokyo-office/case.yaml"
SECRET = "for tests alone, and for nothing else"


@pytest.fixture(scope="session")
def example_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped example, kept: never written to; `desk_case` is a copy."""
    path = tmp_path_factory.mktemp("desk") / "tokyo.winset"
    found = load_case(EXAMPLE)
    with CaseStore.create(path, found.spec, created_at=now()) as store:
        keep(store, found.documents)
    return path


@pytest.fixture
def desk_case(example_case: Path, tmp_path: Path) -> Path:
    """A copy of the example, to be written to."""
    return Path(shutil.copy(example_case, tmp_path / "tokyo.winset"))


@pytest.fixture
def desk_client(desk_case: Path) -> Iterator[TestClient]:
    """A browser without a screen, for the one person at this machine."""
    settings = Settings(places=(str(desk_case),), single_user="ada", secret=SECRET)
    with TestClient(create_app(settings), base_url="http://127.0.0.1") as client:
        sent_along(client)
        yield client


@pytest.fixture(scope="session")
def read_client(example_case: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The same over a copy that no test may write to: what its pages show is worked out once."""
    path = shutil.copy(example_case, tmp_path_factory.mktemp("read") / "tokyo.winset")
    settings = Settings(places=(str(path),), single_user="ada", secret=SECRET)
    with TestClient(create_app(settings), base_url="http://127.0.0.1") as client:
        yield client


@pytest.fixture
def big_client(desk_case: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """The desk over the example as if it were a big case: nothing may read it whole."""
    monkeypatch.setattr("winset.web.cases.BIG", 10)
    stand_in(monkeypatch, kept_material, None)
    stand_in(monkeypatch, identified, None)
    settings = Settings(places=(str(desk_case),), single_user="ada", secret=SECRET)
    with TestClient(create_app(settings), base_url="http://127.0.0.1") as client:
        sent_along(client)
        yield client


@pytest.fixture(scope="session")
def example_view(example_case: Path) -> Iterator[View]:
    """What the library works out of the example, each part once."""
    with CaseStore.open(str(example_case)) as store:
        yield View(store, 0, big=False)


def sent_along(client: TestClient) -> str:
    """Let a client send with every request what a page of the desk sends: the token against forged requests."""
    page = client.get("/login" if client.get("/", follow_redirects=False).status_code == 303 else "/").text
    token = page.partition('"X-CSRF-Token": "')[2].partition('"')[0]
    client.headers["X-CSRF-Token"] = token
    return token
