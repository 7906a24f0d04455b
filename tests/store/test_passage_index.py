"""The index of passages: FTS5 and vectors, in memory and in a kept case."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis.strategies import text

from winset.actors.registry import registry
from winset.corpus.types import Document
from winset.errors import NotACase
from winset.ids import PartialDate
from winset.issues import CaseSpec, Issue
from winset.sourcing.asking import index as rows
from winset.sourcing.asking.asked import asked
from winset.sourcing.asking.few import FewPassages
from winset.sourcing.asking.ranking import best
from winset.sourcing.asking.terms import Named
from winset.sourcing.types import ReadDocument
from winset.statements.meaning.vectors import sentence_encoder
from winset.statements.segmentation import segments
from winset.store import passage_index
from winset.store.case_store import CaseStore
from winset.store.databases import opened
from winset.store.passage_index import PassageIndex, index_of
from winset.store.types import Coding

SPEC = CaseSpec(issue=Issue(proposal="Dredge the harbour", body="Club", rule="consensus", on=PartialDate("2024")))
HARBOUR = Document(
    name="harbour.txt",
    text="Norway wants the harbour dredged before winter. The pilots doubt that the money will last.\n\n"
    "Portugal opposed the plan in March. Its minister said that the fishing grounds would suffer.",
)
FERRY = Document(name="ferry.txt", text="The ferry to Bergen was late again. Nobody at the quay knew why.")
NOTHING = Coding(statements=(), identifications=(), stances=(), refused=0)


@pytest.fixture(scope="module")
def named() -> Named:
    return Named(registry())


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "a.winset"
    with CaseStore.create(path, SPEC) as store:
        store.add(HARBOUR, NOTHING)
    return path


def test_a_passage_comes_back_with_its_place_and_its_terms(named: Named) -> None:
    with index_of([HARBOUR], named) as index:
        assert index.count() == 4
        found = index.rows(range(20)).values()
        assert [HARBOUR.text[row.start : row.end].split()[0] for row in found] == ["Norway", "The", "Portugal", "Its"]
        assert "actor9prt" in list(found)[2].terms


def test_the_best_by_bm25_holds_the_rarer_terms(named: Named) -> None:
    with index_of([HARBOUR, FERRY], named) as index:
        (first, score), *_ = index.candidates(["harbour", "dredg"], 5)
        row = index.rows([first])[first]
        assert HARBOUR.text[row.start : row.end].startswith("Norway")
        assert score > 0


def test_frequencies_count_passages(named: Named) -> None:
    with index_of([HARBOUR, FERRY], named) as index:
        assert index.frequencies(["harbour", "ferri", "whale"]) == {"harbour": 1, "ferri": 1}


def test_the_index_in_memory_of_a_brief_says_the_same_as_sqlites(named: Named) -> None:
    few = FewPassages([ReadDocument(document=d, segments=segments(d.text)) for d in (HARBOUR, FERRY)], named)
    with index_of([HARBOUR, FERRY], named) as index:
        for words in (["harbour"], ["minist", "fish"], ["quai", "late", "pilot"]):
            theirs = [(index.rows([id])[id].start, round(score, 4)) for id, score in index.candidates(words, 5)]
            ours = [(few.rows([id])[id].start, round(score, 4)) for id, score in few.candidates(words, 5)]
            assert ours == theirs


def test_a_sentence_is_nearest_to_itself(named: Named) -> None:
    with index_of([HARBOUR, FERRY], named) as index:
        vector = sentence_encoder().vectors(["The pilots doubt that the money will last."])
        (nearest,) = index.nearest(vector, 1)
        assert index.similar([nearest], vector)[0, 0] == pytest.approx(1.0, abs=0.02)


@settings(deadline=None, max_examples=60)
@given(words=text(max_size=40))
def test_no_term_is_an_operator(words: str) -> None:
    with PassageIndex.in_memory() as index:
        index.add([FERRY], Named(registry()))
        assert index.candidates([words, 'ferri" OR "late', "NEAR(", "terms:late", "late*", "-", "^late"], 3) is not None


def test_a_kept_case_is_indexed_once_and_grows(case: Path, named: Named) -> None:
    with PassageIndex.kept(case) as index:
        assert index.add([HARBOUR], named) == 4
        assert index.add([HARBOUR], named) == 0
    with CaseStore.open(case) as store:
        store.add(FERRY, NOTHING)
        documents = store.documents()
    with index_of(documents, named, case=opened(case)) as index:
        assert index.count() == 6


def test_an_index_made_another_way_is_made_again(case: Path, named: Named, monkeypatch: pytest.MonkeyPatch) -> None:
    with PassageIndex.kept(case) as index:
        index.add([HARBOUR], named)
    monkeypatch.setattr(passage_index, "MADE_BY", f"{rows.MADE_BY}, another way")
    with PassageIndex.kept(case) as index:
        assert index.add([HARBOUR, FERRY], named) == 6
        assert index.count() == 6
        assert len(index.candidates(["harbour"], 9)) == 1


def test_an_interrupted_write_leaves_the_index_as_it_was(
    case: Path, named: Named, monkeypatch: pytest.MonkeyPatch
) -> None:
    with PassageIndex.kept(case) as index:
        index.add([FERRY], named)

        def interrupted(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(passage_index, "_passages", interrupted)
        with pytest.raises(KeyboardInterrupt):
            index.add([HARBOUR], named)
        assert index.count() == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_case_that_cannot_be_written_is_indexed_in_memory(case: Path, named: Named) -> None:
    case.chmod(0o444)
    with index_of([HARBOUR], named, case=opened(case)) as index:
        assert index.count() == 4


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "b.winset"
    path.write_bytes(b"SQLite format 3\x00" + b"\x00" * 200)
    with pytest.raises(NotACase):
        PassageIndex.kept(path)


def test_a_kept_index_needs_no_other_program(case: Path, named: Named) -> None:
    with PassageIndex.kept(case) as index:
        index.add([HARBOUR], named)
    plain = sqlite3.connect(case)
    assert plain.execute("SELECT count(*) FROM passage").fetchone() == (4,)
    assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    plain.close()


def test_equal_answers_from_memory_and_from_a_kept_case(case: Path, named: Named) -> None:
    question = asked("Who is against dredging?", named)
    by_id = {each.id: each for each in (HARBOUR, FERRY)}
    both = [HARBOUR, FERRY]
    with index_of(both, named) as one, index_of(both, named, case=opened(case)) as two:
        assert best(question, one, by_id.__getitem__, named) == best(question, two, by_id.__getitem__, named)


def test_vectors_of_eight_bits_keep_the_cosine() -> None:
    vectors = sentence_encoder().vectors(["The ferry was late.", "The boat came after its time."])
    short = rows.eight_bit(vectors).astype(np.float32) / rows.STEPS
    assert float(short[0] @ short[1]) == pytest.approx(float(vectors[0] @ vectors[1]), abs=0.01)
