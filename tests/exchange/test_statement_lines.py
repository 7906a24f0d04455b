"""A statement's line holds exact offsets, and the words that a scorer compares."""

from __future__ import annotations

import json
import runpy
import sys
from pathlib import Path

import pytest

from winset.actors.types import Identification, SpeaksAs, Standing
from winset.corpus.types import Document, anchor
from winset.exchange.statement_lines import document_label, statement_lines, statement_row
from winset.ids import IssueId, PartialDate
from winset.positions.types import Stance
from winset.statements.types import Form, Statement

LETTER = Document(name="post/letter.txt", text="“Never”, said Zoë Ann of North, “shall it be dug.”")
SAID = Statement(
    document_id=LETTER.id,
    source=anchor(LETTER, 14, 30),
    cue=anchor(LETTER, 9, 13),
    contents=(anchor(LETTER, 0, 7), anchor(LETTER, 32, 50)),
    form=Form.DIRECT,
    said_on=PartialDate("2024-05"),
    confidence=0.9,
    coder="machine: quotation-marks",
)
WHO = Identification(
    statement_id=SAID.id,
    speaker="Zoë Ann",
    represents="North",
    actor_id=None,
    standing=Standing.MEMBER,
    speaks_as=SpeaksAs.ACTOR,
    score=0.8,
    rule="of",
)
AGAINST = Stance(statement_id=SAID.id, issue_id=IssueId("i"), relevance=1, direction=-1, confidence=0.9)


def test_a_row_has_every_field_of_a_coded_statement() -> None:
    row = statement_row(LETTER, SAID, WHO, AGAINST)
    assert row == {
        "id": SAID.id,
        "doc": "letter.txt",
        "document": LETTER.id,
        "source": [14, 30],
        "cue": [9, 13],
        "contents": [[0, 7], [32, 50]],
        "form": "direct",
        "hedged": False,
        "speaker": "Zoë Ann",
        "role": None,
        "represents": "North",
        "actor": None,
        "speaks_as": "actor",
        "affiliation": None,
        "joint": False,
        "identified": {"by": "machine", "rule": "of", "score": 0.8},
        "standing": "member",
        "said_on": "2024-05",
        "stance": "oppose",
        "direction": AGAINST.direction,
        "option": None,
        "firmness": 1.0,
        "conditional": False,
        "voice": "reported",
        "confidence": 0.9,
        "coder": "machine: quotation-marks",
    }
    assert [LETTER.text[start:end] for start, end in row["contents"]] == ["“Never”", "“shall it be dug.”"]


def test_what_is_not_known_is_null() -> None:
    bare = Statement(document_id=LETTER.id, source=None, cue=None, contents=(anchor(LETTER, 0, 7),), form=Form.DIRECT)
    row = statement_row(LETTER, bare)
    assert [row[field] for field in ("source", "cue", "speaker", "represents", "said_on", "stance")] == [None] * 6


def test_each_line_is_one_object_that_reads_back() -> None:
    row = statement_row(LETTER, SAID, WHO, AGAINST)
    lines = "".join(statement_lines([row, row]))
    assert [json.loads(line) for line in lines.splitlines()] == [row, row]
    assert "Zoë" in lines


def test_an_address_is_named_whole() -> None:
    assert document_label("https://example.org/news/1.html") == "https://example.org/news/1.html"


def test_the_scorer_reads_the_lines(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    scorer = shared / "score" / "score_statements.py"
    if not scorer.is_file():
        pytest.skip("needs ../shared/score")
    row = statement_row(LETTER, SAID, WHO, AGAINST)
    gold = {**row, "represents": ["North"], "stance": ["oppose"], "said_on": ["2024-05"], "core": True}
    for name, each in (("gold", gold), ("predicted", row)):
        (tmp_path / name).write_text("".join(statement_lines([each])), encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["score", str(tmp_path / "gold"), str(tmp_path / "predicted")])
    runpy.run_path(str(scorer), run_name="__main__")
    printed = capsys.readouterr().out
    assert printed.count("1.000") == 7
