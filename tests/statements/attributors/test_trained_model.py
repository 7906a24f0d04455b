"""trained-model: the shipped network as one of the family."""

from __future__ import annotations

from winset.corpus.types import Document
from winset.statements.attributors import ATTRIBUTORS
from winset.statements.extraction import extract
from winset.statements.segmentation import segments


def test_trained_model_reads_what_no_verb_of_saying_marks() -> None:
    text = "Officials in Riga are convinced that the plan will fail."
    document = Document(name="one.txt", text=text)
    (found,) = ATTRIBUTORS["trained-model"](document, segments(text))
    assert found.source is not None
    assert text[slice(*found.source)].startswith("Officials")
    assert "the plan will fail" in text[slice(*found.contents[0])]


def test_headings_and_references_state_nothing() -> None:
    body, reference = "Oslo said it would say no.", "[1] A. Lind says the plan will fail. 2020."
    text = f"# Oslo says no to the plan\n\n{body}\n\nReferences\n\n{reference}"
    found = extract(Document(name="one.md", text=text), methods=("trained-model",)).statements
    assert {text[statement.start : statement.end].strip(".") for statement in found} == {"Oslo said it would say no"}


def test_what_two_say_together_each_says() -> None:
    text = "Oslo and Riga said that they would oppose the plan."
    found = extract(Document(name="one.txt", text=text), methods=("trained-model",)).statements
    assert [statement.source.exact for statement in found if statement.source] == ["Oslo", "Riga"]
