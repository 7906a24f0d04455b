from __future__ import annotations

import pytest

from winset.corpus.types import Document
from winset.errors import BadSpan
from winset.ids import RunId
from winset.statements.types import Form, Proposal
from winset.statements.verifier import verify

DOCUMENT = Document(name="text", text="Riga opposes the levy.")


def proposal(*contents: tuple[int, int], source: tuple[int, int] | None = (0, 4)) -> Proposal:
    return Proposal(source=source, cue=(5, 12), contents=contents, form=Form.ACT)


def test_words_that_stand_there_become_a_statement() -> None:
    found = verify(DOCUMENT, proposal((13, 21)), coder="machine: test", run_id=RunId("r"))
    assert [part.exact for part in (found.source, found.cue, *found.contents) if part] == [
        "Riga",
        "opposes",
        "the levy",
    ]


@pytest.mark.parametrize("contents", [((13, 99),), ((-3, 4),), ((12, 13),), ((13, 18), (16, 21))])
def test_words_that_do_not_stand_there_are_refused(contents: tuple[tuple[int, int], ...]) -> None:
    with pytest.raises(BadSpan):
        verify(DOCUMENT, proposal(*contents), coder="machine: test", run_id=RunId("r"))
