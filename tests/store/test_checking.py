"""What reading and checking ask of a case besides its desk; the same from a file and from a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from winset.actors.types import Identification, SpeaksAs, Standing
from winset.corpus.types import Document, anchor
from winset.errors import BadJudgement, OffScale, UnknownName
from winset.ids import ActorId, IssueId, PartialDate
from winset.issues import CaseSpec, Issue
from winset.positions.rulings import Codes
from winset.positions.types import Stance
from winset.statements.types import Form, Statement
from winset.store import checking
from winset.store.case_store import CaseStore
from winset.store.desk import Desk
from winset.store.types import Coding

AT = "2024-05-01T00:00:00Z"
SPEC = CaseSpec(
    issue=Issue(proposal="Dredge the harbour", body="nato", rule="consensus", on=PartialDate("2024-05-02")), seats=()
)
LETTER = Document(name="post/letter.txt", text="“Not now,” wrote East 🌊. North backs it. North’s envoy agrees.")
MEMO = Document(name="memo.txt", text="Nobody is named here: it was opposed.")


def said(document: Document, source: str, words: str) -> Statement:
    """A statement whose words stand in the document once."""

    def at(part: str) -> tuple[int, int]:
        start = document.text.index(part)
        return start, start + len(part)

    return Statement(
        document_id=document.id,
        source=anchor(document, *at(source)) if source else None,
        cue=None,
        contents=(anchor(document, *at(words)),),
        form=Form.INDIRECT,
    )


NORTH, ENVOY, EAST = (
    said(LETTER, "North", "backs it"),
    said(LETTER, "North’s envoy", "agrees"),
    said(LETTER, "East", "Not now"),
)
NOBODY = said(MEMO, "", "it was opposed")


def coding(*statements: Statement) -> Coding:
    return Coding(
        statements=statements,
        identifications=tuple(
            Identification(
                statement_id=each.id,
                speaker=None,
                represents=each.source.exact.partition("’")[0] if each.source else None,
                actor_id=ActorId("NOR") if each.source and each.source.exact.startswith("North") else None,
                standing=Standing.UNKNOWN,
                speaks_as=SpeaksAs.UNRESOLVED,
                score=0.9,
                rule="as written",
            )
            for each in statements
        ),
        stances=tuple(
            Stance(statement_id=each.id, issue_id=IssueId("harbour"), relevance=1.0, direction=1.0, confidence=0.9)
            for each in statements
        ),
    )


@pytest.fixture(params=["file", "server"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[CaseStore]:
    """Two documents, whose statements did not come in the order of their words."""
    place = tmp_path / "case.winset" if request.param == "file" else request.getfixturevalue("served")
    with CaseStore.create(place, SPEC, created_at=AT) as made:
        made.add(LETTER, coding(NORTH, ENVOY, EAST))
        made.add(MEMO, coding(NOBODY))
        yield made


def test_statements_stand_in_the_order_of_the_text(store: CaseStore) -> None:
    found = checking.spots(store, LETTER.id)
    assert [spot.id for spot in found] == [EAST.id, NORTH.id, ENVOY.id]
    assert [spot.start for spot in found] == [EAST.start, NORTH.start, ENVOY.start]


def test_who_is_heard_most_comes_first(store: CaseStore) -> None:
    found = checking.heard(store)
    assert [(each.identification.represents, each.statements) for each in found] == [
        ("North", 2), ("East", 1), (None, 1)
    ]  # fmt: skip
    assert checking.last_document(store) == 2


def test_a_document_is_found_by_id_name_and_file_name(store: CaseStore) -> None:
    for words in (LETTER.id, "post/letter.txt", "letter.txt"):
        assert checking.document_named(store, words) == LETTER.id
    with pytest.raises(UnknownName):
        checking.document_named(store, "letter")


def test_who_judged_last_is_told(store: CaseStore) -> None:
    desk = Desk(store)
    desk.judge(NORTH.id, "wrong", by="Ada", at=AT)
    change = desk.judge(NORTH.id, "right", by="Ben", at=AT)
    found = checking.judged_by(store, [NORTH.id, EAST.id])
    assert found == {NORTH.id: checking.Judged(by="Ben", at=AT, change=change.number)}
    assert {"Ada", "Ben"} <= set(checking.persons(store))


def test_accepting_keeps_whom_the_coder_named(store: CaseStore) -> None:
    desk = Desk(store)
    desk.code(NORTH.id, Codes(actor="POL"), by="Ada", at=AT)
    checking.accept(desk, NORTH.id, by="Ada", at=AT, seen=1)
    codes = desk.row(NORTH.id, coder="Ada").codes
    assert codes is not None
    assert (codes.stance, codes.actor) == ("favour", "POL")
    checking.accept(desk, EAST.id, by="Ada", at=AT, seen=0)
    assert desk.row(EAST.id, coder="Ada").codes is not None


def test_stances_and_places_as_written() -> None:
    assert checking.stance_named("2") == checking.stance_named("+2") == checking.STANCES["+2"]
    assert checking.stance_named("oppose") == Codes(stance="oppose")
    assert checking.stanced(Codes(actor="POL", relevance=0.9), Codes(stance="none")) == Codes(
        stance="none", actor="POL"
    )
    assert checking.places("") == ()
    for words in ("4", "9-4", "a-b", "-4-9", "4-9-12"):
        with pytest.raises(BadJudgement):
            checking.places(words)
    with pytest.raises(BadJudgement):
        checking.place("1-2,4-6")
    with pytest.raises(OffScale):
        checking.stance_named("3")
