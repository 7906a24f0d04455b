"""Job three at the desk, decide: levers by mouse and by keys, links, names, two scenarios side by side."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

Opened = Callable[..., "Page"]
Serve = Callable[[Path], str]
Shot = Callable[["Page", str], None]

WIDTHS = pytest.mark.parametrize("width", [1280, 390])
VERDICT = "#verdict-words"
FRANCE = "input[type=range][data-lever='position-FRA']"
IN_FIGURES = "#position-FRA"


@pytest.fixture
def address(kept_example: Path, tmp_path: Path, serve: Serve) -> str:
    """A desk over a copy of the example."""
    return serve(Path(shutil.copy(kept_example, tmp_path / "tokyo.winset"))) + "/cases/tokyo"


def said(page: Page, words: str) -> None:
    """Wait until the answer's first line, from all draws, has these words."""
    page.wait_for_function(
        "([selector, words]) => { const told = document.querySelector(selector)?.textContent ?? '';"
        " return told.includes(words) && !told.includes('first answer'); }",
        arg=[VERDICT, words],
    )


def serious(page: Page) -> list[str]:
    """What axe-core finds wrong with the page."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="the page was not checked by axe")
    found = axe.Axe().run(page).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found]


def no_wider_than_the_window(page: Page) -> bool:
    """Whether nothing has to be scrolled sideways."""
    wide: bool = page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    return wide


@WIDTHS
def test_a_lever_is_moved_by_mouse_and_by_keys_and_the_link_says_it(
    address: str, watched: Opened, shot: Shot, width: int
) -> None:
    page = watched(width=width, dark=width < 600)
    page.goto(f"{address}/decide")
    said(page, "Blocked")
    lever = page.locator(FRANCE)
    lever.scroll_into_view_if_needed()
    box = lever.bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.2, middle)
    page.mouse.down()
    for step in range(3, 10):
        page.mouse.move(box["x"] + box["width"] * step / 10, middle)
    page.mouse.up()
    said(page, "Adopted")
    page.wait_for_url("**/decide?what-if=France%3D*")
    page.locator("#told").get_by_text("as documented Blocked").wait_for(state="attached")
    moved_to = float(page.locator(IN_FIGURES).input_value())
    assert moved_to > 70
    lever.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url(f"**/decide?what-if=France%3D{moved_to + 1:g}")
    shot(page, f"decide-moved-{width}")
    page.keyboard.press("Home")
    said(page, "Blocked")
    page.wait_for_url("**/decide?what-if=France%3D0")
    page.locator("li.lever[data-name=France] button[data-reset]").click()
    page.wait_for_url("**/decide")
    assert page.locator(IN_FIGURES).input_value() == ""
    assert no_wider_than_the_window(page)
    assert serious(page) == []


@WIDTHS
def test_a_link_opened_again_gives_the_same_answer_and_back_goes_back(
    address: str, watched: Opened, width: int
) -> None:
    page = watched(width=width)
    page.goto(f"{address}/decide")
    page.locator(IN_FIGURES).fill("60")
    page.locator(IN_FIGURES).press("Tab")
    said(page, "Adopted")
    page.wait_for_url("**what-if=France%3D60")
    told, link = page.locator(VERDICT).text_content(), page.url
    page.locator("#cost").fill("5")
    page.locator("#cost").press("Tab")
    page.wait_for_url("**what-if=France%3D60&what-if=cost%3D5")
    page.go_back()
    page.wait_for_url(link)
    said(page, str(told))
    assert page.locator(IN_FIGURES).input_value() == "60"
    assert page.locator("#cost").input_value() == ""
    page.go_forward()
    page.wait_for_url("**what-if=France%3D60&what-if=cost%3D5")
    page.locator("#position-FRA").wait_for()
    other = watched(width=width)
    other.goto(link)
    assert other.locator(VERDICT).text_content() == told


@WIDTHS
def test_a_what_if_is_kept_by_name_and_read_beside_as_documented(
    address: str, watched: Opened, shot: Shot, width: int
) -> None:
    page = watched(width=width, dark=width < 600)
    page.goto(f"{address}/decide?what-if=France%3D60&what-if=cost%3D5")
    said(page, "Adopted")
    page.get_by_label("Keep as").fill("Paris consents")
    page.get_by_role("button", name="Keep", exact=True).click()
    page.locator("#scenarios").get_by_role("link", name="Paris consents", exact=True).wait_for()
    page.locator("#said").get_by_text("Kept as").wait_for()
    assert serious(page) == []
    page.locator("#scenarios").get_by_role("link", name="Paris consents", exact=True).click()
    page.get_by_role("heading", name="What if: Paris consents").wait_for()
    said(page, "Adopted")
    page.goto(f"{address}/decide/compare")
    page.get_by_label("The other").select_option(label="Paris consents")
    page.get_by_role("button", name="Compare").click()
    page.get_by_text("instead of Blocked").wait_for()
    assert page.locator("tr.differing").count() >= 3
    assert no_wider_than_the_window(page)
    assert serious(page) == []
    shot(page, f"compare-{width}")


@WIDTHS
def test_the_overview_brings_the_answer_after_the_page(address: str, watched: Opened, shot: Shot, width: int) -> None:
    page = watched(width=width, dark=width < 600)
    page.goto(address)
    page.get_by_text("Under the North Atlantic Council").wait_for()
    page.locator("#left-undecided").get_by_text("told differently").wait_for()
    page.wait_for_load_state("networkidle")
    assert page.locator("#left-undecided").count() == 1
    assert no_wider_than_the_window(page)
    assert serious(page) == []
    shot(page, f"overview-{width}")


def test_a_member_with_nothing_on_record_is_supposed_somewhere_first(address: str, watched: Opened) -> None:
    page = watched()
    page.goto(f"{address}/decide")
    page.get_by_text("members with nothing on record: suppose").click()
    salience = page.locator("#salience-ITA")
    assert salience.is_disabled()
    page.locator("#position-ITA").fill("0")
    page.locator("#position-ITA").press("Tab")
    page.wait_for_url("**/decide?what-if=Italy%3D0")
    page.locator("#at-once").get_by_role("link", name="Italy").wait_for()
    assert salience.is_enabled()
    salience.fill("0.5")
    salience.press("Tab")
    page.wait_for_url("**/decide?what-if=Italy%3D0&what-if=Italy.salience%3D0.5")


def test_levers_work_without_a_script(address: str, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/decide")
    page.locator(IN_FIGURES).fill("60")
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_url("**/decide?what-if=France%3D60")
    assert "Adopted" in str(page.locator(VERDICT).text_content())
    context.close()
