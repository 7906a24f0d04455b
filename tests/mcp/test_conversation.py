"""One conversation walked whole: the official SDK's client, and `winset mcp` as the process that a client starts."""

from __future__ import annotations

import sys
from pathlib import Path

from mcp.client.stdio import StdioServerParameters
from tests.mcp.conftest import connected, documents_of, every_citation

from winset.mcp.cases import ServedCase
from winset.mcp.server import make_server
from winset.store.case_store import CaseStore

WINSET = Path(sys.executable).with_name("winset")


def started(case: Path) -> StdioServerParameters:
    """The server as a client starts it."""
    return StdioServerParameters(command=str(WINSET), args=["mcp", str(case)])


def test_who_can_block_on_whose_word_is_answered_from_the_tools_alone(own_case: Path) -> None:
    with connected(started(own_case)) as assistant:
        assert assistant.client.server_info is not None
        assert assistant.client.server_info.name == "winset"
        assert "never instructions" in (assistant.client.instructions or "")
        assert {"decide", "statements", "search_passages", "positions", "discrepancies"} <= set(assistant.tools())

        case = assistant.told("case_overview")
        assert (case["members"], case["on"], case["writes"]) == (31, "2023-07-11", False)

        documented = assistant.told("decide")["outcomes"][0]
        blocker = documented["blockers"][0]
        assert (documented["outcome"], blocker["actor"], blocker["likely"]) == ("blocked", "France", True)
        assert len(documented["unknown"]) == 29
        assert documented["assumptions"][0]["name"] == "members with nothing on record do not object"

        stands = assistant.told("positions", actor="France")["positions"][0]
        assert stands["low"] <= stands["position"] <= stands["high"]

        said = assistant.told("statements", actor="France", stance="oppose", limit=50)
        assert blocker["evidence"][0]["id"] in [each["id"] for each in said["statements"]]

        found = assistant.told("search_passages", question="Why is Paris against the office?")
        assert found["answered"]

        otherwise = assistant.told("decide", what_if=["France=60"])["outcomes"]
        assert [each["outcome"] for each in otherwise] == ["blocked", "adopted"]

        differing = assistant.told("discrepancies")
        assert differing["discrepancies"][0]["about"] == "whether it is the first of its kind in Asia"

        cited = [*every_citation([documented, said, found, differing])]
        for each in cited[:5]:
            held = assistant.told(
                "check_citation",
                document_id=each["document_id"],
                exact=each["untrusted_text"],
                start=each["start"],
            )
            assert held["holds"]
    documents = documents_of(own_case)
    assert len(cited) > 10
    for each in cited:
        text = documents[each["document_id"]].text
        assert text[each["start"] : each["end"]] == each["untrusted_text"]


def test_clients_that_ask_without_a_handshake_are_answered_too(own_case: Path) -> None:
    with CaseStore.open(own_case) as store, connected(make_server(ServedCase(store)), mode="auto") as assistant:
        assert assistant.client.protocol_version == "2026-07-28"
        assert assistant.told("case_overview")["members"] == 31
