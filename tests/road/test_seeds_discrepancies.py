"""What the five documents of ../shared/seeds tell differently: found whole, and little besides."""

from __future__ import annotations

from pathlib import Path

import pytest

from winset.pipeline.reading import code_document, read_documents
from winset.sourcing.discrepancies import discrepancies
from winset.sourcing.types import MISSING, Discrepancy, DiscrepancyKind, ReadDocument
from winset.statements.segmentation import segments

MOST_BESIDES = 3  # each would be defended: a medium misspelt, links that lead nowhere, a second wording of a quotation

Found = tuple[dict[str, str], tuple[Discrepancy, ...]]


@pytest.fixture(scope="module")
def found(shared: Path) -> Found:
    """The short name of every document by its id, and the discrepancies."""
    read = []
    for document in read_documents([str(shared / "seeds")]):
        coding = code_document(document, None)  # type: ignore[arg-type]
        read.append(
            ReadDocument(
                document=document,  # type: ignore[arg-type]
                segments=segments(document.text),  # type: ignore[union-attr]
                statements=coding.statements,
                identifications=coding.identifications,
            )
        )
    return {row.document.id: row.document.name[:3] for row in read}, discrepancies(read)


def of_kind(found: Found, kind: DiscrepancyKind) -> list[Discrepancy]:
    """Those of one kind."""
    return [row for row in found[1] if row.kind is kind]


def places(found: Found, row: Discrepancy) -> set[str]:
    """The documents that tell it."""
    return {found[0][telling.anchor.document_id] for telling in row.tellings}


def test_the_two_spellings_of_the_spokesman(found: Found) -> None:
    (row,) = [row for row in of_kind(found, DiscrepancyKind.NAME) if "spokes" in row.about]
    assert [telling.value for telling in row.tellings] == ["Weng Wenbin", "Wang Wenbin"]
    assert row.right == 1
    assert places(found, row) == {"000", "001"}


def test_the_two_addresses_of_one_report_and_which_is_well_formed(found: Found) -> None:
    (row,) = of_kind(found, DiscrepancyKind.ADDRESS)
    assert [telling.value.rpartition("-")[2] for telling in row.tellings] == ["ffa61e09b27", "fffa61e09b27"]
    assert row.right == 1
    assert "12" in row.why
    assert "11" in row.why


def test_the_two_dates_of_that_report(found: Found) -> None:
    (row,) = of_kind(found, DiscrepancyKind.DATE)
    assert {telling.value for telling in row.tellings} == {"5 June 2023", "6 June 2023"}
    assert places(found, row) == {"001", "003"}
    assert row.right is not None
    assert row.tellings[row.right].value == "5 June 2023"


def test_the_note_that_is_missing(found: Found) -> None:
    (row,) = [row for row in of_kind(found, DiscrepancyKind.REFERENCE) if "note [7]" in row.about]
    assert places(found, row) == {"003"}
    assert row.tellings[0].value == MISSING
    assert "[7]" in row.tellings[0].anchor.exact


def test_the_embassy_that_was_corrected(found: Found) -> None:
    (row,) = of_kind(found, DiscrepancyKind.CORRECTION)
    assert places(found, row) == {"002"}
    assert "Netherlands" in row.tellings[0].value
    assert row.right == 1
    assert "Denmark" in row.tellings[1].anchor.exact


def test_the_first_in_asia_against_an_earlier_one(found: Found) -> None:
    (row,) = of_kind(found, DiscrepancyKind.FIRST)
    assert places(found, row) == {"000", "004"}
    assert row.right is not None
    assert found[0][row.tellings[row.right].anchor.document_id] == "004"


def test_one_utterance_of_the_ministry_in_two_wordings(found: Found) -> None:
    rows = [row for row in of_kind(found, DiscrepancyKind.QUOTATION) if places(found, row) == {"003", "004"}]
    assert len(rows) == 1
    assert all("vigilan" in telling.value for telling in rows[0].tellings)


def test_little_besides(found: Found) -> None:
    assert len(found[1]) <= 7 + MOST_BESIDES
    assert all(len(telling.anchor.exact) <= 200 for row in found[1] for telling in row.tellings)
