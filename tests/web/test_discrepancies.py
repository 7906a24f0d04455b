"""What is told differently is settled by a person; the machine's view stays, in the page and in the brief."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from lxml import html  # type: ignore[import-untyped]
from tests.standing_in import stand_in

from winset.brief.html import render
from winset.brief.json import as_dict
from winset.brief.markdown import render as render_markdown
from winset.brief.types import Brief
from winset.corpus.types import Anchor
from winset.errors import BadJudgement
from winset.ids import DocumentId
from winset.pipeline.brief import compose_brief
from winset.pipeline.kept_cases import kept_material
from winset.pipeline.material import accounted
from winset.pipeline.people import settlements
from winset.sourcing.settling import Settlement, Verdict, in_words, settled, settlement
from winset.sourcing.types import Discrepancy, DiscrepancyKind, Telling
from winset.store.case_store import CaseStore
from winset.store.desk import Desk

HERE = "/cases/tokyo/discrepancies"
PART = {"HX-Request": "true"}


def telling(value: str, start: int = 0) -> Telling:
    words = value or "nothing"
    return Telling(
        value=value,
        anchor=Anchor(document_id=DocumentId("d1"), start=start, end=start + len(words), exact=words),
    )


def told(*values: str) -> Discrepancy:
    return Discrepancy(
        kind=DiscrepancyKind.DATE,
        about="the vote",
        tellings=tuple(telling(value, 20 * n) for n, value in enumerate(values)),
        why="nothing decides it",
    )


@pytest.fixture
def first(desk_client: TestClient) -> str:
    found = re.search(r'id="d-(\w{16})"', desk_client.get(HERE).text)
    assert found
    return found[1]


def test_an_id_is_the_same_for_the_same_words_and_no_other() -> None:
    assert told("6 May", "7 May").id == told("6 May", "7 May").id
    assert told("6 May", "7 May").id != told("7 May", "6 May").id  # a number of a telling would mean another
    assert told("6 May", "7 May").id != told("6 May", "7 May", "8 May").id
    assert re.fullmatch(r"[0-9a-f]{16}", told("6 May").id)


@pytest.mark.parametrize(
    ("says", "words"),
    [
        ("2", "“7 May” is right"),
        ("both", "both are right"),
        ("neither", "neither is right"),
        ("none", "no discrepancy"),
    ],
)
def test_a_settlement_comes_back_from_its_values_and_says_what_it_says(says: str, words: str) -> None:
    found = told("6 May", "7 May")
    said = settled(found, says, by="Ada", at="2031-05-09T10:00:00Z", why=" the\nminutes ")
    assert said.why == "the minutes"
    assert settlement(found.id, said.value()) == said
    assert in_words(said, found) == words


def test_what_settles_nothing_is_refused() -> None:
    for says in ("0", "3", "right", "", "²"):
        with pytest.raises(BadJudgement, match="settles nothing: write 1 or 2 for the telling that is right"):
            settled(told("6 May", "7 May"), says, by="Ada")
    with pytest.raises(BadJudgement, match="name who settles it"):
        settled(told("6 May", "7 May"), "1", by=" ")
    with pytest.raises(BadJudgement, match="number goes with the verdict right"):
        Settlement(discrepancy_id="d", verdict=Verdict.RIGHT, by="Ada")


def test_both_tellings_stand_side_by_side_with_the_machines_view(desk_client: TestClient) -> None:
    page = html.fromstring(desk_client.get(HERE).text)
    (card,) = page.cssselect("article.difference")
    assert len(card.cssselect(".tellings > li")) == 2
    assert [each.text_content() for each in card.cssselect(".tellings .by-machine")] == ["machine: borne out"]
    assert "machine: telling 2 is borne out" in card.text_content()
    assert not card.cssselect(".by-person")
    assert [each.get("value") for each in card.cssselect("input[name=verdict]")] == [
        "1",
        "2",
        "both",
        "neither",
        "none",
    ]


def test_a_person_settles_it_and_both_views_are_kept(desk_client: TestClient, desk_case: Path, first: str) -> None:
    answer = desk_client.post(f"{HERE}/{first}", data={"verdict": "1", "why": "I asked", "seen": 0}, headers=PART)
    assert answer.status_code == 200
    card = html.fromstring(answer.text)
    assert "settled by ada" in card.text_content()
    assert "“the first NATO office in Asia” is right: I asked" in " ".join(card.text_content().split())
    assert "machine: borne out" in card.text_content()
    assert 'id="said"' in answer.text  # announced
    with CaseStore.open(desk_case) as store:
        material = kept_material(store)
        said = material.settled[first]
        assert (said.verdict, said.right, said.by, said.why) == (Verdict.RIGHT, 0, "ada", "I asked")
        (change,) = Desk(store).changes(limit=1)
        assert (change.act, change.by, change.why) == ("settle", "ada", "I asked")
        brief = compose_brief(store.spec(), material, draws=200)
    for text in (render(brief), render_markdown(brief)):
        assert "settled by ada" in text
        assert "borne out" in text
        assert "; ada settled 1." in text
    (row,) = [row for row in as_dict(brief)["discrepancies"] if row["id"] == first]
    assert (row["right"], row["settled"]["right"], row["settled"]["by"]) == (1, 0, "ada")


def test_it_is_taken_back_and_stays_in_the_log(desk_client: TestClient, desk_case: Path, first: str) -> None:
    desk_client.post(f"{HERE}/{first}", data={"verdict": "both", "seen": 0}, headers=PART)
    answer = desk_client.post(f"{HERE}/{first}/reopen", data={"seen": 1}, headers=PART)
    assert answer.status_code == 200
    assert "settled by" not in answer.text
    with CaseStore.open(desk_case) as store:
        assert settlements(store) == {}
        assert [change.act for change in Desk(store).changes(limit=2)] == ["drop", "settle"]
    assert "settled by" not in desk_client.get(HERE, params={"show": "settled"}).text
    again = desk_client.post(f"{HERE}/{first}", data={"verdict": "2", "seen": 0}, headers=PART)
    assert (again.status_code, "settled by ada" in again.text) == (200, True)


def test_who_is_slower_is_shown_the_others_word_and_loses_nothing(desk_client: TestClient, first: str) -> None:
    desk_client.post(f"{HERE}/{first}", data={"verdict": "2", "seen": 0}, headers=PART)
    answer = desk_client.post(f"{HERE}/{first}", data={"verdict": "1", "seen": 0}, headers=PART)
    assert answer.status_code == 409
    told, card = answer.text.split("<article", 1)
    assert "“not the first NATO office in Asia” is right. That came first" in told
    assert 'hx-swap-oob="outerHTML"' in card  # in the place of what was seen
    plain = desk_client.post(f"{HERE}/{first}", data={"verdict": "1", "seen": 0})
    assert (plain.status_code, "ada changed it meanwhile" in plain.text) == (409, True)
    assert "“not the first NATO office in Asia” is right" in " ".join(desk_client.get(HERE).text.split()).replace(
        "<bdi>", ""
    )


def test_it_works_without_scripts(desk_client: TestClient, first: str) -> None:
    answer = desk_client.post(f"{HERE}/{first}", data={"verdict": "2", "seen": 0}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{HERE}#d-{first}")
    shown = html.fromstring(desk_client.get(HERE).text).cssselect(f"#d-{first} .reopen")
    assert shown


def test_what_cannot_be_meant_is_refused_in_one_line(desk_client: TestClient, first: str) -> None:
    for id, verdict, status, line in (
        (first, "7", 400, "settles nothing"),
        (first, "", 400, "nothing is chosen"),
        ("0" * 16, "1", 404, "no discrepancy"),
    ):
        answer = desk_client.post(f"{HERE}/{id}", data={"verdict": verdict, "seen": 0}, headers=PART)
        assert answer.status_code == status
        assert line in answer.text
    assert desk_client.post(f"{HERE}/{first}/reopen", data={"seen": 0}, headers=PART).status_code == 404


def test_a_reason_is_never_markup(desk_client: TestClient, first: str) -> None:
    why = "<script>alert(1)</script><b onclick=x>"
    answer = desk_client.post(f"{HERE}/{first}", data={"verdict": "2", "why": why, "seen": 0}, headers=PART)
    for text in (answer.text, desk_client.get(HERE).text):
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)" in text


def test_a_settlement_of_what_is_no_longer_found_is_told(desk_client: TestClient, desk_case: Path) -> None:
    said = settled(told("6 May", "7 May"), "1", by="Ben")
    with CaseStore.open(desk_case) as store:
        Desk(store).settle(said.discrepancy_id, said.value(), by="Ben", at="2031-05-09T10:00:00Z")
        brief: Brief = compose_brief(store.spec(), kept_material(store), draws=200)
    page = html.fromstring(desk_client.get(HERE).text)
    assert "1 settlement of what is no longer told as it was" in page.text_content()
    assert "Ben settled" not in render_markdown(brief)


def test_the_case_is_not_worked_out_again_for_a_settlement(
    desk_client: TestClient, first: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_args: object) -> None:
        raise AssertionError("worked out again")

    stand_in(monkeypatch, accounted, never)
    desk_client.post(f"{HERE}/{first}", data={"verdict": "2", "seen": 0}, headers=PART)
    assert "settled by ada" in desk_client.get(HERE).text
