"""What an assistant may write: suggestions that count for nothing until a person adopts them; the trail keeps both."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.mcp.conftest import Assistant, assisted
from typer.testing import CliRunner

from winset.cli.app import app
from winset.errors import BadJudgement, UnknownName
from winset.ids import EvidenceId, StatementId
from winset.pipeline.clock import now
from winset.store import checking
from winset.store.case_store import CaseStore
from winset.store.desk import Desk, replayed

WHY = "the words say so"


@pytest.fixture
def writer(own_case: Path) -> Iterator[Assistant]:
    with assisted(own_case, by="Ada") as assistant:
        yield assistant


def french(assistant: Assistant) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = assistant.told("statements", actor="France", stance="oppose", limit=50)["statements"]
    return found


def ran(*words: str) -> str:
    done = CliRunner().invoke(app, list(words))
    assert done.exit_code == 0, done.output
    return done.stdout


def test_a_suggestion_moves_nothing_until_a_person_adopts_it(writer: Assistant, own_case: Path) -> None:
    documented = writer.told("decide")["outcomes"]
    for each in french(writer):
        kept = writer.told("suggest_codes", statement_id=each["id"], stance="favour", firmness=0.5, why=WHY)
        assert (kept["by"], kept["counts"]) == ("assistant for Ada", False)
        assert kept["adopt"] == f"winset check CASE adopt {each['id']}"
    assert writer.told("decide")["outcomes"] == documented

    listed = json.loads(ran("check", str(own_case), "suggestions", "--json"))["suggestions"]
    assert {each["by"] for each in listed} == {"assistant for Ada"}
    for each in listed:
        told = json.loads(ran("check", str(own_case), "adopt", each["statement"], "--by", "Ada", "--json"))
        assert (told["by"], told["act"], told["why"]) == ("Ada", "code", WHY)
    assert writer.told("decide")["outcomes"][0]["outcome"] == "adopted"
    assert {each["read_by"] for each in writer.told("statements", ids=[listed[0]["statement"]])["statements"]} == {
        "Ada"
    }
    with CaseStore.open(own_case) as store:
        assert replayed(store) == ()


def test_a_verdict_is_suggested_and_adopted_in_the_same_way(writer: Assistant, own_case: Path) -> None:
    id = french(writer)[0]["id"]
    writer.told("suggest_verdict", statement_id=id, verdict="wrong", why=WHY)
    assert id in [each["id"] for each in french(writer)]
    assert f"{id}  assistant for Ada suggests wrong: {WHY}" in ran("check", str(own_case), "suggestions")
    ran("check", str(own_case), "adopt", id, "--by", "Ada")
    assert id not in [each["id"] for each in french(writer)]


def test_a_suggestion_is_taken_back_by_its_change_and_nobody_elses_is(writer: Assistant, own_case: Path) -> None:
    id = french(writer)[0]["id"]
    change = writer.told("suggest_codes", statement_id=id, stance="none", why=WHY)["change"]
    assert [each["change"] for each in writer.told("suggestions")["suggestions"]] == [change]
    writer.told("take_back", change=change)
    assert writer.told("suggestions")["suggestions"] == []
    assert "nothing is suggested" in ran("check", str(own_case), "suggestions")
    with CaseStore.open(own_case) as store:
        theirs = Desk(store).judge(StatementId(EvidenceId(id)), "wrong", by="Ada", at=now())
        assert replayed(store) == ()
    assert f"change {theirs.number} is not this assistant's" in writer.refused("take_back", change=theirs.number)


def test_the_trail_tells_that_a_machine_suggested_it(writer: Assistant, own_case: Path) -> None:
    id = french(writer)[0]["id"]
    writer.told("suggest_codes", statement_id=id, stance="favour", actor="Germany", hedged=True, why=WHY)
    log = ran("check", str(own_case), "log", "--limit", "1")
    assert f"assistant for Ada suggested, because {WHY}: suggestion of assistant for Ada on statement {id}" in log
    assert "favour, hedged, actor DEU" in log


def test_a_what_if_is_kept_under_a_name_and_moves_nobody(writer: Assistant, own_case: Path) -> None:
    documented = writer.told("decide")["outcomes"]
    kept = writer.told("keep_what_if", name="France moves", what_if=["France=60"], rule="simple-majority")
    assert (kept["counts"], kept["by"]) == (True, "assistant for Ada")
    assert writer.told("decide")["outcomes"] == documented
    assert "France moves" in ran("decide", str(own_case), "--scenarios")
    assert "is kept already" in writer.refused("keep_what_if", name="france moves", what_if=["France=60"])
    assert "did you mean 'France'?" in writer.refused("keep_what_if", name="other", what_if=["Frnace=60"])
    writer.told("take_back", change=kept["change"])
    assert "France moves" not in ran("decide", str(own_case), "--scenarios")


def test_there_is_no_tool_that_adds_a_document_or_codes_at_once(writer: Assistant) -> None:
    writing = {"suggest_codes", "suggest_verdict", "keep_what_if", "take_back"}
    tools = writer.portal.call(writer.client.list_tools).tools
    assert {each.name for each in tools if not (each.annotations and each.annotations.read_only_hint)} == writing


def test_suggestions_that_differ_are_for_a_person_to_decide(own_case: Path) -> None:
    with CaseStore.open(own_case) as store:
        desk = Desk(store)
        id = desk.queue(coder="", limit=1)[0].statement.id
        at = now()
        with pytest.raises(UnknownName, match="nothing is suggested of it"):
            checking.adopt(desk, id, by="Ada", at=at)
        for who, verdict in (("assistant for Ada", "wrong"), ("assistant for Ben", "right")):
            desk.suggest(id, {"verdict": verdict, "why": who}, by=who, at=at)
        with pytest.raises(BadJudgement, match="assistant for Ada, assistant for Ben suggest different things"):
            checking.adopt(desk, id, by="Ada", at=at)
        with pytest.raises(UnknownName):
            desk.suggest(StatementId(EvidenceId("ab")), {"verdict": "wrong"}, by="Ada", at=at)
        with pytest.raises(BadJudgement, match="name the person"):
            desk.suggest(id, {"verdict": "wrong"}, by="machine: x", at=at)
