"""Every link of every page leads somewhere: no refusal, no broken page, no place on a page that is not there."""

from __future__ import annotations

import re
import shutil
import time
from collections import deque
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urldefrag, urljoin, urlsplit

from fastapi.testclient import TestClient
from tests.web.conftest import SECRET, sent_along

from winset.pipeline.clock import now
from winset.store.case_store import CaseStore
from winset.store.desk import Desk
from winset.web.app import create_app
from winset.web.settings import Settings

HOST = "http://127.0.0.1"
ALIKE = 5  # pages of one kind that are looked at: the hundredth statement's link is made like the first's
PATIENCE = 300  # times a tenth of a second that a page may say that it is being computed
ASKED = ("href", "src", "hx-get")
FILES = re.compile(r"/leave/(brief|tables|case)\.|/look$")  # made by long work; test_leave.py takes each
OTHERWISE = re.compile(r"[0-9a-f]{12,}|\d+|(?<=/actors/)[^/?]+")


class Links(HTMLParser):
    """What a page leads to, and the places on it that can be led to."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.to: list[str] = []
        self.asks: list[str] = []  # forms, which may want more than their address
        self.places: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.places.update(value for key in ("id", "name" if tag == "a" else "id") if (value := given.get(key)))
        self.to += [value for key in ASKED if (value := given.get(key))]
        if tag == "form" and (given.get("method") or "get") == "get" and given.get("action"):
            self.asks.append(given["action"] or "")


def read(text: str) -> Links:
    found = Links()
    found.feed(text)
    return found


def kind(address: str) -> str:
    """Addresses that differ in an id or a number alone are of one kind."""
    parts = urlsplit(address)
    asked = ",".join(sorted({key for key, _ in parse_qsl(parts.query, keep_blank_values=True)}))
    return f"{OTHERWISE.sub('*', unquote(parts.path))}?{asked}"


def crawled(client: TestClient, start: Iterable[str]) -> Iterator[str]:
    """Goes wherever a page leads, and tells what is wrong there."""
    waiting = deque((address, "", False) for address in start)
    asked: dict[str, str | None] = {}  # address -> what is wrong; None: nothing
    places: dict[str, set[str]] = {}
    kinds: dict[str, int] = {}
    anchors: list[tuple[str, str, str]] = []
    while waiting:
        address, source, is_form = waiting.popleft()
        if address in asked or FILES.search(urlsplit(address).path):
            continue
        kinds[kind(address)] = kinds.get(kind(address), 0) + 1
        if kinds[kind(address)] > ALIKE:
            continue
        answer = _whole(client, address)
        fine = answer.status_code < 400 or (is_form and answer.status_code == 422)
        asked[address] = None if fine else f"{answer.status_code} at {address}, from {source}"
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        page = read(answer.text)
        places[address] = page.places
        for link in (*page.to, *page.asks):
            full = urljoin(f"{HOST}{address}", link)
            if not full.startswith(f"{HOST}/"):
                if not full.startswith(("data:", "blob:")):
                    yield f"leaves the host: {full}, from {address}"
                continue
            there, place = urldefrag(full.removeprefix(HOST))
            if place:
                anchors.append((there, place, address))
            waiting.append((there, address, link in page.asks))
    yield from (wrong for wrong in asked.values() if wrong)
    for there, place, source in anchors:
        if there in places and unquote(place) not in places[there]:
            yield f"no #{place} at {there}, from {source}"


def _whole(client: TestClient, address: str) -> Any:
    """A page with what is worked out for it, which may take a while."""
    answer = client.get(address)
    for _ in range(PATIENCE):
        if 'class="computing"' not in answer.text or "hx-select=" not in answer.text:
            break
        time.sleep(0.1)
        answer = client.get(address)
    return answer


def worked_on(path: Path) -> None:
    """One of everything that a person leaves behind, so that its links are there too."""
    with CaseStore.open(path) as store:
        desk = Desk(store)
        one, two, three, *_ = desk.queue(coder="ada", limit=10)
        desk.accept(one.statement.id, by="ada", at=now())
        desk.judge(two.statement.id, "wrong", by="ada", at=now(), why="no statement")
        desk.accept(three.statement.id, by="ben", at=now())
        desk.undo(by="ben", at=now())


def wrong_links(path: Path) -> list[str]:
    """All that is wrong with the links of a case's pages."""
    worked_on(path)
    settings = Settings(places=(str(path),), single_user="ada", secret=SECRET)
    with TestClient(create_app(settings), base_url=HOST) as client:
        sent_along(client)
        root = f"/cases/{path.stem}"
        return sorted(set(crawled(client, ["/", root, f"{root}/timeline", "/api/v1/reference"])))


def test_every_link_of_the_example_leads_somewhere(desk_case: Path) -> None:
    assert wrong_links(desk_case) == []


def test_every_link_of_the_texts_beside_the_checkout_leads_somewhere(kept_seeds: Path, tmp_path: Path) -> None:
    assert wrong_links(Path(shutil.copy(kept_seeds, tmp_path / "seeds.winset"))) == []
