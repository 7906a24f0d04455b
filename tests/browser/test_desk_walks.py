"""The four jobs of the desk, walked in a real browser: on the shipped example, and on the texts beside the checkout.

What those texts say stands nowhere here: statements are chosen by their place, actors from the members' roll.
"""

from __future__ import annotations

import io
import re
import shlex
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from winset.cli.app import app
from winset.store.case_store import CaseStore
from winset.store.desk import Desk, replayed

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

Opened = Callable[..., "Page"]
Serve = Callable[[Path], str]
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
NARROW = 390  # pixels
PATIENCE = 90_000  # ms: what is worked out after a page is there takes long where others work on the machine too
AT_REST = """() => !document.querySelector(
    ".computing, .htmx-request, [hx-trigger^=load]:not([hx-swap=none]), article.job[hx-trigger]")"""
ONLY_WRONG = {"resultTypes": ["violations"]}  # all of what is right is much to send
COLOURS = {**ONLY_WRONG, "runOnly": ["color-contrast"]}
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
NAME = "What if the doubters come round"
TITLE = "Harbour notes"
PASTED = """Harbour notes

4 May 2023

Poland said on Thursday that it supports the liaison office in Tokyo. Norway opposes the office, a spokesman of its
government told reporters.
"""


@pytest.fixture(params=["example", "seeds"])
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A case to be written to."""
    kept: Path = request.getfixturevalue("kept_example" if request.param == "example" else "kept_seeds")
    return Path(shutil.copy(kept, tmp_path / f"{request.param}.winset"))


@dataclass(frozen=True, slots=True)
class Walk:
    """A page of the desk, and what the walk has to know of the case it is about."""

    page: Page
    root: str  # address of the case
    case: Path
    shot: Shot

    def open(self, path: str) -> None:
        """A page of the case, with all that comes after it."""
        answer = self.page.goto(self.root + path)
        assert answer is not None
        assert answer.status == 200, f"{path}: {answer.status}"
        self.rest()

    def rest(self) -> None:
        """Wait until nothing more comes of itself."""
        self.page.wait_for_function(AT_REST, timeout=PATIENCE)

    def keep(self, name: str) -> None:
        """A picture, where pictures are kept."""
        assert self.page.evaluate(WIDER) <= 0, f"{name}: wider than the window"
        width = self.page.viewport_size["width"] if self.page.viewport_size else 0
        self.shot(self.page, f"walk-{self.case.stem}-{name}-{width}")

    def said(self, words: str) -> None:
        """Wait until the page says that something happened."""
        self.page.locator("#said").get_by_text(words).first.wait_for()

    # -- by keys alone

    def tab_to(self, selector: str, at_most: int = 200) -> None:
        """Press Tab until something like that has the focus."""
        for _ in range(at_most):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
                return
        raise AssertionError(f"Tab never reaches {selector}")

    def press(self, *pressed: str) -> None:
        """One key after another."""
        for key in pressed:
            self.page.keyboard.press(key)

    def chosen(self) -> str:
        """The statement that is chosen."""
        found = self.page.locator(".statement.on").get_attribute("data-id")
        assert found
        return found

    def card(self, statement: str) -> Locator:
        """The card of a statement."""
        return self.page.locator(f"#s-{statement}")

    def state(self, statement: str, wanted: str) -> None:
        """Wait until its card has that state."""
        self.page.locator(f"#s-{statement}[data-state={wanted}]").wait_for()


@pytest.fixture
def walk(case: Path, serve: Serve, watched: Opened, shot: Shot) -> Callable[[int, bool], Walk]:
    """Opens the desk at a width, dark or light."""
    return lambda width, dark: Walk(watched(width=width, dark=dark), f"{serve(case)}/cases/{case.stem}", case, shot)


@pytest.fixture(autouse=True)
def _from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands write their files into a folder of the test's own."""
    monkeypatch.chdir(tmp_path)


def test_four_jobs_one_after_another(walk: Callable[[int, bool], Walk]) -> None:
    at = walk(1280, False)
    coded = read_and_check(at)
    add_a_text(at)
    see(at)
    settle(at)
    coding_is_told(at)
    decide(at)
    leave(at, coded)
    replays(at.case)


def test_four_jobs_on_a_narrow_screen(walk: Callable[[int, bool], Walk]) -> None:
    """The same desk, held in one hand: fewer acts, none of them out of reach."""
    at = walk(NARROW, True)
    coded = read_and_check(at, brief=True)
    see(at)
    decide(at, compared=False)
    at.open("/leave")
    at.keep("leave")
    with at.page.expect_download() as download:
        at.page.locator("a[href$='/leave/tables.xlsx']").click()
    in_the_tables(download.value.path().read_bytes(), coded)
    replays(at.case)


# -- job 1: read and check, by keys alone


def read_and_check(at: Walk, *, brief: bool = False) -> str:
    """Accept, correct, say whose, mark wrong, edit the words, undo.  Gives the statement that a person coded."""
    page, best = at.page, _richest_document(at.case)
    at.open("/documents")
    at.tab_to(f"table.documents a[href$='/{best}']")
    at.press("Enter")
    page.locator("#desk").wait_for()
    at.keep("1-document")

    accepted = at.chosen()
    at.press("a")
    at.state(accepted, "coded")
    card = at.card(accepted)
    assert "ada" in card.locator(".stances .by-person").inner_text()
    if card.locator(".stances .by-machine").count():
        lines = [card.locator(f".stances .by-{who}").evaluate("e => getComputedStyle(e).borderStyle") for who in WHO]
        assert lines == ["dashed", "solid"], "what a machine proposed and what a person decided look alike"

    coded = at.chosen()
    assert coded != accepted, "after an act the next open one is chosen"
    at.press("w")
    page.keyboard.type("Pola")
    page.locator("#who-list [role=option][aria-selected=true]", has_text="Poland").wait_for()
    at.keep("1-who")
    at.press("Enter")
    at.card(coded).locator("h3 .by-person", has_text="Poland").wait_for()
    at.press("1")
    at.state(coded, "coded")
    assert "against, firmly" in at.card(coded).locator(".stances .by-person").inner_text()
    if brief:
        at.keep("1-checked")
        return coded

    wrong = at.chosen()
    at.press("x")
    at.state(wrong, "wrong")
    assert "wrong: does not count" in at.card(wrong).inner_text()

    first = at.chosen()
    before = at.card(first).get_attribute("data-contents")
    at.press("e", "t", "ArrowLeft", "Shift+ArrowLeft")
    at.keep("1-words")
    at.press("Enter")
    page.locator(f".statement.on:not(#s-{first})").wait_for()
    now_is = at.chosen()
    assert at.card(now_is).get_attribute("data-contents") != before
    assert "marked by ada" in at.card(now_is).inner_text()
    at.keep("1-checked")

    at.press("z")
    at.card(first).wait_for()
    assert at.card(now_is).count() == 0
    assert at.card(first).get_attribute("data-contents") == before
    at.press("z")
    at.state(wrong, "open")
    return coded


def add_a_text(at: Walk) -> None:
    """A text is pasted by keys; what it says is there to be checked."""
    page = at.page
    at.open("/add")
    at.press("t")
    page.keyboard.insert_text(PASTED)
    at.press("Tab")
    page.keyboard.type(TITLE)
    at.press("Tab", "Tab")
    page.keyboard.type("Evening Ledger")
    at.press("Enter")
    page.locator("article.job").get_by_role("link", name=TITLE).wait_for(timeout=PATIENCE)
    at.keep("1-added")
    at.tab_to("article.job a[href*='/documents/']")
    at.press("Enter")
    page.locator("#desk").wait_for()
    assert page.locator("h1").inner_text() == TITLE
    heads = " ".join(page.locator(".statement h3").all_inner_texts())
    assert "Poland" in heads
    assert "Norway" in heads
    at.press("a")
    page.locator(".statement[data-state=coded]").first.wait_for()


# -- job 2: see


def see(at: Walk) -> None:
    """Positions, with an actor moved by keys; its page; who stands with whom; what it rests on; what happened when."""
    page = at.page
    at.open("/positions")
    slider = page.locator("[role=slider]").first
    was = slider.get_attribute("aria-valuenow")
    slider.focus()
    at.press("End" if was != "100" else "Home")
    page.locator("#what-if-answer #verdict").wait_for()
    page.locator("#what-if-answer #verdict", has_text="first answer").wait_for(state="detached")
    assert slider.get_attribute("aria-valuenow") != was
    asked = parse_qs(urlsplit(page.locator("#what-if-on").get_attribute("href") or "").query)["what-if"]
    assert asked[0].endswith(("=100", "=0"))
    at.keep("2-positions")

    at.open("/positions")
    page.locator("a.stand-name").first.click()
    page.wait_for_url("**/actors/*")
    for heading in ("Which words moved it", "Over time", "What it rests on", "All it said", "Who it is"):
        page.get_by_role("heading", name=heading).wait_for()
    at.keep("2-actor")
    page.locator(".all-said a, .movers a").first.click()
    page.locator(".statement.on").wait_for()

    at.open("/network")
    assert page.locator(".edges li").count() or page.get_by_text("Nobody is joined to anybody").count()
    at.keep("2-network")
    at.open("/origins")
    assert page.locator("ul.works li").count()
    at.keep("2-origins")
    at.open("/timeline")
    page.locator(".timeline .event a").first.click()
    page.locator("#words").wait_for(state="attached")
    at.keep("2-words-of-an-event")


WHO = ("machine", "person")


def settle(at: Walk) -> None:
    """A thing told differently is settled by keys, where the documents tell one."""
    page = at.page
    at.open("/discrepancies")
    if not page.locator("article.difference").count():
        assert page.get_by_text("Nothing is told differently").count() == 1
        return
    at.press("j", "1", "r")
    page.keyboard.type("a call to the office")
    at.press("Enter")
    page.get_by_text("settled by ada").wait_for()
    assert page.locator("#settled-number").inner_text() == "1"
    at.said("Settled")
    at.keep("2-settled")


def coding_is_told(at: Walk) -> None:
    """What was coded is counted under the name of who did."""
    at.open("/coding")
    row = at.page.locator("table.coders tr", has=at.page.locator(".by-person", has_text="ada"))
    with CaseStore.open(at.case) as store:
        number = sum(row.coded for row in Desk(store).documents(coder="ada"))
    assert row.locator("td.num").first.inner_text() == str(number)
    at.keep("2-coding")


# -- job 3: decide


def decide(at: Walk, *, compared: bool = True) -> None:
    """A lever by keys changes the answer; it is kept by name, opened again, read beside another, and asked for in
    a terminal, where it is the same."""
    page = at.page
    at.open("/decide")
    documented = _chance(page)
    lever = page.locator("input[type=range][data-lever^=position-]").first
    lever.focus()
    moved = "End" if int(lever.input_value()) < 50 else "Home"
    at.press(moved)
    page.locator("#answer", has_text="What that changes").wait_for()
    page.wait_for_function("!document.querySelector('#verdict-words').textContent.includes('first answer')")
    page.wait_for_url("**/decide?what-if=*")
    at.rest()
    supposed, link = _chance(page), page.url
    assert supposed != documented
    verdict = page.locator("#verdict-words").inner_text()
    at.keep("3-what-if")

    fold = page.locator("#later details.as-command")
    fold.locator("summary").click()
    in_terminal = run(fold.locator("pre").first.inner_text())
    row = next(line for line in in_terminal.partition("\nWhat if\n")[2].splitlines() if "=" in line)
    assert verdict.split(",")[0].lower() in row
    assert supposed in row

    page.get_by_label("Keep as").fill(NAME)
    page.get_by_label("Keep as").press("Enter")
    kept = page.locator("#scenarios").get_by_role("link", name=NAME, exact=True)
    kept.wait_for()
    at.rest()
    page.goto(link)
    assert _chance(page) == supposed
    page.locator("#scenarios").get_by_role("link", name=NAME, exact=True).click()
    page.get_by_role("heading", name=NAME).wait_for()
    assert page.locator("#verdict-words").inner_text() == verdict
    assert _chance(page) == supposed
    if not compared:
        return

    at.open("/decide/compare")
    page.get_by_label("The other").select_option(label=NAME)
    page.get_by_role("button", name="Compare").press("Enter")
    page.locator("tr.differing").first.wait_for()
    told = page.locator("table.sides tbody tr").first.inner_text()
    assert documented in told
    assert supposed in told
    at.keep("3-compared")


def _chance(page: Page) -> str:
    """Adopted with how much."""
    return page.locator(".verdict-chance b").inner_text()


# -- job 4: leave


def leave(at: Walk, coded: str) -> None:
    """The brief in three forms and the tables, each with what a person coded; and the brief again in a terminal."""
    page = at.page
    at.open("/leave")
    at.keep("4-leave")
    taken: dict[str, bytes] = {}
    for name in ("brief.html", "brief.pdf", "brief.docx", "brief.md", "tables.xlsx"):
        with page.expect_download(timeout=PATIENCE) as download:
            page.locator(f"a[href$='/leave/{name}']").click()
        assert download.value.suggested_filename.startswith(at.case.stem)
        taken[name] = download.value.path().read_bytes()

    with zipfile.ZipFile(io.BytesIO(taken["brief.docx"])) as archive:
        document = re.sub(r"<[^>]+>", "", archive.read("word/document.xml").decode())
    forms = {"html": taken["brief.html"].decode(), "docx": document, "pdf": _words_of_pdf(taken["brief.pdf"])}
    for form, text in forms.items():
        assert "coded by ada" in " ".join(text.split()), f"{form}: what was coded is not told as a person's"
    in_the_tables(taken["tables.xlsx"], coded)

    line = page.locator("details.as-command pre", has_text=".md").first.text_content() or ""
    run(line)
    (again,) = Path.cwd().glob("*.md")
    assert _without_its_making(again.read_text(encoding="utf-8")) == _without_its_making(taken["brief.md"].decode())

    page.locator("a[href$='/leave/brief.html']").wait_for()
    Path("taken.html").write_bytes(taken["brief.html"])
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Look at it first").click()
    opened.value.locator("h1").first.wait_for()
    opened.value.close()


def in_the_tables(workbook: bytes, coded: str) -> None:
    """The statement stands in the tables as the person's who coded it, beside what the machine read."""
    sheets = load_workbook(io.BytesIO(workbook), read_only=True)
    (row,) = [each for each in _rows(sheets["statements"]) if each["id"] == coded]
    assert "ada" in row["stance_by"]
    assert row["machine_stance"], "what the machine read is told beside it"


def _rows(sheet: Any) -> Iterator[dict[str, Any]]:
    heads, *rows = sheet.iter_rows(values_only=True)
    return (dict(zip(heads, row, strict=True)) for row in rows)


def _words_of_pdf(content: bytes) -> str:
    """The text of all its pages."""
    pypdfium2 = pytest.importorskip("pypdfium2")
    document = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def _without_its_making(brief: str) -> list[str]:
    """A brief's lines but those that say by which command it was made, and when."""
    return [line for line in brief.splitlines() if "winset brief" not in line and not line.startswith("| made |")]


def run(line: str) -> str:
    """A command that a page shows, as a terminal would run it."""
    program, *words = shlex.split(line)
    assert program == "winset"
    ended = CliRunner().invoke(app, words)
    assert ended.exit_code == 0, ended.output
    return ended.output


# -- every page


def test_every_page_can_be_used_by_everybody(walk: Callable[[int, bool], Walk]) -> None:
    """axe-core finds nothing serious, light or dark; nothing is wider than the window; there is one first heading."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe: accessibility was not looked at")
    found: list[str] = []
    at = walk(1280, False)
    page = at.page
    document, actor = _richest_document(at.case), ""
    for width in (1280, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        actor = actor or _an_actor(at)
        for name, path in (*PAGES, ("document", f"/documents/{document}"), ("actor", actor)):
            page.emulate_media(color_scheme="light" if width > NARROW else "dark")
            at.open(path)
            at.shot(page, f"{at.case.stem}-{name}-{width}")
            violations = axe.Axe().run(page, options=ONLY_WRONG).response["violations"]
            if width > NARROW:  # which colours meet does not depend on the width
                page.emulate_media(color_scheme="dark")
                violations += axe.Axe().run(page, options=COLOURS).response["violations"]
            found += [
                f"{name} at {width}: {each['id']} ({each['impact']}): {each['nodes'][0]['html'][:120]}"
                for each in violations
                if each["impact"] in ("serious", "critical")
            ]
            if page.evaluate(WIDER) > 0:
                found.append(f"{name}: wider than {width} pixels")
            if page.locator("h1").count() != 1:
                found.append(f"{name}: {page.locator('h1').count()} headings of the first rank")
    assert found == []


def _an_actor(at: Walk) -> str:
    at.open("/positions")
    return (at.page.locator("a.stand-name").first.get_attribute("href") or "").removeprefix(f"/cases/{at.case.stem}")


def _richest_document(case: Path) -> str:
    """The first of those with the most statements."""
    with CaseStore.open(case) as store:
        return max(Desk(store).documents(coder="ada"), key=lambda row: row.statements).id


def replays(case: Path) -> None:
    """What is kept is what the trail of changes leads to."""
    with CaseStore.open(case) as store:
        assert replayed(store) == ()
        assert Desk(store).version() > 0
