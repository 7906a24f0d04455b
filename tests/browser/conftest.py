"""A Chromium of this machine, briefs on disk for it to open, and desks for it to work at."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from winset.brief.html import render

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

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


@pytest.fixture
def serve() -> Iterator[Callable[[Path], str]]:
    """Starts a desk over a kept case, for one user of this machine; gives its address."""
    with contextlib.ExitStack() as running:
        yield lambda path: running.enter_context(_served(path))


@contextlib.contextmanager
def _served(path: Path) -> Iterator[str]:
    from winset.web.app import create_app
    from winset.web.serving import listening, server
    from winset.web.settings import Settings

    socket = listening("127.0.0.1", 0)
    settings = Settings(places=(str(path),), single_user="ada", secret="for tests alone, and for nothing else")
    ready = threading.Event()
    made = server(create_app(settings), ready=ready.set)
    thread = threading.Thread(target=made.run, kwargs={"sockets": [socket]}, daemon=True)
    thread.start()
    assert ready.wait(30)
    try:
        yield f"http://127.0.0.1:{socket.getsockname()[1]}"
    finally:
        made.should_exit = True
        thread.join(30)


@pytest.fixture
def watched(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page of which, at the end, no console error, no failed script and no request elsewhere may be known.

    watched(width=1280, dark=False).  WINSET_SCREENSHOTS=FOLDER keeps what `shot(page, name)` takes.
    """
    noticed: list[str] = []
    with contextlib.ExitStack() as opened:

        def open_page(*, width: int = 1280, dark: bool = False) -> Page:
            context = chromium.new_context(
                viewport={"width": width, "height": 900 if width > 600 else 844},
                color_scheme="dark" if dark else "light",
                accept_downloads=True,
                reduced_motion="reduce",
            )
            opened.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(20_000)
            page.on("console", lambda said: noticed.append(said.text) if said.type == "error" else None)
            page.on("pageerror", lambda error: noticed.append(str(error)))
            page.on("dialog", lambda dialog: noticed.append(f"dialog: {dialog.message}"))
            page.on(
                "request",
                lambda asked: (
                    noticed.append(f"asked for {asked.url}")
                    if not asked.url.startswith(("http://127.0.0.1", "data:", "blob:"))
                    else None
                ),
            )
            return page

        yield open_page
    assert noticed == []


@pytest.fixture(scope="session")
def shot() -> Callable[[Page, str], None]:
    """Keeps a picture of a whole page where WINSET_SCREENSHOTS names a folder."""
    folder = os.environ.get("WINSET_SCREENSHOTS")

    def taken(page: Page, name: str) -> None:
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    return taken
