"""Somebody at the desk, without a screen: sends what a browser with HTMX and the page's own script sends.

Addresses, versions and the token against forged requests are read out of the pages, none is known beforehand.
"""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self

import httpx2
from lxml import html  # type: ignore[import-untyped]

PATIENCE = 120.0  # seconds to wait for an answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A statement as its card on the page tells it."""

    id: str
    state: str  # "open", "coded", "wrong", "conflict"
    version: str
    codes: str
    document: str
    source: str  # "a-b"
    cue: str
    contents: str
    words: str  # all that stands on it


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back."""

    status: int
    text: str
    card: Card | None  # the card as it is now
    undo: int | None  # the number of the change that was made
    triggers: dict[str, Any]  # what HTMX is told to tell the page
    milliseconds: float


@dataclass(slots=True)
class Browser:
    """One person's browser. `spent` has the milliseconds of every request by its kind, `worked` the server's part.

    processor: seconds of processor that the server has used so far.
    """

    address: str
    processor: Callable[[], float] = lambda: 0.0
    spent: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    worked: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    http: httpx2.Client = field(init=False)
    desk: str = ""  # the address under which the page's acts are sent
    place: str = "check"
    url: str = ""

    def __post_init__(self) -> None:
        self.http = httpx2.Client(base_url=self.address, timeout=PATIENCE, headers={"Sec-Fetch-Site": "same-origin"})

    def close(self) -> None:
        """Close it."""
        self.http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def log_in(self, name: str, password: str) -> None:
        """Through the form.  Raises RuntimeError."""
        page = self.page("/login", kind="login page")
        form = page.forms[0]
        given = dict(form.fields) | {"name": name, "password": password}
        answer = self._timed("log in", "POST", form.action, data=given)
        if answer.status_code != 303:
            raise RuntimeError(f"{name}: the login was answered with {answer.status_code}: {answer.text[:500]}")

    def page(self, path: str, *, kind: str) -> html.HtmlElement:
        """A page, and what it tells a browser for what follows.  Raises RuntimeError for one that is refused."""
        answer = self._timed(kind, "GET", path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status_code}: {answer.text[:500]}")
        page = html.fromstring(answer.text)
        self.http.headers.update(json.loads(page.xpath("//body/@hx-headers")[0]))
        self.url = str(answer.url)
        for desk in page.xpath("//*[@id='desk']"):
            self.desk = desk.get("data-address")
            self.place = "read" if desk.get("data-document") else "check"
        return page

    def cases(self) -> list[str]:
        """The addresses of the cases on the first page."""
        page = self.page("/", kind="cases")
        return list(dict.fromkeys(link for link in page.xpath("//main//a/@href") if link.startswith("/cases/")))

    def act(self, card: Card, path: str, *, kind: str, **values: str) -> Answer:
        """What `check.js` sends of one act on a statement."""
        sent = {**values, "place": self.place, "version": card.version, "codes": card.codes}
        return self._sent(kind, f"{self.desk}/statements/{card.id}/{path}", f"s-{card.id}", sent)

    def undo(self, number: int | None = None) -> Answer:
        """Take back a change, or one's last."""
        values = {} if number is None else {"number": str(number)}
        return self._sent("undo", f"{self.desk}/statements/undo", "said", values)

    def card(self, id: str) -> Answer:
        """A card as it is now, as after a change that was made elsewhere."""
        return self._read("card", f"{self.desk}/statements/{id}/card?place={self.place}")

    def whom(self, words: str) -> Answer:
        """Names to choose from, while somebody types."""
        return self._read("type-ahead", f"{self.desk}/whom?q={words}")

    def part(self, path: str, *, kind: str, target: str) -> Answer:
        """A part of a page, as HTMX asks for it."""
        return self._answer(*self._asked(kind, "GET", path, headers=self._htmx(target)))

    def _read(self, kind: str, path: str) -> Answer:
        return self._answer(*self._asked(kind, "GET", path, headers=self._htmx("statements")))

    def _sent(self, kind: str, path: str, target: str, values: dict[str, str]) -> Answer:
        return self._answer(*self._asked(kind, "POST", path, headers=self._htmx(target), data=values))

    def _htmx(self, target: str) -> dict[str, str]:
        return {"HX-Request": "true", "HX-Target": target, "HX-Current-URL": self.url}

    def _asked(self, kind: str, method: str, path: str, **further: Any) -> tuple[httpx2.Response, float]:
        answer = self._timed(kind, method, path, **further)
        return answer, self.spent[kind][-1]

    def _timed(self, kind: str, method: str, path: str, **further: Any) -> httpx2.Response:
        before, started = self.processor(), time.perf_counter()
        answer = self.http.request(method, path, **further)
        self.spent[kind].append(1000 * (time.perf_counter() - started))
        self.worked[kind].append(1000 * (self.processor() - before))
        return answer

    def _answer(self, answer: httpx2.Response, milliseconds: float) -> Answer:
        text = answer.text
        tree = html.fromstring(f"<div>{text}</div>") if text.strip() else None
        shown = cards(tree) if tree is not None else []
        number = tree.xpath("//*[@data-act='undo']/@data-number") if tree is not None else []
        return Answer(
            status=answer.status_code,
            text=text,
            card=shown[0] if shown else None,
            undo=int(number[0]) if number else None,
            triggers=json.loads(answer.headers.get("HX-Trigger", "{}")),
            milliseconds=milliseconds,
        )


def cards(page: html.HtmlElement) -> list[Card]:
    """The statements that a page, or a part of one, shows."""
    return [
        Card(
            id=each.get("data-id"),
            state=each.get("data-state"),
            version=each.get("data-version"),
            codes=each.get("data-codes"),
            document=each.get("data-document"),
            source=each.get("data-source"),
            cue=each.get("data-cue"),
            contents=each.get("data-contents"),
            words=" ".join(each.text_content().split()),
        )
        for each in page.xpath("//article[contains(concat(' ', @class, ' '), ' statement ')]")
    ]


def onward(page: html.HtmlElement) -> str | None:
    """Where the page's "More" leads."""
    found = page.xpath("//*[@data-act-next]/@href")
    return found[0] if found else None
