"""Pages, large cases, and a case that changes while it is served."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest
from tests.mcp.conftest import Assistant, assisted, documents_of, every_citation
from tests.standing_in import stand_in

from mcp import Client
from winset.mcp import paging, said
from winset.pipeline.brief import compose_brief
from winset.pipeline.estimating import estimated
from winset.pipeline.kept_cases import kept_material
from winset.pipeline.material import accounted
from winset.pipeline.people import identified
from winset.positions.rulings import Codes
from winset.store.case_store import CaseStore
from winset.store.desk import Desk


@pytest.fixture
def large(own_case: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Assistant]:
    """The example as if it were a large case: nothing may read it whole."""
    monkeypatch.setattr("winset.pipeline.kept_cases.WHOLE", 10)
    for function in (kept_material, identified, estimated, accounted, compose_brief):
        stand_in(monkeypatch, function, None)
    monkeypatch.setattr(CaseStore, "documents", None)
    monkeypatch.setattr(CaseStore, "codings", None)
    with assisted(own_case) as assistant:
        yield assistant


def walked(assistant: Assistant, tool: str, rows: str, **arguments: Any) -> Iterator[list[dict[str, Any]]]:
    """Page after page."""
    cursor: dict[str, str] = {}
    while True:
        answer = assistant.told(tool, **arguments, **cursor)
        yield answer[rows]
        if answer["next_cursor"] is None:
            return
        cursor = {"cursor": answer["next_cursor"]}


@pytest.mark.parametrize(
    ("tool", "rows", "limit"),
    [
        ("statements", "statements", 7),
        ("positions", "positions", 9),
        ("timeline", "events", 6),
        ("documents", "listed", 2),
        ("documents", "listed", 3),
    ],
)
def test_pages_make_the_whole_once(reader: Assistant, tool: str, rows: str, limit: int) -> None:
    whole = reader.told(tool, limit=50)[rows] if tool != "statements" else None
    pages = list(walked(reader, tool, rows, limit=limit))
    assert all(len(page) <= limit for page in pages)
    together = [row for page in pages for row in page]
    if whole is not None:
        drop = {"number"}  # of a document within its page
        assert [{k: v for k, v in row.items() if k not in drop} for row in together] == [
            {k: v for k, v in row.items() if k not in drop} for row in whole
        ]
    else:
        assert len({row["id"] for row in together}) == len(together) == 74


def test_a_page_ends_before_it_grows_too_long(reader: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(said, "BUDGET", 500)
    pages = list(walked(reader, "statements", "statements", limit=50))
    assert len(pages) > 10
    assert sum(map(len, pages)) == 74


def test_a_long_passage_is_cut_and_says_so(reader: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("winset.mcp.statement_values.LONGEST", 30)
    passages = [each["passage"] for each in reader.told("statements", limit=50)["statements"]]
    assert {len(each["untrusted_text"]) for each in passages} == {30}
    assert all(each["cut"] for each in passages)


def test_an_answer_that_is_too_long_is_broken_off_between_its_marks(
    reader: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("winset.mcp.answered.MOST", 400)
    lines = reader.text("positions").splitlines()
    assert lines[-2].startswith("(the rest is left out")
    assert lines[-1].startswith("</untrusted-")


def test_a_cursor_of_another_version_is_refused(own_case: Path) -> None:
    with assisted(own_case) as assistant:
        cursor = assistant.told("statements", limit=3)["next_cursor"]
        first = assistant.told("statements", limit=1)["statements"][0]
        with CaseStore.open(own_case) as store:
            Desk(store).judge(first["id"], "wrong", by="Ada", at="2023-07-01T00:00:00Z")
        assert "the case has changed since that page" in assistant.refused("statements", cursor=cursor)
        assert first["id"] not in [each["id"] for each in assistant.told("statements", limit=50)["statements"]]
        assert f"no statement {first['id']} counts" in assistant.refused("statements", ids=[first["id"]])


def test_a_case_that_changes_while_it_is_served_is_read_again(own_case: Path) -> None:
    with assisted(own_case) as assistant:
        before = assistant.told("decide")["outcomes"][0]
        said = assistant.told("statements", actor="France", stance="oppose", limit=50)["statements"]
        with CaseStore.open(own_case) as store:
            for each in said:
                Desk(store).code(each["id"], Codes(stance="favour"), by="Ada", at="2023-07-01T00:00:00Z")
        after = assistant.told("decide")["outcomes"][0]
        assert (before["outcome"], after["outcome"]) == ("blocked", "adopted")
        again = assistant.told("statements", ids=[said[0]["id"]])["statements"][0]
        assert (again["stance"], again["read_by"]) == ("favour", "Ada")


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("case_overview", {}),
        ("decide", {}),
        ("decide", {"what_if": ["France=60"]}),
        ("positions", {}),
        ("positions", {"actor": "France"}),
        ("statements", {"actor": "France", "stance": "oppose"}),
        ("statements", {"limit": 50}),
        ("search_passages", {"question": "Who opposes the liaison office, and why?"}),
        ("documents", {}),
    ],
)
def test_a_large_case_is_answered_and_never_read_whole(
    large: Assistant, own_case: Path, tool: str, arguments: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = large.told(tool, **arguments)
    assert large.text(tool, **arguments)
    cited = list(every_citation(answer))
    monkeypatch.undo()
    documents = documents_of(own_case)
    for each in cited:
        assert documents[each["document_id"]].text[each["start"] : each["end"]] == each["untrusted_text"]


def test_a_question_to_a_large_case_finds_the_words_that_say_something(large: Assistant) -> None:
    found = large.told("search_passages", question="Who opposes the office, and why?")
    assert found["answered"]
    assert "words were looked for" in large.text("search_passages", question="Who opposes the office, and why?")


def test_of_a_large_case_the_words_behind_a_blocker_are_told_too(large: Assistant) -> None:
    blocker = large.told("decide")["outcomes"][0]["blockers"][0]
    assert blocker["actor"] == "France"
    assert [each["stance"] for each in blocker["evidence"]] == ["oppose", "oppose"]


@pytest.mark.parametrize("tool", ["brief_section", "discrepancies", "timeline"])
def test_what_needs_a_large_case_whole_says_what_to_take_instead(large: Assistant, tool: str) -> None:
    assert "too large to be worked out whole: take decide, positions" in large.refused(tool)


def test_a_large_case_is_paged_to_its_end(large: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sum(len(page) for page in walked(large, "statements", "statements", limit=4)) == 74
    monkeypatch.setattr(said, "AT_ONCE", 5)
    opposed = [row for page in walked(large, "statements", "statements", stance="oppose", limit=3) for row in page]
    assert {row["stance"] for row in opposed} == {"oppose"}
    monkeypatch.setattr(said, "LOOKED_AT", 5)  # a page may then be empty, and is not the last
    pages = list(walked(large, "statements", "statements", stance="oppose", limit=3))
    assert [row["id"] for page in pages for row in page] == [row["id"] for row in opposed]


def test_one_who_is_in_no_registry_is_heard_in_a_large_case(large: Assistant) -> None:
    said = large.told("statements", actor="Philip Shetler-Jones (Council on Geostrategy)", limit=50)
    assert len(said["statements"]) > 1
    assert {each["speaker"] for each in said["statements"]} == {"Philip Shetler-Jones"}
    assert not said["persons_applied"]


def test_an_empty_case_is_answered(tmp_path: Path) -> None:
    from winset.pipeline.clock import now
    from winset.pipeline.stating import stated

    path = tmp_path / "empty.winset"
    spec = stated(proposal="Open a school", body="nato", on="2023-07-11")
    CaseStore.create(path, spec, created_at=now()).close()
    with assisted(path) as assistant:
        assert assistant.told("decide")["outcomes"][0]["blockers"] == []
        assert len(assistant.told("positions")["positions"]) == 31
        assert not assistant.told("search_passages", question="Who opposes it?")["answered"]
        for tool in ("case_overview", "statements", "documents", "discrepancies", "timeline", "brief_section"):
            assistant.told(tool)


def test_a_place_behind_the_last_is_an_empty_page() -> None:
    assert paging.page([1, 2, 3], cursor="5.9", limit=2, version=5) == ([], None)


def test_calls_at_the_same_time_are_all_answered(own_case: Path) -> None:
    calls: list[tuple[str, dict[str, Any]]] = [
        ("decide", {}),
        ("positions", {}),
        ("search_passages", {"question": "Who opposes the office?"}),
        ("discrepancies", {}),
        ("suggest_verdict", {"statement_id": "ab", "verdict": "wrong", "why": "x"}),
        *(("statements", {"actor": name}) for name in ("France", "Japan", "China")),
    ]

    async def at_once(client: Client) -> list[bool]:
        failed: dict[int, bool] = {}

        async def ask(number: int) -> None:
            failed[number] = (await client.call_tool(*calls[number])).is_error

        async with anyio.create_task_group() as group:
            for number in range(len(calls)):
                group.start_soon(ask, number)
        return [failed[number] for number in range(len(calls))]

    with assisted(own_case, by="Ada") as assistant:
        assert assistant.portal.call(at_once, assistant.client) == [False] * 4 + [True] + [False] * 3
