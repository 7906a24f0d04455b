"""A case on a server answers questions as a file does; its passages are made once and kept there."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import make_url, text
from tests.postgres import role

from winset.actors.registry import registry
from winset.corpus.types import Document, Rejected
from winset.errors import CannotWrite
from winset.ids import PartialDate
from winset.issues import CaseSpec, Issue
from winset.sourcing.asking.asked import asked
from winset.sourcing.asking.ranking import best
from winset.sourcing.asking.terms import Named
from winset.store import passage_index, served_passages
from winset.store.addresses import CaseAddress
from winset.store.case_store import CaseStore
from winset.store.passage_index import index_of
from winset.store.types import Coding

SPEC = CaseSpec(issue=Issue(proposal="Dredge the harbour", body="Club", rule="consensus", on=PartialDate("2024")))
HARBOUR = Document(
    name="harbour.txt",
    text="Norway wants the harbour dredged before winter. The pilots doubt that the money will last.\n\n"
    "Portugal opposed the plan in March. Its minister said that the fishing grounds would suffer.",
)
FERRY = Document(name="ferry.txt", text="The ferry to Bergen was late again. Nobody at the quay knew why.")
BOTH = [HARBOUR, FERRY]
NOTHING = Coding(statements=(), identifications=())


@pytest.fixture(scope="module")
def named() -> Named:
    return Named(registry())


@pytest.fixture
def store(served: str) -> Iterator[CaseStore]:
    with CaseStore.create(served, SPEC) as found:
        for document in BOTH:
            found.add(document, NOTHING)
        yield found


def _kept(store: CaseStore) -> int:
    with store.database.transaction(writes=False) as connection:
        return int(connection.execute(text("SELECT count(*) FROM passage")).scalar_one())


def test_the_answers_are_those_of_an_index_in_memory(store: CaseStore, named: Named) -> None:
    by_id = {each.id: each for each in BOTH}
    question = asked("Who is against dredging?", named)
    with index_of(BOTH, named) as one, index_of(BOTH, named, case=store.database) as two:
        assert best(question, one, by_id.__getitem__, named) == best(question, two, by_id.__getitem__, named)
        assert one.candidates(["harbour", "late"], 9) == two.candidates(["harbour", "late"], 9)
        assert one.frequencies(["harbour"]) == two.frequencies(["harbour"])


def test_passages_are_made_once_and_grow_with_the_case(
    store: CaseStore, named: Named, monkeypatch: pytest.MonkeyPatch
) -> None:
    index_of([HARBOUR], named, case=store.database).close()
    assert _kept(store) == 4
    made: list[str] = []
    with index_of(BOTH, named, case=store.database, progress=made.append) as index:
        assert (made, index.count(), _kept(store)) == (["ferry.txt"], 6, 6)
    made.clear()
    with index_of(BOTH, named, case=store.database, progress=made.append) as index:
        assert (made, index.count()) == ([], 6)
    for module in (passage_index, served_passages):
        monkeypatch.setattr(module, "MADE_BY", "another way")
    with index_of(BOTH, named, case=store.database, progress=made.append) as index:
        assert (made, index.count(), _kept(store)) == (["harbour.txt", "ferry.txt"], 6, 6)


def test_who_may_only_read_asks_all_the_same(store: CaseStore, named: Named, served: str, postgres: str) -> None:
    index_of([HARBOUR], named, case=store.database).close()
    schema = CaseAddress.read(served).schema
    with role(postgres, served) as reader:
        name = make_url(reader.partition("#")[0]).username
        with psycopg.connect(postgres, autocommit=True) as connection:
            connection.execute(f'GRANT USAGE ON SCHEMA "{schema}" TO {name}'.encode())
            connection.execute(f'GRANT SELECT ON ALL TABLES IN SCHEMA "{schema}" TO {name}'.encode())
        with CaseStore.open(reader) as reading, index_of(BOTH, named, case=reading.database) as index:
            assert (index.count(), _kept(store)) == (6, 4)
            with pytest.raises(CannotWrite):
                reading.reject(Rejected(name="a", reason="b", kind="Empty"))
