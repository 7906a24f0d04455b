"""The API for scripts: the same acts and roles as the pages, and another's change where somebody was faster."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from tests.web.team import Team, team_over

from winset.web.access.roles import Role

ROOT = "/api/v1/cases/tokyo"


@pytest.fixture
def team(desk_case: Path, tmp_path: Path) -> Team:
    return team_over(desk_case, folder=tmp_path)


@pytest.fixture
def coder(team: Team) -> Iterator[TestClient]:
    with team.script(Role.CODER) as client:
        yield client


def first(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"{ROOT}/statements?limit=1").json()["statements"][0]
    return found


def test_statements_are_paged_once_each_with_words_that_hold(coder: TestClient) -> None:
    texts: dict[str, str] = {}
    seen: list[str] = []
    after: int | None = 0
    while after is not None:
        told = coder.get(f"{ROOT}/statements", params={"after": after, "limit": 20}).json()
        for row in told["statements"]:
            id = row["document_id"]
            if id not in texts:
                texts[id] = coder.get(f"{ROOT}/documents/{id}").json()["text"]
            for part in filter(None, (row["source"], row["cue"], *row["contents"])):
                assert texts[id][part["start"] : part["end"]] == part["exact"]
            seen.append(row["id"])
        after = told["next"]
    assert len(seen) == len(set(seen)) == coder.get(ROOT).json()["statements"]


def test_what_a_script_does_is_in_the_trail_and_can_be_taken_back(coder: TestClient) -> None:
    row = first(coder)
    accepted = coder.post(f"{ROOT}/statements/{row['id']}/accept", json={"seen": row["codes_version"]})
    assert (accepted.status_code, accepted.json()["act"], accepted.json()["by"]) == (200, "accept", "coder")
    coded = coder.put(
        f"{ROOT}/statements/{row['id']}/codes",
        json={"stance": "oppose", "firmness": 1, "option": "proposal", "actor": "France", "why": "says so"},
    )
    assert coded.status_code == 200, coded.text
    now = coder.get(f"{ROOT}/statements/{row['id']}").json()
    assert (now["codes"]["stance"], now["codes"]["option"], now["codes"]["actor"]) == ("oppose", "proposal", "FRA")
    assert coder.put(f"{ROOT}/statements/{row['id']}/verdict", json={"verdict": "wrong"}).status_code == 200
    for _ in range(3):
        assert coder.post(f"{ROOT}/undo", json={}).status_code == 200
    back = first(coder)
    assert (back["codes"], back["verdict"], back["coded_by"]) == (None, None, [])
    acts = [change["act"] for change in coder.get(f"{ROOT}/changes?limit=6").json()["changes"]]
    assert acts == ["undo", "undo", "undo", "wrong", "code", "accept"]
    number = coded.json()["number"]
    assert coder.get(f"{ROOT}/changes/{number}").json()["undone_by"] is not None


def test_the_second_is_shown_the_firsts_change(team: Team) -> None:
    ann, ben = team.script(Role.CODER), team.script(Role.EDITOR)
    row = first(ann)
    assert ann.put(f"{ROOT}/statements/{row['id']}/verdict", json={"verdict": "wrong", "seen": 0}).status_code == 200
    late = ben.put(f"{ROOT}/statements/{row['id']}/verdict", json={"verdict": "right", "seen": 0})
    assert late.status_code == 409
    assert (late.json()["change"]["by"], late.json()["change"]["act"]) == ("coder", "wrong")


def test_words_are_marked_and_given_other_words(coder: TestClient) -> None:
    document = coder.get(f"{ROOT}/documents?limit=1").json()["documents"][0]
    made = coder.post(f"{ROOT}/documents/{document['id']}/statements", json={"contents": [{"start": 3, "end": 20}]})
    assert made.status_code == 201, made.text
    new = made.json()["effects"][0]["about"].partition(":")[2]
    moved = coder.put(f"{ROOT}/statements/{new}/spans", json={"contents": [{"start": 3, "end": 25}], "seen": 1})
    assert moved.status_code == 200, moved.text
    assert coder.get(f"{ROOT}/statements/{new}").json()["verdict"] == "replaced"
    nowhere = coder.post(
        f"{ROOT}/documents/{document['id']}/statements", json={"contents": [{"start": 10**6, "end": 10**6 + 5}]}
    )
    assert nowhere.status_code == 400


def test_figures_are_those_of_the_pages(coder: TestClient) -> None:
    held = coder.get(f"{ROOT}/positions").json()["positions"]
    france = next(row for row in held if row["actor_id"] == "FRA")
    assert france["member"]
    assert set(france["evidence"]) <= {
        row["id"] for row in coder.get(f"{ROOT}/statements?limit=500").json()["statements"]
    }
    as_it_is = coder.get(f"{ROOT}/decide").json()["issues"][0]
    yielding = coder.get(f"{ROOT}/decide", params={"what_if": "France=100"}).json()["issues"][0]
    assert as_it_is["probability_adopted"] < yielding["probability_adopted"]
    assert coder.get(f"{ROOT}/decide", params={"what_if": "Atlantis=3"}).status_code == 400
    assert coder.get(f"{ROOT}/brief").json()["schema"] == "winset-brief/1"


def test_discrepancies_are_settled_by_editors(team: Team, coder: TestClient) -> None:
    found = coder.get(f"{ROOT}/discrepancies").json()["discrepancies"][0]
    path = f"{ROOT}/discrepancies/{found['id']}/settlement"
    assert coder.put(path, json={"said": "2"}).status_code == 403
    editor = team.script(Role.EDITOR)
    assert editor.put(path, json={"said": "7"}).status_code == 400
    assert editor.put(path, json={"said": "2", "why": "years are given", "seen": 0}).status_code == 200
    told = editor.get(f"{ROOT}/discrepancies").json()["discrepancies"][0]["settled"]
    assert (told["verdict"], told["right"], told["by"]) == ("right", 1, "editor")


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/api/v1/cases/none", None, 404),
        ("GET", f"{ROOT}/statements/0123456789abcdef", None, 404),
        ("GET", f"{ROOT}/statements/x", None, 422),
        ("GET", f"{ROOT}/statements?limit=100000", None, 422),
        ("PUT", f"{ROOT}/statements/0123456789abcdef/codes", {"stance": "maybe"}, 422),
        ("PUT", f"{ROOT}/statements/0123456789abcdef/codes", {"direction": "1"}, 422),
        ("PUT", f"{ROOT}/statements/0123456789abcdef/codes", {"stanze": "oppose"}, 422),
        ("PUT", f"{ROOT}/statements/0123456789abcdef/codes", {"stance": "oppose"}, 404),
        ("POST", f"{ROOT}/undo", {}, 400),
        ("POST", f"{ROOT}/undo", {"number": 999_999}, 404),
    ],
)
def test_refusals_are_one_line_of_json(
    coder: TestClient, method: str, path: str, body: dict[str, Any] | None, status: int
) -> None:
    answer = coder.request(method, path, json=body)
    assert answer.status_code == status, answer.text
    assert set(answer.json()) == {"detail"}
    assert answer.json()["detail"]
    assert "\n" not in answer.json()["detail"]


def test_without_a_token_there_is_nothing(team: Team) -> None:
    client = TestClient(team.app, base_url="http://127.0.0.1")
    for headers in ({}, {"Authorization": "Bearer winset_0"}, {"Authorization": "Basic YTpi"}):
        answer = client.get(f"{ROOT}/statements", headers=headers)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"


def test_the_reference_describes_every_operation(team: Team) -> None:
    reader = team.script(Role.READER)
    told = reader.get("/api/v1/openapi.json").json()
    shown = reader.get("/api/v1/reference").text
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            assert operation["description"], path
            assert {"401", "403", "404", "422"} <= set(operation["responses"])
            assert f"{method.upper()} {path}" in shown
    assert told["paths"]["/api/v1/cases/{case}/undo"]["post"]["x-role"] == "coder"
    assert "http" not in " ".join(part for part in shown.split('"') if part.startswith(("src", "href")))
