"""A kept case read as columns gives the positions that its values give."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.positions.evidence import ISSUE, said

from winset.actors.judgements import Judgement, Scope, Verb
from winset.actors.registry import registry
from winset.actors.rooms import room_of
from winset.actors.types import SpeaksAs
from winset.corpus.types import Document
from winset.ids import ActorId, DocumentId, EvidenceId, PartialDate, StatementId
from winset.issues import CaseSpec, Seat
from winset.pipeline.kept_cases import kept_material
from winset.pipeline.people import held_rulings
from winset.positions.aggregation import aggregated
from winset.positions.estimation import Evidence, positions
from winset.positions.rulings import Codes, ruled
from winset.positions.types import Voice
from winset.sourcing.tracing.origins import origins
from winset.sourcing.types import ReadDocument
from winset.statements.types import Form
from winset.store.addresses import Place
from winset.store.case_store import CaseStore
from winset.store.desk import Desk
from winset.store.observations import columns
from winset.store.types import Coding

TEXT = "Riga opposes the levy. " * 4000


def _by(row: Evidence, **who: Any) -> Evidence:
    """The same, said by somebody who is not in the registry."""
    return replace(row, identification=replace(row.identification, actor_id=None, **who))


ROWS = [
    said(0, -1.0, "2024-01-10", form=Form.DIRECT, role="president"),
    said(1, -0.6, hedged=True),
    said(2, 1.0, "2024-02", actor="EST", voice=Voice.ASCRIBED, firmness=0.4),
    said(3, 0.0, actor="EST"),
    said(4, -0.8, actor="LTU", conditional=True, confidence=0.5),
    said(5, 0.9, actor="LTU", relevance=0.2),
    said(6, -0.9, "2024-04-01", actor="LVA", role="foreign minister"),
    _by(said(7, 0.8), represents="expert: Hill Institute", speaker="Ann Bee"),
    _by(said(8, 0.8), represents="some members", speaks_as=SpeaksAs.COLLECTIVE),
    _by(said(9, 0.8), represents=None, speaks_as=SpeaksAs.UNRESOLVED),
]


@pytest.fixture
def case(place: Place) -> tuple[Place, list[Evidence]]:
    """Two documents of one text each, one with a date and a publisher, and the evidence as the pipeline has it."""
    rows = []
    documents = [
        Document(name="one", text=TEXT),
        Document(name="two", text=f"{TEXT}.", published=PartialDate("2024-03-01"), publisher="Reuters"),
    ]
    seats = tuple(Seat(actor_id=ActorId(id), name=id) for id in ("EST", "LTU", "LVA"))
    with CaseStore.create(place, CaseSpec(issue=ISSUE, seats=seats)) as store:
        for document in documents:
            own = [_moved(row, document) for row in ROWS]
            said = tuple(row.statement for row in own)
            found = origins((ReadDocument(document=document, segments=(), statements=said),), (), ())
            rows += [replace(row, origin=found[row.statement.id], published=document.published) for row in own]
            store.add(
                document,
                Coding(
                    statements=tuple(row.statement for row in own),
                    identifications=tuple(row.identification for row in own),
                    stances=tuple(row.stance for row in own),
                ),
            )
    return place, rows


def _moved(row: Evidence, document: Document) -> Evidence:
    """The same words in another document of the same text."""
    parts = {
        name: replace(part, document_id=document.id)
        for name in ("source", "cue")
        if (part := getattr(row.statement, name)) is not None
    }
    contents = tuple(replace(part, document_id=document.id) for part in row.statement.contents)
    statement = replace(row.statement, document_id=document.id, contents=contents, **parts)
    return replace(
        row,
        statement=statement,
        identification=replace(row.identification, statement_id=statement.id),
        stance=replace(row.stance, statement_id=statement.id),
    )


@pytest.mark.parametrize("as_of", [None, "2024-02-29", "2024-03-01", "2023"])
def test_columns_of_a_kept_case_give_its_positions(case: tuple[Place, list[Evidence]], as_of: str | None) -> None:
    place, rows = case
    day = PartialDate(as_of) if as_of else None
    expected = positions(rows, issue=ISSUE, as_of=day)
    found = aggregated(columns(place, as_of=day))
    assert found.actor_id == tuple(each.actor_id for each in expected)
    assert found.value == pytest.approx([each.value for each in expected], abs=0.051)
    assert found.std_error == pytest.approx([each.std_error for each in expected], abs=0.051)
    assert found.salience == pytest.approx([each.salience for each in expected], abs=0.0051)
    assert found.origins.tolist() == [each.origins for each in expected]
    assert found.statements.tolist() == [len(each.evidence) for each in expected]


def test_an_empty_case_has_no_columns(place: Place) -> None:
    CaseStore.create(place, CaseSpec(issue=ISSUE)).close()
    assert aggregated(columns(place)).actor_id == ()


def test_what_persons_marked_as_wrong_has_no_row(case: tuple[Place, list[Evidence]]) -> None:
    place, rows = case
    before = columns(place)
    wrong = rows[0].statement.id
    with CaseStore.open(place) as store:
        Desk(store).judge(wrong, "wrong", by="Ada", at="2024-05-01T00:00:00Z")
    after = columns(place)
    assert len(after.value) == len(before.value) - 1
    assert list(after.value) == list(before.value[1:])


AT = "2024-05-01T00:00:00Z"


def _as_kept(store: CaseStore, rows: list[Evidence]) -> list[Evidence]:
    """The evidence with the identifications of `kept_material`, and the machine's first stances ruled."""
    who = {each.statement_id: each for coding in kept_material(store).codings for each in coding.identifications}
    held = held_rulings(store)
    return [
        replace(
            row,
            identification=who[row.statement.id],
            stance=ruled(row.stance, held.get(row.statement.id, ())),
        )
        for row in rows
        if row.statement.id in who
    ]


def _same(store: CaseStore, rows: list[Evidence]) -> None:
    expected = positions(_as_kept(store, rows), issue=ISSUE)
    found = aggregated(columns(store, room=lambda: room_of(registry(), store.spec())))
    assert found.actor_id == tuple(each.actor_id for each in expected)
    assert found.value == pytest.approx([each.value for each in expected], abs=0.051)
    assert found.std_error == pytest.approx([each.std_error for each in expected], abs=0.051)
    assert found.salience == pytest.approx([each.salience for each in expected], abs=0.0051)
    assert found.statements.tolist() == [len(each.evidence) for each in expected]


CODES = [
    Codes(stance="favour"),
    Codes(direction=-0.5, firmness=0.3, hedged=True),
    Codes(stance="none"),
    Codes(stance="unclear", conditional=True),
    Codes(hedged=False, voice=Voice.OWN, rung=""),
    Codes(direction=0.9, relevance=0.8, conditional=False, voice=Voice.ASCRIBED),
    Codes(stance="oppose", actor="LTU"),
    Codes(actor="EST"),
    Codes(actor="expert: Hill Institute"),
    Codes(actor="nobody"),
]


def test_codes_move_the_positions_of_columns_as_those_of_values(case: tuple[Place, list[Evidence]]) -> None:
    place, rows = case
    with CaseStore.open(place) as store:
        before, desk = aggregated(columns(store)), Desk(store)
        for number, row in enumerate(rows):
            desk.code(row.statement.id, CODES[number % len(CODES)], by="Ada", at=AT)
            if number % 3 == 0:
                desk.code(row.statement.id, CODES[(number + 1) % len(CODES)], by="Ben", at=AT)
            if number % 4 == 0:
                desk.code(row.statement.id, CODES[(number + 5) % len(CODES)], by="Ada", at=AT)
            if number % 5 == 0:
                desk.code(row.statement.id, CODES[0], by="Cyd", at=AT)
        _same(store, rows)
        after = aggregated(columns(store, room=lambda: room_of(registry(), store.spec())))
        assert after.value.tolist() != before.value.tolist()
        for _ in range(8):
            desk.undo(by="Ada", at=AT)
        _same(store, rows)


@pytest.mark.parametrize(
    ("verb", "subject", "named", "scope"),
    [
        (Verb.MERGE, "EST", "LVA", Scope()),
        (Verb.IS, "expert: hill institute", "FRA", Scope()),
        (Verb.IS, "ann bee", "expert: Bee Group", Scope()),
        (Verb.IS, "{words}", "DEU", Scope()),
        (Verb.IS, "{id}", "POL", Scope()),
        (Verb.SPLIT, "LTU", "nobody", Scope(statements=(StatementId(EvidenceId("{id}")),))),
        (Verb.MERGE, "LVA", "ITA", Scope(documents=(DocumentId("{document}"),))),
    ],
)
def test_judgements_move_the_positions_of_columns_as_those_of_values(
    case: tuple[Place, list[Evidence]], verb: Verb, subject: str, named: str, scope: Scope
) -> None:
    place, rows = case
    one = rows[4]
    told = {
        "{id}": one.statement.id,
        "{words}": rows[0].statement.source.exact.upper() if rows[0].statement.source else "",
        "{document}": rows[-1].statement.document_id,
    }
    limits = Scope(
        documents=tuple(DocumentId(told.get(each, each)) for each in scope.documents),
        statements=tuple(StatementId(EvidenceId(told.get(each, each))) for each in scope.statements),
    )
    said = Judgement(
        number=1, verb=verb, subject=told.get(subject, subject), object=named, scope=limits, by="Ada", at=AT
    )
    with CaseStore.open(place) as store:
        before = _as_kept(store, rows)
        store.add_judgement(said)
        assert _as_kept(store, rows) != before
        _same(store, rows)
        chained = Judgement(number=2, verb=Verb.MERGE, subject="LVA", object="ITA", by="Ada", at=AT)
        store.add_judgement(chained)
        Desk(store).code(one.statement.id, Codes(stance="favour", actor="FRA"), by="Ada", at=AT)
        _same(store, rows)
        store.add_judgement(Judgement(number=3, verb=Verb.UNDO, undoes=1, by="Ada", at=AT))
        _same(store, rows)


def test_judgements_are_not_asked_for_where_no_room_is_given(case: tuple[Place, list[Evidence]]) -> None:
    place, _ = case
    with CaseStore.open(place) as store:
        before = aggregated(columns(store))
        store.add_judgement(Judgement(number=1, verb=Verb.MERGE, subject="EST", object="LVA", by="Ada", at=AT))
        assert aggregated(columns(store)).actor_id == before.actor_id
