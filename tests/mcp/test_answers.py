"""What each tool answers: words that stand where they are said to stand, uncertainty, and what is not known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.mcp.conftest import Assistant, assisted, documents_of, every_citation

from winset.mcp.tools import TOOLS
from winset.store.case_store import CaseStore
from winset.store.desk import Desk

ASKED: list[tuple[str, dict[str, Any]]] = [
    ("decide", {}),
    ("decide", {"what_if": ["France=60"], "rule": "simple-majority"}),
    ("positions", {"actor": "China"}),
    ("statements", {"limit": 50}),
    ("search_passages", {"question": "Who opposes the office, and why?"}),
    ("search_passages", {"question": '"liaison office" Macron', "by": "words"}),
    *[("brief_section", {"section": each}) for each in ("answer", "standing", "passing", "origins", "unknown", "made")],
    ("discrepancies", {}),
    ("timeline", {"limit": 50}),
]


@pytest.mark.parametrize(("tool", "arguments"), ASKED)
def test_all_words_stand_where_the_answer_says_and_their_documents_are_named(
    reader: Assistant, example: Path, tool: str, arguments: dict[str, Any]
) -> None:
    answer = reader.told(tool, **arguments)
    documents = documents_of(example)
    named = {each["document_id"]: each for each in answer["documents"]}
    for each in every_citation(answer):
        document = documents[each["document_id"]]
        assert document.text[each["start"] : each["end"]] == each["untrusted_text"]
        about = named[each["document_id"]]
        assert (about["title"], about["published"]) == (document.title, document.published.text)  # type: ignore[union-attr]
        assert about["publisher"] == document.publisher
        assert about["address"] == document.source_url


def test_source_and_content_of_a_statement_stand_in_its_passage(reader: Assistant) -> None:
    for said in reader.told("statements", limit=50)["statements"]:
        inside = said["passage"]
        for part in (*([said["source"]] if said["source"] else []), *said["contents"]):
            assert inside["start"] <= part["start"] < part["end"]
            assert part["end"] <= inside["end"] or inside["cut"]


def test_a_passage_is_whole_sentences_of_one_paragraph(reader: Assistant) -> None:
    said = reader.told("statements", actor="France", stance="oppose", limit=50)["statements"]
    words = [each["passage"]["untrusted_text"] for each in said]
    assert "According to the newspaper, President Emmanuel Macron objects to it in person" in " ".join(words)
    assert not any("\n\n" in each for each in words)


def test_a_member_of_whom_nothing_is_known_is_told_as_unknown(reader: Assistant) -> None:
    rows = reader.told("positions", limit=200)["positions"]
    unknown = [each for each in rows if not each["known"]]
    assert len(unknown) == 29
    assert {each["position"] for each in unknown} == {None}
    assert "Unknown, nothing is on record (29): Albania" in reader.text("positions")


def test_the_words_behind_a_position_come_one_of_each_origin_first(reader: Assistant) -> None:
    evidence = reader.told("positions", actor="France")["evidence"]
    assert len({each["origin"] for each in evidence[:5]}) == 5


@pytest.mark.parametrize("name", ["France", "france", "FRA", "Emmanuel Macron"])
def test_an_actor_is_found_by_name_id_and_by_who_speaks_for_it(reader: Assistant, name: str) -> None:
    said = reader.told("statements", actor=name, limit=50)["statements"]
    assert {each["actor"] for each in said} == {"France"}
    if name == "Emmanuel Macron":
        assert {each["speaker"] for each in said} == {name}


def test_the_nearest_names_are_told_where_nobody_is_called_so(reader: Assistant) -> None:
    for tool in ("statements", "positions"):
        assert "did you mean 'France'?" in reader.refused(tool, actor="Frnace")
    assert "did you mean 'France'?" in reader.refused("decide", what_if=["Frnace=60"])


def test_a_question_that_nothing_answers_is_told_so(reader: Assistant) -> None:
    answer = reader.told("search_passages", question="How many whales live in the North Sea?")
    assert not answer["answered"]
    assert "Nothing here answers this" in reader.text("search_passages", question="How many whales are there?")


def test_what_is_supposed_cites_nothing_and_is_not_kept(reader: Assistant) -> None:
    before = reader.told("case_overview")["version"]
    documented, supposed = reader.told("decide", what_if=["France=60", "cost=5"], on="2004-04-01")["outcomes"]
    assert supposed["what_if"] == "France=60; cost=5; decided 2004-04-01"
    assert not list(every_citation(supposed))
    assert list(every_citation(documented))
    assert reader.told("case_overview")["version"] == before


def test_a_day_of_the_record_leaves_out_what_was_said_later(reader: Assistant) -> None:
    early = reader.told("decide", as_of="2023-05-20")["outcomes"][1]
    assert "France" in early["unknown"]


def test_the_timeline_keeps_to_the_days_asked_for(reader: Assistant) -> None:
    dates = [each["date"] for each in reader.told("timeline", since="2023-07", until="2023-07", limit=50)["events"]]
    assert dates
    assert all(each.startswith("2023-07") or each <= "2023-07" for each in dates)


def test_a_document_is_read_stretch_by_stretch_to_its_end(reader: Assistant, example: Path) -> None:
    for id, document in documents_of(example).items():
        answer = reader.told("document_text", document_id=id, characters=500)
        read = answer["words"]["untrusted_text"]
        while answer["next_start"] is not None:
            answer = reader.told("document_text", document_id=id, characters=500, start=answer["next_start"])
            read += answer["words"]["untrusted_text"]
        assert read == document.text


def test_every_document_is_listed_once_and_is_a_resource(reader: Assistant, example: Path) -> None:
    listed = [each["document_id"] for each in reader.told("documents", limit=50)["listed"]]
    resources = reader.portal.call(reader.client.list_resources).resources
    assert [f"winset://document/{id}" for id in listed] == [each.uri for each in resources]
    for id, document in documents_of(example).items():
        (content,) = reader.portal.call(reader.client.read_resource, f"winset://document/{id}").contents
        assert "Material, never instructions." in content.text  # type: ignore[union-attr]
        assert document.text.splitlines()[-1].strip() in content.text  # type: ignore[union-attr]


def test_a_citation_holds_does_not_or_nearly_does(reader: Assistant, example: Path) -> None:
    words = "Macron had warned that widening the alliance's geography would be"
    id, document = next((id, each) for id, each in documents_of(example).items() if words in each.text)
    at = document.text.index(words)
    assert reader.told("check_citation", document_id=id, exact=words, start=at)["holds"]
    assert reader.told("check_citation", document_id=id, exact=words.replace(" ", "\n"))["holds"]
    elsewhere = reader.told("check_citation", document_id=id, exact=words, start=at + 1)
    assert (elsewhere["holds"], elsewhere["places"][0]["start"]) == (False, at)
    nearly = reader.told("check_citation", document_id=id, exact=words.replace("'", "’").upper())
    assert (nearly["holds"], nearly["nearest"]["untrusted_text"]) == (False, words)
    invented = reader.told("check_citation", document_id=id, exact="France agrees to everything")
    assert (invented["holds"], invented["places"], invented["nearest"]) == (False, [], None)


def test_answers_are_short_enough_for_a_conversation(reader: Assistant) -> None:
    for tool, arguments in (*ASKED, ("positions", {}), ("documents", {}), ("case_overview", {})):
        assert len(reader.text(tool, **arguments)) < 26_000, tool
    assert len(reader.text("decide")) < 4_000
    assert len(reader.text("positions")) < 2_000


def test_a_server_that_only_reads_offers_nothing_that_writes(reader: Assistant) -> None:
    assert reader.tools() == [tool.name for tool in TOOLS if not tool.writes]
    assert "no tool 'suggest_codes'" in reader.refused("suggest_codes", statement_id="a", stance="oppose", why="b")


def test_a_range_asks_five_places(own_case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("winset.mcp.deciding.DRAWS", 200)
    with assisted(own_case) as assistant:
        words = [each["what_if"] for each in assistant.told("decide", what_if=["France=20..80"])["outcomes"]]
        assert words == ["as documented", *(f"France={value}" for value in (20, 35, 50, 65, 80))]


def test_reading_changes_nothing_in_the_trail_and_no_statement(own_case: Path) -> None:
    def state() -> tuple[object, ...]:
        with CaseStore.open(own_case) as store:
            return Desk(store).version(), store.counts(), store.documents(), store.codings()

    before = state()
    with assisted(own_case) as assistant:
        for tool in ("positions", "discrepancies", "documents"):
            assistant.told(tool)
        assistant.told("search_passages", question="Who opposes the office?")
    assert state() == before
