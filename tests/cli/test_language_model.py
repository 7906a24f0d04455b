"""`--attributor language-model` on the command line: off unless asked for and configured, and told in the brief."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.statements.language_model.chat_server import ChatServer, Handler, fails, serving, tells, told

if TYPE_CHECKING:
    from tests.cli.conftest import Winset

KEY = "sesame-0123456789"
BY_MODEL = ["--attributor", "language-model"]


@pytest.fixture(autouse=True)
def _unconfigured(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("URL", "MODEL", "KEY", "TIMEOUT"):
        monkeypatch.delenv(f"WINSET_LLM_{name}", raising=False)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ChatServer]:
    with serving() as chat:
        for name, value in chat.settings(WINSET_LLM_KEY=KEY).items():
            monkeypatch.setenv(name, value)
        yield chat


def answers(handler: Handler) -> None:
    """One true attribution for each paragraph that has it, and one invention for each question."""
    true = [
        told(number, "France", "opposes", "the training centre in Reykjavik")
        for number, words in handler.lines.items()
        if words.startswith("France opposes")
    ]
    tells(*true, told(1, "Germany", "said", "we shall leave the alliance"))(handler)


def test_it_is_off_unless_it_is_asked_for(winset: Winset, reports: Path, server: ChatServer) -> None:
    server.does(answers)
    assert winset("statements", reports).status == 0
    assert server.asked == []


def test_asked_for_without_settings_it_is_refused_in_one_line(winset: Winset, reports: Path, folder: Path) -> None:
    ended = winset("statements", reports, *BY_MODEL, "-o", "s.jsonl")
    assert ended.status == 2
    assert len(ended.complaints) == 1
    assert "WINSET_LLM_URL and WINSET_LLM_MODEL not set" in ended.complaints[0]
    assert not (folder / "s.jsonl").exists()


def test_half_configured_it_is_refused_too(
    winset: Winset, reports: Path, server: ChatServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WINSET_LLM_MODEL")
    ended = winset("statements", reports, *BY_MODEL)
    assert (ended.status, server.asked) == (2, [])
    assert "WINSET_LLM_MODEL not set" in ended.err


def test_statements_are_coded_by_the_model(winset: Winset, reports: Path, server: ChatServer) -> None:
    server.does(answers)
    ended = winset("statements", reports, *BY_MODEL)
    assert (ended.status, ended.err) == (0, "")
    (row,) = [json.loads(line) for line in ended.out.splitlines()]
    assert (row["represents"], row["coder"]) == ("France", "machine: language-model (stub-1)")
    assert len(server.asked) == 2


def test_the_brief_says_which_model_coded_and_what_was_refused(
    winset: Winset, reports: Path, server: ChatServer, stated: list[str], folder: Path
) -> None:
    server.does(answers)
    ended = winset("brief", reports, *stated, *BY_MODEL, "-o", "b.html", "--json", "b.json", "--markdown", "b.md")
    assert ended.status == 0, ended.err
    brief = json.loads((folder / "b.json").read_text(encoding="utf-8"))
    host = server.url.split("/")[2]
    assert {"step": "language model", "method": f"stub-1 at {host}"} in brief["run"]["methods"]
    assert brief["run"]["refused_spans"] == 2
    assert "--attributor language-model" in brief["run"]["command"]
    words = (folder / "b.md").read_text(encoding="utf-8")
    assert f"coded by a language model, stub-1 at {host}" in words.replace("\\", "")
    assert "2 proposed statements were refused" in words
    assert "asks the language model again" in words
    for written in folder.glob("b.*"):
        assert KEY not in written.read_text(encoding="utf-8")
    assert KEY not in ended.out + ended.err


def test_without_an_answer_each_document_is_told_and_the_brief_is_written(
    winset: Winset, reports: Path, server: ChatServer, stated: list[str], folder: Path
) -> None:
    server.does(fails(401, f'{{"error": "no such key: {KEY}"}}'.encode()))
    ended = winset("brief", reports, *stated, *BY_MODEL, "-o", "b.md")
    assert ended.status == 0
    assert len(ended.complaints) == 2
    assert all("coded without the language model" in line and "WINSET_LLM_KEY" in line for line in ended.complaints)
    words = (folder / "b.md").read_text(encoding="utf-8")
    assert "2 documents were coded without the language model, which gave no answer" in words
    assert "coded by a language model" not in words
    assert KEY not in words + ended.out + ended.err


def test_rules_may_be_chosen_one_by_one(winset: Winset, reports: Path) -> None:
    ended = winset("statements", reports, "--attributor", "according-to,attitudes", "--attributor", "quotation-marks")
    coders = {json.loads(line)["coder"] for line in ended.out.splitlines()}
    assert "machine: according-to" in coders
    assert coders <= {"machine: according-to", "machine: attitudes", "machine: quotation-marks"}


@pytest.mark.parametrize(("name", "why"), [("language-modle", "language-model"), ("", "empty name")])
def test_a_name_that_is_none_is_refused(winset: Winset, reports: Path, name: str, why: str) -> None:
    ended = winset("statements", reports, "--attributor", name)
    assert ended.status == 2
    assert len(ended.complaints) == 1
    assert why in ended.complaints[0]


def test_a_kept_case_is_coded_already(winset: Winset, kept: Path, reports: Path, server: ChatServer) -> None:
    assert winset("add", kept, reports).status == 0
    ended = winset("brief", kept, *BY_MODEL)
    assert (ended.status, server.asked) == (2, [])
    assert "is coded already" in ended.err
