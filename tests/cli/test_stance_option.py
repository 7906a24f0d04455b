"""`--stance language-model` on the command line: off unless asked for, judged only by words that stand there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.statements.language_model.chat_server import ChatServer, Handler, fails, says, serving

if TYPE_CHECKING:
    from tests.cli.conftest import Winset

KEY = "sesame-0123456789"
BY_MODEL = ["--stance", "language-model"]
STATEMENT = re.compile(r"^fence-\S+ S(\d+) \(paragraph \d+\): (.*)$", re.MULTILINE)


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


def judges(judge: Callable[[dict[str, Any]], dict[str, Any] | None]) -> Callable[[Handler], None]:
    """Answers each statement of the question as `judge` tells from its source, cue and words."""

    def answer(handler: Handler) -> None:
        asked = handler.chat.asked[-1]["messages"][-1]["content"]
        usual = {"relevance": 0.9, "direction": 0, "firmness": 0.8, "hedged": False, "conditional": False}
        told = [
            {"statement": int(number), **usual, "option": None, "words": [], **judged}
            for number, shown in STATEMENT.findall(asked)
            if (judged := judge(json.loads(shown))) is not None
        ]
        says(json.dumps({"stances": told}, ensure_ascii=False))(handler)

    return answer


def by_cue(shown: dict[str, Any]) -> dict[str, Any]:
    """For or against by the cue alone, which it gives as the words that decided."""
    cue = shown["cue"] or ""
    direction = -1 if "oppos" in cue or "warned" in cue else 1 if "welcom" in cue or "support" in cue else 0
    return {"direction": direction, "words": [cue or shown["words"][:20]]}


def stances(folder: Path) -> list[dict[str, Any]]:
    brief = json.loads((folder / "b.json").read_text(encoding="utf-8"))
    return list(brief["statements"])


def test_it_is_off_unless_it_is_asked_for(winset: Winset, reports: Path, server: ChatServer, stated: list[str]) -> None:
    server.does(judges(by_cue))
    assert winset("brief", reports, *stated, "-o", "b.md").status == 0
    assert server.asked == []


def test_asked_for_without_settings_it_is_refused_in_one_line(
    winset: Winset, reports: Path, folder: Path, stated: list[str]
) -> None:
    ended = winset("brief", reports, *stated, *BY_MODEL, "-o", "b.md")
    assert (ended.status, len(ended.complaints)) == (2, 1)
    assert "WINSET_LLM_URL and WINSET_LLM_MODEL not set" in ended.complaints[0]
    assert not (folder / "b.md").exists()


def test_a_name_that_is_none_is_refused(winset: Winset, reports: Path, stated: list[str]) -> None:
    ended = winset("brief", reports, *stated, "--stance", "language-modle")
    assert (ended.status, len(ended.complaints)) == (2, 1)
    assert "'language-model'" in ended.complaints[0]


def test_without_a_proposal_there_is_nothing_to_judge(winset: Winset, reports: Path, server: ChatServer) -> None:
    ended = winset("statements", reports, *BY_MODEL)
    assert (ended.status, server.asked) == (2, [])
    assert "--proposal" in ended.err


def test_a_kept_case_is_coded_already(winset: Winset, kept: Path, reports: Path, server: ChatServer) -> None:
    assert winset("add", kept, reports).status == 0
    ended = winset("brief", kept, *BY_MODEL)
    assert (ended.status, server.asked) == (2, [])
    assert "leave out --stance" in ended.err


def test_another_method_is_told_in_the_brief(winset: Winset, reports: Path, folder: Path, stated: list[str]) -> None:
    ended = winset("brief", reports, *stated, "--stance", "lexicon", "-o", "b.json")
    assert ended.status == 0, ended.err
    brief = json.loads((folder / "b.json").read_text(encoding="utf-8"))
    assert {"step": "stances", "method": "lexicon"} in brief["run"]["methods"]
    assert "--stance lexicon" in brief["run"]["command"]


def test_statements_are_judged_by_the_model(
    winset: Winset, reports: Path, server: ChatServer, stated: list[str], folder: Path
) -> None:
    server.does(judges(by_cue))
    ended = winset("brief", reports, *stated, *BY_MODEL, "-o", "b.html", "--json", "b.json", "--markdown", "b.md")
    assert (ended.status, ended.complaints) == (0, [])
    assert len(server.asked) == 2
    brief = json.loads((folder / "b.json").read_text(encoding="utf-8"))
    host = server.url.split("/")[2]
    assert {"step": "stances", "method": "language-model (stub-1)"} in brief["run"]["methods"]
    assert {"step": "language model, stances", "method": f"stub-1 at {host}"} in brief["run"]["methods"]
    assert "--stance language-model" in brief["run"]["command"]
    assert {each["stance_by"] for each in stances(folder)} == {"machine: language-model (stub-1)"}
    words = (folder / "b.md").read_text(encoding="utf-8").replace("\\", "")
    assert f"judged for or against by a language model, stub-1 at {host}" in words
    assert "instead of the language model" not in words
    assert "asks the language model again" in words
    for written in folder.glob("b.*"):
        assert KEY not in written.read_text(encoding="utf-8")
    assert KEY not in ended.out + ended.err


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"words": ["we shall leave the alliance"]}, "does not stand by the statement"),
        ({"words": []}, "0 stretches of words"),
        ({"words": ["Reykjavik"], "option": 7}, "option 7"),
        ({"words": ["Brussels, 3 July 2023"]}, "stand"),
        (None, "says nothing of this statement"),
    ],
)
def test_what_does_not_hold_is_refused_and_the_default_method_judges(
    winset: Winset,
    reports: Path,
    server: ChatServer,
    *,
    stated: list[str],
    folder: Path,
    told: dict[str, Any] | None,
    why: str,
) -> None:
    def france_alone_is_bad(shown: dict[str, Any]) -> dict[str, Any] | None:
        return told and {**by_cue(shown), **told} if shown["source"] == "France" else by_cue(shown)

    server.does(judges(france_alone_is_bad))
    ended = winset("brief", reports / "first.txt", *stated, *BY_MODEL, "-o", "b.json", "--markdown", "b.md")
    assert ended.status == 0
    assert len(ended.complaints) == 1
    assert why in ended.complaints[0]
    assert "1 of " in ended.complaints[0]
    others = [each for each in stances(folder) if "language-model" not in each["stance_by"]]
    assert len(others) == 1
    assert "the language model:" in others[0]["stance_reason"]
    assert "1 statement was judged by" in (folder / "b.md").read_text(encoding="utf-8").replace("\\", "")


@pytest.mark.parametrize(
    "answer",
    [
        fails(401, f'{{"error": "no such key: {KEY}"}}'.encode()),
        says("All of them are in favour."),
        judges(lambda shown: {**by_cue(shown), "direction": 5}),
        judges(lambda shown: {**by_cue(shown), "relevance": True}),
    ],
)
def test_without_an_answer_in_form_the_default_method_judges_all(
    winset: Winset,
    reports: Path,
    server: ChatServer,
    *,
    stated: list[str],
    folder: Path,
    answer: Callable[[Handler], None],
) -> None:
    assert winset("brief", reports, *stated, "-o", "b.json").status == 0
    usual = [(each["stance_by"], each["direction"]) for each in stances(folder)]
    server.does(answer)
    ended = winset("brief", reports, *stated, *BY_MODEL, "-o", "b.json", "--markdown", "b.md")
    assert ended.status == 0
    assert len(ended.complaints) == 2
    assert [(each["stance_by"], each["direction"]) for each in stances(folder)] == usual
    words = (folder / "b.md").read_text(encoding="utf-8").replace("\\", "")
    assert "instead of the language model" in words
    assert "judged for or against by a language model" not in words
    assert KEY not in words + ended.out + ended.err
