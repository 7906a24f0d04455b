"""Study files as projects: winset's own come back whole, the program's own sample and others as they were coded."""

from __future__ import annotations

# ruff: noqa: S608 - what is put into statements is our own
import contextlib
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.exchange.projects_made import projects
from tests.exchange.test_dna_writing import JETTY, NEWS, PROJECT, TEXT, WIDER

from winset.carrying.projects import take_in
from winset.corpus.types import clean_text
from winset.errors import BadCase, Damaged, Missing, NotText, TooLarge, Unreadable, WinsetError
from winset.exchange.dna import LOSSES, opening, read_dna, read_dna_project, write_dna
from winset.exchange.dna.offsets import Cleaned, Units
from winset.exchange.projects import Project, ProjectStatement, reduced
from winset.ids import PartialDate
from winset.pipeline.clock import now
from winset.pipeline.people import held_rulings
from winset.pipeline.stating import stated
from winset.positions.rulings import Codes
from winset.store.case_store import CaseStore

Edit: TypeAlias = Callable[..., Project]


@given(project=projects(controls=True))
@settings(max_examples=50)
def test_what_is_written_is_read_again(project: Project, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("law") / "study.dna"
    write_dna(project, path)
    assert read_dna_project(path) == reduced(project, LOSSES)


def test_what_is_written_twice_is_the_same_study(tmp_path: Path) -> None:
    once, twice = tmp_path / "once.dna", tmp_path / "twice.dna"
    write_dna(PROJECT, once)
    write_dna(read_dna_project(once), twice)
    assert read_dna_project(twice) == read_dna_project(once) == PROJECT


# what somebody changes in the program


@pytest.fixture
def edited(tmp_path: Path) -> Edit:
    """The project after somebody changed its file; `SET` and `WHERE` are SQLite's."""

    def edit(*sql: str, **names: str) -> Project:
        path = tmp_path / "edited.dna"
        write_dna(PROJECT, path)
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as database:
            database.execute("PRAGMA foreign_keys = ON")
            for each in sql:
                database.execute(each)
        return read_dna_project(path, **names)

    return edit


def _said(project: Project) -> list[ProjectStatement]:
    return [each for document in project.documents for each in document.statements]


BY_ADMIN = "UPDATE STATEMENTS SET Coder = 1 WHERE ID = 2"


def test_who_changes_the_agreement_has_the_word(edited: Edit) -> None:
    found = edited("UPDATE DATABOOLEAN SET Value = 0 WHERE StatementId = 2", BY_ADMIN)
    news, wider, jetty = _said(found)
    assert (news, jetty) == (NEWS, JETTY)
    assert (wider.statement, wider.identification, wider.stance) == (
        WIDER.statement,
        WIDER.identification,
        WIDER.stance,
    )
    assert [(each.coder, each.codes) for each in wider.rulings] == [("Admin", Codes(stance="oppose"))]


def test_a_changed_agreement_goes_before_what_was_coded(edited: Edit) -> None:
    jetty = _said(edited("UPDATE DATABOOLEAN SET Value = 1 WHERE StatementId = 3"))[2]
    assert [(each.coder, each.codes.stance) for each in jetty.rulings] == [("Ada", "favour")]


def test_what_the_machines_coder_changed_somebody_did(edited: Edit) -> None:
    wider = _said(edited("UPDATE DATABOOLEAN SET Value = 0 WHERE StatementId = 2"))[1]
    assert [each.coder for each in wider.rulings] == ["Discourse Network Analyzer"]


def test_a_moved_statement_stands_where_it_was_moved(edited: Edit) -> None:
    wider = _said(edited("UPDATE STATEMENTS SET Stop = Stop - 6 WHERE ID = 2", BY_ADMIN))[1]
    assert wider.statement.words == "the quay must be"
    assert (wider.statement.coder, wider.identification.represents) == ("Admin", "Guild")
    assert wider.stance is not None
    assert wider.stance.statement_id == wider.statement.id != WIDER.statement.id


def test_a_renamed_organisation_is_who_spoke(edited: Edit) -> None:
    found = edited("UPDATE ENTITIES SET Value = 'Guild of Fishers' WHERE Value = 'Guild'")
    wider = _said(found)[1]
    assert (wider.identification.represents, wider.identification.actor_id) == ("Guild of Fishers", None)
    assert (wider.identification.speaker, wider.stance) == ("Ida Holm", WIDER.stance)
    assert _said(found)[2] == JETTY


def test_merged_organisations_are_one(edited: Edit) -> None:
    port, guild = (f"(SELECT ID FROM ENTITIES WHERE Value = '{name}')" for name in ("Port", "Guild"))
    merged = (
        f"UPDATE DATASHORTTEXT SET Entity = {port} WHERE Entity = {guild}",
        "DELETE FROM ENTITIES WHERE Value = 'Guild'",
    )
    assert [each.identification.represents for each in _said(edited(*merged))] == [None, "Port", "Port"]


def test_a_renamed_person_speaks_for_the_same(edited: Edit) -> None:
    wider = _said(edited("UPDATE ENTITIES SET Value = 'Ida Holm-Berg' WHERE Value = 'Ida Holm'"))[1]
    assert (wider.identification.speaker, wider.identification.actor_id) == ("Ida Holm-Berg", "guild")


def test_another_concept_is_another_question(edited: Edit) -> None:
    wider = _said(edited("UPDATE DATASHORTTEXT SET Entity = 3 WHERE StatementId = 2 AND VariableId = 3",
                         "UPDATE ENTITIES SET Value = 'Ferries' WHERE ID = 3", BY_ADMIN))[1]  # fmt: skip
    assert (wider.concept, wider.stance) == ("Ferries", None)
    assert [(each.coder, each.codes) for each in wider.rulings] == [("Admin", Codes(stance="favour"))]


def test_an_options_name_is_its_rung(edited: Edit) -> None:
    jetty = "(SELECT ID FROM ENTITIES WHERE Value = 'a jetty')"
    wider = _said(
        edited(f"UPDATE DATASHORTTEXT SET Entity = {jetty} WHERE StatementId = 2 AND VariableId = 3", BY_ADMIN)
    )[1]
    assert wider.concept is None
    assert [each.codes for each in wider.rulings] == [Codes(stance="favour", rung="a jetty")]


def test_a_deleted_statement_is_gone_and_an_added_one_there(edited: Edit) -> None:
    start = len(TEXT[: TEXT.index("Per Lund")]) + 1  # one more: a fish is two code units
    found = edited(
        "DELETE FROM STATEMENTS WHERE ID = 2",
        f"INSERT INTO STATEMENTS VALUES (9, 1, 1, {start}, {start + 8}, 3)",
        *(
            f"INSERT INTO DATASHORTTEXT (StatementId, VariableId, Entity) "
            f"SELECT 9, VariableId, ID FROM ENTITIES WHERE VariableId < 4 AND Value = '{value}'"
            for value in ("Per Lund", "Port", "Widen the quay")
        ),
        "INSERT INTO DATABOOLEAN (StatementId, VariableId, Value) VALUES (9, 4, 0)",
        "INSERT INTO DATALONGTEXT (StatementId, VariableId, Value) VALUES (9, 5, '')",
    )
    news, added, jetty = _said(found)
    assert (news, jetty) == (NEWS, JETTY)
    assert (added.statement.words, added.statement.coder, added.concept) == ("Per Lund", "Ada", None)
    assert (added.identification.speaker, added.identification.represents) == ("Per Lund", "Port")
    assert [(each.coder, each.codes) for each in added.rulings] == [("Ada", Codes(stance="oppose"))]
    assert found.rejected == ()


def test_what_is_known_of_a_document_may_be_changed(edited: Edit) -> None:
    found = edited(
        "UPDATE DOCUMENTS SET Title = 'News of the harbour', Author = 'Åsa Lind', Source = '', Date = 0, "
        "Notes = 'seen' || char(10) || Notes"
    )
    (document,) = (each.document for each in found.documents)
    assert (document.title, document.authors, document.publisher, document.published) == (
        "News of the harbour",
        ("Åsa Lind",),
        None,
        PartialDate("1970-01-01"),
    )
    assert (document.name, document.source_url) == ("news.txt", "https://example.org/news")


def test_in_a_changed_text_the_words_are_those_of_the_file(edited: Edit) -> None:
    found = edited("UPDATE DOCUMENTS SET Text = replace(Text, 'wider', 'broad')")
    wider = _said(found)[1]
    assert wider.statement.words == "the quay must be broad"
    assert (wider.identification.represents, wider.stance is not None) == ("Guild", True)
    assert ["its text was changed: 3 statements" in each.reason for each in found.rejected] == [True]
    assert found.rejected[0].name == "edited.dna: document 1, 'Harbour news'"


def test_notes_that_somebody_broke_leave_what_the_columns_say(edited: Edit) -> None:
    whole = "UPDATE DATALONGTEXT SET Value = replace(Value, '{0}', '{1}') WHERE StatementId = 2"
    deep = "replace(hex(zeroblob(50000)), '00', '[')"
    for sql in (
        "UPDATE DATALONGTEXT SET Value = 'asked again' WHERE StatementId = 2",
        "UPDATE DATALONGTEXT SET Value = substr(Value, 1, 90) WHERE StatementId = 2",
        f"UPDATE DATALONGTEXT SET Value = '{{\"winset\":' || {deep} WHERE StatementId = 2",
        whole.format('"confidence":0.5', '"confidence":7'),
        whole.format('"contents":[[', '"contents":[[-'),
        whole.format('"statement":', '"statements":'),
        whole.format('"form":"indirect"', '"form":"in\\ndirect"'),
    ):
        found = edited(sql)
        wider = _said(found)[1]
        assert (wider.statement.words, wider.identification.represents) == ("the quay must be wider", "Guild")
        assert [each.codes.word for each in wider.rulings] == ["favour"]
        assert all("\n" not in each.reason for each in found.rejected)


def test_a_question_that_somebody_broke_is_told(edited: Edit) -> None:
    found = edited("UPDATE SETTINGS SET Value = replace(Value, 'Widen the quay', '') WHERE Property LIKE 'winset%'")
    assert found.spec is None
    assert "the proposal is empty" in found.rejected[0].reason


def test_statements_that_others_took_over_keep_their_notes(edited: Edit) -> None:
    """Imported into another study they come without the question."""
    found = edited("DELETE FROM SETTINGS WHERE Property LIKE 'winset%'")
    assert found.spec is None
    assert [each.concept for each in _said(found)] == ["Widen the quay", "Widen the quay", None]
    assert [each.stance for each in _said(found)] == [NEWS.stance, WIDER.stance, JETTY.stance]


# what others coded

FOREIGN = (
    "DELETE FROM DOCUMENTS",
    "DELETE FROM ENTITIES",
    "DELETE FROM SETTINGS WHERE Property LIKE 'winset%'",
    "INSERT INTO VARIABLES VALUES (20, 'strength', 'integer', 1), (21, 'on record', 'boolean', 1)",
    "INSERT INTO CODERS (ID, Name, Password) VALUES (7, 'Machine', ''), (8, ' ', ''), (9, 'Bo', '')",
    "INSERT INTO ENTITIES (ID, VariableId, Value) VALUES (1, 1, 'Ida Holm'), (2, 2, 'Guild'), (5, 2, '')",
    "INSERT INTO ENTITIES (ID, VariableId, Value) VALUES (3, 3, 'Ferries'), (4, 3, 'Quay'), (6, 3, ' ')",
    "INSERT INTO DOCUMENTS (ID, Title, Text, Date) VALUES (1, 'A', 'The quay is 🐟 short.', 0)",
    "INSERT INTO DOCUMENTS (ID, Title, Text, Date) VALUES (2, 'A', 'Ferries.', 86400)",
)


def _coded(id: int, *entities: int, agreement: int | None = None, coder: int = 9, span: str = "0, 8") -> list[str]:
    """A statement in the first document; entities: ids of person, organization, concept."""
    return [
        f"INSERT INTO STATEMENTS VALUES ({id}, 1, 1, {span}, {coder})",
        *(
            f"INSERT INTO DATASHORTTEXT (StatementId, VariableId, Entity) VALUES ({id}, {variable}, {entity})"
            for variable, entity in zip((1, 2, 3), entities, strict=False)
        ),
        *(
            [f"INSERT INTO DATABOOLEAN (StatementId, VariableId, Value) VALUES ({id}, 4, {agreement})"]
            if agreement is not None
            else []
        ),
    ]


def test_one_passage_coded_twice_is_two_statements(edited: Edit) -> None:
    found = edited(*FOREIGN, *_coded(1, 1, 2, 3, agreement=1), *_coded(2, 1, 2, 4, agreement=0))
    one, two = _said(found)
    assert (one.concept, two.concept) == ("Ferries", "Quay")
    assert (one.statement.coder, two.statement.coder) == ("Bo", "Bo (2)")
    assert [each.rulings[0].coder for each in (one, two)] == ["Bo", "Bo"]
    assert [each.document.name for each in found.documents] == ["A", "A (2)"]


def test_further_variables_are_reasons(edited: Edit) -> None:
    found = edited(
        *FOREIGN,
        *_coded(1, 1, 2, 3, agreement=1),
        "INSERT INTO DATAINTEGER (StatementId, VariableId, Value) VALUES (1, 20, 3)",
        "INSERT INTO DATABOOLEAN (StatementId, VariableId, Value) VALUES (1, 21, 0)",
        "INSERT INTO DATALONGTEXT (StatementId, VariableId, Value) VALUES (1, 5, 'my own words')",
        *_coded(2, 1, 2, 3),
        "INSERT INTO DATAINTEGER (StatementId, VariableId, Value) VALUES (2, 20, 4)",
    )
    one, two = _said(found)
    assert one.rulings[0].why == "winset: my own words; strength: 3; on record: no"
    assert (two.rulings, two.identification.why) == ((), "strength: 4")


@pytest.mark.parametrize(
    ("levels", "directions"), [((-2, 0, 4), (-0.5, 0.0, 1.0)), ((1, 2, 5), (-1.0, -0.5, 1.0)), ((3, 3, 3), (1.0,) * 3)]
)
def test_an_agreement_may_be_an_integer(edited: Edit, levels: tuple[int, ...], directions: tuple[float, ...]) -> None:
    coded = [
        sql
        for id, level in enumerate(levels, start=1)
        for sql in (
            *_coded(id, 1, 2, 3, span=f"0, {id}"),
            f"INSERT INTO DATAINTEGER (StatementId, VariableId, Value) VALUES ({id}, 20, {level})",
        )
    ]
    found = edited(*FOREIGN, *coded, agreement="strength")
    assert tuple(each.rulings[0].codes.direction for each in _said(found)) == directions


def test_what_is_half_coded_takes_no_side(edited: Edit) -> None:
    found = edited(
        *FOREIGN,
        "PRAGMA foreign_keys = OFF",
        *_coded(1, 1, 5, 6, agreement=1),
        *_coded(2, 1, 2, 3, coder=7, span="0, 9"),
        *_coded(3, coder=8, span="0, 10"),
        *_coded(4, coder=77, span="0, 11"),
    )
    one, two, three, four = _said(found)
    assert one.identification.represents is None
    assert [(each.codes, each.why) for each in one.rulings] == [(Codes(stance="unclear"), "favour, but of no concept")]
    assert (two.statement.coder, two.rulings) == ("coder Machine", ())
    assert [each.statement.coder for each in (three, four)] == ["coder 8", "coder 77"]


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        (_coded(1, 1, 2, 3, agreement=5), "its agreement is '5': allowed is 0 or 1"),
        (_coded(1, 1, 2, 3, agreement=1, span="3, 99"), "stands from '3' to '99' of a text of 21 characters"),
        (_coded(1, 1, 2, 3, agreement=1, span="0, 9e300"), "stands from '0' to '9e+300'"),
        ([*_coded(1, 1, 2, 3), "PRAGMA foreign_keys = OFF", "UPDATE STATEMENTS SET DocumentId = 5"], "document 5"),
    ],
)
def test_a_statement_that_cannot_be_used_is_told(edited: Edit, sql: list[str], reason: str) -> None:
    found = edited(*FOREIGN, "PRAGMA foreign_keys = OFF", *sql, *_coded(2, 1, 2, 4, agreement=0))
    assert len(_said(found)) == 1
    assert [reason in each.reason for each in found.rejected] == [True]


def test_attributes_and_columns_without_a_place_are_told(edited: Edit) -> None:
    found = edited(
        *FOREIGN,
        "INSERT INTO ATTRIBUTEVALUES (EntityId, AttributeVariableId, AttributeValue) VALUES (1, 1, 'NGO')",
        "INSERT INTO ATTRIBUTEVALUES (EntityId, AttributeVariableId, AttributeValue) VALUES (2, 5, 'NGO')",
        "UPDATE DOCUMENTS SET Section = 'Front', Notes = 'seen'",
    )
    assert found.rejected == ()
    assert found.unkept == (
        "attributes Type (2): what winset knows of actors stands in its registry",
        "Section of 2 documents",
        "Notes of 2 documents",
    )


def test_documents_of_one_text_are_one(edited: Edit) -> None:
    found = edited(
        *FOREIGN,
        "UPDATE DOCUMENTS SET Text = 'The quay is 🐟 short.'",
        *_coded(1, 1, 2, 3, agreement=1),
        *_coded(2, 1, 2, 4, agreement=1),
        "UPDATE STATEMENTS SET DocumentId = 2 WHERE ID = 2",
    )
    assert len(list(found.documents)) == 1
    assert len({each.statement.id for each in _said(found)}) == 2
    assert ["the same text as document 1" in each.reason for each in found.rejected] == [True]


def test_a_text_is_cleaned_and_its_words_are_the_same(edited: Edit) -> None:
    raw = "\ufeffOne.\r\nTwo caf\N{LATIN SMALL LETTER E}\N{COMBINING ACUTE ACCENT}s 🐟.\rThree\x00."
    start = len(raw[: raw.index("caf")])
    units = len(raw[: raw.index("s 🐟")].encode("utf-16-le")) // 2
    found = edited(
        *FOREIGN,
        f"UPDATE DOCUMENTS SET Text = CAST(x'{raw.encode().hex()}' AS TEXT) WHERE ID = 1",
        *_coded(1, 1, 2, 3, agreement=1, span=f"{start}, {units}"),
        *_coded(2, 1, 2, 3, agreement=1, span=f"{start}, {units - 1}"),  # the e alone
        *_coded(3, 1, 2, 3, agreement=1, span=f"{units}, {units + 3}"),  # half of a fish
        *_coded(4, 1, 2, 3, agreement=1, span="0, 7"),  # to the middle of a line's end
        *_coded(5, 1, 2, 3, agreement=1, span="0, 1"),  # the mark at the beginning
    )
    assert next(iter(found.documents)).document.text == "One.\nTwo cafés 🐟.\nThree\ufffd."
    assert [each.statement.words for each in _said(found)] == ["One.\n", "café", "café", "s 🐟"]
    assert ["covers no character" in each.reason for each in found.rejected] == [True]


ODD = "ab\r\n\ufeffe\u0301\u0323\u0344é🐟각각ᄀ\u1161\u11a8\x00क़\u093c"


@given(raw=st.text(st.sampled_from(ODD), max_size=12))
@settings(max_examples=200)
def test_a_place_in_a_raw_text_is_one_in_the_clean_text(raw: str) -> None:
    """Where the text can be cut, what stands before and after is what the parts become by themselves."""
    cleaned, size = Cleaned(raw), len(raw)
    assert cleaned.text == _clean(raw.removeprefix("\ufeff"))
    assert cleaned.span(0, size) == (0, len(cleaned.text))
    reached = 0
    for at in range(size + 1):
        before, after = cleaned.span(0, at)[1], cleaned.span(at, size)[0]
        assert reached <= after <= before <= len(cleaned.text)
        reached = after
        if before == after and at:
            assert _clean(raw[:at].removeprefix("\ufeff")) == cleaned.text[:before]
            assert _clean(raw[at:]) == cleaned.text[after:]
        elif at and at < size:
            assert not raw[at].isascii() or raw[at - 1 : at + 1] == "\r\n"


def _clean(raw: str) -> str:
    """Cleaned as the middle of a text: nothing joins a line's end."""
    return clean_text("\n" + raw.replace("\x00", "\ufffd"))[1:]


@given(text=st.text(st.sampled_from("a🐟é\U0010fffd"), max_size=8))
def test_code_units_and_code_points_are_told_apart(text: str) -> None:
    units = Units(text)
    assert units.size == len(text.encode("utf-16-le")) // 2
    for point in range(len(text) + 1):
        unit = len(text[:point].encode("utf-16-le")) // 2
        assert units.unit(point) == unit
        assert units.span(0, unit) == (0, point)
        assert units.span(unit, units.size) == (point, len(text))


# the program's own sample


@pytest.fixture(scope="module")
def sample(shared: Path) -> Path:
    """The folder of the program's own sample; says so where it is not there."""
    folder = shared / "data" / "dna"
    if not folder.is_dir():
        pytest.skip("the sample of Discourse Network Analyzer was not read: ../shared/data/dna is not there")
    return folder


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_the_sample_comes_whole(sample: Path) -> None:
    found = read_dna_project(sample / "sample.dna")
    said = _said(found)
    notes = [each for each in said if [ruling.codes for ruling in each.rulings] == [Codes(stance="none")]]
    sided = [each for each in said if each not in notes]
    assert (len(list(found.documents)), len(said), len(notes)) == (7, 41, 1)
    assert len({each.identification.speaker for each in sided}) == 7
    assert len({each.identification.represents for each in sided}) == 7
    assert len({each.concept for each in sided}) == 6
    words = [ruling.codes.stance for each in sided for ruling in each.rulings]
    assert (len(words), words.count("favour")) == (40, 29)
    assert found.rejected == ()
    assert [each.split()[0] for each in found.unkept] == ["attributes", "Section"]


def test_every_word_of_the_sample_is_that_of_its_export(sample: Path) -> None:
    found = read_dna_project(sample / "sample.dna")
    texts = _lines(sample / "documents.jsonl")
    assert [each.document.text for each in found.documents] == [each["text"] for each in texts]
    assert [
        (each.document.title, "; ".join(each.document.authors), each.document.publisher, str(each.document.published))
        for each in found.documents
    ] == [(each["title"], each["author"], each["source"], each["date"]) for each in texts]
    told = sorted(
        (row["doc_id"], row["start"], row["stop"], row["text"], row.get("person"), row.get("organization"),
         row.get("concept"), {1: "favour", 0: "oppose", None: "none"}[row.get("agreement")], row.get("note", ""))
        for row in _lines(sample / "statements.jsonl")
    )  # fmt: skip
    read = [
        (number, *each.statement.contents[0].span, each.statement.words, each.identification.speaker,
         each.identification.represents, each.concept, each.rulings[0].codes.stance,
         each.rulings[0].why.removeprefix("Annotation: note: "))
        for number, document in enumerate(found.documents, start=1) for each in document.statements
    ]  # fmt: skip
    assert read == told


def test_the_sample_written_by_us_is_the_same_study(sample: Path, tmp_path: Path) -> None:
    theirs, ours = sample / "sample.dna", tmp_path / "ours.dna"
    project = read_dna_project(theirs)
    write_dna(project, ours)
    assert read_dna_project(ours).documents == project.documents
    one, two = read_dna(theirs).discourse, read_dna(ours).discourse
    assert one.actors == two.actors
    assert one.concepts == two.concepts
    assert sorted((each.actor_id, each.concept, each.level, each.words) for each in one.referrals) == sorted(
        (each.actor_id, each.concept, each.level, each.words) for each in two.referrals
    )


# what is no study, or a hostile one


@pytest.fixture
def hostile(tmp_path: Path) -> Callable[..., Path]:
    """The path of a study in which somebody changed the tables."""

    def make(*sql: str) -> Path:
        path = tmp_path / "hostile.dna"
        write_dna(PROJECT, path)
        with contextlib.closing(sqlite3.connect(path)) as database:
            for each in sql:
                database.execute(each)
            database.commit()
        return path

    return make


def _refused(path: Path, error: type[WinsetError], match: str) -> None:
    with pytest.raises(error, match=match) as told:
        read_dna_project(path)
    assert "\n" not in str(told.value)
    assert path.name in str(told.value)


def test_views_virtual_tables_and_triggers_are_not_run(hostile: Callable[..., Path]) -> None:
    view = "CREATE VIEW CODERS AS SELECT 1 AS ID, load_extension('x') AS Name"
    _refused(hostile("DROP TABLE CODERS", view), NotText, "no table CODERS")
    _refused(
        hostile("DROP TABLE CODERS", "CREATE VIRTUAL TABLE CODERS USING fts5(ID, Name)"), NotText, "no table CODERS"
    )
    trigger = "CREATE TRIGGER t AFTER UPDATE ON CODERS BEGIN DELETE FROM DOCUMENTS; END"
    assert read_dna_project(hostile(trigger)) == PROJECT


def test_a_study_without_its_tables_or_columns_is_refused(hostile: Callable[..., Path]) -> None:
    _refused(hostile("DROP TABLE DATALONGTEXT"), NotText, "no table DATALONGTEXT")
    _refused(hostile("ALTER TABLE STATEMENTS RENAME Start TO Begins"), Damaged, "no such column: Start")


def test_studies_of_other_versions_are_named_with_the_cure(hostile: Callable[..., Path], tmp_path: Path) -> None:
    older = hostile("UPDATE SETTINGS SET Value = '2.0 beta 25' WHERE Property = 'version'")
    _refused(older, NotText, r"made by Discourse Network Analyzer 2\.0 beta 25: make a new database in version 3")
    with pytest.raises(NotText, match="made by"):
        read_dna(older)
    _refused(hostile("CREATE TABLE ROLES(ID INTEGER)"), NotText, r"roles.*winset reads the files of 3\.0 and 3\.1")
    oldest = tmp_path / "oldest.dna"
    oldest.write_text("<?xml version='1.0'?><discourse/>", encoding="utf-8")
    _refused(oldest, NotText, "Discourse Network Analyzer 1")


def test_a_study_that_is_open_elsewhere_is_refused(hostile: Callable[..., Path]) -> None:
    path = hostile()
    beside = path.with_name("hostile.dna-wal")
    beside.write_bytes(b"changes")
    _refused(path, Damaged, r"hostile\.dna-wal beside it holds changes")
    beside.write_bytes(b"")
    assert read_dna_project(path) == PROJECT


def test_a_study_may_be_read_through_a_link(hostile: Callable[..., Path], tmp_path: Path) -> None:
    link = tmp_path / "link.dna"
    link.symlink_to(hostile())
    assert read_dna_project(link) == PROJECT
    write_dna(Project(documents=()), link)  # what it leads to is written, and the link stays
    assert link.is_symlink()
    assert read_dna_project(link) == Project(documents=())


def test_values_of_the_wrong_kind_are_no_values(hostile: Callable[..., Path]) -> None:
    path = hostile(
        "UPDATE CODERS SET Name = x'ff00'",
        "UPDATE DOCUMENTS SET Title = x'00ff', Author = 5, Notes = x'7b', Date = 'yesterday'",
        "UPDATE SETTINGS SET Value = x'ff' WHERE Property LIKE 'winset%'",
        "UPDATE ENTITIES SET Value = zeroblob(ID) WHERE Value <> ''",
        "UPDATE VARIABLES SET StatementTypeId = NULL WHERE ID = 6",
        "UPDATE DATALONGTEXT SET Value = x'00'",
    )
    found = read_dna_project(path)
    assert [each.statement.words for each in _said(found)] == ["Harbour news", "the quay must be wider", "see a jetty"]
    (document,) = (each.document for each in found.documents)
    assert (document.name, document.title, document.authors, document.published) == ("document (1)", None, ("5",), None)
    blank = hostile("UPDATE DOCUMENTS SET Text = x'ff'")
    assert any("its text is no text" in each.reason for each in read_dna_project(blank).rejected)


def test_sizes_are_limited(hostile: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    path = hostile()
    monkeypatch.setattr(opening, "MOST_STATEMENTS", 2)
    _refused(path, TooLarge, "3 statements: at most 2")
    monkeypatch.setattr(opening, "LONGEST", 50)
    _refused(path, Damaged, "too big")
    monkeypatch.setattr(opening, "STEPS", 1)
    monkeypatch.setattr(opening, "PATIENCE", 1)
    _refused(path, TooLarge, "takes too long")


def test_damaged_pages_give_one_line_or_what_is_left(hostile: Callable[..., Path], tmp_path: Path) -> None:
    whole = hostile().read_bytes()
    path = tmp_path / "torn.dna"
    for at in range(16, len(whole), 997):
        path.write_bytes(whole[:at] + bytes(byte ^ 0xFF for byte in whole[at : at + 40]) + whole[at + 40 :])
        with contextlib.suppress(Unreadable, BadCase):  # and nothing else
            read_dna_project(path)
    (tmp_path / "short.dna").write_bytes(whole[:9000])
    _refused(tmp_path / "short.dna", Damaged, "damaged")
    _refused(tmp_path / "none.dna", Missing, "nothing there")


def test_variables_that_are_not_there_are_named_beside_those_that_are(hostile: Callable[..., Path]) -> None:
    path = hostile()
    with pytest.raises(BadCase, match=r"'speaker'.*person, organization, concept, agreement, winset; note"):
        read_dna_project(path, actor="speaker")
    swapped = read_dna_project(path, actor="person", person="organization")
    assert _said(swapped)[1].identification.represents == "Ida Holm"


# into the case that it came from


def test_what_was_changed_comes_into_the_case_as_a_persons_word(tmp_path: Path) -> None:
    case, path = tmp_path / "quay.winset", tmp_path / "quay.dna"
    write_dna(PROJECT, path)
    spec = stated(proposal="Widen the quay", body="nato", on="2023-07-11", options=["a jetty=40"])
    with CaseStore.create(case, spec, created_at=now()) as store:
        take_in(store, read_dna_project(path), name="quay.dna", by="Ada")
        assert take_in(store, read_dna_project(path), name="quay.dna", by="Ada").codes == 0
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as database:
            database.execute("UPDATE ENTITIES SET Value = 'France' WHERE Value = 'Guild'")
            database.execute("UPDATE DATABOOLEAN SET Value = 1 - Value WHERE StatementId = 3")
            database.execute("UPDATE STATEMENTS SET Coder = 1")
        brought = take_in(store, read_dna_project(path), name="quay.dna", by="Ada")
        assert (brought.statements, brought.statements_again, brought.codes) == (0, 3, 2)
        held = held_rulings(store)
        assert [(each.coder, each.codes) for each in held[WIDER.statement.id]] == [("Admin", Codes(actor="FRA"))]
        assert ("Admin", "favour") in [(each.coder, each.codes.stance) for each in held[JETTY.statement.id]]
