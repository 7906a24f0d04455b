"""A case in which everything is an attack, opened in a browser; logging in, with a script and without."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.web.hostile import ATTACK, MARK, build
from tests.web.team import PASSWORD, team_over

from winset.web.serving import listening, server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PAGES = (
    "documents",
    "check",
    "log",
    "positions",
    "actors",
    "network",
    "origins",
    "timeline",
    "discrepancies",
    "coding",
    "decide",
    "decide/compare",
    "leave",
    "add",
    "",
)


def test_no_attack_of_a_hostile_case_comes_alive(
    watched: Callable[..., Page], serve: Callable[[Path], str], tmp_path: Path
) -> None:
    """`watched` fails on any dialog, console error (a policy that had to step in is one) or outside request."""
    page = watched()
    base = serve(build(tmp_path))
    page.goto(base)
    case = page.locator("main a").first.get_attribute("href")
    shown = [f"{base}{case}/{name}".rstrip("/") for name in PAGES]
    page.goto(f"{base}{case}/documents")
    shown += [f"{base}{path}" for path in _links(page, "/documents/")[:3]]
    page.goto(f"{base}{case}/actors")
    shown += [f"{base}{path}" for path in _links(page, "/actors/")[:3]]
    for address in shown:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        page.wait_for_load_state("networkidle")
        assert page.locator(MARK).count() == 0, address
        for handler in ("onclick", "onfocus", "onload", "onerror", "style"):
            assert page.locator(f"[{handler}]").count() == 0, (address, handler)
        page.keyboard.press("Tab")


def _links(page: Page, part: str) -> list[str]:
    found: list[str] = page.locator(f"main a[href*='{part}']").evaluate_all(
        "links => links.map(link => link.getAttribute('href').split('#')[0])"
    )
    return list(dict.fromkeys(found))


@contextlib.contextmanager
def _team(folder: Path) -> Iterator[str]:
    socket = listening("127.0.0.1", 0)
    team = team_over(folder=folder, port=socket.getsockname()[1])
    ready = threading.Event()
    made = server(team.app, ready=ready.set)
    thread = threading.Thread(target=made.run, kwargs={"sockets": [socket]}, daemon=True)
    thread.start()
    assert ready.wait(30)
    try:
        yield f"http://127.0.0.1:{socket.getsockname()[1]}"
    finally:
        made.should_exit = True
        thread.join(30)


def test_logging_in_making_an_account_and_leaving(
    watched: Callable[..., Page], shot: Callable[[Page, str], None], tmp_path: Path
) -> None:
    with _team(tmp_path) as base:
        page = watched()
        page.goto(f"{base}/accounts")
        assert page.url == f"{base}/login?next=/accounts"
        shot(page, "login")
        page.get_by_label("Name").fill("admin")
        page.get_by_label("Password").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(f"{base}/accounts")
        page.get_by_label("Name", exact=True).fill(ATTACK[:60])
        page.get_by_label("Password, 12 characters or more").fill("another four grey herons")
        page.get_by_role("button", name="Add").click()
        page.wait_for_url(f"{base}/accounts")
        shot(page, "accounts")
        assert page.get_by_role("rowheader", name=ATTACK[:60]).count() == 1
        assert page.locator(MARK).count() == 0
        page.goto(f"{base}/tokens")
        page.get_by_label("What for").fill("weekly")
        page.get_by_role("button", name="Make a token").click()
        assert page.get_by_text("It is shown this once").count() == 1
        shot(page, "tokens")
        page.get_by_role("button", name="Log out").click()
        page.wait_for_url(f"{base}/login")
        page.goto(f"{base}/tokens")
        assert page.url.startswith(f"{base}/login")
        _serious(page)
        narrow = watched(width=390, dark=True)
        narrow.goto(f"{base}/login")
        shot(narrow, "login-390")
        wide = narrow.evaluate("document.documentElement.scrollWidth")
        assert wide <= 390


def _serious(page: Page) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    found = axe.Axe().run(page).response["violations"]
    assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == []


def test_logging_in_without_a_script(chromium: Browser, tmp_path: Path) -> None:
    with _team(tmp_path) as base, contextlib.closing(chromium.new_context(java_script_enabled=False)) as context:
        page = context.new_page()
        page.goto(f"{base}/tokens")
        page.locator("#name").fill("coder")
        page.locator("#password").fill("a wrong guess")
        page.get_by_role("button", name="Log in").click()
        assert "No account has that name and that password" in page.content()
        page.locator("#password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        assert page.url == f"{base}/tokens"
