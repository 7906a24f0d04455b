"""The four jobs of the desk, walked in a real browser: on the shipped example, and on the texts beside the checkout."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from winset.issues import CaseSpec
from winset.pipeline import keep, now, stated
from winset.store.case_store import CaseStore
from winset.store.desk import Desk, replayed

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

Opened = Callable[..., "Page"]
Shot = Callable[["Page", str], None]

PAGES = (
    ("overview", ""),
    ("documents", "/documents"),
    ("check", "/check"),
    ("add", "/add"),
    ("log", "/log"),
    ("positions", "/positions"),
    ("actors", "/actors"),
    ("network", "/network"),
    ("origins", "/origins"),
    ("timeline", "/timeline"),
    ("discrepancies", "/discrepancies"),
    ("coding", "/coding"),
    ("decide", "/decide"),
    ("compare", "/decide/compare"),
    ("leave", "/leave"),
)
WIDTHS = pytest.mark.parametrize("width", [1280, 390])


@pytest.fixture(scope="session")
def kept_seeds(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published pieces beside the checkout as a kept case, read once."""
    path = tmp_path_factory.mktemp("kept") / "seeds.winset"
    spec: CaseSpec = stated(
        proposal="Open a NATO liaison office in Tokyo", body="nato", on="2023-07-11", options=["contact point=20"]
    )
    with CaseStore.create(path, spec, created_at=now()) as store:
        keep(store, [str(shared / "seeds")])
    return path


@pytest.fixture(params=["example", "seeds"])
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A case to be written to."""
    kept: Path = request.getfixturevalue("kept_example" if request.param == "example" else "kept_seeds")
    return Path(shutil.copy(kept, tmp_path / f"{request.param}.winset"))


@WIDTHS
def test_every_page_can_be_used_by_everybody(
    case: Path, serve: Callable[[Path], str], watched: Opened, shot: Shot, width: int
) -> None:
    """axe-core finds nothing serious, nothing is wider than the screen, and there is one heading of the first rank."""
    from axe_playwright_python.sync_playwright import Axe

    root, found = f"{serve(case)}/cases/{case.stem}", []
    page = watched(width=width, dark=width < 600)
    document = _first_document(case)
    for name, path in (*PAGES, ("document", f"/documents/{document}")):
        answer = page.goto(root + path)
        assert answer is not None
        assert answer.status == 200, f"{name}: {answer.status}"
        page.wait_for_load_state("networkidle")
        shot(page, f"{case.stem}-{name}-{width}")
        found += [
            f"{name}: {each['id']} ({each['impact']}): {each['nodes'][0]['html'][:120]}"
            for each in Axe().run(page).response["violations"]
            if each["impact"] in ("serious", "critical")
        ]
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found.append(f"{name}: wider than {width} pixels")
        if page.locator("h1").count() != 1:
            found.append(f"{name}: {page.locator('h1').count()} headings of the first rank")
    assert found == []


def _first_document(case: Path) -> str:
    with CaseStore.open(case) as store:
        return store.documents()[0].id


def _replays(case: Path) -> None:
    with CaseStore.open(case) as store:
        assert replayed(store) == ()
        assert Desk(store).version() > 0
