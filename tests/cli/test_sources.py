"""`winset sources`: documents, case files and kept cases in; words, JSON and files of what they rest on out."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Winset

LEFT = """\
Ferry link in doubt

Brussels, 3 July 2023

According to the Financial Times, Finland will not sign the ferry accord. “We shall not sign,” the Finnish minister told
the Financial Times on 2 July 2023. The talks had begun in 2019 [1].

References
[1] Reuters, report on the talks, 5 May 2019.
[2] Reuters, report on the port, 6 May 2019.
"""
RIGHT = """\
Ports wait for a signature

5 July 2023

Finland will not sign the ferry accord, the Financial Times reported on 2 July 2023. Estonia said that it is ready.
"""


@pytest.fixture
def ferries(folder: Path) -> Path:
    """Two short reports that lean on a third."""
    place = folder / "ferries"
    place.mkdir()
    (place / "left.txt").write_text(LEFT, encoding="utf-8")
    (place / "right.txt").write_text(RIGHT, encoding="utf-8")
    return place


def test_where_documents_meet_is_told_first(winset: Winset, ferries: Path) -> None:
    ended = winset("sources", ferries)
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith("2 documents, ")
    meeting = ended.out[ended.out.index("Sources that several documents lean on") :]
    assert "Financial Times" in meeting.splitlines()[1]
    assert "2 documents" in meeting.splitlines()[1]
    assert {"left.txt", "right.txt"} <= {line.split(":")[0].strip() for line in meeting.splitlines()[2:4]}


def test_every_credit_opens_onto_its_words(winset: Winset, ferries: Path) -> None:
    told = json.loads(winset("sources", ferries, "--json").out)
    texts = {row["id"]: (ferries / row["doc"]).read_text(encoding="utf-8") for row in told["documents"]}
    keys = {work["key"] for work in told["works"]}
    assert told["credits"]
    for row in told["credits"]:
        assert texts[row["document"]][row["start"] : row["end"]] == row["exact"]
        assert row["doc"] in {"left.txt", "right.txt"}
        assert row["work"] in keys
        assert {"origin", "kind", "dated", "url", "title", "marker", "statements"} <= set(row)
    for arrow in told["arrows"]:
        assert arrow["to"] in keys | {f"document:{id}" for id in texts}
        assert all(
            texts[words["document"]][words["start"] : words["end"]] == words["exact"] for words in arrow["words"]
        )
    said = {row["statement"] for row in told["origins"]}
    assert set(told["uncredited"]) <= said
    assert told["questions"] == []
    assert {id for claim in told["claims"] for id in claim["statements"]} <= said


def test_questions_that_nothing_answers_are_told(winset: Winset, ferries: Path) -> None:
    asking = "The ports have drawn up their own plans. Who will pay for the new quay? The accord leaves that open.\n"
    (ferries / "left.txt").write_text(LEFT.partition("References")[0] + asking, encoding="utf-8")
    told = json.loads(winset("sources", ferries, "--json").out)
    assert [row["exact"] for row in told["questions"]] == ["Who will pay for the new quay?"]
    assert "left.txt: “Who will pay for the new quay?”" in winset("sources", ferries).out


def test_a_kept_case_and_a_proposal_give_the_same(winset: Winset, ferries: Path, kept: Path, stated: list[str]) -> None:
    assert winset("add", kept, ferries).status == 0
    of_case = json.loads(winset("sources", kept, "--json").out)
    of_documents = json.loads(winset("sources", ferries, *stated, "--json").out)
    assert of_case == of_documents
    assert of_case["proposal"] is not None
    assert json.loads(winset("sources", ferries, "--json").out)["works"] == of_case["works"]


@pytest.mark.parametrize("form", ["svg", "graphml", "json", "csv"])
def test_each_format_is_written(winset: Winset, ferries: Path, form: str) -> None:
    ended = winset("sources", ferries, "-o", f"net.{form}")
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.rstrip().endswith(f": net.{form}")
    text = Path(f"net.{form}").read_text(encoding="utf-8")
    assert "Financial Times" in text
    if form in {"svg", "graphml"}:
        ET.fromstring(text)  # noqa: S314 - our own
    elif form == "json":
        assert json.loads(text) == json.loads(winset("sources", ferries, "--json").out)
    else:
        rows = list(csv.DictReader(io.StringIO(text)))
        assert {row["doc"] for row in rows} == {"left.txt", "right.txt"}
        assert all(int(row["end"]) > int(row["start"]) for row in rows)


def test_the_same_documents_give_the_same_bytes(winset: Winset, ferries: Path) -> None:
    for name in ("one.svg", "two.svg"):
        winset("sources", ferries, "-o", name)
    assert Path("one.svg").read_bytes() == Path("two.svg").read_bytes()


def test_documents_that_credit_nobody_are_harmless(winset: Winset, folder: Path) -> None:
    Path("bare.txt").write_text("Nothing of note.\n", encoding="utf-8")
    ended = winset("sources", "bare.txt")
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith("1 document, 0 outside sources")
    for name in ("net.svg", "net.csv", "net.graphml"):
        assert winset("sources", "bare.txt", "-o", name).status == 0


@pytest.mark.parametrize("command", ["sources", "discrepancies", "timeline"])
def test_bad_input_is_one_line(winset: Winset, folder: Path, ferries: Path, command: str) -> None:
    for arguments in (["nowhere.txt"], [ferries, "--proposal", "Sign"], ["empty.winset"]):
        ended = winset(command, *arguments)
        assert ended.status == 2
        assert ended.complaints
        assert ended.out == ""


@pytest.mark.parametrize("command", ["sources", "discrepancies", "timeline"])
def test_a_document_that_cannot_be_read_does_not_stop_the_others(winset: Winset, ferries: Path, command: str) -> None:
    (ferries / "empty.txt").touch()
    ended = winset(command, ferries, "--json")
    assert ended.status == 2
    assert len(ended.complaints) == 1
    told = json.loads(ended.out)
    assert [Path(row["name"]).name for row in told["rejected"]] == ["empty.txt"]
    assert [row["doc"] for row in told["documents"]] == ["left.txt", "right.txt"]


@pytest.mark.parametrize(("command", "name"), [("sources", "net.png"), ("timeline", "when.svg")])
def test_an_unknown_format_is_refused_before_anything_is_read(
    winset: Winset, ferries: Path, command: str, name: str
) -> None:
    ended = winset(command, ferries, "-o", name)
    assert ended.status == 2
    assert "end its name with" in ended.complaints[0]
    assert not Path(name).exists()
