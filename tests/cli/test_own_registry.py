"""`--registry` and `registries:`: actors of the user's own, from the command line to the brief and the kept case."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Winset

OWN = """\
kind,name,id,aliases,body,role,start,end,title,of,rule
body,Harbour Board,harbour-board,,,,,,,,simple-majority
state,Ruritania,RUR,Strelsau,Harbour Board,member,1990,,,,
,France,,,Harbour Board,member,1995,,,,
person,Rudolf Elphberg,,,,,2010,,king,Ruritania,
"""
REPORT = """\
Harbour Board meets

Strelsau, 3 July 2023

Ruritania supports dredging the harbour, Rudolf Elphberg said on Monday. “We support dredging the harbour,”
Elphberg told reporters. France opposes dredging the harbour, its government said.
"""
STATED = ["--proposal", "Dredge the harbour", "--body", "Harbour Board", "--on", "2023-07-11"]
CASE = """\
proposal: Dredge the harbour
body: harbour-board
on: 2023-07-11
documents: [report.txt]
registries: [own.csv]
"""


@pytest.fixture
def files(folder: Path) -> Path:
    """A report, a registry and a case file that names both."""
    (folder / "report.txt").write_text(REPORT, encoding="utf-8")
    (folder / "own.csv").write_text(OWN, encoding="utf-8")
    (folder / "case.yaml").write_text(CASE, encoding="utf-8")
    return folder


def members(brief: dict[str, Any]) -> list[str]:
    return [member["actor"] for member in brief["members"]]


def said(brief: dict[str, Any], actor: str) -> list[str]:
    return [id for member in brief["members"] if member["actor"] == actor for id in member["statements"]]


def test_a_brief_for_a_body_of_ones_own(files: Path, winset: Winset) -> None:
    ended = winset("brief", "report.txt", "--registry", "own.csv", *STATED, "-o", "brief.html", "--json", "brief.json")
    assert (ended.status, ended.err) == (0, "")
    made = json.loads((files / "brief.json").read_text(encoding="utf-8"))
    assert members(made) == ["France", "Ruritania"]
    assert made["issue"]["body"]["name"] == "Harbour Board"
    assert "--registry own.csv" in made["run"]["command"]
    assert said(made, "Ruritania")


def test_the_command_of_a_brief_asks_the_same_again(files: Path, winset: Winset) -> None:
    winset("brief", "report.txt", "--registry", "own.csv", *STATED, "--json", "first.json")
    first = json.loads((files / "first.json").read_text(encoding="utf-8"))
    again = shlex.split(first["run"]["command"])[1:]
    assert winset(*again, "--json", "again.json").status == 0
    assert members(json.loads((files / "again.json").read_text(encoding="utf-8"))) == members(first)


def test_statements_are_of_ones_own_actors(files: Path, winset: Winset) -> None:
    rows = [json.loads(line) for line in winset("statements", "report.txt", "--registry", "own.csv").out.splitlines()]
    found = {(row["speaker"], row["represents"]) for row in rows}
    assert ("Rudolf Elphberg", "Ruritania") in found
    without = [json.loads(line) for line in winset("statements", "report.txt").out.splitlines()]
    assert "Ruritania" not in {row["represents"] for row in without}


def test_a_case_file_names_its_registries(files: Path, winset: Winset) -> None:
    place = files / "cases"
    place.mkdir()
    for name in ("report.txt", "own.csv", "case.yaml"):
        (files / name).rename(place / name)
    assert winset("brief", "cases/case.yaml", "--json", "brief.json").status == 0
    assert members(json.loads((files / "brief.json").read_text(encoding="utf-8"))) == ["France", "Ruritania"]


def test_further_registries_come_beside_those_of_the_case_file(files: Path, winset: Winset) -> None:
    more = "kind,name,body,start\nstate,Zenda,harbour-board,2001\n"
    (files / "more.csv").write_text(more, encoding="utf-8")
    assert winset("brief", "case.yaml", "--registry", "more.csv", "--json", "brief.json").status == 0
    made = json.loads((files / "brief.json").read_text(encoding="utf-8"))
    assert members(made) == ["France", "Ruritania", "Zenda"]


@pytest.mark.parametrize("stated", [["--registry", "own.csv", *STATED], ["--from", "case.yaml"]])
def test_a_kept_case_keeps_its_registries(files: Path, winset: Winset, stated: list[str]) -> None:
    assert winset("new", "harbour.winset", *stated).status == 0
    (files / "own.csv").unlink()
    (files / "report.txt").write_text(REPORT.replace("Monday", "Tuesday"), encoding="utf-8")
    assert winset("add", "harbour.winset", "report.txt").status == 0
    assert winset("brief", "harbour.winset", "--json", "brief.json").status == 0
    made = json.loads((files / "brief.json").read_text(encoding="utf-8"))
    assert members(made) == ["France", "Ruritania"]
    assert said(made, "Ruritania")
    refused = winset("brief", "harbour.winset", "--registry", "case.yaml")
    assert refused.status == 2
    assert refused.complaints == ["harbour.winset: keeps its own registries: give --registry to `winset new`"]


def test_json_on_stdout_is_json_whatever_is_told_of_the_registry(files: Path, winset: Winset) -> None:
    more = "kind,name,body,role\nperson,Ann Example,Hill Institute of Ports,fellow\n"
    (files / "more.csv").write_text(more, encoding="utf-8")
    ended = winset("brief", "case.yaml", "--registry", "more.csv", "--json", "-")
    assert json.loads(ended.out)["issue"]["proposal"] == "Dredge the harbour"
    assert ended.err.startswith("winset: more.csv:2: 'Hill Institute of Ports' told of only as somebody's affiliation")
    made = winset("new", "harbour.winset", "--registry", "more.csv", "--registry", "own.csv", *STATED, "--json")
    assert json.loads(made.out)["body"] == "harbour-board"


def test_each_mistake_and_each_contradiction_is_a_line_and_the_status_is_2(files: Path, winset: Winset) -> None:
    (files / "own.csv").write_text("kind,name\nmartian,Ann\nmedium,?\n", encoding="utf-8")
    ended = winset("statements", "report.txt", "--registry", "own.csv")
    assert ended.status == 2
    assert [line.partition(": ")[0] for line in ended.complaints] == ["own.csv:2", "own.csv:3"]
    contradicting = "kind,name,aliases\norganisation,Noodles,Beijing\nmedium,The Post,\nmedium,Daily,Post\n"
    (files / "own.csv").write_text(contradicting, encoding="utf-8")
    for call in (["statements", "report.txt"], ["brief", "report.txt", *STATED], ["new", "x.winset", *STATED]):
        ended = winset(*call, "--registry", "own.csv")
        assert ended.status == 2
        assert sorted(line.partition(": ")[0] for line in ended.complaints) == ["own.csv:2", "own.csv:4"]
    assert not (files / "x.winset").exists()
    ended = winset("brief", "case.yaml")
    assert ended.status == 2
    assert len(ended.complaints) == 2


def test_a_registry_that_is_not_there_or_is_the_output_is_refused(files: Path, winset: Winset) -> None:
    missing = winset("statements", "report.txt", "--registry", "none.csv")
    assert missing.complaints == ["none.csv: cannot be read: No such file or directory"]
    assert missing.status == 2
    over = winset("statements", "report.txt", "--registry", "own.csv", "-o", "own.csv")
    assert over.status == 2
    assert (files / "own.csv").read_text(encoding="utf-8") == OWN


def test_a_body_without_a_rule_or_without_members_is_told(files: Path, winset: Winset) -> None:
    (files / "own.csv").write_text(OWN.replace("simple-majority", ""), encoding="utf-8")
    ended = winset("brief", "report.txt", "--registry", "own.csv", *STATED, "--json", "-")
    assert ended.complaints == ["Harbour Board: its row (own.csv:2) tells no rule: write one there, or --rule NAME"]
    ruled = winset("brief", "report.txt", "--registry", "own.csv", *STATED, "--rule", "consensus", "--json", "-")
    assert ruled.status == 0
    assert "needs a 'rule'" in winset("brief", "case.yaml").err
    (files / "own.csv").write_text("\n".join(OWN.splitlines()[:2]), encoding="utf-8")
    ended = winset("brief", "report.txt", "--registry", "own.csv", *STATED)
    assert ended.complaints == [
        "Harbour Board: nobody is a member on 2023-07-11: tell its members in its registry, own.csv:2"
    ]
