"""`winset network`: cases, documents and studies in; words, JSON and files out."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import xml.etree.ElementTree as ET
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Winset

STUDY = """
CREATE TABLE DOCUMENTS(ID INTEGER PRIMARY KEY, Title TEXT, Text TEXT, Date INTEGER);
CREATE TABLE STATEMENTTYPES(ID INTEGER PRIMARY KEY, Label TEXT);
CREATE TABLE VARIABLES(ID INTEGER PRIMARY KEY, Variable TEXT, DataType TEXT, StatementTypeId INTEGER);
CREATE TABLE ENTITIES(ID INTEGER PRIMARY KEY, VariableId INTEGER, Value TEXT);
CREATE TABLE STATEMENTS(ID INTEGER PRIMARY KEY, StatementTypeId INTEGER, DocumentId INTEGER, Start INT, Stop INT);
CREATE TABLE DATASHORTTEXT(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Entity INTEGER);
CREATE TABLE DATABOOLEAN(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Value INTEGER);
CREATE TABLE DATAINTEGER(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Value INTEGER);
INSERT INTO STATEMENTTYPES VALUES (1, 'Stance');
INSERT INTO VARIABLES VALUES
  (1, 'organization', 'short text', 1), (2, 'concept', 'short text', 1), (3, 'agreement', 'boolean', 1);
INSERT INTO ENTITIES VALUES (1, 1, 'Harbour Board'), (2, 1, 'Fishers'), (3, 2, 'A wider quay'), (4, 1, '');
INSERT INTO DOCUMENTS VALUES (1, 'Minutes', 'Wider, says the board. No, say the fishers.', 1704067200);
INSERT INTO STATEMENTS VALUES (1, 1, 1, 0, 22), (2, 1, 1, 23, 43), (3, 1, 1, 0, 5);
INSERT INTO DATASHORTTEXT VALUES (1, 1, 1, 1), (2, 1, 2, 3), (3, 2, 1, 2), (4, 2, 2, 3), (5, 3, 1, 4), (6, 3, 2, 3);
INSERT INTO DATABOOLEAN VALUES (1, 1, 3, 1), (2, 2, 3, 0), (3, 3, 3, 1);
"""


@pytest.fixture
def case(winset: Winset, kept: Path, reports: Path) -> Path:
    """A kept case with both reports."""
    assert winset("add", kept, reports).status == 0
    return kept


@pytest.fixture
def study(folder: Path) -> Path:
    """A study of three statements, one of them by nobody."""
    path = folder / "study.dna"
    with closing(sqlite3.connect(path)) as database:
        database.executescript(STUDY)
    return path


def test_a_case_is_told_in_words(winset: Winset, case: Path) -> None:
    ended = winset("network", case, "--kind", "subtract")
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith("subtract: ")
    assert "together: " in ended.out
    assert "France" in ended.out


def test_edges_open_onto_the_words_of_the_documents(winset: Winset, case: Path, reports: Path) -> None:
    ended = winset("network", case, "--kind", "conflict", "--json")
    told = json.loads(ended.out)
    texts = "".join(path.read_text(encoding="utf-8") for path in reports.iterdir())
    words = {row["statement"]: row["words"] for row in told["referrals"]}
    (network,) = told["networks"]
    assert {"FRA", "CAN"} in [{edge["source"], edge["target"]} for edge in network["edges"]]
    for edge in network["edges"]:
        for id in edge["statements"]:
            assert all(" ".join(part.split()) in " ".join(texts.split()) for part in words[id].split("[…]"))
    france = next(actor for actor in network["actors"] if actor["id"] == "FRA")
    assert france["standing"] == "member"
    assert france["position"] < 50


def test_documents_give_what_their_case_gives(winset: Winset, case: Path, reports: Path, stated: list[str]) -> None:
    assert winset("network", reports, *stated, "--json").out == winset("network", case, "--json").out


@pytest.mark.parametrize("form", ["graphml", "gexf", "csv", "json", "svg"])
def test_each_format_is_written(winset: Winset, case: Path, form: str) -> None:
    ended = winset("network", case, "--kind", "two-mode", "-o", f"net.{form}")
    assert (ended.status, ended.err) == (0, "")
    assert f"net.{form}" in ended.out
    text = Path(f"net.{form}").read_text(encoding="utf-8")
    if form in {"graphml", "gexf", "svg"}:
        ET.fromstring(text)  # noqa: S314 - our own
    elif form == "json":
        assert json.loads(text)["kind"] == "two-mode"
    else:
        assert {row["source"] for row in csv.DictReader(io.StringIO(text))} >= {"FRA", "CAN"}


def test_the_same_case_gives_the_same_bytes(winset: Winset, case: Path) -> None:
    for name in ("one.svg", "two.svg"):
        winset("network", case, "-o", name)
    assert Path("one.svg").read_bytes() == Path("two.svg").read_bytes()


def test_only_what_was_said_until_a_day_counts(winset: Winset, case: Path) -> None:
    early = json.loads(winset("network", case, "--kind", "two-mode", "--as-of", "2023-07-03", "--json").out)
    assert {row["on"] for row in early["referrals"]} <= {"2023-07-03", "2023-07-02", "2023-07-01"}
    assert early["networks"][0]["until"] == "2023-07-03"
    later = json.loads(winset("network", case, "--kind", "two-mode", "--as-of", "2023-07", "--json").out)
    assert len(later["referrals"]) > len(early["referrals"]) > 0


def test_a_series_of_windows_has_one_network_each(winset: Winset, case: Path) -> None:
    told = json.loads(winset("network", case, "--window", "1", "--step", "1", "--as-of", "2023-07-06", "--json").out)
    assert [each["until"] for each in told["networks"]][-1] == "2023-07-06"
    assert all(each["since"] == each["until"] for each in told["networks"])
    ended = winset("network", case, "--window", "1", "--step", "1", "-o", "net.svg")
    assert "networks, the last of" in ended.out


def test_several_cases_are_several_concepts(winset: Winset, case: Path, reports: Path) -> None:
    other = [
        "--proposal", "Send ships to the training centre", "--body", "nato", "--on", "2023-07-11",
    ]  # fmt: skip
    winset("new", "other.winset", *other)
    winset("add", "other.winset", reports)
    told = json.loads(winset("network", case, "other.winset", "--kind", "two-mode", "--json").out)
    labels = {concept["label"] for concept in told["networks"][0]["concepts"]}
    assert labels == {"Open a training centre in Reykjavik", "Send ships to the training centre"}
    assert all(actor["position"] is None for actor in told["networks"][0]["actors"])
    again = json.loads(winset("network", case, case, "--kind", "two-mode", "--json").out)
    assert again["networks"] == json.loads(winset("network", case, "--kind", "two-mode", "--json").out)["networks"]


def test_a_study_is_read_and_what_it_lacks_is_told(winset: Winset, study: Path) -> None:
    ended = winset("network", study, "--kind", "conflict", "--json")
    assert ended.status == 2
    assert ended.complaints == [
        "study.dna: statement 3 in 'Minutes': names no organization: code one, or leave the statement out"
    ]
    told = json.loads(ended.out)
    assert [(edge["source"], edge["target"], edge["weight"]) for edge in told["networks"][0]["edges"]] == [
        ("Fishers", "Harbour Board", 1.0)
    ]
    assert len(told["rejected"]) == 1
    assert {row["words"] for row in told["referrals"]} == {"Wider, says the board.", "No, say the fishers."}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--kind", "two-mode", "--normalise", "cosine"], "two-mode cannot be normalised by cosine: allowed is none"),
        (["--window", "3", "--step", "9"], "--step 1 to 3"),
        (["--as-of", "yesterday"], "YYYY-MM-DD"),
        (["-o", "net.png"], "end its name with .graphml, .gexf, .csv, .json, .svg"),
        (["--step", "9", "-o", "net.graphml"], "GraphML holds one network"),
        (["--as-of", "1999", "--step", "0"], "a step of 0 days: write 1 or more"),
        (["--proposal", "Something else"], "states the case already"),
        (["study.dna"], "comes alone"),
        (["reports"], "kept case comes alone"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line_and_nothing_is_written(
    winset: Winset, case: Path, study: Path, arguments: list[str], said: str
) -> None:
    before = sorted(Path().iterdir())
    ended = winset("network", case, *arguments)
    assert ended.status == 2
    assert said in ended.complaints[-1]
    assert sorted(Path().iterdir()) == before


def test_nobody_on_record_is_no_network(winset: Winset, folder: Path, stated: list[str]) -> None:
    (folder / "calm.txt").write_text("The sea was calm on Monday. The harbour slept.\n", encoding="utf-8")
    ended = winset("network", "calm.txt", *stated, "-o", "net.svg")
    assert ended.status == 2
    assert ended.complaints == ["no statement is for or against anything, so nobody is joined to anybody"]
    assert not Path("net.svg").exists()


def test_a_day_before_everything_gives_an_empty_network(winset: Winset, case: Path) -> None:
    ended = winset("network", case, "--as-of", "1999", "-o", "net.svg")
    assert ended.status == 0
    assert "0 actors" in ended.out


def test_bad_documents_are_told_and_the_others_joined(winset: Winset, reports: Path, stated: list[str]) -> None:
    (reports / "void.txt").touch()
    ended = winset("network", reports, *stated)
    assert ended.status == 2
    assert len(ended.complaints) == 1
    assert "France" in ended.out
