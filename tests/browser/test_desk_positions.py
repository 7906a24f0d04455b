"""Seeing at the desk: an actor is put elsewhere by mouse and by keys, an edge opens its words, a source its place."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

Opened = Callable[..., "Page"]
Shot = Callable[["Page", str], None]
WIDTHS = pytest.mark.parametrize("width", [1280, 390])
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
FRANCE = "[role=slider][aria-label^='What if France']"


@pytest.fixture
def desk(kept_example: Path, tmp_path: Path, serve: Callable[[Path], str]) -> str:
    """The address of the example's pages."""
    return f"{serve(Path(shutil.copy(kept_example, tmp_path / 'tokyo.winset')))}/cases/tokyo"


def value(slider: Locator) -> int:
    """Where it stands."""
    return int(slider.get_attribute("aria-valuenow") or "-1")


def supposed(page: Page) -> list[str]:
    """What the page's link asks."""
    return parse_qs(urlsplit(page.locator("#what-if-on").get_attribute("href") or "").query)["what-if"]


@WIDTHS
def test_an_actor_is_dragged_to_ask_what_if(desk: str, watched: Opened, shot: Shot, width: int) -> None:
    page = watched(width=width)
    page.goto(f"{desk}/positions")
    slider = page.locator(FRANCE)
    slider.wait_for()
    was, box = value(slider), page.locator("svg.track", has=slider).bounding_box()
    mark = slider.locator(".hit").bounding_box()
    assert box is not None
    assert mark is not None
    page.mouse.move(mark["x"] + mark["width"] / 2, mark["y"] + mark["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 10, steps=6)
    page.mouse.move(box["x"] + 0.8 * box["width"], box["y"] + 10, steps=6)
    page.mouse.up()
    assert value(slider) == 80 != was
    page.locator("#what-if-answer #verdict").wait_for()
    assert supposed(page) == ["France=80"]
    assert "France stood at 80 instead of" in page.locator("#what-if h2").first.inner_text()
    assert "--what-if France=80" in (page.locator("#what-if-command").text_content() or "")
    assert page.evaluate(OVERFLOW) == 0
    page.wait_for_load_state("networkidle")
    shot(page, f"positions-what-if-{width}")
    page.locator("#what-if-on").click()
    page.wait_for_url("**/decide?*")
    assert parse_qs(urlsplit(page.url).query)["what-if"] == ["France=80"]


@WIDTHS
def test_an_actor_is_moved_by_keys_and_put_back(desk: str, watched: Opened, width: int) -> None:
    page = watched(width=width, dark=True)
    page.goto(f"{desk}/positions")
    slider = page.locator(FRANCE)
    slider.wait_for()
    was = value(slider)
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("PageUp")
    assert value(slider) == was + 11
    page.keyboard.press("End")
    assert value(slider) == 100
    page.keyboard.press("Home")
    assert value(slider) == 0
    page.locator("#what-if-answer #verdict").wait_for()
    assert supposed(page) == ["France=0"]
    page.keyboard.press("Escape")
    assert value(slider) == was
    page.locator("#what-if").wait_for(state="hidden")


def test_two_are_moved_together_and_all_put_back(desk: str, watched: Opened) -> None:
    page = watched()
    page.goto(f"{desk}/positions")
    for name in ("France", "United States"):
        page.locator(f"[role=slider][aria-label^='What if {name}']").focus()
        page.keyboard.press("Home")
    page.locator("#what-if-answer #verdict").wait_for()
    assert supposed(page) == ["France=0; United States=0"]
    page.locator("#what-if-back").click()
    assert page.locator(".moved").count() == 0


def test_every_mark_opens_the_actors_page(desk: str, watched: Opened) -> None:
    page = watched()
    page.goto(f"{desk}/positions")
    page.locator(FRANCE).click()
    page.wait_for_url("**/actors/FRA")
    page.go_back()
    page.locator(FRANCE).wait_for()
    page.locator(FRANCE).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/actors/FRA")
    page.go_back()
    page.locator("a.mark[aria-label^='China']").click()
    page.wait_for_url("**/actors/CHN")
    assert page.locator("h1").inner_text() == "China"


def test_another_day_leaves_the_sliders_working(desk: str, watched: Opened) -> None:
    page = watched()
    page.goto(f"{desk}/positions")
    page.locator("#as-of").fill("2023-06-30")
    page.locator("#as-of").dispatch_event("change")
    page.locator("text=As of 30 June 2023").wait_for()
    page.locator(FRANCE).focus()
    page.keyboard.press("End")
    page.locator("#what-if-answer #verdict").wait_for()
    assert "as-of=2023-06-30" in (page.locator("#what-if-on").get_attribute("href") or "")


@WIDTHS
def test_an_edge_of_the_network_opens_the_words_behind_it(desk: str, watched: Opened, shot: Shot, width: int) -> None:
    page = watched(width=width)
    page.goto(f"{desk}/network")
    page.locator(".network").wait_for()
    page.locator(".network a.edge").last.dispatch_event("click")
    page.locator("#edge-1:focus").wait_for()
    assert page.evaluate(OVERFLOW) == 0
    shot(page, f"network-{width}")
    page.locator("#kind").select_option("two-mode")
    page.locator(".edges summary", has_text="liaison office").first.wait_for()


@WIDTHS
def test_a_source_is_named_by_a_person_and_taken_back(desk: str, watched: Opened, shot: Shot, width: int) -> None:
    page = watched(width=width)
    page.goto(f"{desk}/actors")
    page.locator(".checks summary").first.click()
    page.locator("#check-1-whom").fill("media: Evening Ledger")
    page.locator("#check-1-why").fill("named above")
    page.keyboard.press("Enter")
    page.locator("#done").wait_for()
    assert "Evening Ledger" in page.locator("#done").inner_text()
    shot(page, f"actors-said-{width}")
    page.locator("#done button").click()
    page.locator("#done", has_text="takes back 1").wait_for()
    page.locator("#q").fill("ledger")
    page.locator("text=Nobody of that name").wait_for()


@WIDTHS
@pytest.mark.parametrize("path", ["positions", "actors", "actors/FRA", "network", "origins"])
def test_what_is_seen_has_nothing_that_shuts_anybody_out(
    desk: str, watched: Opened, shot: Shot, path: str, width: int
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe: accessibility was not looked at")
    page = watched(width=width, dark=width < 600)
    page.goto(f"{desk}/{path}")
    page.locator(".computing").wait_for(state="detached")
    for fold in page.locator("main details").all():
        fold.evaluate("element => { element.open = true; }")
    found = axe.Axe().run(page).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]][:2]) for each in found] == []
    assert page.evaluate(OVERFLOW) == 0
    shot(page, f"{path.replace('/', '-')}-{width}")
