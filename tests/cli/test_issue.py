"""`winset issue`: documents alone in, a case file out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Winset = Callable[..., Any]


def test_documents_alone_become_a_case_that_brief_and_new_accept(winset: Winset, reports: Path) -> None:
    ended = winset("issue", reports, "--body", "nato", "-o", "case.yaml")
    assert (ended.status, ended.err) == (0, "")
    text = Path("case.yaml").read_text(encoding="utf-8")
    assert "training centre in Reykjavik" in text
    assert '- "reports"' in text
    assert winset("new", "case.winset", "--from", "case.yaml").status == 0
    assert winset("brief", "case.yaml", "--json", "brief.json", "--draws", "100").status == 0


def test_json_goes_to_stdout_and_the_same_words_make_the_same_answer(winset: Winset, reports: Path) -> None:
    once, again = (winset("issue", reports, "--json") for _ in range(2))
    assert once.out == again.out
    told = json.loads(once.out)
    assert "training centre" in told["issues"][0]["proposal"]
    assert told["case_file"] is None


def test_the_case_file_goes_to_stdout_without_a_name(winset: Winset, reports: Path) -> None:
    ended = winset("issue", reports, "--body", "nato")
    assert ended.status == 0
    assert "\nbody: nato\n" in ended.out


def test_paths_are_written_as_seen_from_the_case_file(winset: Winset, reports: Path, folder: Path) -> None:
    (folder / "cases").mkdir()
    assert winset("issue", reports, "-o", "cases/case.yaml").status == 0
    assert '- "../reports"' in (folder / "cases" / "case.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "words"),
    [("It rained on Monday and the sun shone on Tuesday.\n", "nothing in them is asked for"), ("", "no document")],
)
def test_nothing_to_propose_is_one_line(winset: Winset, folder: Path, text: str, words: str) -> None:
    (folder / "rain.txt").write_text(text, encoding="utf-8")
    ended = winset("issue", "rain.txt", "-o", "case.yaml")
    assert ended.status == 2
    assert words in ended.complaints[-1]
    assert not (folder / "case.yaml").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["case.yaml"], "states the case already"),
        (["reports", "--body", "natto"], "did you mean"),
        (["reports", "--json", "-o", "-"], "stdout takes one"),
        (["reports", "-o", "case.json"], "case.json: end its name with .yaml"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_line(
    winset: Winset, reports: Path, arguments: list[str], words: str
) -> None:
    ended = winset("issue", *arguments)
    assert ended.status == 2
    assert len(ended.complaints) == 1
    assert words in ended.complaints[0]
