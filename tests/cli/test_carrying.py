"""`winset export` and `winset import`: a case there and back, a wrong file in one line, nothing half done."""

from __future__ import annotations

import json
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from winset.carrying.exports import EXPORTS, SUFFIXES
from winset.carrying.imports import IMPORTS
from winset.carrying.projects import project_of, take_in
from winset.errors import BadCase
from winset.exchange.project_records import statement_of, statement_record
from winset.exchange.projects import Project, ProjectDocument, as_coded
from winset.pipeline.people import held_rulings
from winset.positions.rulings import Codes
from winset.store.case_store import CaseStore
from winset.store.desk import replayed

if TYPE_CHECKING:
    from tests.cli.conftest import Winset

THERE_AND_BACK = ["dna", "refi-qda", "web-annotation"]
ENDING = {name: end for end, name in SUFFIXES.items()}


@pytest.fixture
def case(kept_example: Path, folder: Path) -> Path:
    return Path(shutil.copy(kept_example, folder / "tokyo.winset"))


@pytest.fixture
def settled(case: Path, winset: Winset) -> Path:
    """The example with a discrepancy settled."""
    found = json.loads(winset("discrepancies", case, "--json").out)["discrepancies"]
    assert winset("discrepancies", case, "settle", found[0]["id"], "1", "--by", "Ada").status == 0
    return case


@pytest.fixture
def coded(case: Path, winset: Winset) -> Path:
    """The example with a person's codes on it."""
    for place, word in enumerate(("oppose", "favour", "none")):
        with CaseStore.open(case) as store:
            id = store.codings()[place].statements[0].id
        assert winset("check", case, "code", id, word, "--by", "Ada").status == 0
    return case


def whole(path: Path) -> Project:
    with CaseStore.open(path) as store:
        found = project_of(store)
        return Project(spec=found.spec, documents=tuple(found.documents))


@pytest.mark.parametrize("name", [each.id for each in EXPORTS])
def test_a_case_is_written_in_every_format(winset: Winset, settled: Path, folder: Path, name: str) -> None:
    case = settled
    ended = winset("export", case, "-o", "out.any", "--format", name)
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith("out.any: ")
    assert (folder / "out.any").stat().st_size > 100
    first = (folder / "out.any").read_bytes()
    told = json.loads(winset("export", case, "-o", "out.any", "--format", name, "--json").out)
    assert told["format"] == name
    assert sum(told["wrote"].values()) > 0
    if name != "dna":  # its passwords are salted
        assert (folder / "out.any").read_bytes() == first, "the same case gives the same bytes"
    assert [each.name for each in folder.iterdir() if each.name.startswith(".")] == []


@pytest.mark.parametrize("name", THERE_AND_BACK)
def test_a_case_that_went_there_and_back_answers_the_same(winset: Winset, coded: Path, folder: Path, name: str) -> None:
    file = f"out{ENDING[name]}"
    assert winset("export", coded, "-o", file).status == 0
    ended = winset("import", file, "back.winset", "--by", "Ben")
    assert ended.status == 0, ended.err
    assert "9 documents added" in ended.out
    assert "3 codes of people, take 1" in ended.out
    there, back = whole(coded), whole(folder / "back.winset")
    assert there.spec == back.spec
    for one, other in zip(there.documents, back.documents, strict=True):
        assert one.document.text == other.document.text
        assert {each.statement.id for each in one.statements} == {each.statement.id for each in other.statements}
        assert {each.statement.id: each.rulings for each in one.statements} == {
            each.statement.id: each.rulings for each in other.statements
        }
    positions = [json.loads(winset("positions", place, "--json").out)["positions"] for place in (coded, "back.winset")]
    assert [(each["actor"], each["value"]) for each in positions[0]] == [
        (each["actor"], each["value"]) for each in positions[1]
    ]
    with CaseStore.open(folder / "back.winset") as store:
        assert replayed(store) == ()

    again = winset("import", file, "back.winset")
    assert "0 documents added, 9 there already; 0 new statements, 74 there already; 0 rejected" in again.out
    told = json.loads(winset("import", file, "back.winset", "--json").out)
    assert (told["codes"], told["take"], told["statements_there_already"]) == (0, None, 74)


def test_what_another_program_changed_counts(winset: Winset, coded: Path, folder: Path) -> None:
    winset("export", coded, "-o", "out.dna")
    file = sqlite3.connect(folder / "out.dna")  # as in the program: what Ada coded "for" becomes "against"
    changed = file.execute(
        "UPDATE DATABOOLEAN SET Value = 0 WHERE Value = 1 AND StatementId IN"
        " (SELECT s.ID FROM STATEMENTS s JOIN CODERS c ON c.ID = s.Coder WHERE c.Name = 'Ada')"
    )
    assert changed.rowcount == 1
    file.commit()
    file.close()
    told = json.loads(winset("import", "out.dna", coded, "--by", "Ben", "--json").out)
    assert (told["statements"], told["codes"], told["take"]) == (0, 1, 4)
    with CaseStore.open(coded) as store:
        words = [each.codes.word for said in held_rulings(store).values() for each in said if each.coder == "Ada"]
    assert sorted(filter(None, words)) == ["none", "oppose", "oppose"]
    assert winset("code", coded, "undo", "4", "--by", "Ben").status == 0
    with CaseStore.open(coded) as store:
        words = [each.codes.word for said in held_rulings(store).values() for each in said]
    assert sorted(filter(None, words)) == ["favour", "none", "oppose"]


def test_references_to_what_is_there_bring_nothing(winset: Winset, case: Path) -> None:
    assert winset("export", case, "-o", "out.bib").status == 0
    ended = winset("import", "out.bib", case)
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith("0 documents added, 9 there already; 0 new statements")


def test_references_with_files_become_documents(winset: Winset, case: Path, folder: Path) -> None:
    (folder / "files").mkdir()
    (folder / "files" / "note.txt").write_text("Norway said that it supports the office in Tokyo.\n", encoding="utf-8")
    (folder / "library.bib").write_text(
        "@misc{note2023,\n title = {A note},\n author = {Doe, Jane},\n date = {2023-06-01},\n"
        " file = {files/note.txt}\n}\n"
        "@misc{lost2023,\n title = {Lost},\n url = {https://example.org/lost}\n}\n",
        encoding="utf-8",
    )
    ended = winset("import", "library.bib", case)
    assert ended.status == 2
    assert "1 document added, 0 there already; 1 new statement" in ended.out
    assert "lost2023" in ended.complaints[0]
    document = next(each.document for each in whole(case).documents if each.document.title == "A note")
    assert (str(document.published), document.authors) == ("2023-06-01", ("Jane Doe",))


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["export", "tokyo.winset", "-o", "out.foo"], "its name tells no format: end it with .dna, "),
        (["export", "tokyo.winset", "-o", "out.xlsx"], "`winset tables`"),
        (["export", "tokyo.winset", "-o", "-", "--format", "bibtex"], "name a file"),
        (["export", "tokyo.winset", "-o", "out.x", "--format", "dnb"], "did you mean 'dna'?"),
        (["export", "tokyo.winset", "-o", "tokyo.winset", "--format", "dna"], "tokyo.winset"),
        (["export", "nothing.winset", "-o", "out.dna"], "nothing there: make it with `winset new nothing.winset"),
        (["import", "out.foo", "tokyo.winset"], "its name tells no format"),
        (["import", "nothing.dna", "tokyo.winset"], "nothing there"),
        (["import", "nothing.qdpx", "tokyo.winset"], "nothing.qdpx"),
        (["import", "nothing.bib", "tokyo.winset"], "cannot be read"),
        (["import", "rubbish.dna", "tokyo.winset"], "no SQLite file"),
        (["import", "rubbish.qdpx", "tokyo.winset"], "rubbish.qdpx"),
        (["import", "rubbish.jsonld", "tokyo.winset"], "rubbish.jsonld"),
        (["import", "rubbish.bib", "tokyo.winset"], "rubbish.bib: "),
        (["import", "rubbish.ris", "tokyo.winset"], "rubbish.ris"),
        (["import", "rubbish.csl.json", "tokyo.winset"], "rubbish.csl.json: "),
        (["import", "rubbish.bib", "tokyo.winset", "--variable", "x=y"], "--variable x=y: write person=NAME"),
        (["import", "good.dna", "tokyo.winset", "--concept", "harbours"], "no statement is about 'harbours'"),
        (["import", "good.dna", "tokyo.winset", "--proposal", "x", "--body", "nato"], "states the case already"),
        (["import", "good.dna", "new.winset", "--concept", "harbours"], "no statement is about 'harbours'"),
        (["import", "library.ris", "new.winset"], "states no question: say --proposal"),
    ],
)
def test_a_wrong_file_is_one_line_and_leaves_everything_as_it_was(
    winset: Winset, case: Path, folder: Path, arguments: list[str], complaint: str
) -> None:
    for name in ("dna", "qdpx", "jsonld", "bib", "ris", "csl.json"):
        (folder / f"rubbish.{name}").write_text("rubbish, \x00 and nothing else", encoding="utf-8")
    (folder / "library.ris").write_text("TY  - RPRT\nTI  - A report\nER  - \n", encoding="utf-8")
    assert winset("export", case, "-o", "good.dna").status == 0
    before, names = case.read_bytes(), sorted(each.name for each in folder.iterdir())
    ended = winset(*arguments)
    assert ended.status == 2
    assert len(ended.complaints) == 1, ended.err
    assert complaint in ended.complaints[0]
    assert case.read_bytes() == before
    assert sorted(each.name for each in folder.iterdir()) == names


@pytest.mark.parametrize("name", THERE_AND_BACK)
def test_codes_on_another_question_take_no_side_on_this_one(
    winset: Winset, coded: Path, folder: Path, name: str
) -> None:
    file = f"out{ENDING[name]}"
    assert winset("export", coded, "-o", file).status == 0
    with CaseStore.open(coded) as store:
        proposal = store.spec().issue.proposal
    question = ("--proposal", "Ban plastic bags", "--body", "nato", "--on", "2023-07-11")
    told = json.loads(winset("import", file, "other.winset", *question, "--json").out)
    assert (told["codes"], told["other_concepts"]) == (3, [proposal])
    with CaseStore.open(folder / "other.winset") as store:
        held = [(each.codes.stance, each.why) for said in held_rulings(store).values() for each in said]
    assert sorted(held) == [("none", f"“{proposal}”: {word}") for word in ("favour", "none", "oppose")]
    told = json.loads(winset("import", file, "same.winset", *question, "--concept", proposal, "--json").out)
    assert (told["codes"], told["other_concepts"]) == (3, [])
    with CaseStore.open(folder / "same.winset") as store:
        held = [(each.codes.stance, each.why) for said in held_rulings(store).values() for each in said]
    assert sorted(held) == [("favour", ""), ("none", ""), ("oppose", "")]


@pytest.mark.parametrize("name", THERE_AND_BACK)
def test_options_and_actors_that_the_case_does_not_have_spoil_nothing(winset: Winset, folder: Path, name: str) -> None:
    (folder / "own.csv").write_text("kind,name,id\nbody,Quay Guild,quay-guild\n", encoding="utf-8")
    (folder / "note.txt").write_text(
        "Norway said that it supports the wider quay. France said it would accept a jetty for the quay.\n",
        encoding="utf-8",
    )
    question = ("--proposal", "Widen the quay", "--body", "nato", "--on", "2023-07-11")
    assert winset("new", "own.winset", *question, "--option", "jetty=20", "--registry", "own.csv").status == 0
    assert winset("add", "own.winset", "note.txt").status == 0
    with CaseStore.open(folder / "own.winset") as store:
        first, second = (each.id for each in store.codings()[0].statements)
    assert winset("check", "own.winset", "code", first, "favour", "--rung", "jetty", "--by", "Ada").status == 0
    assert winset("check", "own.winset", "code", second, "--actor", "Quay Guild", "--by", "Ada").status == 0
    file = f"out{ENDING[name]}"
    assert winset("export", "own.winset", "-o", file).status == 0
    told = json.loads(winset("import", file, "back.winset", *question, "--json").out)
    assert "quay-guild" in " ".join(told["not_kept"])
    assert winset("positions", "back.winset").err == ""
    with CaseStore.open(folder / "back.winset") as store:
        held = held_rulings(store)
    assert [(each.codes, each.why) for each in held[first]] == [(Codes(stance="favour"), "option “jetty”")]
    assert second not in held


def test_whose_a_statement_is_was_said_by_one_coder_alone(winset: Winset, coded: Path, folder: Path) -> None:
    with CaseStore.open(coded) as store:
        id = next(iter(held_rulings(store)))
    assert winset("check", coded, "code", id, "unclear", "--by", "Ben").status == 0
    there = whole(coded)
    found = next(said for each in there.documents for said in each.statements if said.statement.id == id)
    told = as_coded(found.statement, speaker=None, represents="China", by="Ben")
    changed = replace(found, identification=told)
    document = next(each.document for each in there.documents if each.document.id == found.statement.document_id)
    project = Project(spec=there.spec, documents=(ProjectDocument(document=document, statements=(changed,)),))
    with CaseStore.open(coded) as store:
        assert take_in(store, project, name="out.dna", by="Cy").codes == 1
        said = {each.coder: each.codes.actor for each in held_rulings(store)[id]}
    assert said == {"Ada": None, "Ben": "CHN"}


@pytest.mark.parametrize("name", ["#Quay", "(Greens)", "“Harbour first”", "7", "...", "🐟"])
def test_a_name_that_no_registry_can_hold_is_a_label(winset: Winset, coded: Path, folder: Path, name: str) -> None:
    there = whole(coded)
    found = next(said for each in there.documents for said in each.statements if not said.rulings)
    document = next(each.document for each in there.documents if each.document.id == found.statement.document_id)
    told = as_coded(found.statement, speaker=None, represents=name, by="Ben")
    changed = replace(found, identification=told)
    project = Project(spec=there.spec, documents=(ProjectDocument(document=document, statements=(changed,)),))
    with CaseStore.open(coded) as store:
        assert take_in(store, project, name="out.dna", by="Cy").actors == ()
        (ruling,) = held_rulings(store)[found.statement.id]
    assert (ruling.coder, ruling.codes) == ("Ben", Codes(actor=f"expert: {name}"))
    assert winset("positions", coded).err == ""


def test_what_a_case_keeps_its_own_word_on_is_told(winset: Winset, coded: Path, folder: Path) -> None:
    winset("export", coded, "-o", "out.dna")
    assert json.loads(winset("import", "out.dna", coded, "--json").out)["not_kept"] == []
    file = sqlite3.connect(folder / "out.dna")
    file.execute("UPDATE DOCUMENTS SET Title = 'Another title' WHERE ID = 1")
    file.execute("UPDATE ENTITIES SET Value = 'Jane Doe' WHERE Value = 'Oana Lungescu'")
    file.commit()
    file.close()
    with CaseStore.open(coded) as store:
        id = next(iter(held_rulings(store)))
    assert winset("check", coded, "code", id, "unclear", "--by", "Ada").status == 0  # after it was written
    told = json.loads(winset("import", "out.dna", coded, "--json").out)
    kept = " | ".join(told["not_kept"])
    assert "title, authors, publisher or date of documents that are there and have others (1)" in kept
    assert "who said what is there, where the case has another name (" in kept
    assert "what the same coders had coded here otherwise (1)" in kept


@pytest.mark.parametrize(
    ("place", "change"),
    [
        ("statement", {"via": ["\x00"]}),
        ("identification", {"why": "\ud800"}),
    ],
)
def test_a_note_that_no_case_can_keep_is_refused_before_one_is_changed(
    coded: Path, place: str, change: dict[str, object]
) -> None:
    found = whole(coded).documents
    document, said = next((each.document, each.statements[0]) for each in found if each.statements)
    record = statement_record(said, document)
    assert statement_of(record, document) == said
    with pytest.raises(BadCase, match="what winset noted of a statement does not fit"):
        statement_of({**record, place: {**record[place], **change}}, document)


def test_what_is_read_is_written_too() -> None:
    assert {each.id for each in IMPORTS} <= {each.id for each in EXPORTS}
    assert set(SUFFIXES.values()) <= {each.id for each in EXPORTS}
