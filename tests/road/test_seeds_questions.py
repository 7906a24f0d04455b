"""The questions of the five published texts, which are read where they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from winset.corpus.types import Document, clean_text
from winset.pipeline.reading import code_document
from winset.sourcing.asking.questions import told_apart
from winset.sourcing.types import Question, ReadDocument
from winset.statements.segmentation import segments


@pytest.fixture(scope="module")
def told(shared: Path) -> dict[str, tuple[Question, ...]]:
    found = {}
    for path in sorted((shared / "seeds").glob("*.txt")):
        document = Document(name=path.name, text=clean_text(path.read_text(encoding="utf-8")))
        statements = code_document(document, None).statements
        found[path.name[:3]] = told_apart(
            ReadDocument(document=document, segments=segments(document.text), statements=statements)
        )
    return found


def test_document_001_asks_sixteen_questions(told: dict[str, tuple[Question, ...]]) -> None:
    own = [each for each in told["001"] if each.where == "body"]
    assert len(own) == 16
    assert {each.form for each in own} == {"direct"}
    assert [each.where for each in told["001"] if each.where != "body"] == ["reference"]


def test_a_heading_and_a_quoted_question_are_not_asked(told: dict[str, tuple[Question, ...]]) -> None:
    assert [each.where for each in told["000"]] == ["heading", "heading", "quotation"]
