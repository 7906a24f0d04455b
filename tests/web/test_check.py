"""The queue and the acts of the desk: accept, code, judge, other words, whose it is, undo; and who was faster."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from winset.positions.rulings import Codes
from winset.store.case_store import CaseStore
from winset.store.desk import Desk, QueueRow, replayed

CARD = re.compile(r"<article .*?</article>", re.DOTALL)


@pytest.fixture
def desk(desk_case: Path) -> Desk:
    """The same case from another side, as another person has it."""
    return Desk(CaseStore.open(desk_case))


def first(desk: Desk) -> QueueRow:
    return desk.queue(coder="ada", state="open", limit=1)[0]


def act(client: TestClient, row: QueueRow, path: str, **values: str | int) -> str:
    """What the desk answers to an act on a statement as it was seen."""
    given = {"place": "check", "version": row.version, "codes": row.codes_version, **values}
    answer = client.post(
        f"/cases/tokyo/statements/{row.statement.id}/{path}",
        data={name: str(value) for name, value in given.items()},
        headers={"HX-Request": "true"},
    )
    assert answer.status_code in (200, 409), answer.text
    return unescape(answer.text)


def test_the_queue_begins_with_what_is_open_and_goes_on(desk_client: TestClient, desk: Desk) -> None:
    address, seen = "/cases/tokyo/check", []
    while address:
        page = desk_client.get(address).text
        seen += re.findall(r'data-id="(\w+)"', page)
        onward = re.search(r'data-act-next href="([^"]+)"', page)
        address = f"/cases/tokyo/check{unescape(onward[1])}" if onward else ""
    assert seen == [row.statement.id for row in desk.queue(coder="ada", state="open", limit=1_000)]


def test_the_queue_is_narrowed_by_actor_document_and_state(desk_client: TestClient, desk: Desk) -> None:
    def shown(**asked: str) -> list[str]:
        return re.findall(r'data-id="(\w+)"', desk_client.get("/cases/tokyo/check", params=asked).text)

    french = [row.statement.id for row in desk.queue(coder="ada", actor="FRA", limit=25)]
    assert shown(actor="France") == french
    assert french
    document = desk.documents(coder="ada")[1].id
    assert shown(document=document) == [
        row.statement.id for row in desk.queue(coder="ada", document=document, limit=25)
    ]
    assert shown(state="coded") == []
    assert desk_client.get("/cases/tokyo/check", params={"actor": "Frnce"}).status_code == 404
    assert desk_client.get("/cases/tokyo/check", params={"state": "odd"}).status_code == 422


def test_accept_makes_the_machines_stance_mine(desk_client: TestClient, desk: Desk) -> None:
    row = first(desk)
    answer = act(desk_client, row, "accept")
    assert len(CARD.findall(answer)) == 1, "one card, not the page"
    assert 'data-state="coded"' in answer
    assert '<div hx-swap-oob="innerHTML:#said">' in answer
    assert f"accept {row.statement.id}" in answer
    now = desk.row(row.statement.id, coder="ada")
    assert row.stance is not None
    assert now.codes is not None
    assert now.codes.word == row.stance.word
    assert desk.queue(coder="ada", state="open", limit=1)[0].statement.id != row.statement.id


def test_a_step_says_side_and_firmness(desk_client: TestClient, desk: Desk) -> None:
    said = {
        "-2": Codes(stance="oppose", direction=-1.0, firmness=1.0),
        "-1": Codes(stance="oppose", direction=-0.5, firmness=0.5),
        "0": Codes(stance="neutral", direction=0.0),
        "+1": Codes(stance="favour", direction=0.5, firmness=0.5),
        "+2": Codes(stance="favour", direction=1.0, firmness=1.0),
        "none": Codes(stance="none"),
        "unclear": Codes(stance="unclear"),
    }
    for row, (stance, codes) in zip(desk.queue(coder="ada", state="open"), said.items(), strict=False):
        act(desk_client, row, "code", stance=stance)
        assert desk.row(row.statement.id, coder="ada").codes == codes


def test_a_stance_after_an_actor_keeps_the_actor_and_so_does_accept(desk_client: TestClient, desk: Desk) -> None:
    row = first(desk)
    assert "Poland" in act(desk_client, row, "actor", actor="Poland")
    row = desk.row(row.statement.id, coder="ada")
    assert row.codes == Codes(actor="POL")
    act(desk_client, row, "accept")
    row = desk.row(row.statement.id, coder="ada")
    assert row.codes is not None
    assert row.codes.actor == "POL"
    act(desk_client, row, "code", stance="+2")
    row = desk.row(row.statement.id, coder="ada")
    assert row.codes is not None
    assert (row.codes.actor, row.codes.stance) == ("POL", "favour")


def test_an_actor_nobody_knows_is_refused_with_the_nearest(desk_client: TestClient, desk: Desk) -> None:
    answer = desk_client.post(
        f"/cases/tokyo/statements/{first(desk).statement.id}/actor",
        data={"actor": "Polnd"},
        headers={"HX-Request": "1"},
    )
    assert answer.status_code == 404
    assert "Poland" in answer.text


def test_names_are_offered_while_somebody_types(desk_client: TestClient) -> None:
    def offered(words: str) -> list[str]:
        return re.findall(r'data-key="([^"]*)"', desk_client.get("/cases/tokyo/whom", params={"q": words}).text)

    assert offered("fra")[0] == "FRA"
    assert "POL" in offered("pola")
    assert offered("Macr")[0] == "Emmanuel Macron"
    assert offered("zzzz") == []
    assert 0 < len(offered("")) <= 12


def test_every_name_that_is_offered_can_be_kept(desk_client: TestClient, desk: Desk) -> None:
    row = first(desk)
    every = re.findall(r'data-key="([^"]*)"', desk_client.get("/cases/tokyo/whom").text)
    for key in every:
        answer = desk_client.post(f"/cases/tokyo/statements/{row.statement.id}/actor", data={"actor": unescape(key)})
        assert answer.status_code == 200, key


def test_wrong_does_not_count_and_right_does_again(desk_client: TestClient, desk: Desk) -> None:
    row = first(desk)
    assert "does not count" in act(desk_client, row, "verdict", verdict="wrong")
    now = desk.row(row.statement.id, coder="ada")
    assert (now.verdict, now.counts) == ("wrong", False)
    act(desk_client, now, "verdict", verdict="right")
    assert desk.row(row.statement.id, coder="ada").counts


def test_other_words_make_another_statement_and_undo_brings_the_first_back(desk_client: TestClient, desk: Desk) -> None:
    row = first(desk)
    act(desk_client, row, "code", stance="+1")
    row = desk.row(row.statement.id, coder="ada")
    (start, end) = row.statement.contents[0].span
    assert row.statement.source is not None
    source = "-".join(map(str, row.statement.source.span))
    answer = desk_client.post(
        f"/cases/tokyo/statements/{row.statement.id}/spans",
        data={
            "content": f"{start}-{end - 5}",
            "version": "0",
            "source": source,
        },
        headers={"HX-Request": "true"},
    )
    became = json.loads(answer.headers["HX-Trigger"])["desk:became"]
    assert became["from"] == row.statement.id
    new = desk.row(became["to"], coder="ada")
    assert new.codes == row.codes, "codes go with the words"
    assert not desk.row(row.statement.id, coder="ada").counts
    undone = desk_client.post("/cases/tokyo/statements/undo", headers={"HX-Request": "true"})
    cards = json.loads(undone.headers["HX-Trigger"])["desk:changed"]["cards"]
    assert {"at": became["to"], "now": row.statement.id, "spans": True} in cards
    assert desk.row(row.statement.id, coder="ada").counts
    assert replayed(desk.store) == ()


def test_words_that_a_text_does_not_hold_are_refused(desk_client: TestClient, desk: Desk) -> None:
    row = first(desk)
    for content in ("5-999999", "9-5", "x", "", "1-4,2-6"):
        answer = desk_client.post(f"/cases/tokyo/statements/{row.statement.id}/spans", data={"content": content})
        assert answer.status_code == 400, content
    assert desk.version() == desk.changes(limit=1)[0].number
    assert desk.row(row.statement.id, coder="ada") == row


def test_a_person_marks_a_statement_and_takes_it_back(desk_client: TestClient, desk: Desk) -> None:
    document = desk.documents(coder="ada")[0].id
    answer = desk_client.post(
        f"/cases/tokyo/documents/{document}/statements",
        data={"source": "166-177", "cue": "178-186", "content": "187-210"},
        headers={"HX-Request": "true"},
    )
    assert "marked by ada" in answer.text
    new = json.loads(answer.headers["HX-Trigger"])["desk:became"]["to"]
    assert desk.row(new, coder="ada").counts
    undone = desk_client.post("/cases/tokyo/statements/undo", headers={"HX-Request": "true"})
    assert json.loads(undone.headers["HX-Trigger"])["desk:changed"]["cards"] == [
        {"at": new, "now": None, "spans": True}
    ]
    assert not desk.row(new, coder="ada").counts
    assert new not in desk_client.get(f"/cases/tokyo/documents/{document}").text


def test_who_was_faster_is_shown_beside_mine_and_nothing_is_kept(desk_client: TestClient, desk: Desk) -> None:
    row = first(desk)
    desk.judge(row.statement.id, "wrong", by="ben", at="2023-07-01T10:00:00Z")
    answer = desk_client.post(
        f"/cases/tokyo/statements/{row.statement.id}/verdict",
        data={"verdict": "right", "version": str(row.version)},
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 409
    assert answer.headers["HX-Retarget"] == f"#s-{row.statement.id}"
    assert "<b>ben</b> was faster: wrong" in answer.text
    assert "Yours, not kept: right" in answer.text
    assert 'data-state="conflict"' in answer.text
    now = desk.row(row.statement.id, coder="ada")
    assert now.verdict == "wrong"
    seen = re.search(r'data-version="(\d+)"', answer.text)
    assert seen
    assert int(seen[1]) == now.version, "to put mine instead is to have seen the other's"
    act(desk_client, now, "verdict", verdict="right")
    assert desk.row(row.statement.id, coder="ada").verdict == "right"


def test_every_key_is_in_the_guide_and_has_a_button(desk_client: TestClient, project: Path) -> None:
    script = desk_client.get("/static/check.js").text
    bound = re.findall(r'^  "?([a-zG1-5/])"?: \["', script, flags=re.MULTILINE)
    guide = (project / "docs/how-to/check-at-the-desk.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([^`]+)`", guide.partition("| key | does |")[2].partition("After `a`")[0]))
    assert len(bound) == len(set(bound)) > 15
    assert set(bound) <= named
    bar = desk_client.get("/cases/tokyo/check").text.partition('id="acts"')[2].partition('id="statements"')[0]
    assert set(re.findall(r"<kbd>(\w)</kbd></button>", bar)) == set(bound) - {"/"}, "/ has its own box"


def test_undo_takes_back_what_is_mine_and_an_editor_takes_back_others(desk_client: TestClient, desk: Desk) -> None:
    row = first(desk)
    other = desk.code(row.statement.id, Codes(stance="neutral"), by="ben", at="2023-07-01T10:00:00Z")
    assert desk_client.post("/cases/tokyo/statements/undo").status_code == 400, "ada did nothing yet"
    answer = desk_client.post("/cases/tokyo/statements/undo", data={"number": str(other.number)})
    assert answer.status_code == 200, "who works alone is everything"
    assert "ben coded" in answer.text
    assert desk.row(row.statement.id, coder="ben").codes is None
