"""Copies of new documents are found in a large case without comparing all texts."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from sqlalchemy import func, select
from tests.positions.evidence import ISSUE

from winset.corpus.types import Document
from winset.issues import CaseSpec
from winset.pipeline import keeping
from winset.pipeline.keeping import make_ready, near_copies
from winset.pipeline.material import near
from winset.store import compared, tables
from winset.store.case_store import CaseStore
from winset.store.types import Coding

WORDS = [f"w{number}" for number in range(3_000)]


def _story(draw: random.Random) -> list[str]:
    return [" ".join(draw.choices(WORDS, k=20)) for _ in range(18)]


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[CaseStore, list[Document]]:
    """Sixty stories in a case where three are already many."""
    monkeypatch.setattr(keeping, "COMPARED", 3)
    monkeypatch.setattr(compared, "IN_A_PART", 20)
    draw = random.Random(7)  # noqa: S311 - no secret
    stories = [_story(draw) for _ in range(60)]
    store = CaseStore.create(tmp_path / "case.winset", CaseSpec(issue=ISSUE))
    for number, story in enumerate(stories):
        store.add(Document(name=f"{number}.txt", text=". ".join(story)), _coding())
    copied = [
        Document(name="cut.txt", text=". ".join([*stories[5][:7], draw.choice(WORDS)])),
        Document(name="added.txt", text=". ".join([*stories[41], *_story(draw)[:3]])),
        Document(name="own.txt", text=". ".join(_story(draw))),
    ]
    for document in copied:
        store.add(document, _coding())
    return store, copied


def _coding() -> Coding:
    return Coding(statements=(), identifications=(), stances=())


def test_copies_are_those_that_all_texts_would_show(case: tuple[CaseStore, list[Document]]) -> None:
    store, new = case
    found = near_copies(store, [each.id for each in new])
    ids = {each.id for each in new}
    whole = {each for each in near(store.documents()) if {each.document_id, each.of} & ids}
    assert set(found) == whole
    assert {each.name for each in found} == {"cut.txt", "41.txt"}  # undated, the longer is the first


def test_few_texts_are_compared(case: tuple[CaseStore, list[Document]]) -> None:
    store, new = case
    with store.database.transaction(writes=False) as connection:
        ranks = compared.ranks(connection, [each.id for each in new])
    assert compared.candidates(store.database, set(ranks.values())) == (6, 42, 61, 62, 63)


def test_a_hurt_part_is_made_of_the_texts(case: tuple[CaseStore, list[Document]]) -> None:
    store, new = case
    compared.keep(store.database)
    with store.database.transaction(writes=True) as connection:
        connection.exec_driver_sql("UPDATE column_part SET held = x'00' WHERE kind = 'runs' AND number = 1")
    assert len(near_copies(store, [each.id for each in new])) == 2


def test_what_is_made_ready_is_not_read_again(case: tuple[CaseStore, list[Document]]) -> None:
    store, new = case
    make_ready(store)
    with store.database.transaction(writes=False) as connection:
        count = select(func.count()).where(tables.column_part.c.kind == compared.RUNS)
        kept = connection.execute(count).scalar_one()
        assert kept == 4  # of 20 documents each
        make_ready(store)
        assert connection.execute(count).scalar_one() == kept
    assert {each.name for each in near_copies(store, [each.id for each in new])} == {"cut.txt", "41.txt"}
