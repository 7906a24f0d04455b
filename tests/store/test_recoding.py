"""Coding kept documents again: the machine's words give way, a person's stay, and the trail still replays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from tests.store import heard_as_kept

from winset.actors.judgements import Judgement, Scope, Verb
from winset.actors.types import Identification, SpeaksAs, Standing
from winset.corpus.types import Document, anchor
from winset.errors import BadCase, BadJudgement, LockedCase
from winset.ids import IssueId, PartialDate, StatementId
from winset.issues import CaseSpec, Issue
from winset.pipeline.keeping import mark
from winset.pipeline.kept_cases import kept_material
from winset.positions.rulings import Codes
from winset.positions.types import Stance
from winset.provenance import Run
from winset.statements.types import Form, Statement
from winset.store import kept_columns, recoding, tables
from winset.store.addresses import Place
from winset.store.case_store import CaseStore
from winset.store.desk import Desk, replayed
from winset.store.recoding import Coded, Recoding
from winset.store.types import Coding

ISSUE = Issue(proposal="Dredge the harbour", body="nato", rule="consensus", on=PartialDate("2024-05-02"))
LETTER = Document(
    name="letter.txt",
    text="North backs dredging at once. South opposes it. “Not now,” wrote East 🌊. West waits for the survey.",
    published=PartialDate("2024-02-01"),
)
OTHER = Document(name="other.txt", text="Nothing is said here.")
AT = "2024-05-01T00:00:00Z"
LATER = "2024-06-01T00:00:00Z"


def said(source: str, words: str, *, coder: str = "machine: first", confidence: float = 0.5) -> Statement:
    """A statement of the letter."""
    at, begins = LETTER.text.index(words), LETTER.text.index(source)
    run = Run(step="statements", method=coder.rpartition(" ")[2], version="1.0", inputs=(LETTER.id,))
    return Statement(
        document_id=LETTER.id,
        source=anchor(LETTER, begins, begins + len(source)),
        cue=None,
        contents=(anchor(LETTER, at, at + len(words)),),
        form=Form.INDIRECT,
        coder=coder,
        confidence=confidence,
        run_id=run.id,
    )


def coding(statements: Sequence[Statement], *, direction: float, method: str = "first", refused: int = 0) -> Coding:
    """What the machine made of the letter: all of them speak in one direction."""
    return Coding(
        statements=tuple(statements),
        identifications=tuple(
            Identification(
                statement_id=each.id,
                speaker=None,
                represents=f"{each.source.exact if each.source else ''} by {method}",
                actor_id=None,
                standing=Standing.UNKNOWN,
                speaks_as=SpeaksAs.UNRESOLVED,
                score=0.3,
                rule="no clue",
            )
            for each in statements
        ),
        stances=tuple(
            Stance(statement_id=each.id, issue_id=IssueId(ISSUE.id), relevance=0.9, direction=direction, confidence=0.8)
            for each in statements
        ),
        refused=refused,
        runs=tuple(
            Run(step=step, method=method, version="1.0", inputs=(LETTER.id,)) for step in ("statements", "stances")
        ),
    )


NORTH, SOUTH, EAST = said("North", "backs dredging"), said("South", "opposes it"), said("East", "Not now")
FIRST = coding((NORTH, SOUTH, EAST), direction=1.0)


@pytest.fixture
def store(place: Place) -> Iterator[CaseStore]:
    """A case with a letter of three statements, and a document of none; read the same in two ways at the end."""
    with CaseStore.create(place, CaseSpec(issue=ISSUE)) as found:
        found.add(LETTER, FIRST, by="Ada", at=AT)
        found.add(OTHER, Coding(statements=(), identifications=()), by="Ada", at=AT)
        yield found
        heard_as_kept.check(found)


@pytest.fixture
def desk(store: CaseStore) -> Desk:
    return Desk(store)


def begin(store: CaseStore, *, anew: bool = False, stance: str = "combined") -> Recoding:
    return recoding.begun(store, by="Ada", at=LATER, methods=["second"], stance=stance, anew=anew)


def code(store: CaseStore, new: Coding, *, begun: Recoding | None = None) -> recoding.Difference:
    """Code the letter again, as somebody who looks what stays and reads it anew does."""
    stays = recoding.to_read(store, LETTER, new)
    read = coding(stays, direction=-0.5, method="reading") if stays else None
    begun = begun or begin(store)
    further, found = recoding.code_again(
        store,
        begun,
        [Coded(rank=1, document=LETTER, coding=new, read=read)],
        made=recoding.made_by(store),
        at=LATER,
    )
    assert further.last == 1
    recoding.ended(store, further, at=LATER)
    assert replayed(store) == ()
    return found


def counting(store: CaseStore) -> dict[str, tuple[str, float, float]]:
    """What counts: who says it, direction of the machine's stance, confidence of its words."""
    first = store.codings()[0]
    return {
        each.words: (str(who.represents), stance.direction, each.confidence)
        for each, who, stance in zip(first.statements, first.identifications, first.stances, strict=True)
    }


def test_a_case_that_nobody_touched_becomes_the_one_that_the_new_coding_makes(store: CaseStore, place: Place) -> None:
    new = coding(
        (
            said("North", "backs dredging at once", coder="machine: second"),
            said("South", "opposes it", coder="machine: second", confidence=0.9),
            said("West", "waits for the survey", coder="machine: second"),
        ),
        direction=-1.0,
        method="second",
        refused=2,
    )
    found = code(store, new)
    assert (found.documents, found.same, found.new, found.gone) == (1, 0, 3, 3)
    (letter, _) = store.codings()
    assert replace(letter, runs=new.runs) == new
    assert set(store.runs()) == set(new.runs)
    assert store.counts()["statement"] == 3


def test_words_that_are_found_again_are_read_anew_in_their_place(store: CaseStore, desk: Desk) -> None:
    before = desk.row(SOUTH.id, coder="Ada").place
    found = code(store, coding((NORTH, replace(SOUTH, confidence=0.9), EAST), direction=-1.0, method="second"))
    assert (found.same, found.new, found.gone, found.held) == (3, 0, 0, 0)
    assert counting(store)["opposes it"] == ("South by second", -1.0, 0.9)
    assert desk.row(SOUTH.id, coder="Ada").place == before


def test_a_persons_codes_stay_on_the_words_that_are_found_again_by_whichever_method(
    store: CaseStore, desk: Desk
) -> None:
    desk.code(SOUTH.id, Codes(stance="oppose", firmness=0.4), by="Ada", at=AT, why="read twice")
    desk.judge(EAST.id, "wrong", by="Ben", at=AT)
    again = tuple(replace(each, coder="machine: second", confidence=0.7) for each in (NORTH, SOUTH, EAST))
    found = code(store, coding(again, direction=0.0, method="second"))
    assert (found.same, found.new, found.gone, found.held) == (2, 1, 1, 0)
    row = desk.row(SOUTH.id, coder="Ada")
    assert (row.codes, row.why) == (Codes(stance="oppose", firmness=0.4), "read twice")
    assert row.stance is not None
    assert (row.stance.direction, row.identification.represents, row.statement.confidence) == (
        0.0,
        "South by second",
        0.7,
    )
    assert desk.row(EAST.id, coder="Ada").verdict == "wrong"
    assert set(counting(store)) == {"backs dredging", "opposes it"}


def test_what_a_person_stands_for_stays_and_is_not_counted_twice(store: CaseStore, desk: Desk) -> None:
    desk.code(NORTH.id, Codes(stance="favour"), by="Ada", at=AT)
    desk.judge(EAST.id, "right", by="Ada", at=AT)
    longer = said("North", "backs dredging at once", coder="machine: second")
    west = said("West", "waits for the survey", coder="machine: second")
    found = code(store, coding((longer, west), direction=1.0, method="second"))
    assert (found.same, found.new, found.gone, found.held, found.passed_over) == (0, 1, 1, 2, 1)
    assert counting(store) == {
        "backs dredging": ("North by reading", -0.5, 0.5),
        "Not now": ("East by reading", -0.5, 0.5),
        "waits for the survey": ("West by second", 1.0, 0.5),
    }
    words = [each.words for each in store.codings()[0].statements]
    assert words == ["backs dredging", "Not now", "waits for the survey"]


def test_two_sources_of_one_words_are_two_statements(store: CaseStore, desk: Desk) -> None:
    desk.code(EAST.id, Codes(stance="oppose"), by="Ada", at=AT)
    other = said("West", "Not now", coder="machine: second")
    found = code(store, coding((other,), direction=1.0, method="second"))
    assert (found.new, found.passed_over, found.held) == (1, 0, 1)


def test_what_a_person_marked_is_as_it_was_marked(store: CaseStore, desk: Desk) -> None:
    at = LETTER.text.index("waits")
    marked = mark(store, LETTER, source=None, cue=None, contents=[(at, at + 5)], by="Ada")
    desk.add(marked, by="Ada", at=AT)
    found = code(store, coding((SOUTH,), direction=1.0, method="second"))
    assert (found.same, found.gone, found.held) == (1, 2, 0)
    (_, own) = store.codings()[0].statements
    assert own == marked.statements[0]
    assert counting(store)["waits"][:2] == (" by reading", -0.5)


def test_a_statement_that_was_touched_and_for_which_nobody_stands_does_not_count_and_is_kept(
    store: CaseStore, desk: Desk
) -> None:
    desk.code(EAST.id, Codes(stance="oppose"), by="Ada", at=AT)
    desk.undo(by="Ada", at=AT)
    found = code(store, coding((NORTH, SOUTH), direction=1.0, method="second"))
    assert (found.same, found.gone, found.held) == (2, 1, 0)
    assert set(counting(store)) == {"backs dredging", "opposes it"}
    row = desk.row(EAST.id, coder="Ada")
    assert (row.verdict, row.counts) == ("superseded", False)
    desk.judge(EAST.id, "right", by="Ada", at=AT)
    assert "Not now" in counting(store)


def test_a_judgement_on_one_statement_keeps_it(store: CaseStore) -> None:
    scope = Scope(statements=(StatementId(EAST.id),))
    store.add_judgement(Judgement(number=1, verb=Verb.IS, subject="East", object="CHN", scope=scope, by="Ada", at=AT))
    assert code(store, coding((NORTH,), direction=1.0, method="second")).held == 1
    assert "Not now" in counting(store)


def test_positions_are_those_of_the_new_coding(store: CaseStore) -> None:
    code(store, coding((SOUTH,), direction=-1.0, method="second"))
    (stance,) = [each for coded in kept_material(store).codings for each in coded.stances]
    assert stance.direction == -1.0


def test_whoever_says_something_meanwhile_is_not_overtaken(store: CaseStore, desk: Desk) -> None:
    new = coding((NORTH, SOUTH), direction=1.0, method="second")
    begun = begin(store)
    assert recoding.to_read(store, LETTER, new) == ()
    desk.code(EAST.id, Codes(stance="oppose"), by="Ben", at=AT)
    portion = [Coded(rank=1, document=LETTER, coding=new), Coded(rank=2, document=OTHER, coding=None)]
    further, found = recoding.code_again(store, begun, portion, made=recoding.made_by(store), at=LATER)
    assert (further.last, found.documents) == (0, 0)
    assert [each.id for each in recoding.to_read(store, LETTER, new)] == [EAST.id]
    assert code(store, new, begun=further).held == 1


def test_a_coding_is_gone_on_with_by_one_at_a_time_and_given_up_on_purpose_alone(store: CaseStore) -> None:
    first = begin(store)
    assert begin(store) == first
    assert recoding.unfinished(store) == first
    assert [rank for rank, _, _ in recoding.to_code(store, first, made=recoding.made_by(store), after=0, limit=9)] == [
        1,
        2,
    ]
    with pytest.raises(BadCase, match=r"second; combined; .* as far as document 0 of 2: .* --anew"):
        begin(store, stance="lexicon")
    portion = [Coded(rank=1, document=LETTER, coding=FIRST)]
    further, _ = recoding.code_again(store, first, portion, made=recoding.made_by(store), at=LATER)
    assert begin(store) == further
    with pytest.raises(LockedCase, match="another process"):
        recoding.code_again(store, first, portion, made=recoding.made_by(store), at=LATER)
    second = begin(store, stance="lexicon", anew=True)
    assert (second.number, second.last, second.until) == (2, 0, 2)
    assert [each.ended_at for each in recoding.recodings(store)] == [LATER, None]


def test_only_documents_of_another_version_are_coded_where_that_is_asked(store: CaseStore) -> None:
    begun = recoding.begun(store, by="Ada", at=LATER, methods=["second"], stance="combined", older=True)
    both = recoding.to_code(store, replace(begun, version="1.0"), made=recoding.made_by(store), after=0, limit=9)
    assert [wanted for _, _, wanted in both] == [False, True]  # of the second nobody knows what coded it
    assert [
        wanted for _, _, wanted in recoding.to_code(store, begun, made=recoding.made_by(store), after=0, limit=9)
    ] == [True, True]


def test_the_trail_tells_it_and_it_is_not_taken_back(store: CaseStore, desk: Desk) -> None:
    code(store, coding((NORTH,), direction=1.0, method="second"))
    change = desk.changes(limit=1)[0]
    assert (change.by, change.at, change.act) == ("Ada", LATER, "recode")
    assert [(effect.key.about, effect.after) for effect in change.effects] == [
        (LETTER.id, {"name": "letter.txt", "recoded": 1})
    ]
    with pytest.raises(BadJudgement, match="coded documents again"):
        desk.undo(change.number, by="Ada", at=LATER)
    with pytest.raises(BadJudgement, match="nothing of Ada"):
        desk.undo(by="Ada", at=LATER)


def test_nothing_is_left_of_what_went(store: CaseStore) -> None:
    code(store, coding((NORTH,), direction=1.0, method="second"))
    with store.database.transaction(writes=False) as connection:
        for table in (tables.identification, tables.stance):
            assert connection.execute(select(table.c.statement_id)).scalars().all() == [NORTH.id]
    assert [(each.step, each.method, each.documents) for each in recoding.made_by(store)] == [
        ("stances", "second", 1),
        ("statements", "second", 1),
    ]


def test_columns_that_are_kept_are_those_of_the_new_coding(store: CaseStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_columns, "LEAST", 1)
    kept_columns.keep(store.database)
    code(store, coding((NORTH, replace(SOUTH, said_on=PartialDate("2023"))), direction=-1.0, method="second"))
    kept_columns.keep(store.database)
    with store.database.transaction(writes=False) as connection:
        assert kept_columns.differing(connection) == ()


def test_columns_that_were_read_before_are_not_kept_afterwards(served: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_columns, "LEAST", 1)
    read, times = kept_columns._rows, []
    with CaseStore.create(served, CaseSpec(issue=ISSUE)) as store:
        store.add(LETTER, FIRST, by="Ada", at=AT)

        def rows(*asked: Any) -> Any:
            found = read(*asked)
            times.append(1)
            if len(times) == 1:  # while others read, a server lets somebody write
                code(store, coding((NORTH, SOUTH, EAST), direction=-1.0, method="second"))
            return found

        monkeypatch.setattr(kept_columns, "_rows", rows)
        kept_columns.keep(store.database)
        assert len(times) > 1
        with store.database.transaction(writes=False) as connection:
            assert kept_columns.differing(connection) == ()
