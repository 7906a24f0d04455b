from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest

from winset.brief.json import as_dict, schema
from winset.brief.types import Brief


@pytest.fixture(params=["compact_brief", "empty_brief", "many_brief", "hostile_brief", "assumed_brief"])
def brief(request: pytest.FixtureRequest) -> Brief:
    found: Brief = request.getfixturevalue(request.param)
    return found


def spans(value: Any, document: str | None = None) -> Iterator[tuple[str | None, dict[str, Any]]]:
    """Every {start, end, exact} with the document it stands in."""
    if isinstance(value, dict):
        document = value.get("document", document)
        if {"start", "end", "exact"} <= set(value):
            yield document, value
        for part in value.values():
            yield from spans(part, document)
    elif isinstance(value, list):
        for part in value:
            yield from spans(part, document)


def test_the_schema_is_sound_and_describes_every_field() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


def test_the_brief_satisfies_its_schema(brief: Brief) -> None:
    validator = jsonschema.Draft202012Validator(schema())
    assert list(validator.iter_errors(json.loads(json.dumps(as_dict(brief))))) == []


def test_a_missing_field_does_not_satisfy_the_schema(compact_brief: Brief) -> None:
    exported = as_dict(compact_brief)
    del exported["answer"]["blockers"]
    with pytest.raises(jsonschema.ValidationError, match="blockers"):
        jsonschema.validate(exported, schema())


def test_no_field_is_missing_from_the_schema(compact_brief: Brief) -> None:
    described = schema()

    def walk(value: Any, part: dict[str, Any], path: str) -> None:
        part = described["$defs"][part["$ref"].rpartition("/")[2]] if "$ref" in part else part
        if "anyOf" in part and value is not None:
            return walk(value, part["anyOf"][0], path)
        if isinstance(value, dict):
            assert set(value) == set(part["properties"]), path
            for name, inner in value.items():
                walk(inner, part["properties"][name], f"{path}.{name}")
        elif isinstance(value, list):
            for inner in value:
                walk(inner, part["items"], f"{path}[]")
        return None

    walk(as_dict(compact_brief), described, "brief")


def test_every_anchor_holds_in_the_text_that_is_exported(brief: Brief) -> None:
    exported = json.loads(json.dumps(as_dict(brief)))
    texts = {document["id"]: document["text"] for document in exported["documents"]}
    found = list(spans(exported))
    for document, span in found:
        assert document is not None
        assert texts[document][span["start"] : span["end"]] == span["exact"]
    assert len(found) >= sum(len(coded.statement.contents) for coded in brief.statements)


def test_the_answer_names_the_blocker_with_its_statements_and_origins(compact_brief: Brief) -> None:
    answer = as_dict(compact_brief)["answer"]
    assert answer["outcome"] == "blocked"
    assert answer["rule"] == "consensus under a silence procedure"
    [blocker] = answer["blockers"]
    assert (blocker["actor"], blocker["probability"], len(blocker["statements"]), blocker["origins"]) == (
        "Arvenia",
        0.97,
        7,
        2,
    )
    assert [entry["actor"] for entry in answer["possible_blockers"]] == ["United Isles"]


def test_members_without_a_statement_are_unknown(compact_brief: Brief) -> None:
    members = {row["actor"]: row for row in as_dict(compact_brief)["members"]}
    assert len(members) == 9
    assert members["Kesh"] == {
        "actor": "Kesh",
        "actor_id": "kesh",
        "votes": 1,
        "position": None,
        "std_error": None,
        "on_record": False,
        "stands": "unknown",
        "statements": [],
    }
    assert members["Arvenia"]["on_record"] is True


def test_those_without_a_vote_are_no_members(compact_brief: Brief) -> None:
    exported = as_dict(compact_brief)
    others = {row["actor"]: row["standing"] for row in exported["others"]}
    assert others["Dravia"] == "outside"
    assert others["Estmark"] == "partner"
    assert others["expert: Strand Institute"] == "commentator"
    assert not set(others) & {row["actor"] for row in exported["members"]}


def test_cited_statements_are_in_the_export(brief: Brief) -> None:
    exported = as_dict(brief)
    ids = {row["id"] for row in exported["statements"]}
    assert len(ids) == len(brief.statements)
    for blocker in exported["answer"]["blockers"]:
        assert set(blocker["statements"]) <= ids
    for position in exported["positions"]:
        assert set(position["evidence"]) <= ids
