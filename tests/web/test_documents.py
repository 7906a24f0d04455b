"""The documents of a case: the list, the search, and one of them beside its statements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis.strategies import integers, lists, sampled_from, text, tuples

from winset.corpus.types import Document, clean_text
from winset.exchange.case_files import load_case
from winset.pipeline.clock import now
from winset.pipeline.keeping import mark
from winset.pipeline.reading import code_document
from winset.statements.types import Statement
from winset.store.case_store import CaseStore
from winset.store.desk import Desk
from winset.web.app import create_app
from winset.web.pages.documents import STATEMENTS
from winset.web.passages import PART, around, marked, part_at, parts
from winset.web.settings import Settings

EXAMPLE = Path(__file__).parents[2] / "examples/tokyo-office/case.yaml"
TEXT = re.compile(r'<div class="text verbatim" id="text".*?data-start="(\d+)" data-end="(\d+)">(.*?)</div>', re.DOTALL)
SENTENCE = "The minister of Norway said that Norway supports point {}. "
HERE = "http://127.0.0.1"
EVIL = "Norway said that “<script>alert(1)</script> & <b>this</b>” helps.\n"


def shown_text(page: str) -> tuple[int, str]:
    """Where the text of a page begins, and the text as a browser has it."""
    found = TEXT.search(page)
    assert found
    return int(found[1]), unescape(re.sub(r"<[^>]+>", "", found[3]))


@pytest.fixture
def documents(desk_case: Path) -> tuple[Document, ...]:
    with CaseStore.open(desk_case) as store:
        return store.documents()


@pytest.fixture
def long_case(tmp_path: Path) -> Iterator[tuple[TestClient, Document]]:
    """A document of several parts, whose first has more statements than one page shows."""
    said = "\n\n".join(SENTENCE.format(number) for number in range(STATEMENTS + 8))
    quiet = "\n\n".join(["The sea was calm, and the wind stood still. " * 20] * 30)
    document = Document(name="long.txt", text=f"{said}\n\n{quiet}\n\n{SENTENCE.format('last')}\n")
    spec = load_case(EXAMPLE).spec
    path = tmp_path / "long.winset"
    with CaseStore.create(path, spec, created_at=now()) as store:
        store.add(document, code_document(document, spec))
    with TestClient(
        create_app(Settings(places=(str(path),), single_user="ada", secret="x" * 40)), base_url=HERE
    ) as client:
        yield client, document


def test_the_list_tells_how_far_each_document_is_coded(
    desk_client: TestClient, documents: tuple[Document, ...], desk_case: Path
) -> None:
    page = desk_client.get("/cases/tokyo/documents").text
    for document in documents:
        assert f'href="/cases/tokyo/documents/{document.id}"' in page
    with CaseStore.open(desk_case) as store:
        row = Desk(store).documents(coder="ada")[0]
    assert f'data-name="statements">{row.statements}</td>' in page
    assert 'data-name="coded by me">0</td>' in page
    assert 'aria-current="page"' in page


def test_a_search_leads_to_the_words(desk_client: TestClient) -> None:
    page = desk_client.get("/cases/tokyo/documents", params={"q": "liaison office"}).text
    link = re.search(r'href="(/cases/tokyo/documents/\w+\?words=\d+-\d+)#words"', page)
    assert link
    shown = desk_client.get(unescape(link[1])).text
    assert '<a class="asked" id="words"></a>' in shown
    assert "0 documents" in desk_client.get("/cases/tokyo/documents", params={"q": "zzzyx"}).text


def test_every_statement_is_marked_in_the_text_at_its_very_words(
    desk_client: TestClient, desk_case: Path, documents: tuple[Document, ...]
) -> None:
    with CaseStore.open(desk_case) as store:
        desk = Desk(store)
        for document in documents:
            page = desk_client.get(f"/cases/tokyo/documents/{document.id}").text
            assert shown_text(page) == (0, document.text)
            for row in desk.queue(coder="ada", document=document.id):
                id = row.statement.id
                assert page.count(f'id="s-{id}"') == 1
                assert page.count(f'id="t-{id}"') == 1
                marks = re.findall(rf'<mark class="content[^"]*" data-s="[^"]*{id}[^"]*">([^<]*)</mark>', page)
                assert unescape("".join(marks)).startswith("".join(part.exact for part in row.statement.contents)[:20])


def test_machine_and_person_never_look_alike(desk_client: TestClient, documents: tuple[Document, ...]) -> None:
    address = f"/cases/tokyo/documents/{documents[3].id}"
    page = desk_client.get(address).text
    assert '<span class="by-machine"><span class="sayer">machine</span>' in page
    assert "by-person" not in page
    (id, *_) = re.findall(r'data-id="(\w+)"', page)
    desk_client.post(f"/cases/tokyo/statements/{id}/code", data={"stance": "-2"})
    page = desk_client.get(address).text
    assert '<span class="by-person"><span class="sayer">ada</span> <b class="step">−2</b> against, firmly' in page


def test_what_the_statements_rest_on_comes_after_the_page(
    desk_client: TestClient, documents: tuple[Document, ...]
) -> None:
    address = f"/cases/tokyo/documents/{documents[0].id}"
    page = desk_client.get(address).text
    assert f'hx-get="{address}/origins?part=1&amp;after=0" hx-trigger="load"' in page
    told = desk_client.get(f"{address}/origins?part=1&after=0").text
    assert 'hx-swap-oob="innerHTML"> · origin: ' in told
    assert {*re.findall(r'id="o-(\w+)"', told)} <= {*re.findall(r'data-id="(\w+)"', page)}


def test_a_long_document_comes_in_parts_and_a_full_part_in_pages(long_case: tuple[TestClient, Document]) -> None:
    client, document = long_case
    address = f"/cases/long/documents/{document.id}"
    cut = parts(document.text)
    assert len(cut) > 1
    read = ""
    ids: set[str] = set()
    for number in range(1, len(cut) + 1):
        page = client.get(address, params={"part": number}).text
        start, words = shown_text(page)
        assert start == len(read)
        read += words
        more: str | None = f"?part={number}"
        while more:
            page = client.get(address + unescape(more)).text
            found = re.findall(r'data-id="(\w+)"', page)
            assert len(found) <= STATEMENTS
            assert not ids & {*found}
            ids |= {*found}
            onward = re.search(r'data-act-next href="([^"]*after=\d+)"', page)
            more = onward[1] if onward else None
    assert read == document.text
    every = client.app.state.cases["long"].desk.queue(coder="ada", limit=5_000)  # type: ignore[attr-defined]
    assert ids == {row.statement.id for row in every}
    last = max(every, key=lambda row: row.statement.start).statement
    page = client.get(address, params={"statement": last.id}).text
    assert f'id="s-{last.id}"' in page
    assert shown_text(page)[0] == cut[-1][0]


def test_what_stands_in_a_document_is_never_markup(tmp_path: Path) -> None:
    document = Document(name='<img src=x onerror="alert(2)">.txt', text=EVIL, title="<svg onload=alert(3)>")
    spec = load_case(EXAMPLE).spec
    path = tmp_path / "evil.winset"
    with CaseStore.create(path, spec, created_at=now()) as store:
        store.add(document, code_document(document, spec))
        coding = mark(store, document, source=(0, 6), cue=(7, 11), contents=[(17, 52)], by="ada")
        Desk(store).add(coding, by="<i>eve</i>", at=now(), why="<script>alert(4)</script>")
    with TestClient(
        create_app(Settings(places=(str(path),), single_user="ada", secret="x" * 40)), base_url=HERE
    ) as client:
        pages = ("documents", f"documents/{document.id}", "check?state=all", "log", "documents?q=helps")
        for address in pages:
            page = client.get(f"/cases/evil/{address}").text
            for strange in ("<script>alert", "<img src", "<svg onload", "<b>this", "<i>eve"):
                assert strange not in page, (address, strange)
        assert shown_text(client.get(f"/cases/evil/documents/{document.id}").text)[1] == EVIL


def test_a_document_that_is_not_there_is_told(desk_client: TestClient) -> None:
    assert desk_client.get("/cases/tokyo/documents/0000000000000000").status_code == 404
    assert desk_client.get("/cases/nowhere/documents").status_code == 404


@given(text("ab \n.", max_size=3 * PART), integers(1, 4))
def test_parts_are_the_text(words: str, times: int) -> None:
    whole = words * times
    cut = parts(whole)
    assert "".join(whole[start:end] for start, end in cut) == whole
    assert all(part_at(cut, start) == number for number, (start, end) in enumerate(cut) if start < end)
    assert all(end - start <= PART * 5 // 4 for start, end in cut)


@given(
    lists(sampled_from(["It said no.", "🏛️ “Ja!”", "Dr. Ito left", "\n\n", " ", "東京。"]), min_size=1),
    tuples(*[integers(0, 40)] * 2),
)
def test_a_passage_holds_its_words_and_every_code_point(some: list[str], place: tuple[int, int]) -> None:
    words = clean_text("".join(some))
    start, end = min(place) % len(words), min(len(words), max(place) + 1)
    if start >= end or not words[start:end].strip():
        return
    low, high = around(words, start, end)
    assert 0 <= low <= start < end <= high <= len(words)
    shown = marked(words, low, high, ())
    assert "".join(piece.text for piece in shown.pieces) == words[low:high]


def test_overlapping_statements_share_their_words(desk_case: Path, documents: tuple[Document, ...]) -> None:
    document = documents[0]
    with CaseStore.open(desk_case) as store:
        said: list[Statement] = []
        for contents in ([(187, 220)], [(200, 244)], [(187, 196), (230, 244)]):
            (statement,) = mark(store, document, source=None, cue=None, contents=contents, by="ada").statements
            said.append(statement)
    shown = marked(document.text, 100, 300, said)
    assert "".join(piece.text for piece in shown.pieces) == document.text[100:300]
    for statement in said:
        own = [piece.text for piece in shown.pieces if statement.id in piece.keys.split()]
        assert "".join(own) == "".join(part.exact for part in statement.contents)
    assert any("several" in piece.marks for piece in shown.pieces)
