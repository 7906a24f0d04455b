"""`winset brief`, from documents, a case file and a kept case."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Ended, Winset


def test_documents_in_and_a_cited_brief_out(winset: Winset, reports: Path, stated: list[str]) -> None:
    ended: Ended = winset(
        "brief", reports, *stated, "--option", "a smaller centre=40", "-o", "b.html", "--json", "b.json"
    )
    assert (ended.status, ended.err) == (0, "")
    answer, *_, where = ended.out.splitlines()
    assert answer.startswith("Blocked.")
    assert "France" in answer
    assert "b.html" in where
    assert len(ended.out.splitlines()) <= 3
    brief = json.loads(Path("b.json").read_text())
    assert brief["answer"]["outcome"] == "blocked"
    assert [blocker["actor"] for blocker in brief["answer"]["blockers"]] == ["France"]
    assert len(brief["members"]) == 31
    texts = {document["id"]: document["text"] for document in brief["documents"]}
    anchors = [
        (statement["document"], span)
        for statement in brief["statements"]
        for span in (*statement["contents"], statement["source"], statement["cue"])
        if span
    ]
    assert anchors
    assert all(texts[document][span["start"] : span["end"]] == span["exact"] for document, span in anchors)
    assert "<!DOCTYPE html>" in Path("b.html").read_text(encoding="utf-8")


def test_those_without_a_vote_and_those_without_a_word_are_told_apart(
    winset: Winset, reports: Path, stated: list[str]
) -> None:
    winset("brief", reports, *stated, "--json", "b.json")
    brief = json.loads(Path("b.json").read_text())
    members = {member["actor"]: member for member in brief["members"]}
    assert "China" not in members
    assert members["France"]["on_record"]
    assert not members["Iceland"]["on_record"]
    assert members["Iceland"]["position"] is None


def test_the_form_is_told_by_the_suffix(winset: Winset, reports: Path, stated: list[str]) -> None:
    assert winset("brief", reports, *stated, "-o", "b.md").status == 0
    assert winset("brief", reports, *stated, "-o", "B.JSON").status == 0
    assert Path("b.md").read_text(encoding="utf-8").startswith("<!-- winset brief -->\n\n# ")
    assert json.loads(Path("B.JSON").read_text())["answer"]
    assert not Path("brief.html").exists()


def test_stdout_takes_the_brief_alone(winset: Winset, reports: Path, stated: list[str]) -> None:
    ended = winset("brief", reports, *stated, "--json", "-")
    assert json.loads(ended.out)["answer"]["outcome"] == "blocked"
    assert ended.err.startswith("Blocked.")
    ended = winset("brief", reports, *stated, "--markdown", "-", "--json", "b.json")
    assert ended.out.startswith("<!-- winset brief -->\n\n# ")
    ended = winset("brief", reports, *stated, "--markdown", "-", "--json", "-")
    assert ended.status == 2
    assert [each.name for each in Path().iterdir() if each.is_file()] == ["b.json"]


def test_without_an_output_the_brief_is_named_after_the_case(winset: Winset, reports: Path, stated: list[str]) -> None:
    assert winset("brief", reports, *stated).status == 0
    assert Path("brief.html").is_file()
    assert winset("new", "iceland.winset", *stated).status == 0
    assert winset("add", "iceland.winset", reports).status == 0
    assert "iceland.html" in winset("brief", "iceland.winset").out
    assert Path("iceland.html").is_file()


CASE = """\
proposal: Open a training centre in Reykjavik
body: nato
on: 2023-07-11
documents: [reports]
"""


def without_run(path: str) -> str:
    brief = json.loads(Path(path).read_text())
    del brief["run"]
    return json.dumps(brief)


def test_options_a_case_file_and_a_kept_case_make_one_brief(winset: Winset, reports: Path, stated: list[str]) -> None:
    Path("case.yaml").write_text(CASE)
    winset("brief", reports, *stated, "--json", "options.json")
    winset("brief", "case.yaml", "--json", "file.json")
    winset("new", "kept.winset", "--from", "case.yaml")
    (reports / "first.txt").unlink()  # a kept case needs no input a second time
    (reports / "second.txt").unlink()
    assert winset("brief", "kept.winset", "--json", "kept.json").status == 0
    assert without_run("options.json") == without_run("file.json") == without_run("kept.json")


def test_documents_may_follow_a_case_file(winset: Winset, reports: Path) -> None:
    Path("case.yaml").write_text(CASE.replace("[reports]", "[reports/first.txt]"))
    assert winset("brief", "case.yaml", "reports/second.txt", "--json", "b.json").status == 0
    assert len(json.loads(Path("b.json").read_text())["documents"]) == 2


def test_a_kept_case_comes_alone_and_with_documents_in_it(winset: Winset, reports: Path, kept: Path) -> None:
    ended = winset("brief", kept)
    assert ended.status == 2
    assert "no document yet" in ended.complaints[0]
    assert winset("brief", kept, reports).status == 2
    assert winset("brief", kept, "--on", "2023-01-01").status == 2


def test_the_same_call_makes_the_same_bytes(
    winset: Winset, reports: Path, stated: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1689033600")
    made = []
    for _ in range(2):
        winset("brief", reports, *stated, "-o", "b.html", "--json", "b.json", "--markdown", "b.md", "--seed", "7")
        made.append([Path(name).read_bytes() for name in ("b.html", "b.json", "b.md")])
    assert made[0] == made[1]
    assert b"2023-07-11T00:00:00Z" in made[0][1]


def test_the_command_in_the_brief_makes_it_again(winset: Winset, reports: Path, stated: list[str]) -> None:
    import shlex

    winset("brief", reports, *stated, "--option", "a smaller centre=40", "--json", "b.json", "--draws", "500")
    command = json.loads(Path("b.json").read_text())["run"]["command"]
    first, *arguments = shlex.split(command)
    assert first == "winset"
    assert winset(*arguments, "--json", "again.json").status == 0
    assert without_run("b.json") == without_run("again.json")


def test_the_same_text_under_another_name_is_one_document(winset: Winset, reports: Path, stated: list[str]) -> None:
    (reports / "copy.txt").write_bytes((reports / "first.txt").read_bytes())
    ended = winset("brief", reports, *stated, "--json", "b.json")
    assert ended.status == 0
    brief = json.loads(Path("b.json").read_text())
    assert len(brief["documents"]) == 2
    assert re.search(r"copy\.txt|first\.txt", json.dumps(brief["duplicates"]))


def test_today_is_the_day_where_none_is_given(winset: Winset, reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1689033600")
    winset("brief", reports, "--proposal", "Open a centre in Reykjavik", "--body", "NATO", "--json", "b.json")
    assert json.loads(Path("b.json").read_text())["answer"]["on"] == "2023-07-11"
