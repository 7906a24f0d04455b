"""The brief as a reader meets it: opened from disk, clicked, tabbed through, narrowed, printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
BriefFile = Callable[[str], Path]
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@contextmanager
def opened(browser: Browser, path: Path, **settings: Any) -> Iterator[Page]:
    """The file in a fresh window; fails on any console message, page error or request but for the file itself."""
    context = browser.new_context(**{"viewport": WIDE, **settings})
    page = context.new_page()
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(f"console {message.type}: {message.text}"))
    page.on("pageerror", lambda error: trouble.append(f"error: {error}"))
    page.on(
        "request", lambda request: trouble.append(f"request: {request.url}") if request.url != path.as_uri() else None
    )
    page.goto(path.as_uri())
    yield page
    context.close()
    assert trouble == []


def highlighted(page: Page, role: str) -> list[str]:
    return page.locator(f"#reader mark.{role}.on").all_text_contents()


def test_a_click_on_a_statement_shows_its_exact_words_in_its_document(
    chromium: Browser, brief_file: BriefFile, made_case: ModuleType
) -> None:
    brief = made_case.compact_brief()
    spoken = next(coded for coded in brief.statements if len(coded.statement.contents) > 1)
    with opened(chromium, brief_file("compact")) as page:
        link = page.locator(f".statement a[href='#said-{spoken.id}']")
        link.click()
        assert page.locator("#reader").is_visible()
        assert highlighted(page, "content") == [part.exact for part in spoken.statement.contents]
        assert highlighted(page, "source") == [spoken.statement.source.exact]
        assert highlighted(page, "cue") == [spoken.statement.cue.exact]
        assert page.locator("#reader-title").text_content() == made_case.COURIER.title
        assert page.locator(".reading").text_content() == made_case.COURIER.text
        page.keyboard.press("Escape")
        assert not page.locator("#reader").is_visible()
        assert link.evaluate("element => element === document.activeElement")


def test_every_statement_opens_on_its_own_words(
    chromium: Browser, brief_file: BriefFile, made_case: ModuleType
) -> None:
    with opened(chromium, brief_file("compact")) as page:
        page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
        for coded in made_case.compact_brief().statements:
            page.locator(f".statement a[href='#said-{coded.id}']").click()
            assert "".join(highlighted(page, "content")) == "".join(part.exact for part in coded.statement.contents)
            page.locator("#reader .close").click()


def test_the_passage_is_in_sight_in_a_long_document(chromium: Browser, brief_file: BriefFile) -> None:
    with opened(chromium, brief_file("many")) as page:
        page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
        page.locator(".statement .words a", has_text="point 151 of").click()
        mark, box = page.locator("#reader mark.content.on").bounding_box(), page.locator(".reading").bounding_box()
        assert mark is not None
        assert box is not None
        assert box["y"] <= mark["y"] <= box["y"] + box["height"] - mark["height"]


def test_a_position_unfolds_onto_the_words_that_moved_it(chromium: Browser, brief_file: BriefFile) -> None:
    with opened(chromium, brief_file("compact")) as page:
        fold = page.locator("details.account[data-actor=arvenia]")
        assert fold.get_attribute("open") is None
        page.locator(".members a", has_text="6 ± 5").click()
        assert fold.get_attribute("open") is not None
        first = fold.locator(".movers li").first
        assert first.locator(".by").text_content() == "−7"
        first.locator("a").click()
        assert highlighted(page, "content") == [
            "would be a grave mistake",
            "an invitation to every quarrel on that coast",
        ]
        page.keyboard.press("Escape")
        assert first.locator("a").evaluate("element => element === document.activeElement")


def test_a_position_unfolds_by_keyboard_and_by_address(chromium: Browser, brief_file: BriefFile) -> None:
    with opened(chromium, brief_file("compact")) as page:
        fold = page.locator("details.account[data-actor=boresia]")
        fold.locator("summary").focus()
        page.keyboard.press("Enter")
        assert fold.locator("svg.course").is_visible()
        page.evaluate(f"location.hash = '{page.locator('details.account').nth(2).get_attribute('id')}'")
        page.wait_for_selector("details.account[data-actor=united-isles][open]")


def test_unfolded_positions_need_no_script(chromium: Browser, brief_file: BriefFile) -> None:
    with opened(chromium, brief_file("compact"), java_script_enabled=False) as page:
        page.locator("details.account[data-actor=arvenia] summary").first.click()
        assert page.locator("details.account[data-actor=arvenia] .movers li").first.is_visible()


def test_a_credit_and_a_date_open_on_their_words_too(chromium: Browser, brief_file: BriefFile) -> None:
    with opened(chromium, brief_file("compact")) as page:
        page.locator(".credits a").first.click()
        assert highlighted(page, "passage") == ["a note seen by the Evening Ledger"]
        page.keyboard.press("Escape")
        page.locator("#when summary", has_text="1 dated event from more than a year before").click()
        page.locator(".timeline a").first.click()
        assert "".join(highlighted(page, "passage")) == "Boresia also signed a fisheries accord in 2029"


def test_what_several_documents_say_opens_on_the_words_of_each(chromium: Browser, brief_file: BriefFile) -> None:
    with opened(chromium, brief_file("compact")) as page:
        fold = page.locator(".claims details").first
        fold.locator("summary").click()
        assert fold.locator(".tellings li").count() == 3
        fold.locator(".tellings a").first.click()
        assert highlighted(page, "content") == ["to any permanent presence"]


def test_tellings_stand_side_by_side_and_below_one_another_where_there_is_no_room(
    chromium: Browser, brief_file: BriefFile
) -> None:
    for size, beside in ((WIDE, True), (NARROW, False)):
        with opened(chromium, brief_file("compact"), viewport=size) as page:
            left, right = (page.locator(".side-by-side").first.locator("li").nth(n).bounding_box() for n in (0, 1))
            assert left is not None
            assert right is not None
            assert (left["y"] == right["y"]) is beside
            page.locator(".side-by-side a").nth(1).click()
            assert highlighted(page, "passage") == ["The president spoke on 30 April 2031"]


@pytest.mark.parametrize(("size", "shown"), [(WIDE, "wide"), (NARROW, "narrow")])
def test_the_graph_of_origins_fits_the_window(
    chromium: Browser, brief_file: BriefFile, size: dict[str, int], shown: str
) -> None:
    with opened(chromium, brief_file("compact"), viewport=size) as page:
        graph = page.locator(f".origins-graph.{shown}")
        assert graph.is_visible()
        assert page.locator(".origins-graph:visible").count() == 1
        assert page.evaluate(OVERFLOW) <= 0
        heights = graph.locator("text").evaluate_all("all => all.map(each => each.getBoundingClientRect().height)")
        assert min(heights) >= 9


def test_the_keyboard_alone_reaches_and_reads_a_statement(chromium: Browser, brief_file: BriefFile) -> None:
    with opened(chromium, brief_file("compact")) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        for _ in range(200):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.matches('.statement .words a')"):
                break
        words = page.evaluate("document.activeElement.getAttribute('href')")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none"
        page.keyboard.press("Enter")
        assert page.locator("#reader mark.content.on").count() == 1
        label = page.evaluate("document.activeElement.getAttribute('aria-label')")
        assert "Marked passage: " in label
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.getAttribute('href')") == words


def test_without_javascript_a_statement_jumps_to_its_passage(
    chromium: Browser, brief_file: BriefFile, made_case: ModuleType
) -> None:
    coded = made_case.compact_brief().statements[0]
    with opened(chromium, brief_file("compact"), java_script_enabled=False) as page:
        page.locator(f".statement a[href='#said-{coded.id}']").click()
        target = page.locator(".at:target mark")
        assert target.text_content() == coded.statement.contents[0].exact
        box = target.bounding_box()
        assert box is not None
        assert 0 <= box["y"] <= WIDE["height"]
        assert page.locator("dialog").is_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["compact", "many", "hostile", "empty", "assumed"])
def test_nothing_runs_over_the_edge_of_a_telephone(
    chromium: Browser, brief_file: BriefFile, name: str, scheme: str
) -> None:
    with opened(chromium, brief_file(name), viewport=NARROW, color_scheme=scheme) as page:
        assert page.evaluate(OVERFLOW) == 0
        page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
        assert page.evaluate(OVERFLOW) == 0
        wide = """[...document.querySelectorAll('main *')].filter(element => {
            const box = element.getBoundingClientRect();
            return box.width > 0 && box.right > innerWidth + 1 && !element.closest('.visually-hidden')}).length"""
        assert page.evaluate(wide) == 0


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_the_answer_is_on_the_first_screen(chromium: Browser, brief_file: BriefFile, size: dict[str, int]) -> None:
    with opened(chromium, brief_file("compact"), viewport=size) as page:
        box = page.locator(".answer").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= size["height"]


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_one_chart_is_shown_and_it_fits(chromium: Browser, brief_file: BriefFile, size: dict[str, int]) -> None:
    with opened(chromium, brief_file("compact"), viewport=size) as page:
        shown = [chart for chart in page.locator("svg.positions").all() if chart.is_visible()]
        [chart] = shown
        box = chart.bounding_box()
        assert box is not None
        assert box["width"] <= size["width"]


def test_a_strangers_script_does_not_run(chromium: Browser, brief_file: BriefFile) -> None:
    with opened(chromium, brief_file("hostile")) as page:
        assert page.title().startswith("Blocked: Open </script>")
        page.locator(".statement .words a").first.click()
        assert page.title().startswith("Blocked: Open </script>")
        assert page.locator("main img, dialog img").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(chromium: Browser, brief_file: BriefFile, scheme: str) -> None:
    """WCAG 2.2 AA, success criterion 1.4.3: a contrast of 4.5 to 1 for text of this size."""
    contrast = """(pair) => {
        const style = getComputedStyle(document.documentElement);
        const channel = value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
        const light = name => {
            const hex = style.getPropertyValue(name).trim();
            const [r, g, b] = [1, 3, 5].map(place => channel(parseInt(hex.slice(place, place + 2), 16) / 255));
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const [one, two] = pair.map(light);
        return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    }"""
    with opened(chromium, brief_file("compact"), color_scheme=scheme) as page:
        for ground in ("--paper", "--panel"):
            for ink in ("--ink", "--muted", "--link", "--for", "--against", "--between", "--warn"):
                assert page.evaluate(contrast, [ink, ground]) >= 4.5, (ink, ground)
        for ground in ("--content", "--source", "--cue"):
            assert page.evaluate(contrast, ["--ink", ground]) >= 4.5, ground


def test_the_printed_brief_opens_what_is_about_the_proposal_and_leaves_out_the_texts(
    chromium: Browser, brief_file: BriefFile
) -> None:
    with opened(chromium, brief_file("compact")) as page:
        page.emulate_media(media="print")
        assert page.locator("nav").is_hidden()
        assert page.locator(".document").first.is_hidden()
        assert page.locator("p.print").is_visible()
        assert page.pdf(format="A4").startswith(b"%PDF")
        assert page.locator("details[open]").count() == 0
    with opened(chromium, brief_file("many")) as page:
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.locator("details:not(.other):not([open]):not(.other *)").count() == 0
        assert page.locator("details.other[open]").count() == 0
        assert page.locator("details.account[open]").count() == 1  # of the one member that decides


def test_reload_at_a_passage_keeps_the_page_usable(
    chromium: Browser, brief_file: BriefFile, made_case: ModuleType
) -> None:
    coded = made_case.compact_brief().statements[0]
    with opened(chromium, brief_file("compact")) as page:
        page.evaluate(f"location.hash = 'said-{coded.id}'")
        assert page.locator(".at:target mark").text_content() == coded.statement.contents[0].exact
