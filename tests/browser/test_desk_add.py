"""Adding at the desk: files by choosing and by dropping, text, addresses, while the page tells how far it is.

Settling a discrepancy by keyboard and the pages that are seen with it are here too.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

Opened = Callable[..., "Page"]
Shot = Callable[["Page", str], None]
WIDTHS = pytest.mark.parametrize("width", [1280, 390])
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TEXT = "Ferry talks\n\nThe harbour ministry of Freedonia supports the new line, its spokesman said on 4 May 2031.\n"


@pytest.fixture
def desk(kept_example: Path, tmp_path: Path, serve: Callable[[Path], str]) -> str:
    """The address of the example's pages."""
    return f"{serve(Path(shutil.copy(kept_example, tmp_path / 'tokyo.winset')))}/cases/tokyo"


def serious(page: Page) -> list[str]:
    """What axe-core finds that keeps somebody out."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found = axe.run(page).response["violations"]
    return [
        f"{each['id']}: {node['html'][:120]}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


@WIDTHS
def test_files_are_uploaded_and_the_page_tells_what_became_of_each(
    desk: str, watched: Opened, shot: Shot, tmp_path: Path, width: int
) -> None:
    files = {"talks.txt": TEXT.encode(), "setup.exe": b"MZ\x00\x00", "empty.txt": b"", "again.txt": TEXT.encode()}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    page = watched(width=width)
    page.goto(f"{desk}/add")
    assert serious(page) == []
    page.set_input_files("#files", [tmp_path / name for name in files])
    assert "4 files" in page.locator("#chosen").inner_text()
    page.get_by_role("button", name="Add files").click()
    job = page.locator("article.job")
    job.get_by_text("done", exact=True).wait_for()
    told = " ".join(job.inner_text().split())
    assert "1 added with 2 statements · 1 there already · 2 rejected" in told
    assert "setup.exe: binary, not text" in told
    assert "empty.txt: an empty file" in told
    assert "again.txt the same text is there already" in told
    page.locator("#said").get_by_text("4 files, done: 1 added, 1 there already, 2 rejected.").wait_for()
    assert page.locator("#chosen").inner_text() == ""
    assert serious(page) == []
    assert page.evaluate(OVERFLOW) == 0
    shot(page, f"add-{width}")
    job.get_by_role("link", name="talks.txt").click()
    page.get_by_role("heading", name="Ferry talks").first.wait_for()


def test_files_are_dropped_onto_the_page(desk: str, watched: Opened) -> None:
    page = watched()
    page.goto(f"{desk}/add")
    dropped = page.evaluate_handle(
        """words => {
          const given = new DataTransfer();
          given.items.add(new File([words], "dropped.txt", { type: "text/plain" }));
          return given;
        }""",
        TEXT,
    )
    page.dispatch_event("#drop", "dragover", {"dataTransfer": dropped})
    page.dispatch_event("#drop", "drop", {"dataTransfer": dropped})
    assert "1 file" in page.locator("#chosen").inner_text()
    page.keyboard.press("Enter")  # the focus waits on the button
    page.locator("article.job").get_by_role("link", name="dropped.txt").wait_for()


@WIDTHS
def test_a_text_is_pasted_by_keyboard_alone(desk: str, watched: Opened, shot: Shot, width: int) -> None:
    page = watched(width=width, dark=True)
    page.goto(f"{desk}/add")
    page.keyboard.press("t")
    page.keyboard.insert_text(TEXT)
    for words in ("Ferry line", "2031-05", "Evening Ledger"):
        page.keyboard.press("Tab")
        page.keyboard.type(words)
    page.keyboard.press("Enter")
    page.locator("article.job").get_by_role("link", name="Ferry line").wait_for()
    assert serious(page) == []
    shot(page, f"add-text-{width}")


def test_a_private_address_is_refused_in_one_line(desk: str, watched: Opened) -> None:
    page = watched()
    page.goto(f"{desk}/add")
    page.fill("#addresses", "http://127.0.0.1:1/x\nfile:///etc/passwd")
    page.get_by_role("button", name="Fetch and add").click()
    told = page.locator("article.job .rejected li")
    told.nth(1).wait_for()
    assert "not on the public Internet" in told.nth(0).inner_text()
    assert "no http or https address" in told.nth(1).inner_text()


@WIDTHS
def test_a_discrepancy_is_settled_and_taken_back_by_keyboard_alone(
    desk: str, watched: Opened, shot: Shot, width: int
) -> None:
    page = watched(width=width)
    page.goto(f"{desk}/discrepancies")
    assert serious(page) == []
    for key in ("j", "2", "r"):
        page.keyboard.press(key)
    page.keyboard.type("the years are told")
    page.keyboard.press("Enter")
    page.get_by_text("settled by ada").wait_for()
    assert "the years are told" in page.locator("article.difference").inner_text()
    page.locator("article.card.difference.is-settled:focus").wait_for()  # htmx gives it its own classes in between
    page.locator("#said").get_by_text("Settled: “not the first NATO office in Asia” is right.").wait_for()
    assert serious(page) == []
    assert page.evaluate(OVERFLOW) == 0
    shot(page, f"discrepancies-{width}")
    page.keyboard.press("u")
    page.get_by_text("settled by ada").wait_for(state="detached")
    page.locator("#said").get_by_text("Taken back.").wait_for()


@WIDTHS
def test_the_timeline_is_filtered_and_opens_its_words(desk: str, watched: Opened, shot: Shot, width: int) -> None:
    page = watched(width=width)
    page.goto(f"{desk}/timeline")
    assert serious(page) == []
    assert page.evaluate(OVERFLOW) == 0
    shot(page, f"timeline-{width}")
    page.get_by_label("planned", exact=True).check()
    page.locator("#events .count", has_text="2 events").wait_for()
    assert page.url.endswith("when=planned")
    page.keyboard.press("j")
    page.keyboard.press("o")
    page.wait_for_url("**/documents/**words=**")


@WIDTHS
def test_the_coding_page_has_nothing_that_keeps_somebody_out(
    desk: str, watched: Opened, shot: Shot, width: int
) -> None:
    page = watched(width=width, dark=width > 600)
    page.goto(f"{desk}/coding")
    page.get_by_text("Nobody has coded yet").first.wait_for()
    assert serious(page) == []
    assert page.evaluate(OVERFLOW) == 0
    shot(page, f"coding-{width}")
