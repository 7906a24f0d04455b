"""The numbered migrations and the tables in the code are one schema."""

from __future__ import annotations

import json
import sqlite3
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from winset.actors.judgements import Judgement, Verb
from winset.actors.types import SpeaksAs
from winset.corpus.types import Document, Link
from winset.ids import PartialDate
from winset.issues import CaseSpec, Issue
from winset.positions.rulings import Codes, Ruling, Take
from winset.positions.types import Voice
from winset.store import tables
from winset.store.addresses import Place
from winset.store.case_store import CaseStore
from winset.store.files import engine_for, transaction
from winset.store.full_text import search
from winset.store.header import APPLICATION_ID
from winset.store.migrations import migrate
from winset.store.types import Coding

SPEC = CaseSpec(issue=Issue(proposal="Sail", body="Club", rule="consensus", on=PartialDate("2024")))


DIGESTS = ("uq_rejection_name_kind_reason", "uq_duplicate_name_document_id_of")  # a server's, of long words


def _compared(_object: Any, name: str | None, kind: str, *_: Any) -> bool:
    """Not what each database has in its own way: the index of all words, seals, what a server has digests for."""
    return not str(name).startswith(("full_text", "seal")) and name not in DIGESTS


def test_migrated_cases_have_the_schema_that_the_code_expects(place: Place) -> None:
    with CaseStore.create(place, SPEC) as store, store.database.transaction(writes=False) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_object": _compared})
        assert compare_metadata(context, tables.metadata) == []


def test_the_number_in_the_code_is_the_last_migrations() -> None:
    script = ScriptDirectory(str(files("winset.store.migrations")))
    assert script.get_current_head() == f"{tables.SCHEMA:04d}"


def test_a_migration_that_stops_half_way_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.winset"
    engine = engine_for(path)

    def interrupted() -> None:
        with transaction(engine, path, writes=True) as connection:
            migrate(connection)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    engine.dispose()
    plain = sqlite3.connect(path)
    assert plain.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    plain.close()


DOCUMENT = Document(name="log.txt", text="Oslo agrees. The envoy of Hill Institute doubts it.")
FIRST_SCHEMA = {
    "document": "rank, id, name, text, authors, media_type, reader, found_in, refused_spans",
    "statement": "rank, id, document_id, source_start, source_end, cue_start, cue_end, contents, form, hedged, via,"
    " confidence, coder, run_id",
    "identification": "rank, statement_id, speaker, represents, actor_id, standing, score, rule, by",
    "stance": "rank, statement_id, issue_id, relevance, direction, confidence, by, reason",
}
WHO = [
    (None, "Norway", "NOR", "member", 0.9, "state or body named", SpeaksAs.ACTOR, False),
    (None, "Norway", "NOR", "member", 0.6, "demonym, joint", SpeaksAs.ACTOR, True),
    ("Zoë Tarn", "expert: Hill Institute", None, "commentator", 0.7, "apposition", SpeaksAs.EXPERT, False),
    (None, "media: Evening Ledger", None, "medium", 0.9, "medium", SpeaksAs.MEDIUM, False),
    (None, None, None, "unknown", 0.6, "collective", SpeaksAs.COLLECTIVE, False),
    (None, None, None, "unknown", 0.3, "no clue", SpeaksAs.UNRESOLVED, False),
]


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """A case as schema 1 kept it, made by the first migration alone, with a row in every table."""
    path = tmp_path / "first.winset"
    engine = engine_for(path)
    step = import_module("winset.store.migrations.versions.r0001_first_schema")
    with transaction(engine, path, writes=True) as connection:
        context = MigrationContext.configure(connection)
        with Operations.context(context):
            step.upgrade()
        context._ensure_version_table()
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES ('0001')")
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql("PRAGMA user_version = 1")
    engine.dispose()
    plain = sqlite3.connect(path)
    plain.execute(
        'INSERT INTO "case" VALUES (1, "Sail", "Club", "consensus", "2024", 100, 0, NULL, NULL, "[]", "[]", "", "0.1")'
    )
    plain.execute("INSERT INTO seat VALUES (1, 'north', 'North', 2, 1, '[]')")
    plain.execute("INSERT INTO rejection VALUES (1, 'bad.txt', 'it is empty', 'Empty')")
    plain.execute("INSERT INTO duplicate VALUES (1, 'copy.txt', ?, ?, 1.0)", (DOCUMENT.id, DOCUMENT.id))
    plain.execute("INSERT INTO run VALUES ('r', 'statements', 'rules', '0.1', '[]', NULL)")
    kept = [(1, DOCUMENT.id, DOCUMENT.name, DOCUMENT.text, "[]", "text/plain", "text", "[]", 3)]
    said, who, stances = [], [], []
    for n, row in enumerate(WHO, start=1):
        contents = json.dumps([[5, 5 + n]])
        said.append((n, "", DOCUMENT.id, 0, 4, None, None, contents, "indirect", 0, "[]", 0.5, "machine", "r"))
        who.append((n, "", *row[:6], "machine"))
        stances.append((n, "", "i", 0.5, -0.5, 0.5, "machine: lexicon", "doubts"))
    for table, rows in (("document", kept), ("statement", said), ("identification", who), ("stance", stances)):
        columns = FIRST_SCHEMA[table]
        for values in rows:
            marks = ", ".join("?" * len(values))
            filled = [_id(values) if value == "" else value for value in values]
            plain.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", filled)  # noqa: S608
    plain.commit()
    plain.close()
    return path


def _id(values: tuple[object, ...]) -> str:
    """The id that the statement of this rank has."""
    from winset.corpus.types import anchor
    from winset.statements.types import Form, Statement

    return Statement(
        document_id=DOCUMENT.id,
        source=anchor(DOCUMENT, 0, 4),
        cue=None,
        contents=(anchor(DOCUMENT, 5, 5 + int(str(values[0]))),),
        form=Form.INDIRECT,
    ).id


def test_a_case_of_the_first_schema_is_brought_up_and_loses_nothing(first: Path) -> None:
    with CaseStore.open(first) as store:
        (coding,) = store.codings()
        assert [
            (
                each.speaker,
                each.represents,
                each.actor_id,
                each.standing,
                each.score,
                each.rule,
                each.speaks_as,
                each.joint,
            )
            for each in coding.identifications
        ] == WHO
        assert {(each.by, each.role, each.affiliation, each.at, each.why) for each in coding.identifications} == {
            ("machine", None, None, None, None)
        }
        assert (len(coding.statements), len(coding.stances), coding.refused) == (6, 6, 3)
        assert store.documents() == (DOCUMENT,)
        assert store.spec().issue.proposal == "Sail"
        assert [seat.name for seat in store.spec().seats] == ["North"]
        assert (len(store.rejected()), len(store.duplicates()), len(store.runs())) == (1, 1, 1)
        assert (store.judgements(), store.registries()) == ((), ())
        store.add_judgement(Judgement(number=1, verb=Verb.IS, subject="Oslo", object="SWE", by="Ada"))
        assert len(store.judgements()) == 1
        assert {(each.firmness, each.hedged, each.conditional, each.voice, each.rung) for each in coding.stances} == {
            (1.0, False, False, Voice.REPORTED, None)
        }
        assert (store.takes(), store.rulings()) == ((), ())
        ruling = Ruling(statement_id=coding.statements[0].id, coder="Ada", codes=Codes(stance="oppose"), take=1)
        store.add_take(Take(number=1, by="Ada"), [ruling])
        assert store.rulings() == (ruling,)
    plain = sqlite3.connect(first)
    assert plain.execute("PRAGMA user_version").fetchone() == (tables.SCHEMA,)
    assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    plain.close()


@pytest.fixture
def second(first: Path) -> Path:
    """The same case as schema 2 kept it, with a judgement of a person's."""
    engine = engine_for(first)
    step = import_module("winset.store.migrations.versions.r0002_judgements")
    with transaction(engine, first, writes=True) as connection:
        context = MigrationContext.configure(connection)
        with Operations.context(context):
            step.upgrade()
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0002'")
        connection.exec_driver_sql("PRAGMA user_version = 2")
        connection.exec_driver_sql(
            "INSERT INTO judgement VALUES (1, 'is', 'Oslo', 'SWE', NULL, '{\"documents\": [], \"statements\": []}',"
            " 'Ada', '2024-05-01T00:00:00Z', 'a mix-up', NULL)"
        )
    engine.dispose()
    return first


def test_a_case_of_the_second_schema_is_brought_up_and_loses_nothing(second: Path) -> None:
    with CaseStore.open(second) as store:
        (coding,) = store.codings()
        assert (len(coding.statements), len(coding.identifications), len(coding.stances)) == (6, 6, 6)
        assert {(each.direction, each.reason, each.firmness, each.voice) for each in coding.stances} == {
            (-0.5, "doubts", 1.0, Voice.REPORTED)
        }
        assert [(each.subject, each.by, each.why) for each in store.judgements()] == [("Oslo", "Ada", "a mix-up")]
        assert (store.takes(), store.rulings()) == ((), ())
    plain = sqlite3.connect(second)
    assert plain.execute("PRAGMA user_version").fetchone() == (tables.SCHEMA,)
    assert plain.execute("PRAGMA foreign_key_check").fetchall() == []
    plain.close()


def test_a_case_brought_up_has_the_schema_of_a_new_one(first: Path, tmp_path: Path) -> None:
    CaseStore.open(first).close()
    CaseStore.create(tmp_path / "new.winset", SPEC).close()

    def schema(path: Path) -> list[tuple[str]]:
        plain = sqlite3.connect(path)
        found = plain.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").fetchall()
        plain.close()
        return found

    assert schema(first) == schema(tmp_path / "new.winset")


def test_a_migration_that_fails_leaves_the_old_case_as_it_was(first: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = first.read_bytes()

    def interrupted(*_: object) -> None:
        migrate(*_)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr("winset.store.case_store.migrate", interrupted)
    with pytest.raises(KeyboardInterrupt):
        CaseStore.open(first)
    assert first.read_bytes() == before


def test_a_case_from_before_links_has_none_and_keeps_new_ones(first: Path) -> None:
    linked = Document(name="b.html", text="See here.", links=(Link(start=4, end=8, target="https://a.example"),))
    with CaseStore.open(first) as store:
        store.add(linked, Coding(statements=(), identifications=(), stances=()))
        assert store.documents() == (DOCUMENT, linked)
        assert [document.links for document in store.documents()] == [(), linked.links]


def test_the_words_of_a_case_from_before_their_index_are_found(first: Path) -> None:
    with CaseStore.open(first) as store:
        assert [(hit.name, hit.exact) for hit in search(store.database, "hill institute")] == [
            ("log.txt", "Hill"),
            ("log.txt", "Institute"),
        ]
