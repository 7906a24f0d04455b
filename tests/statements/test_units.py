"""Sentence units: the same whether they are kept for the next attributor or read anew."""

from __future__ import annotations

import pytest

from winset.corpus.types import Document
from winset.statements import sentences
from winset.statements.clauses import attributions
from winset.statements.segmentation import segments
from winset.statements.sentences import units

TEXT = "Riga's envoy said “the levy is due. It stays.” Oslo objected, adding that it would not pay.\n\nNobody came."


def test_kept_units_are_those_that_are_read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    document = Document(name="made", text=TEXT)
    kept = list(units(document, segments(TEXT)))
    assert all(one is other for one, other in zip(kept, units(document, segments(TEXT)), strict=True))
    monkeypatch.setattr(sentences, "REMEMBERED", 0)
    anew = list(units(document, segments(TEXT)))
    assert anew == kept
    assert not any(one is other for one, other in zip(anew, kept, strict=True))


def test_units_are_kept_for_these_segments_of_this_document_only() -> None:
    blocks = segments(TEXT)
    document, other = (Document(name=name, text=TEXT) for name in ("made", "another"))
    assert {unit.document.name for unit in units(document, blocks)} == {"made"}
    assert {unit.document.name for unit in units(other, blocks)} == {"another"}
    assert {unit.paragraph for unit in units(document, blocks)} == {0, 1}
    assert {unit.paragraph for unit in units(document, blocks[:1])} == {0}


def test_what_a_unit_says_is_the_same_when_it_is_asked_again() -> None:
    document = Document(name="made", text=TEXT)
    first = [list(attributions(unit)) for unit in units(document, segments(TEXT))]
    assert any(first)
    assert [list(attributions(unit)) for unit in units(document, segments(TEXT))] == first


def test_few_documents_are_kept() -> None:
    """Memory does not grow with the documents of a run."""
    sentences._kept.cache_clear()
    for number in range(5):
        text = f"{TEXT} {number}."
        list(units(Document(name="made", text=text), segments(text)))
    assert sentences._kept.cache_info().currsize <= 2
