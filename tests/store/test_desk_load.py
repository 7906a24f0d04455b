"""A made case is one that winset wrote, and the queue of a case with much behind it is that of one read row by row."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from benchmarks.desk.cases import CODER, made
from sqlalchemy import event

from winset.store.addresses import Place
from winset.store.case_store import CaseStore
from winset.store.desk import STATES, Desk, QueueRow, State, replayed

AT = "2024-05-02T10:00:00Z"


@pytest.fixture
def desk(place: Place) -> Desk:
    made(place, statements=90)
    return Desk(CaseStore.open(place))


def in_state(row: QueueRow, state: State) -> bool:
    coded, left_out = row.codes is not None, not row.counts
    return {"all": True, "open": not coded and not left_out, "coded": coded, "wrong": left_out}[state]


def paged(desk: Desk, *, coder: str, state: State, actor: str | None = None, limit: int = 11) -> list[str]:
    found: list[str] = []
    after = 0
    while page := desk.queue(coder=coder, state=state, actor=actor, after=after, limit=limit):
        found += [row.statement.id for row in page]
        after = page[-1].place
    return found


def looked_through(desk: Desk, *, coder: str, state: State, actor: str | None = None) -> list[str]:
    rows = desk.queue(coder=coder, actor=actor, limit=1000)
    return [row.statement.id for row in rows if in_state(row, state)]


def test_a_made_case_replays_and_is_half_done(desk: Desk) -> None:
    assert replayed(desk.store) == ()
    assert len(desk.queue(coder=CODER, state="open", limit=1000)) == 45
    assert len(desk.queue(coder=CODER, state="coded", limit=1000)) == 45
    assert len(desk.queue(coder=CODER, state="wrong", limit=1000)) == 0
    assert [(row.statements, row.coded) for row in desk.documents(coder=CODER)] == [(50, 45), (40, 0)]
    desk.store.close()


@pytest.mark.parametrize("actor", [None, "FRA"])
def test_pages_hold_what_looking_through_everything_finds_whatever_was_done_between(
    desk: Desk, actor: str | None
) -> None:
    draw = random.Random(8)  # noqa: S311 - which acts are tried
    every = [row.statement.id for row in desk.queue(coder=CODER, limit=1000)]
    other = Desk(desk.store)  # another desk on the same case: what it does, the first must see
    for _ in range(3):
        for _ in range(8):
            by, at = draw.choice((desk, other)), draw.choice((CODER, "bela"))
            act = draw.choice(("accept", "wrong", "right", "undo"))
            id = draw.choice(every)
            if act == "accept":
                by.accept(id, by=at, at=AT)
            elif act == "undo" and at == CODER:
                by.undo(by=at, at=AT)
            elif act != "undo":
                by.judge(id, "wrong" if act == "wrong" else "right", by=at, at=AT)
        for coder in (CODER, "bela", "nobody yet"):
            for state in STATES:
                expected = looked_through(desk, coder=coder, state=state, actor=actor)
                assert paged(desk, coder=coder, state=state, actor=actor) == expected
    assert replayed(desk.store) == ()
    desk.store.close()


def test_a_page_asks_for_what_it_shows_however_much_is_done_before_it(tmp_path: Path) -> None:
    made(tmp_path / "long.winset", statements=3_000, worked=2_900)
    with CaseStore.open(tmp_path / "long.winset") as store:
        desk = Desk(store)
        desk.queue(coder=CODER, state="open", limit=10)
        asked: list[str] = []
        event.listen(store.database.engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
        (first, *_) = desk.queue(coder=CODER, state="open", limit=10)
        assert first.place == 2_901
        assert len(asked) < 10
        assert not any("NOT (EXISTS" in line and "rank >" in line for line in asked)  # nothing is gone through
        desk.accept(first.statement.id, by=CODER, at=AT)
        assert desk.queue(coder=CODER, state="open", limit=1)[0].place == 2_902
        desk.undo(by=CODER, at=AT)
        assert desk.queue(coder=CODER, state="open", limit=1)[0].place == 2_901


def test_a_long_row_of_undos_of_undos_can_be_read(tmp_path: Path) -> None:
    made(tmp_path / "undone.winset", statements=2, worked=0)
    with CaseStore.open(tmp_path / "undone.winset") as store:
        desk = Desk(store)
        (row, *_) = desk.queue(coder=CODER)
        number = desk.accept(row.statement.id, by=CODER, at=AT).number
        for _ in range(40):
            number = desk.undo(number, by=CODER, at=AT).number
        assert desk.row(row.statement.id, coder=CODER).codes is not None  # an even number of times
        assert replayed(store) == ()
