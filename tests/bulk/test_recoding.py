"""Documents coded again: as if they had been added today, however often it was interrupted and by however many."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from winset.bulk import recoding as bulk
from winset.bulk.recoding import Recoded, recode
from winset.corpus.types import Document
from winset.errors import BadCase
from winset.ids import PartialDate
from winset.issues import CaseSpec, Issue
from winset.pipeline.brief import compose_brief
from winset.pipeline.kept_cases import kept_material
from winset.pipeline.reading import Attributors, attributors, code_document
from winset.positions.rulings import Codes
from winset.statements.types import Statement
from winset.store import recoding
from winset.store.case_store import CaseStore
from winset.store.desk import Desk, replayed
from winset.store.types import Coding

SPEC = CaseSpec(issue=Issue(proposal="Close the harbour", body="nato", rule="consensus", on=PartialDate("2024-05-02")))
SPEAKERS = ("France", "Canada", "Germany", "Spain", "Italy", "Norway", "Poland")
TEXTS = tuple(
    f"{who} opposes closing the harbour, its foreign minister said on Monday. “The harbour must stay open,” the "
    f"government of {who} wrote.\n\nAccording to {other}, the harbour should be closed in {number + 2} years."
    for number, (who, other) in enumerate(zip(SPEAKERS, SPEAKERS[1:] + SPEAKERS[:1], strict=True))
)
DOCUMENTS = tuple(
    Document(name=f"{number}.txt", text=text, published=PartialDate("2024-02-01")) for number, text in enumerate(TEXTS)
)
AT = "2024-05-01T00:00:00Z"
FIRST = attributors(["quotation-marks"], stance="lexicon")
NOW = attributors(["quotation-marks", "according-to", "attitudes"], stance="lexicon")


def made(place: Path, *, by: Attributors) -> CaseStore:
    """A case of the documents."""
    store = CaseStore.create(place, SPEC)
    for document in DOCUMENTS:
        store.add(document, code_document(document, SPEC, by=by), by="Ada", at=AT)
    return store


def content(store: CaseStore) -> tuple[Any, ...]:
    """All that is made of the documents, and by what."""
    return store.codings(), sorted(store.runs(), key=lambda run: run.id), kept_material(store).machine_stances


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, ...]:
    """What the case holds whose documents were added with the methods of now."""
    with made(tmp_path_factory.mktemp("wanted") / "a.winset", by=NOW) as store:
        return content(store)


@pytest.fixture
def store(tmp_path: Path) -> CaseStore:
    """A case whose documents were added with other methods."""
    return made(tmp_path / "a.winset", by=FIRST)


def test_a_case_coded_again_is_the_one_that_is_coded_today(store: CaseStore, wanted: tuple[Any, ...]) -> None:
    assert content(store) != wanted
    done = recode(store, by=NOW, who="Ada", processes=1)
    assert (done.difference.documents, done.difference.held) == (len(DOCUMENTS), 0)
    assert done.difference.new > 0
    assert content(store) == wanted
    assert recoding.unfinished(store) is None
    assert replayed(store) == ()
    again = recode(store, by=NOW, who="Ada", processes=1)
    assert (again.difference.new, again.difference.gone) == (0, 0)


def test_a_brief_of_a_case_coded_again_is_that_of_a_new_one(
    store: CaseStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1714550000")
    recode(store, by=NOW, who="Ada", processes=1)
    with made(tmp_path / "new.winset", by=NOW) as new:
        one, other = (compose_brief(SPEC, kept_material(each), draws=100) for each in (store, new))
    assert one == other


class Stop(BaseException):
    """As Ctrl-C or the end of the process comes."""


def stopping(after: int) -> Callable[[Recoded], None]:
    """A progress that stops the run when so many documents have come."""
    seen: list[Recoded] = []

    def tell(done: Recoded) -> None:
        seen.append(done)
        if len(seen) == after:
            raise Stop

    return tell


@pytest.mark.parametrize("processes", [1, 2])
def test_an_interrupted_coding_goes_on_where_it_stopped_and_comes_to_the_same(
    store: CaseStore, wanted: tuple[Any, ...], monkeypatch: pytest.MonkeyPatch, processes: int
) -> None:
    monkeypatch.setattr(bulk, "PORTION", 2)
    coded = 0
    for after in (3, 3):
        with pytest.raises(Stop):
            recode(store, by=NOW, who="Ada", processes=1, progress=stopping(after))
        open_one = recoding.unfinished(store)
        assert open_one is not None
        assert open_one.last > coded
        coded = open_one.last
    with pytest.raises(BadCase, match="--anew"):
        recode(store, by=FIRST, who="Ada", processes=1)
    done = recode(store, by=NOW, who="Ada", processes=processes)
    assert done.difference.documents == len(DOCUMENTS) - coded
    assert done.recoding.done == len(DOCUMENTS)
    assert content(store) == wanted


def test_what_people_say_while_it_goes_on_is_kept(store: CaseStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "PORTION", 1)
    desk = Desk(store)
    quoted = [row.statement for row in desk.queue(coder="Ben")]
    said: list[Statement] = []

    def meanwhile(statements: tuple[Statement, ...]) -> None:
        """Ben codes the statement of the document that is being written, when what stays of it was looked at."""
        if not statements and quoted:
            said.append(quoted.pop(0))
            desk.code(said[-1].id, Codes(stance="oppose"), by="Ben", at=AT)

    looked = recoding.to_read

    def to_read(store: CaseStore, document: Document, coding: Coding) -> tuple[Statement, ...]:
        found = looked(store, document, coding)
        if quoted and quoted[0].document_id == document.id:
            meanwhile(found)
        return found

    monkeypatch.setattr(recoding, "to_read", to_read)
    done = recode(store, by=attributors(["according-to"], stance="lexicon"), who="Ada", processes=1)
    assert len(said) == len(DOCUMENTS)
    assert done.difference.held == len(said)
    there = {statement.id for coding in store.codings() for statement in coding.statements}
    assert {statement.id for statement in said} <= there
    assert {ruling.statement_id for ruling in store.rulings()} == {statement.id for statement in said}
    assert replayed(store) == ()


def test_the_brief_names_the_versions_that_coded(store: CaseStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def methods() -> set[str]:
        brief = compose_brief(SPEC, kept_material(store), draws=50)
        return {method for step, method in brief.how_made.methods if step == "statements"}

    assert methods() == {"quotation-marks"}
    monkeypatch.setattr(bulk, "PORTION", 2)
    for module in ("winset.statements.extraction", "winset.positions.stance_taking", "winset.store.recoding"):
        monkeypatch.setattr(f"{module}.__version__", "99.0")
    with pytest.raises(Stop):
        recode(store, by=FIRST, who="Ada", processes=1, progress=stopping(len(DOCUMENTS)))
    told = methods()
    assert len(told) == 2, told
    assert any("winset 99.0, " in each for each in told)
    recode(store, by=FIRST, who="Ada", processes=1, older=True, anew=True)
    assert methods() == {"quotation-marks"}
    assert {each.version for each in recoding.made_by(store)} == {"99.0"}
