"""Acts at the desk: each leaves one change, the changes replay to the state, and nobody's act is lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, update
from tests.store import heard_as_kept

from winset.actors.judgements import Judgement, Verb
from winset.actors.types import Identification, SpeaksAs, Standing
from winset.corpus.types import Document, anchor
from winset.errors import BadJudgement, NotText, Stale, UnknownName, WinsetError
from winset.ids import IssueId, PartialDate, StatementId
from winset.issues import CaseSpec, Issue
from winset.pipeline.keeping import mark
from winset.pipeline.kept_cases import kept_material
from winset.positions.rulings import Codes, Take, holding
from winset.positions.types import Stance
from winset.statements.types import Form, Statement
from winset.store import tables
from winset.store.addresses import Place
from winset.store.case_store import CaseStore
from winset.store.changes import Key, replay
from winset.store.desk import Desk, accepted, replayed
from winset.store.header import is_logged
from winset.store.types import Coding

ISSUE = Issue(proposal="Dredge the harbour", body="nato", rule="consensus", on=PartialDate("2024-05-02"))
LETTER = Document(
    name="letter.txt",
    text="North backs dredging. South opposes it. “Not now,” wrote East 🌊. West waits for the survey.",
    published=PartialDate("2024-02-01"),
)
AT = "2024-05-01T00:00:00Z"


def _said(source: str, words: str) -> Statement:
    text = LETTER.text
    return Statement(
        document_id=LETTER.id,
        source=anchor(LETTER, text.index(source), text.index(source) + len(source)),
        cue=None,
        contents=(anchor(LETTER, text.index(words), text.index(words) + len(words)),),
        form=Form.INDIRECT,
    )


SAID = (
    _said("North", "backs dredging"),
    _said("South", "opposes it"),
    _said("East", "Not now"),
    _said("West", "waits for the survey"),
)
NORTH, SOUTH, EAST, WEST = (each.id for each in SAID)


def _coding() -> Coding:
    return Coding(
        statements=SAID,
        identifications=tuple(
            Identification(
                statement_id=each.id,
                speaker=None,
                represents=each.source.exact if each.source else None,
                actor_id=None,
                standing=Standing.UNKNOWN,
                speaks_as=SpeaksAs.UNRESOLVED,
                score=0.3,
                rule="no clue",
            )
            for each in SAID
        ),
        stances=tuple(
            Stance(statement_id=each.id, issue_id=IssueId(ISSUE.id), relevance=0.9, direction=direction, confidence=0.8)
            for each, direction in zip(SAID, (0.8, -0.7, -0.2, 0.0), strict=True)
        ),
    )


@pytest.fixture
def store(place: Place) -> Iterator[CaseStore]:
    """A case with one letter of four statements; whatever a test does to it, it is read the same in two ways."""
    with CaseStore.create(place, CaseSpec(issue=ISSUE)) as found:
        found.add(LETTER, _coding(), by="Ada", at=AT)
        yield found
        heard_as_kept.check(found)


@pytest.fixture
def desk(store: CaseStore) -> Desk:
    return Desk(store)


def test_what_was_there_is_listed_with_what_the_machine_made_of_it(desk: Desk) -> None:
    rows = desk.queue(coder="Ada")
    assert [row.statement for row in rows] == list(SAID)
    assert [row.stance.word for row in rows if row.stance] == ["favour", "oppose", "oppose", "neutral"]
    assert all(row.by_machine and row.counts and row.codes is None and row.codes_version == 0 for row in rows)
    assert [row.place for row in desk.queue(coder="Ada", after=rows[1].place)] == [rows[2].place, rows[3].place]
    (change,) = desk.changes()
    assert (change.number, change.by, change.at, change.act) == (1, "Ada", AT, "add")
    assert [str(effect.key) for effect in change.effects] == [f"document:{LETTER.id}"]


def test_a_code_is_kept_as_a_persons_word_and_read_by_everything_else(desk: Desk, store: CaseStore) -> None:
    desk.accept(SOUTH, by="Ada", at=AT, seen=0)
    desk.code(NORTH, Codes(stance="oppose", firmness=0.4), by="Ada", at=AT, why="read twice")
    held = holding(store.rulings(), store.takes())
    assert [each.codes for each in held[SOUTH]] == [accepted(_coding().stances[1])]
    row = desk.row(NORTH, coder="Ada")
    assert (row.codes, row.codes_version, row.why) == (Codes(stance="oppose", firmness=0.4), 1, "read twice")
    assert row.coded_by == ("Ada",)
    assert desk.row(NORTH, coder="Ben").codes is None
    assert [row.statement.id for row in desk.queue(coder="Ada", state="open")] == [EAST, WEST]
    assert [row.statement.id for row in desk.queue(coder="Ada", state="coded")] == [NORTH, SOUTH]
    assert [row.statement.id for row in desk.queue(coder="Ben", state="open")] == [NORTH, SOUTH, EAST, WEST]
    (document,) = desk.documents(coder="Ada")
    assert (document.statements, document.coded, document.coded_by_anyone) == (4, 2, 2)


def test_a_wrong_statement_is_kept_and_does_not_count(desk: Desk, store: CaseStore) -> None:
    desk.judge(WEST, "wrong", by="Ada", at=AT, seen=0)
    assert [each.id for each in store.codings()[0].statements] == [NORTH, SOUTH, EAST]
    assert [row.statement.id for row in desk.queue(coder="Ada", state="wrong")] == [WEST]
    assert not desk.row(WEST, coder="Ben").counts
    desk.judge(WEST, "right", by="Ben", at=AT, seen=1)
    assert [each.id for each in store.codings()[0].statements] == [NORTH, SOUTH, EAST, WEST]
    assert [change.by for change in desk.changes(about=Key("statement", WEST))] == ["Ben", "Ada"]


def test_other_words_replace_a_statement_and_take_the_coders_codes_along(desk: Desk, store: CaseStore) -> None:
    desk.code(EAST, Codes(stance="oppose"), by="Ada", at=AT)
    start = LETTER.text.index("“")
    made = mark(
        store,
        LETTER,
        source=(LETTER.text.index("East"), LETTER.text.index("East") + 4),
        cue=None,
        contents=[(start, start + 10)],
        by="Ada",
    )
    desk.reshape(EAST, made, by="Ada", at=AT, seen=0)
    (new,) = made.statements
    assert new.contents[0].exact == "“Not now,”"
    assert new.form is Form.DIRECT
    assert [each.id for each in store.codings()[0].statements] == [NORTH, SOUTH, new.id, WEST]
    assert desk.row(new.id, coder="Ada").codes == Codes(stance="oppose")
    assert desk.row(EAST, coder="Ada").replaced_by == new.id
    material = kept_material(store)
    assert [each.by for each in material.codings[0].stances][2] == "person: Ada"
    with pytest.raises(BadJudgement, match="replaced by"):
        desk.judge(EAST, "right", by="Ada", at=AT)
    desk.undo(by="Ada", at=AT)
    assert [each.id for each in store.codings()[0].statements] == [NORTH, SOUTH, EAST, WEST]
    desk.reshape(EAST, made, by="Ada", at=AT)  # again: it is there from before
    assert [each.id for each in store.codings()[0].statements] == [NORTH, SOUTH, new.id, WEST]
    assert replayed(store) == ()


def test_a_statement_that_a_person_marks_stands_in_its_place(desk: Desk, store: CaseStore) -> None:
    at = LETTER.text.index("the survey")
    made = mark(store, LETTER, source=None, cue=None, contents=[(at - 4, at + 10)], by="Ada")
    desk.add(made, by="Ada", at=AT, why="missed")
    (new,) = made.statements
    assert new.contents[0].exact == "for the survey"  # white space at the ends is left out
    assert [each.id for each in store.codings()[0].statements] == [NORTH, SOUTH, EAST, WEST, new.id]
    assert not desk.row(new.id, coder="Ben").by_machine
    with pytest.raises(BadJudgement, match="marked already"):
        desk.add(made, by="Ada", at=AT)
    desk.undo(by="Ada", at=AT)
    assert [each.id for each in store.codings()[0].statements] == [NORTH, SOUTH, EAST, WEST]
    assert not desk.row(new.id, coder="Ada").counts


def test_the_second_of_two_is_shown_the_firsts_change(desk: Desk) -> None:
    seen = desk.row(NORTH, coder="Ben").version
    desk.judge(NORTH, "wrong", by="Ada", at=AT, seen=seen, why="a headline")
    with pytest.raises(Stale, match="Ada changed it meanwhile") as refused:
        desk.judge(NORTH, "right", by="Ben", at=AT, seen=seen)
    assert refused.value.change == desk.changes(limit=1)[0]
    assert desk.row(NORTH, coder="Ben").verdict == "wrong"


def test_undo_walks_back_and_an_undo_can_be_undone(desk: Desk, store: CaseStore) -> None:
    desk.code(NORTH, Codes(stance="favour"), by="Ada", at=AT)
    desk.code(NORTH, Codes(stance="neutral"), by="Ada", at=AT)
    desk.settle("d1", {"right": 0}, by="Ada", at=AT)
    desk.undo(by="Ada", at=AT)
    second = desk.undo(by="Ada", at=AT)
    assert desk.row(NORTH, coder="Ada").codes == Codes(stance="favour")
    desk.undo(by="Ada", at=AT)
    assert desk.row(NORTH, coder="Ada").codes is None
    with pytest.raises(BadJudgement, match="nothing of Ada"):
        desk.undo(by="Ada", at=AT)
    with pytest.raises(BadJudgement, match="taken back already"):
        desk.undo(second.undoes, by="Ada", at=AT)
    desk.undo(second.number, by="Ben", at=AT)
    assert desk.row(NORTH, coder="Ada").codes == Codes(stance="neutral")
    with pytest.raises(BadJudgement, match="never removed"):
        desk.undo(1, by="Ada", at=AT)
    with pytest.raises(UnknownName, match="no change 99"):
        desk.undo(99, by="Ada", at=AT)
    assert replayed(store) == ()


def test_what_was_changed_since_is_not_taken_back_unseen(desk: Desk) -> None:
    first = desk.keep_scenario("s1", {"name": "Berlin yields"}, by="Ada", at=AT)
    desk.keep_scenario("s1", {"name": "Berlin yields a little"}, by="Ben", at=AT, seen=1)
    with pytest.raises(Stale, match="Ben changed it since"):
        desk.undo(first.number, by="Ada", at=AT)
    desk.drop("scenario", "s1", by="Ben", at=AT)
    assert desk.values("scenario") == {}
    with pytest.raises(UnknownName):
        desk.drop("scenario", "s1", by="Ben", at=AT)


def test_judgements_and_sheets_leave_their_changes_too(desk: Desk, store: CaseStore) -> None:
    store.add_judgement(Judgement(number=1, verb=Verb.IS, subject="North", object="NOR", by="Ada", at=AT))
    desk.code(NORTH, Codes(stance="favour"), by="Ada", at=AT)
    store.add_take(Take(number=2, by="Ben", at=AT, undoes=1), ())
    assert desk.row(NORTH, coder="Ada").codes is None
    newest = desk.changes(limit=1)[0]
    assert (newest.by, newest.act, newest.undoes) == ("Ben", "undo", 3)
    desk.undo(2, by="Ben", at=AT)
    assert [each.verb for each in store.judgements()] == [Verb.IS, Verb.UNDO]
    assert replayed(store) == ()


def test_nonsense_is_refused_and_leaves_nothing(desk: Desk, store: CaseStore) -> None:
    before = desk.version()
    nobody = StatementId(SAID[0].id[:-1] + "_")  # type: ignore[arg-type]
    for act in (
        lambda: desk.accept(nobody, by="Ada", at=AT),
        lambda: desk.code(nobody, Codes(stance="favour"), by="Ada", at=AT),
        lambda: desk.judge(NORTH, "wrong", by=" ", at=AT),
        lambda: desk.judge(NORTH, "wrong", by="machine: 7", at=AT),
        lambda: desk.code(NORTH, Codes(stance="favour"), by="Machine", at=AT),
        lambda: desk.code(NORTH, Codes(stance="favour"), by="Ada", at=AT, why="torn \ud83d"),
        lambda: desk.drop("statement", NORTH, by="Ada", at=AT),
        lambda: mark(store, LETTER, source=None, cue=None, contents=[(5, 9999)], by="Ada"),
        lambda: mark(store, LETTER, source=None, cue=None, contents=[], by="Ada"),
        lambda: mark(store, LETTER, source=None, cue=None, contents=[(5, 6)], by="Ada"),
    ):
        with pytest.raises(WinsetError):
            act()
    assert desk.version() == before
    assert store.takes() == ()
    assert replayed(store) == ()


def test_half_a_surrogate_pair_is_told_as_such(desk: Desk) -> None:
    with pytest.raises(NotText):
        desk.settle("d", {"right": 0}, by="Ada", at=AT, why="\ud83d")


acts = st.lists(
    st.tuples(
        st.sampled_from(["accept", "code", "wrong", "right", "reshape", "settle", "drop", "undo", "undo any", "judge"]),
        st.sampled_from(["Ada", "Ben"]),
        st.integers(0, 3),
        st.integers(0, 40),
    ),
    min_size=5,
    max_size=25,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=acts)
def test_any_acts_in_any_order_replay_to_the_state(acts: list[tuple[str, str, int, int]], tmp_path: Path) -> None:
    path = tmp_path / "any.winset"
    path.unlink(missing_ok=True)
    with CaseStore.create(path, CaseSpec(issue=ISSUE)) as store:
        store.add(LETTER, _coding(), by="Ada", at=AT)
        desk, acknowledged = Desk(store), 1
        for act, who, which, number in acts:
            id = SAID[which].id
            try:
                if act == "accept":
                    desk.accept(id, by=who, at=AT)
                elif act == "code":
                    desk.code(id, Codes(stance=("favour", "oppose", "none")[number % 3]), by=who, at=AT)
                elif act in ("wrong", "right"):
                    desk.judge(id, act, by=who, at=AT)  # type: ignore[arg-type]
                elif act == "reshape":
                    start = number % 20
                    made = mark(store, LETTER, source=None, cue=None, contents=[(start, start + 12)], by=who)
                    desk.reshape(id, made, by=who, at=AT)
                elif act == "settle":
                    desk.settle(f"d{which}", {"right": number}, by=who, at=AT)
                elif act == "drop":
                    desk.drop("discrepancy", f"d{which}", by=who, at=AT)
                elif act == "undo":
                    desk.undo(by=who, at=AT)
                elif act == "undo any":
                    desk.undo(number + 1, by=who, at=AT)
                else:
                    said = len(store.judgements()) + 1
                    store.add_judgement(
                        Judgement(number=said, verb=Verb.IS, subject="North", object="NOR", by=who, at=AT)
                    )
                acknowledged += 1
            except WinsetError:
                continue
        assert desk.version() == acknowledged
        assert replayed(store) == ()
        assert replay(desk.changes(after=0, limit=1000)).keys() >= {Key("document", LETTER.id)}
        held = holding(store.rulings(), store.takes())
        for row in desk.queue(coder="Ada"):
            own = [each.codes for each in held.get(row.statement.id, ()) if each.coder == "Ada"]
            assert [row.codes] if row.codes else own == []
        counting = {each.id for coding in store.codings() for each in coding.statements}
        assert counting == {row.statement.id for row in desk.queue(coder="Ada", limit=500) if row.counts}


def test_what_is_written_past_the_trail_is_noticed(desk: Desk, store: CaseStore) -> None:
    desk.judge(WEST, "wrong", by="Ada", at=AT)
    desk.code(WEST, Codes(stance="favour"), by="Ada", at=AT)
    with store.database.transaction(writes=True) as connection:
        connection.execute(delete(tables.left_out))
    assert replayed(store) == (f"statement:{WEST}: counts, or does not, against its verdict",)
    with store.database.transaction(writes=True) as connection:
        connection.execute(update(tables.subject).where(tables.subject.c.kind == "codes").values(version=7))
    assert len(replayed(store)) == 2


def test_two_at_a_time_never_lose_a_change(desk: Desk, store: CaseStore) -> None:
    def coder(name: str) -> int:
        own, done = Desk(store), 0
        for n in range(12):
            row = own.row(SAID[n % 4].id, coder=name)
            try:
                own.judge(row.statement.id, "wrong" if n % 2 else "right", by=name, at=AT, seen=row.version)
                done += 1
            except Stale:
                continue
            own.code(row.statement.id, Codes(stance="favour", firmness=n / 12), by=name, at=AT)
            done += 1
        return done

    with ThreadPoolExecutor(3) as pool:
        done = sum(pool.map(coder, ["Ada", "Ben", "Cy"]))
    assert desk.version() == done + 1
    assert replayed(store) == ()


NEWER = ("column_part", "recoding", "taken_in", "seal")  # tables of steps after the trail's


def test_an_older_case_begins_its_trail_with_what_was_done_before(tmp_path: Path) -> None:
    path = tmp_path / "old.winset"
    with CaseStore.create(path, CaseSpec(issue=ISSUE)) as store:
        store.add(LETTER, _coding())
        desk = Desk(store)
        desk.code(NORTH, Codes(stance="favour", hedged=True, rung=""), by="Ada", at="2024-05-01", why="clear")
        store.add_judgement(Judgement(number=1, verb=Verb.IS, subject="South", object="SWE", by="Ben", at="2024-05-02"))
        desk.code(NORTH, Codes(stance="oppose"), by="Ada", at="2024-05-03")
        desk.code(SOUTH, Codes(stance="oppose"), by="Ben", at="2024-05-04")
        store.add_take(Take(number=4, by="Ada", at="2024-05-05", undoes=2), ())
        state = desk.row(NORTH, coder="Ada")
    plain = sqlite3.connect(path)
    for table in ("left_out", "subject", "effect", "change", "full_text", "watched", "digest", *NEWER):
        plain.execute(f"DROP TABLE {table}")
    plain.executescript(
        "DROP INDEX ix_identification_actor_id_rank; DROP INDEX ix_take_undoes; DROP INDEX ix_run_step_method_version;"
        "CREATE INDEX ix_identification_actor_id ON identification (actor_id);"
        "UPDATE alembic_version SET version_num = '0005'; PRAGMA user_version = 5;"
    )
    plain.close()
    with CaseStore.open(path) as store:
        desk = Desk(store)
        assert [(each.act, each.by) for each in reversed(desk.changes())] == [
            ("add", ""), ("take", "Ada"), ("is", "Ben"), ("take", "Ada"), ("take", "Ben"), ("undo", "Ada"),
        ]  # fmt: skip
        assert desk.row(NORTH, coder="Ada").codes == state.codes == Codes(stance="favour", hedged=True, rung="")
        assert replayed(store) == ()


def test_a_case_that_is_served_can_be_read_for_long_while_it_is_written_to(tmp_path: Path) -> None:
    path = tmp_path / "served.winset"
    with CaseStore.create(path, CaseSpec(issue=ISSUE)) as store:
        store.add(LETTER, _coding())
    with CaseStore.open(path) as store:
        store.database.serve()
        with store.database.transaction(writes=False) as connection:
            connection.exec_driver_sql("SELECT count(*) FROM statement").scalar_one()
            Desk(store).accept(NORTH, by="Ada", at=AT)
        with CaseStore.open(path) as other:  # a command, meanwhile; that it closes the case ends nothing
            assert Desk(other).row(NORTH, coder="Ada").codes
        Desk(store).accept(SOUTH, by="Ada", at=AT)
    assert [each.name for each in tmp_path.iterdir()] == ["served.winset"]
    assert not is_logged(path)
    with CaseStore.open(path) as store:
        assert replayed(store) == ()
