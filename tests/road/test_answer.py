"""What must hold of the brief on the office in Tokyo, on the shipped example and on the published texts alike."""

from __future__ import annotations

from typing import Any

MEMBERS = 31  # NATO on 2023-07-11: Finland had joined on 4 April 2023, Sweden had not
WITHOUT_A_VOTE = {"China", "Russia", "Japan", "South Korea", "Australia", "New Zealand", "Sweden", "Ukraine"}


def spans(statement: dict[str, Any]) -> list[dict[str, Any]]:
    """Every anchor of a statement."""
    return [part for part in (statement["source"], statement["cue"], *statement["contents"]) if part]


def test_the_office_is_blocked_on_that_day(road: Any) -> None:
    answer = road.brief["answer"]
    assert answer["outcome"] == "blocked"
    assert answer["on"] == "2023-07-11"
    assert 0.5 < answer["probability"] <= 1
    assert answer["rule"] == "consensus under a silence procedure"


def test_france_blocks_with_words_from_at_least_three_documents(road: Any) -> None:
    france = next(row for row in road.brief["answer"]["blockers"] if row["actor"] == "France")
    behind = [road.statements[key] for key in france["statements"]]
    assert france["probability"] > 0.5
    assert len({row["document"] for row in behind if row["contents"] or row["cue"]}) >= 3
    assert 1 <= france["origins"] <= len(behind)


def test_the_members_are_those_of_that_day(road: Any) -> None:
    assert len(road.members) == MEMBERS
    assert "Finland" in road.members
    assert not WITHOUT_A_VOTE & set(road.members)
    assert all(row["votes"] == 1 for row in road.brief["members"])


def test_a_blocker_is_a_member(road: Any) -> None:
    members = {row["actor"] for row in road.brief["members"]}
    assert {row["actor"] for row in road.brief["answer"]["blockers"]} <= members


def test_a_member_without_a_statement_is_unknown_and_not_in_favour(road: Any) -> None:
    silent = [row for row in road.brief["members"] if not row["on_record"]]
    assert len(silent) >= MEMBERS // 2
    for row in silent:
        assert row["position"] is None
        assert row["std_error"] is None
        assert row["actor_id"] not in road.positions


def test_a_member_on_record_stands_somewhere_and_says_on_whose_word(road: Any) -> None:
    heard = [row for row in road.brief["members"] if row["on_record"]]
    assert heard
    for row in heard:
        assert 0 <= row["position"] <= 100
        assert row["std_error"] > 0
        assert road.evidence(row), f"{row['actor']} has a position on no statement"


def test_nobody_speaks_for_a_member_but_itself(road: Any) -> None:
    for row in road.brief["members"]:
        for statement in road.evidence(row):
            assert statement["represents"] == row["actor"], statement


def test_a_commentator_gives_no_state_a_position(road: Any) -> None:
    experts = {row["id"] for row in road.brief["statements"] if (row["represents"] or "").startswith("expert:")}
    assert experts
    for position in road.brief["positions"]:
        if len(position["actor_id"]) == 3 and position["actor_id"].isupper():  # ISO 3166-1 alpha-3: a state
            assert not experts & set(position["evidence"]), position["actor"]


def test_china_is_on_record_against_and_has_no_vote(road: Any) -> None:
    assert "CHN" in road.positions
    assert road.positions["CHN"]["value"] < 50
    assert "China" not in road.members


def test_every_anchor_holds_in_its_exported_text(road: Any) -> None:
    texts = {row["id"]: row["text"] for row in road.brief["documents"]}
    checked = 0
    for statement in road.brief["statements"]:
        for part in spans(statement):
            assert texts[statement["document"]][part["start"] : part["end"]] == part["exact"]
            checked += 1
    assert checked >= len(road.brief["statements"]) > 0


def test_every_statement_cited_is_in_the_export(road: Any) -> None:
    for blocker in road.brief["answer"]["blockers"]:
        assert set(blocker["statements"]) <= set(road.statements)
    for position in road.brief["positions"]:
        assert set(position["evidence"]) <= set(road.statements)


def test_the_assumption_on_silence_is_named_with_its_effect(road: Any) -> None:
    assert road.brief["assumptions"]
    for row in road.brief["assumptions"]:
        assert row["text"]
        assert row["otherwise"]
        assert 0 <= row["adopted_if_held"] <= 1
        assert 0 <= row["adopted_otherwise"] <= 1


def test_no_document_was_refused(road: Any) -> None:
    assert road.brief["rejected"] == []
