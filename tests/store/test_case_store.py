"""A kept case gives back what was put in, refuses what is not ours, and survives what happens to files."""

from __future__ import annotations

import os
import sqlite3
import string
import subprocess
import sys
import time
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.store import heard_as_kept

from winset.actors.judgements import Judgement, Scope, Verb
from winset.actors.types import Identification, SpeaksAs, Standing
from winset.corpus.types import Document, Rejected, anchor, clean_text
from winset.errors import (
    BadCase,
    BadSpan,
    CannotWrite,
    CaseExists,
    LockedCase,
    NewerCase,
    NotACase,
    NotText,
)
from winset.ids import ActorId, PartialDate, RunId
from winset.issues import CaseSpec, Issue, Option, Seat, Threshold
from winset.positions.types import Stance
from winset.provenance import Run
from winset.statements.types import Form, Statement
from winset.store import tables
from winset.store.addresses import CaseAddress, Place
from winset.store.case_store import CaseStore
from winset.store.header import APPLICATION_ID
from winset.store.spoken import heard
from winset.store.types import Coding, KeptRegistry

ISSUE = Issue(
    proposal="Dredge the harbour",
    body="Harbour Board",
    rule="consensus",
    on=PartialDate("2024-05"),
    options=(Option(label="a smaller channel", value=100 / 3),),
)
SPEC = CaseSpec(
    issue=ISSUE,
    seats=(
        Seat(actor_id=ActorId("north"), name="North", votes=4, veto=True, weights=(("population", 5_000_000_000),)),
        Seat(actor_id=ActorId("south"), name="Süd"),
    ),
    thresholds=(Threshold(of="population", share=Fraction(11, 20), more_than=True),),
    body_name="Harbour Board",
)
TEXT = "The mayor of North said on Monday that the channel was “far too deep”. South opposes it."


def document(text: str = TEXT, name: str = "letter.txt") -> Document:
    return Document(name=name, text=text)


def coding(of: Document) -> Coding:
    """One statement over the first words of the text."""
    said = Statement(
        document_id=of.id,
        source=anchor(of, 0, 3),
        cue=None,
        contents=(anchor(of, 4, 6), anchor(of, 7, 9)),
        form=Form.MIXED,
        hedged=True,
        via=("The Gazette",),
        said_on=PartialDate("2024"),
        confidence=1 / 3,
        coder="machine: quotation-marks",
        run_id=RunId("f" * 16),
    )
    who = Identification(
        statement_id=said.id,
        speaker=None,
        represents="North",
        actor_id=ActorId("north"),
        standing=Standing.MEMBER,
        speaks_as=SpeaksAs.ACTOR,
        score=0.7,
        rule="title",
    )
    stance = Stance(statement_id=said.id, issue_id=ISSUE.id, relevance=0.9, direction=-0.1, confidence=0.2, reason="no")
    run = Run(step="statements", method="quotes", version="1", inputs=(of.id,), seed=7)
    return Coding(statements=(said,), identifications=(who,), stances=(stance,), refused=3, runs=(run,))


def whole(place: Place) -> str:
    """The place as another process needs it, a password of the tests' own server and all."""
    return f"{place.server.url}#{place.name}" if isinstance(place, CaseAddress) else str(place)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "harbour case.winset"


def test_a_case_gives_back_the_spec_it_was_made_with(place: Place) -> None:
    with CaseStore.create(place, SPEC, created_at="2024-05-01T00:00:00Z") as store:
        assert store.spec() == SPEC
    with CaseStore.open(place) as store:
        assert store.spec() == SPEC


def test_a_document_and_its_coding_come_back_equal(place: Place) -> None:
    letter = Document(
        name="letter.txt",
        text=TEXT,
        title="A letter",
        authors=("Zoë", "李"),
        publisher="The Gazette",
        published=PartialDate("2024-04-30"),
        language="en",
        source_url="https://example.org/?a=1",
        retrieved_at="2024-05-01T00:00:00Z",
        media_type="text/html",
        reader="html",
        found_in=(("published", "meta"),),
    )
    with CaseStore.create(place, SPEC) as store:
        assert store.add(letter, coding(letter))
    with CaseStore.open(place) as store:
        (kept,) = store.codings()
        assert store.documents() == (letter,)
        assert store.runs() == coding(letter).runs
        assert kept.statements == coding(letter).statements
        assert kept.identifications == coding(letter).identifications
        assert kept.stances == coding(letter).stances
        assert kept.refused == 3


dates = st.sampled_from(["2024", "2024-02", "2024-02-29"]).map(PartialDate) | st.none()
words = st.text(max_size=20)
unit = st.floats(0, 1)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Any text that can be a document's, with any metadata."""
    text = clean_text(draw(st.text(min_size=1, max_size=60))) or "x"
    pairs = st.tuples(words, words)
    return Document(
        name=draw(words),
        text=text,
        title=draw(words | st.none()),
        authors=tuple(draw(st.lists(words, max_size=3))),
        published=draw(dates),
        found_in=tuple(draw(st.lists(pairs, max_size=2))),
    )


@st.composite
def codings(draw: st.DrawFn, of: Document) -> Coding:
    """Any statements that the document can hold."""
    ends = st.integers(0, len(of.text) - 1).flatmap(
        lambda start: st.tuples(st.just(start), st.integers(start + 1, len(of.text)))
    )
    spans = ends.map(lambda pair: anchor(of, *pair))
    drawn = st.builds(
        Statement,
        document_id=st.just(of.id),
        source=spans | st.none(),
        cue=spans | st.none(),
        contents=st.lists(spans, min_size=1, max_size=3).map(tuple),
        form=st.sampled_from(Form),
        hedged=st.booleans(),
        via=st.lists(words, max_size=2).map(tuple),
        said_on=dates,
        confidence=unit,
        coder=words,
    )
    said = draw(st.lists(drawn, max_size=4, unique_by=lambda statement: statement.id))
    who = [
        Identification(
            statement_id=each.id,
            speaker=draw(words | st.none()),
            represents=draw(words | st.none()),
            actor_id=draw(words.map(ActorId) | st.none()),
            standing=draw(st.sampled_from(Standing)),
            speaks_as=draw(st.sampled_from(SpeaksAs)),
            role=draw(words | st.none()),
            affiliation=draw(words | st.none()),
            joint=draw(st.booleans()),
            score=draw(unit),
            rule=draw(words),
            by=draw(words),
            at=draw(words | st.none()),
            why=draw(words | st.none()),
        )
        for each in said
    ]
    stances = [
        Stance(
            statement_id=each.id,
            issue_id=ISSUE.id,
            relevance=draw(unit),
            direction=draw(st.floats(-1, 1)),
            confidence=draw(unit),
        )
        for each in said
    ]
    return Coding(statements=tuple(said), identifications=tuple(who), stances=tuple(stances))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(drawn=st.data())
def test_whatever_is_put_in_comes_back_equal(drawn: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    given_documents = drawn.draw(st.lists(documents(), min_size=1, max_size=3, unique_by=lambda each: each.id))
    given_codings = [drawn.draw(codings(each)) for each in given_documents]
    with CaseStore.create(tmp_path_factory.mktemp("any") / "any.winset", SPEC) as store:
        for each, made in zip(given_documents, given_codings, strict=True):
            assert store.add(each, made)
        assert store.documents() == tuple(given_documents)
        assert store.codings() == tuple(given_codings)
        heard_as_kept.check(store)


def test_the_same_text_twice_is_one_document(place: Place) -> None:
    letter, copy = document(), document(name="copy.txt")
    with CaseStore.create(place, SPEC) as store:
        assert store.add(letter, coding(letter))
        assert not store.add(letter, coding(letter))
        assert not store.add(copy, coding(copy))
        assert store.repeat(letter) is None
        again = store.repeat(copy)
        assert store.repeat(copy) == again
        assert again is not None
        assert (again.name, again.of, again.similarity) == ("copy.txt", letter.id, 1.0)
        assert store.duplicates() == (again,)
        assert store.counts() == {"document": 1, "statement": 1, "rejection": 0, "duplicate": 1}
        assert store.has(letter.id)


def test_a_text_that_is_not_in_the_case_repeats_nothing(place: Place) -> None:
    with CaseStore.create(place, SPEC) as store:
        assert store.repeat(document()) is None


def test_what_was_rejected_is_kept_once_until_it_can_be_read(place: Place) -> None:
    bad = Rejected(name="letter.txt", reason="it is empty", kind="Empty")
    other = Rejected(name="other.txt", reason="it is empty", kind="Empty")
    with CaseStore.create(place, SPEC) as store:
        for each in (bad, bad, other):
            store.reject(each)
        assert store.rejected() == (bad, other)
        store.add(document(), coding(document()))
        assert store.rejected() == (other,)


def test_words_that_do_not_stand_in_the_document_are_refused_and_nothing_is_kept(place: Place) -> None:
    letter = document()
    elsewhere = coding(document("Another text altogether, long enough."))
    with CaseStore.create(place, SPEC) as store:
        with pytest.raises(BadSpan):
            store.add(letter, elsewhere)
        assert store.documents() == ()


def test_half_a_surrogate_pair_is_refused_and_nothing_is_kept(place: Place) -> None:
    torn = document("torn \ud83d text")
    nothing = Coding(statements=(), identifications=())
    with CaseStore.create(place, SPEC) as store:
        with pytest.raises(NotText, match=r"letter\.txt"):
            store.add(torn, nothing)
        assert store.documents() == ()


def test_a_coding_without_a_judgement_for_each_statement_cannot_be_built() -> None:
    whole = coding(document())
    with pytest.raises(BadSpan):
        Coding(statements=whole.statements, identifications=())


def test_a_new_case_never_replaces_a_file(path: Path) -> None:
    path.write_text("a shopping list")
    with pytest.raises(CaseExists):
        CaseStore.create(path, SPEC)
    assert path.read_text() == "a shopping list"
    assert list(path.parent.iterdir()) == [path]


def test_a_case_that_cannot_be_made_leaves_nothing_behind(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("winset.store.case_store._write_case", interrupted)
    with pytest.raises(KeyboardInterrupt):
        CaseStore.create(path, SPEC)
    assert list(path.parent.iterdir()) == []


def test_a_case_in_a_folder_that_is_not_there_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite):
        CaseStore.create(tmp_path / "no folder" / "a.winset", SPEC)


def test_a_case_is_one_file_when_it_is_closed(path: Path) -> None:
    with CaseStore.create(path, SPEC) as store:
        store.add(document(), coding(document()))
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("content", [b"", b"short", b"SQLite format 3\x00", b"%PDF-1.7\n" + b"x" * 200])
def test_a_file_of_another_kind_is_not_a_case(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(NotACase):
        CaseStore.open(path)
    assert path.read_bytes() == content


def test_another_programs_database_is_not_a_case_and_stays_as_it_was(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE shopping (thing)")
    other.commit()
    other.close()
    before = path.read_bytes()
    with pytest.raises(NotACase, match="another program"):
        CaseStore.open(path)
    assert path.read_bytes() == before


def test_nothing_and_a_folder_are_not_cases(tmp_path: Path) -> None:
    for path in (tmp_path / "none.winset", tmp_path):
        with pytest.raises(NotACase):
            CaseStore.open(path)
    assert list(tmp_path.iterdir()) == []


def test_a_case_with_our_mark_and_no_tables_is_damaged(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    other.execute(f"PRAGMA user_version = {tables.SCHEMA}")
    other.execute("CREATE TABLE shopping (thing)")
    other.commit()
    other.close()
    with CaseStore.open(path) as store, pytest.raises(NotACase, match="damaged"):
        store.documents()


def test_a_row_that_winset_cannot_have_written_names_the_case(path: Path) -> None:
    CaseStore.create(path, SPEC).close()
    other = sqlite3.connect(path)
    other.execute("""UPDATE "case" SET options = '[[1]]'""")
    other.commit()
    other.close()
    with CaseStore.open(path) as store, pytest.raises(NotACase, match="harbour case"):
        store.spec()


@pytest.mark.parametrize(
    "hurt",
    [
        "UPDATE statement SET contents = '[[2, 100000]]'",
        "UPDATE statement SET contents = '[[5]]'",
        "UPDATE statement SET contents = 'far too deep'",
        "DELETE FROM identification",
    ],
)
def test_whose_statements_are_is_not_made_up_where_rows_are_not_winsets(path: Path, hurt: str) -> None:
    letter = document()
    with CaseStore.create(path, SPEC) as store:
        store.add(letter, coding(letter))
    other = sqlite3.connect(path)
    other.execute(hurt)
    other.commit()
    other.close()
    with CaseStore.open(path) as store, pytest.raises(NotACase, match="a row that winset did not write"):
        heard(store)


def test_a_truncated_case_is_damaged(path: Path) -> None:
    CaseStore.create(path, SPEC).close()
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(NotACase, match="damaged"), CaseStore.open(path) as store:
        store.documents()


def test_a_case_of_a_later_winset_is_left_alone(path: Path) -> None:
    CaseStore.create(path, SPEC).close()
    later = sqlite3.connect(path)
    later.execute(f"PRAGMA user_version = {tables.SCHEMA + 1}")
    later.close()
    before = path.read_bytes()
    with pytest.raises(NewerCase, match="update winset"):
        CaseStore.open(path)
    assert path.read_bytes() == before


def test_a_case_that_another_process_writes_is_locked_after_a_short_wait(path: Path) -> None:
    with CaseStore.create(path, SPEC) as store:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        with pytest.raises(LockedCase, match="another process"):
            store.reject(Rejected(name="a", reason="b", kind="Empty"))
        assert 1.5 < time.monotonic() - began < 10
        other.execute("ROLLBACK")
        other.close()
        store.reject(Rejected(name="a", reason="b", kind="Empty"))
        assert len(store.rejected()) == 1


ADDING = """
import sys
sys.path.insert(0, {folder!r})
import test_case_store as here
from winset.store.case_store import CaseStore
with CaseStore.open(sys.argv[1]) as store:
    for letter in sys.argv[2]:
        each = here.document(f"{{here.TEXT}} {{letter}}", name=letter)
        store.add(each, here.coding(each))
"""


def test_two_processes_that_add_at_once_lose_nothing(place: Place) -> None:
    CaseStore.create(place, SPEC).close()
    script = ADDING.format(folder=str(Path(__file__).parent))
    halves = string.ascii_lowercase[:15], string.ascii_lowercase[10:25]
    writers = [subprocess.Popen([sys.executable, "-c", script, whole(place), half]) for half in halves]
    assert [writer.wait() for writer in writers] == [0, 0]
    with CaseStore.open(place) as store:
        assert sorted(each.name for each in store.documents()) == list(string.ascii_lowercase[:25])
        assert all(len(each.statements) == 1 for each in store.codings())


KILLED = """
import sys
sys.path.insert(0, {folder!r})
import test_case_store as here
from winset.store.case_store import CaseStore
with CaseStore.open(sys.argv[1]) as store:
    for number in range(100_000):
        each = here.document(f"{{here.TEXT}} {{number}}", name=str(number))
        store.add(each, here.coding(each))
        print(number, flush=True)
"""


@pytest.mark.firedrill
def test_a_writer_killed_in_the_middle_loses_nothing_it_acknowledged(place: Place) -> None:
    CaseStore.create(place, SPEC).close()
    script = KILLED.format(folder=str(Path(__file__).parent))
    for after in (3, 11):
        with subprocess.Popen(
            [sys.executable, "-c", script, whole(place)], stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout is not None
            told = [int(writer.stdout.readline()) for _ in range(after)]
            writer.kill()
        with CaseStore.open(place) as store:
            kept = {int(each.name) for each in store.documents()}
            assert kept >= set(told)
            assert all(len(each.statements) == len(each.stances) == 1 for each in store.codings())


def test_a_case_that_may_not_be_written_can_still_be_read(path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("the superuser may write anything")
    with CaseStore.create(path, SPEC) as store:
        store.add(document(), coding(document()))
    path.chmod(0o444)
    with CaseStore.open(path) as store:
        assert store.documents() == (document(),)
        with pytest.raises(CannotWrite):
            store.reject(Rejected(name="a", reason="b", kind="Empty"))


def said(number: int, **further: object) -> Judgement:
    """A person's word, whatever it is about."""
    whole = {"verb": Verb.IS, "subject": "the envoy", "object": "north", "by": "Ada", **further}
    return Judgement(number=number, **whole)  # type: ignore[arg-type]


def test_judgements_come_back_equal_and_in_order(place: Place) -> None:
    letter = document()
    statement = coding(letter).statements[0].id
    spoken = (
        said(1, scope=Scope(documents=(letter.id,)), at="2024-05-01T00:00:00Z", why="seen by myself\n李"),
        said(2, verb=Verb.SPLIT, speaker="Zoë", scope=Scope(statements=(statement,))),
        said(3, verb=Verb.MERGE),
        said(4, verb=Verb.UNDO, subject="", object="", undoes=2),
    )
    with CaseStore.create(place, SPEC) as store:
        store.add(letter, coding(letter))
        assert store.judgements() == ()
        for each in spoken:
            store.add_judgement(each)
    with CaseStore.open(place) as store:
        assert store.judgements() == spoken
        assert store.codings()[0].identifications == coding(letter).identifications


def test_a_judgement_thought_through_against_older_ones_is_not_kept(place: Place) -> None:
    with CaseStore.create(place, SPEC) as store:
        store.add_judgement(said(1))
        for number in (1, 3):
            with pytest.raises(LockedCase, match="judgement 1 meanwhile"):
                store.add_judgement(said(number))
        with pytest.raises(NotText):
            store.add_judgement(said(2, why="torn \ud83d"))
        assert store.judgements() == (said(1),)


def test_a_judgement_on_a_case_that_another_process_writes_is_refused(path: Path) -> None:
    with CaseStore.create(path, SPEC) as store:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LockedCase):
            store.add_judgement(said(1))
        other.execute("ROLLBACK")
        other.close()
        assert store.judgements() == ()


def test_a_judgement_that_winset_cannot_have_written_names_the_case(path: Path) -> None:
    with CaseStore.create(path, SPEC) as store:
        store.add_judgement(said(1))
    other = sqlite3.connect(path)
    other.execute("UPDATE judgement SET verb = 'guess'")
    other.commit()
    other.close()
    with CaseStore.open(path) as store, pytest.raises(NotACase, match="guess"):
        store.judgements()


def test_a_registry_is_kept_once_and_whole(place: Place) -> None:
    text = "kind,name\nstate,Süd\n"
    with CaseStore.create(place, SPEC) as store:
        assert store.add_registry("own.csv", "csv", text, added_at="2024-05-01T00:00:00Z")
        assert store.add_registry("more.yaml", "yaml", "[]")
        assert not store.add_registry("own.csv", "csv", text)
        with pytest.raises(BadCase, match=r"own\.csv"):
            store.add_registry("own.csv", "csv", "kind,name\n")
        with pytest.raises(NotText):
            store.add_registry("torn.csv", "csv", "\ud83d")
        assert store.registries() == (
            KeptRegistry(name="own.csv", format="csv", text=text, added_at="2024-05-01T00:00:00Z"),
            KeptRegistry(name="more.yaml", format="yaml", text="[]"),
        )
