"""A Chromium of this machine, and briefs on disk for it to open."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from winset.brief.html import render

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Skips, naming what was not tested, where there is no browser to test with."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip(f"the brief was not opened in a browser: none of {', '.join(NAMES)} is on this machine")
    sync_api = pytest.importorskip("playwright.sync_api", reason="the brief was not opened in a browser: no playwright")
    with sync_api.sync_playwright() as playwright:
        browser: Browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def made_case(project: Path) -> ModuleType:
    """tests/brief/made_case.py, found by its place: the tests are no package."""
    name = "winset_tests_made_case"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, project / "tests" / "brief" / "made_case.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]


@pytest.fixture(scope="session")
def brief_file(made_case: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The path of one of the invented cases as HTML, written once: "compact", "many", "assumed" and others."""
    folder = tmp_path_factory.mktemp("briefs")

    def written(name: str) -> Path:
        path = folder / f"{name}.html"
        if not path.exists():
            path.write_text(render(getattr(made_case, f"{name}_brief")()), encoding="utf-8")
        return path

    return written
