"""One coder who works through a page after the other by keyboard, and moves a slider; what each request took."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import cycle, islice

from benchmarks.desk.browsing import Browser, Card, cards, onward

# what is pressed on one statement after the other: mostly accepted, some corrected, the last thing undone now and then
PRESSED = ("a", "a", "2", "a", "x", "5", "a", "w", "e", "z")
WORKED_OUT_WITHIN = 120.0  # seconds for where everybody stands, the first time
STEPS = {"2": "-1", "5": "+2"}
PAGES = {"documents": "/documents", "queue": "/check", "log": "/log"}


def first_pages(browser: Browser, case: str) -> None:
    """Each page once, as somebody who has just come sees it, then a document of the queue."""
    for name, path in PAGES.items():
        browser.page(f"{case}{path}", kind=f"first page: {name}")
    shown = cards(browser.page(f"{case}/check", kind="page again: queue"))
    browser.page(f"{case}/documents/{shown[0].document}", kind="first page: document")


def worked(browser: Browser, case: str, *, statements: int) -> list[str]:
    """Work through so many open statements; what went wrong, one line each."""
    wrong: list[str] = []
    for key, card in zip(cycle(PRESSED), islice(_open(browser, case), statements), strict=False):
        for answer in _pressed(browser, key, card):
            if answer:
                wrong.append(f"{key} on {card.id}: {answer}")
    return wrong


def _open(browser: Browser, case: str) -> Iterator[Card]:
    path: str | None = "?state=open"
    while path is not None:
        page = browser.page(f"{case}/check{path}", kind="page again: queue")
        path = onward(page)
        yield from cards(page)


def _pressed(browser: Browser, key: str, card: Card) -> Iterator[str]:
    if key == "x":
        answers = [browser.act(card, "verdict", kind="act: wrong", verdict="wrong")]
    elif key in STEPS:
        answers = [browser.act(card, "code", kind="act: stance", stance=STEPS[key])]
    elif key == "w":
        answers = [browser.whom("pol"), browser.act(card, "actor", kind="act: whose", actor="Poland")]
    elif key == "e":
        start, _, end = card.contents.partition("-")
        words = {"source": card.source, "cue": card.cue, "content": f"{start}-{int(end) - 2}"}
        answers = [browser.act(card, "spans", kind="act: words", **words)]
    else:
        answers = [browser.act(card, "accept", kind="act: accept")]
        if key == "z":
            answers += [browser.undo(), browser.card(card.id)]
    yield from (f"{answer.status} {answer.text[:200]}" for answer in answers if answer.status != 200)


def slid(browser: Browser, case: str, *, times: int) -> None:
    """Move the first lever so many times, and let it rest each time.  Raises RuntimeError where there is none."""
    ends = time.monotonic() + WORKED_OUT_WITHIN
    while True:
        page = browser.page(f"{case}/decide", kind="page: what if, as it is worked out")
        form = page.get_element_by_id("levers", None)
        names = [] if form is None else form.xpath(".//input[starts-with(@name, 'position.')]/@name")
        if names:
            break
        if time.monotonic() > ends:
            raise RuntimeError("no lever on the page that asks what if")
        time.sleep(0.5)
    browser.page(f"{case}/decide", kind="page again: what if")
    address, target = form.get("hx-get"), form.get("hx-target", "").lstrip("#")
    for number in range(times):
        moved = f"{address}?{names[number % 5]}={(7 * number) % 100}"
        for kind, path in (("what if: slider", f"{moved}&few=true"), ("what if: at rest", moved)):
            answer = browser.part(path, kind=kind, target=target)
            if answer.status != 200:
                raise RuntimeError(f"{path}: {answer.status}: {answer.text[:300]}")
