"""`winset timeline`: events of all documents in order, and earlier instances of what is proposed."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Winset

FIRST = """\
A ferry office for Reykjavik

3 July 2023

The ministers met in Oslo on 12 May 2023. They will vote on 14 September 2023. A ferry office in Bergen was opened
in 2011 and closed in 2016.
"""
SECOND = """\
What comes of the ferry office

5 July 2023

On 12 May 2023 the ministers met in Oslo and set up a group. Iceland said that it supports the ferry office.
"""


@pytest.fixture
def dated(folder: Path) -> Path:
    """Two reports that date the same meeting."""
    place = folder / "dated"
    place.mkdir()
    (place / "first.txt").write_text(FIRST, encoding="utf-8")
    (place / "second.txt").write_text(SECOND, encoding="utf-8")
    return place


def test_events_are_told_in_order(winset: Winset, dated: Path) -> None:
    ended = winset("timeline", dated)
    assert (ended.status, ended.err) == (0, "")
    days = [line[:10].strip() for line in ended.out.splitlines()[1:] if line[:4].isdigit()]
    assert days == sorted(days)
    assert "2023-05-12" in days
    assert any("planned" in line for line in ended.out.splitlines() if line.startswith("2023-09-14"))


def test_every_passage_holds_in_its_document(winset: Winset, dated: Path) -> None:
    told = json.loads(winset("timeline", dated, "--json").out)
    texts = {row["id"]: (dated / row["doc"]).read_text(encoding="utf-8") for row in told["documents"]}
    assert told["precedents"] == []  # of what, nobody said
    for row in told["events"]:
        assert texts[row["document"]][row["start"] : row["end"]] == row["exact"]
        assert {"event", "date", "until", "kind", "planned", "ongoing", "doc"} <= set(row)
    kinds = {row["event"]: (row["kind"], row["planned"], row["ongoing"]) for row in told["events"]}
    assert all(kinds[row["event"]] == (row["kind"], row["planned"], row["ongoing"]) for row in told["events"])


def test_a_table_has_a_row_for_each_passage(winset: Winset, dated: Path) -> None:
    ended = winset("timeline", dated, "-o", "when.csv")
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.rstrip().endswith(": when.csv")
    rows = list(csv.DictReader(io.StringIO(Path("when.csv").read_text(encoding="utf-8"))))
    told = json.loads(winset("timeline", dated, "--json").out)
    assert len(rows) == len(told["events"])
    assert rows[0]["date"] <= rows[-1]["date"]
    winset("timeline", dated, "-o", "when.json")
    assert json.loads(Path("when.json").read_text(encoding="utf-8")) == told


def test_with_a_proposal_earlier_instances_follow(winset: Winset, dated: Path) -> None:
    asked = ["--proposal", "Open a ferry office in Reykjavik", "--body", "nato", "--on", "2023-07-11"]
    told = json.loads(winset("timeline", dated, *asked, "--json").out)
    texts = {row["id"]: (dated / row["doc"]).read_text(encoding="utf-8") for row in told["documents"]}
    alone = json.loads(winset("timeline", dated, *asked, "--precedents", "--json").out)
    assert (alone["precedents"], "events" in alone) == (told["precedents"], False)
    words = winset("timeline", dated, *asked, "--precedents")
    assert words.out.startswith(("Earlier instances of what is proposed", "the documents name no earlier instance"))
    for row in told["precedents"]:
        assert {"kind", "place", "since", "until", "fate", "detail", "words"} == set(row)
        assert all(texts[words["document"]][words["start"] : words["end"]] == words["exact"] for words in row["words"])


def test_documents_without_a_date_are_harmless(winset: Winset, folder: Path) -> None:
    Path("plain.txt").write_text("The ferry left at noon.\n", encoding="utf-8")
    ended = winset("timeline", "plain.txt")
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith("0 events")


def test_earlier_instances_of_nothing_are_refused(winset: Winset, dated: Path) -> None:
    ended = winset("timeline", dated, "--precedents")
    assert ended.status == 2
    assert ended.complaints[0].startswith("--proposal and --body missing")
    asked = ["--proposal", "Open a ferry office", "--body", "nato", "--on", "2023-07-11"]
    assert winset("timeline", dated, *asked, "--precedents", "-o", "when.csv").status == 2
