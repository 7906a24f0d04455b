"""Job one at the desk, read and check, by keys alone: no mouse is touched, and what was kept replays."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from winset.corpus.types import Document
from winset.exchange.case_files import load_case
from winset.pipeline.clock import now
from winset.pipeline.reading import code_document
from winset.store.case_store import CaseStore
from winset.store.desk import Desk, replayed

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Route

pytestmark = pytest.mark.browser

Opened = Callable[..., "Page"]
Serve = Callable[[Path], str]
Shot = Callable[["Page", str], None]

WIDTHS = pytest.mark.parametrize("width", [1280, 390])
EXAMPLE = Path(__file__).parents[2] / "examples/tokyo-office/case.yaml"
FOCUS = "document.activeElement.matches({!r})"
TWO_UNITS = (
    "🏛️ 🇯🇵 Council notes 📝\n\n🗣️ Italy said that it supports 👍 the office in Tokyo. Nobody answered 🤷 that day.\n"
)


@pytest.fixture
def case(kept_example: Path, tmp_path: Path) -> Path:
    """A copy of the example."""
    return Path(shutil.copy(kept_example, tmp_path / "tokyo.winset"))


def chosen(page: Page) -> Locator:
    """The card that is chosen."""
    return page.locator(".statement.on")


def id_of(page: Page) -> str:
    """The statement that is chosen."""
    found = chosen(page).get_attribute("data-id")
    assert found
    return found


def card(page: Page, id: str) -> Locator:
    """The card of a statement."""
    return page.locator(f"#s-{id}")


def state(page: Page, id: str, wanted: str) -> None:
    """Wait until a card has that state."""
    page.locator(f"#s-{id}[data-state={wanted}]").wait_for()


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until something like that has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUS.format(selector)):
            return
    raise AssertionError(f"Tab never reaches {selector}")


@WIDTHS
def test_a_document_is_read_and_checked_by_keys_alone(
    case: Path, serve: Serve, watched: Opened, shot: Shot, width: int
) -> None:
    page = watched(width=width, dark=width < 600)
    page.goto(f"{serve(case)}/cases/tokyo/documents")
    tab_to(page, "table.documents a")
    page.keyboard.press("Enter")
    page.locator("#desk").wait_for()
    page.wait_for_load_state("networkidle")

    first = id_of(page)
    page.keyboard.press("a")
    state(page, first, "coded")
    assert "ada" in card(page, first).locator(".stances .by-person").inner_text()

    second = id_of(page)
    assert second != first, "after an act the next open one is chosen"
    page.keyboard.press("1")
    state(page, second, "coded")
    assert "against, firmly" in card(page, second).locator(".stances .by-person").inner_text()

    third = id_of(page)
    page.keyboard.press("w")
    page.keyboard.type("Pola")
    page.locator("#who-list [role=option][aria-selected=true]", has_text="Poland").wait_for()
    shot(page, f"who-{width}")
    page.keyboard.press("Enter")
    card(page, third).locator("h3 .by-person", has_text="Poland").wait_for()
    page.locator(f"#s-{third}:focus").wait_for()  # where it was

    page.keyboard.press("x")
    state(page, third, "wrong")
    fourth = id_of(page)
    before = card(page, fourth).get_attribute("data-contents")
    page.keyboard.press("e")
    page.keyboard.press("t")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowRight")
    shot(page, f"words-{width}")
    page.keyboard.press("Enter")
    page.locator(f".statement.on:not(#s-{fourth})").wait_for()
    fifth = id_of(page)
    assert card(page, fifth).get_attribute("data-contents") != before
    assert "marked by ada" in card(page, fifth).inner_text()

    page.keyboard.press("z")
    card(page, fourth).wait_for()
    assert card(page, fifth).count() == 0
    assert card(page, fourth).get_attribute("data-contents") == before
    page.keyboard.press("z")
    state(page, third, "open")
    assert "Poland" in card(page, third).inner_text()

    page.keyboard.press("m")
    page.locator(".draft .span-editor").wait_for()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.locator(".statement.on .by-person", has_text="marked by ada").wait_for()

    page.keyboard.press("?")
    assert page.locator("dialog dd", has_text="accept").count() == 1
    page.keyboard.press("Escape")
    shot(page, f"read-{width}")
    with CaseStore.open(case) as store:
        acts = [change.act for change in Desk(store).changes(by="ada")]
        assert acts[::-1] == ["accept", "code", "code", "wrong", "reshape", "undo", "undo", "mark"]
        assert replayed(store) == ()


def test_thirty_statements_of_the_queue_are_checked_without_a_mouse(
    case: Path, serve: Serve, watched: Opened, shot: Shot
) -> None:
    page = watched()
    page.goto(f"{serve(case)}/cases/tokyo/check")
    for number in range(30):
        if number == 25:
            page.locator("[data-act-next]:focus").wait_for()
            shot(page, "queue-end")
            page.keyboard.press("Enter")
            page.wait_for_url("**after=**")
            page.locator(".statement.on").wait_for()
        id = id_of(page)
        page.keyboard.press("aa35a4n"[number % 7])
        state(page, id, "coded")
    shot(page, "queue")
    with CaseStore.open(case) as store:
        assert len(Desk(store).queue(coder="ada", state="coded", limit=50)) == 30
        assert replayed(store) == ()


def test_words_are_dragged_over_where_letters_take_two_units(tmp_path: Path, serve: Serve, watched: Opened) -> None:
    """An emoji is one code point of the text and two units of a browser's string; some are several code points."""
    path, document = tmp_path / "units.winset", Document(name="notes.txt", text=TWO_UNITS)
    spec = load_case(EXAMPLE).spec
    with CaseStore.create(path, spec, created_at=now()) as store:
        store.add(document, code_document(document, spec))
    page = watched()
    page.goto(f"{serve(path)}/cases/units/documents/{document.id}")
    page.evaluate("""() => {
        const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
            const at = walker.currentNode.data.indexOf("Nobody");
            if (at < 0) continue;
            const end = at + "Nobody answered 🤷".length;
            getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, end);
        }
    }""")
    page.keyboard.press("m")
    page.keyboard.press("Enter")
    page.locator(".statement .by-person", has_text="marked by ada").wait_for()
    with CaseStore.open(path) as store:
        (added,) = [row for row in Desk(store).queue(coder="ada") if not row.by_machine]
        assert added.statement.words == "Nobody answered 🤷"


def test_a_statement_is_found_from_its_words_and_its_words_from_it(case: Path, serve: Serve, watched: Opened) -> None:
    page = watched()
    page.goto(f"{serve(case)}/cases/tokyo/check?state=all")
    page.keyboard.press("j")
    page.locator(".statement.on .meta a").click()
    page.locator("#text mark.content.on").first.wait_for()
    page.locator("#text mark.content:not(.on)").last.click()
    assert page.locator("#text mark.content.on").count() >= 1
    assert chosen(page).evaluate("card => card.getBoundingClientRect().bottom <= innerHeight")


def test_origins_that_come_when_a_card_is_gone_are_told_of_the_others(
    case: Path, serve: Serve, watched: Opened
) -> None:
    page, held = watched(), list["Route"]()
    page.route("**/origins?*", lambda route: held.append(route))  # noqa: PLW0108 - playwright cannot mark a method
    address = f"{serve(case)}/cases/tokyo"
    page.goto(f"{address}/documents")
    with page.expect_request("**/origins?*"):
        page.locator("table.documents a").first.click()
    first, second = (page.locator(".statement .origin").nth(place).get_attribute("id") for place in (0, 1))
    page.evaluate("id => document.getElementById(id).remove()", first)
    while not held:
        page.wait_for_timeout(20)
    held[0].continue_()
    page.locator(f"#{second}", has_text="origin").wait_for()
    assert page.locator(f"#{first}").count() == 0
