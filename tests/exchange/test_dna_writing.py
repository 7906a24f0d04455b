"""Study files that winset writes, as Discourse Network Analyzer 3 expects them."""

from __future__ import annotations

import base64
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from winset.actors.types import Identification, SpeaksAs, Standing
from winset.corpus.types import Document, anchor
from winset.errors import CannotWrite
from winset.exchange.dna import PASSWORD, read_dna, read_dna_project, write_dna
from winset.exchange.dna.fields import cut
from winset.exchange.dna.schema import TABLES, digest
from winset.exchange.projects import Project, ProjectDocument, ProjectStatement
from winset.ids import ActorId, PartialDate
from winset.issues import CaseSpec, Issue, Option
from winset.positions.rulings import Codes, Ruling
from winset.positions.types import Stance
from winset.statements.types import Form, Statement

TEXT = "🐟 Harbour news.\nIda Holm of the Guild said the quay must be wider. Per Lund would rather see a jetty."
SPEC = CaseSpec(
    issue=Issue(
        proposal="Widen the quay",
        body="Quay Council",
        rule="simple-majority",
        on=PartialDate("2024-03"),
        options=(Option(label="a jetty", value=40.0),),
    )
)
DOCUMENT = Document(
    name="news.txt",
    text=TEXT,
    title="Harbour news",
    authors=("Åsa Lind", "Ben Berg"),
    publisher="Harbour Post",
    published=PartialDate("2024-01-02"),
    source_url="https://example.org/news",
)


def said(words: str, **given: Any) -> ProjectStatement:
    """A statement with these words.

    given: speaker, represents, coder; word and rung, the machine's; coded, by whom -> word.
    """
    start = TEXT.index(words)
    statement = Statement(
        document_id=DOCUMENT.id,
        source=None,
        cue=None,
        contents=(anchor(DOCUMENT, start, start + len(words)),),
        form=Form.INDIRECT,
        coder=given.get("coder", "machine: cues"),
    )
    found = Identification(
        statement_id=statement.id,
        speaker=given.get("speaker"),
        represents=given.get("represents"),
        actor_id=ActorId("guild") if given.get("represents") else None,
        standing=Standing.MEMBER,
        speaks_as=SpeaksAs.ACTOR,
        role="harbour master",
        score=0.9,
        rule="office",
    )
    direction = {"favour": 0.8, "oppose": -0.8, "neutral": 0.0, None: None}[given.get("word")]
    stance = None
    if direction is not None:
        stance = Stance(
            statement_id=statement.id,
            issue_id=SPEC.issue.id,
            relevance=0.9,
            direction=direction,
            confidence=0.8,
            rung=given.get("rung"),
        )
    rulings = tuple(
        Ruling(statement_id=statement.id, coder=coder, codes=Codes(stance=word))
        for coder, word in sorted(given.get("coded", {}).items())
    )
    return ProjectStatement(statement=statement, identification=found, stance=stance, rulings=rulings)


WIDER = said("the quay must be wider", speaker="Ida Holm", represents="Guild", word="favour")
JETTY = said(
    "see a jetty", speaker="Per Lund", represents="Port", word="favour", rung="a jetty", coded={"Ada": "oppose"}
)
NEWS = said("Harbour news", word="neutral")
PROJECT = Project(spec=SPEC, documents=(ProjectDocument(document=DOCUMENT, statements=(NEWS, WIDER, JETTY)),))


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """The project above as a study file."""
    path = tmp_path / "harbour.dna"
    write_dna(PROJECT, path)
    return path


@pytest.fixture
def database(written: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(written)) as opened:
        yield opened


def test_a_study_has_the_tables_of_the_programs_own_sample(shared: Path, database: sqlite3.Connection) -> None:
    sample = shared / "data" / "dna" / "sample.dna"
    if not sample.is_file():
        pytest.skip("not compared with the sample of Discourse Network Analyzer: ../shared/data/dna is not there")
    with closing(sqlite3.connect(f"{sample.as_uri()}?mode=ro&immutable=1", uri=True)) as theirs:
        assert _tables(database).keys() == _tables(theirs).keys() == TABLES.keys()
        for name in TABLES:
            assert _shape(database, name) == _shape(theirs, name), name
        for pragma in ("encoding", "user_version", "application_id", "journal_mode"):
            assert database.execute(f"PRAGMA {pragma}").fetchone() == theirs.execute(f"PRAGMA {pragma}").fetchone()
        coded = "SELECT Label, Red, Green, Blue FROM STATEMENTTYPES WHERE Label IN ('DNA Statement', 'Annotation')"
        assert database.execute(coded).fetchall() == theirs.execute(coded).fetchall()
        named = """
            SELECT Variable, DataType FROM VARIABLES v JOIN STATEMENTTYPES t ON t.ID = v.StatementTypeId
            WHERE Label IN ('DNA Statement', 'Annotation') AND Variable <> 'winset' ORDER BY v.ID
        """
        assert database.execute(named).fetchall() == theirs.execute(named).fetchall()
        for (kept,) in theirs.execute("SELECT Password FROM CODERS"):
            assert digest("sample", base64.b64decode(kept)[:16]) == kept


def _tables(database: sqlite3.Connection) -> dict[str, str]:
    return dict(database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))


def _shape(database: sqlite3.Connection, table: str) -> tuple[Any, ...]:
    """Columns with kinds and defaults, what refers to what, what is unique, what is checked."""
    unique = {
        tuple(column for *_, column in database.execute(f"PRAGMA index_info({index})"))
        for _, index, is_unique, *_ in database.execute(f"PRAGMA index_list({table})")
        if is_unique
    }
    references = {row[2:] for row in database.execute(f"PRAGMA foreign_key_list({table})")}
    sql = re.sub(r"\s", "", _tables(database)[table])
    checks = sorted(re.findall(r"CHECK\(((?:[^()]|\([^()]*\))*)\)", sql))
    return database.execute(f"PRAGMA table_info({table})").fetchall(), references, unique, checks


def test_a_study_is_sound(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    settings = dict(database.execute("SELECT Property, Value FROM SETTINGS"))
    assert (settings["version"], settings["date"]) == ("3.0.7", "2022-06-10")


def test_coders_have_names_colours_and_the_password(database: sqlite3.Connection) -> None:
    rows = database.execute("SELECT ID, Name, Red, Green, Blue, Password FROM CODERS ORDER BY ID").fetchall()
    assert [row[1] for row in rows] == ["Admin", "winset", "Ada"]
    assert len({row[2:5] for row in rows}) == 3
    for row in rows:
        kept = base64.b64decode(row[5])
        assert len(kept) == 48
        assert digest(PASSWORD, kept[:16]) == row[5]
    assert database.execute("SELECT count(*) FROM CODERRELATIONS").fetchone() == (6,)


def test_a_password_may_be_chosen(tmp_path: Path) -> None:
    path = tmp_path / "own.dna"
    write_dna(PROJECT, path, password="pas\N{COMBINING ACUTE ACCENT}")
    with closing(sqlite3.connect(path)) as opened:
        (kept,) = opened.execute("SELECT Password FROM CODERS WHERE Name = 'Admin'").fetchone()
    assert digest("paś", base64.b64decode(kept)[:16]) == kept


def test_who_said_what_for_or_against(database: sqlite3.Connection) -> None:
    """The rung is the concept; the word of people counts; what takes no side stands apart."""
    rows = database.execute(
        """
        SELECT t.Label, person.Value, organization.Value, concept.Value, b.Value, c.Name
        FROM STATEMENTS s JOIN STATEMENTTYPES t ON t.ID = s.StatementTypeId JOIN CODERS c ON c.ID = s.Coder
        JOIN DATASHORTTEXT p ON p.StatementId = s.ID AND p.VariableId IN (1, 7)
        JOIN ENTITIES person ON person.ID = p.Entity
        JOIN DATASHORTTEXT o ON o.StatementId = s.ID AND o.VariableId IN (2, 8)
        JOIN ENTITIES organization ON organization.ID = o.Entity
        JOIN DATASHORTTEXT k ON k.StatementId = s.ID AND k.VariableId IN (3, 9)
        JOIN ENTITIES concept ON concept.ID = k.Entity
        LEFT JOIN DATABOOLEAN b ON b.StatementId = s.ID ORDER BY s.ID
        """
    ).fetchall()
    assert rows == [
        ("Statement that takes no side", "", "", "Widen the quay", None, "winset"),
        ("DNA Statement", "Ida Holm", "Guild", "Widen the quay", 1, "winset"),
        ("DNA Statement", "Per Lund", "Port", "a jetty", 0, "Ada"),
    ]


def test_offsets_count_code_units_as_java_does(database: sqlite3.Connection) -> None:
    (text,) = database.execute("SELECT Text FROM DOCUMENTS").fetchone()
    units = text.encode("utf-16-le")
    words = [
        units[2 * start : 2 * stop].decode("utf-16-le")
        for start, stop in database.execute("SELECT Start, Stop FROM STATEMENTS ORDER BY ID")
    ]
    assert words == ["Harbour news", "the quay must be wider", "see a jetty"]
    assert database.execute("SELECT min(Start) FROM STATEMENTS").fetchone() == (3,)  # a fish and a blank


def test_every_statement_has_a_row_for_each_variable_of_its_type(database: sqlite3.Connection) -> None:
    """The program changes the rows that are there, and adds none."""
    values = " UNION ALL ".join(
        f"SELECT StatementId, VariableId FROM {table}"  # noqa: S608 - our own names
        for table in ("DATASHORTTEXT", "DATALONGTEXT", "DATABOOLEAN", "DATAINTEGER")
    )
    lacking = database.execute(
        f"""
        SELECT s.ID, v.Variable FROM STATEMENTS s JOIN VARIABLES v ON v.StatementTypeId = s.StatementTypeId
        EXCEPT SELECT d.StatementId, v.Variable FROM ({values}) d JOIN VARIABLES v ON v.ID = d.VariableId
        """  # noqa: S608
    ).fetchall()
    assert lacking == []
    (bare,) = database.execute(
        """
        SELECT count(*) FROM ENTITIES e JOIN ATTRIBUTEVARIABLES a ON a.VariableId = e.VariableId
        WHERE NOT EXISTS (SELECT 1 FROM ATTRIBUTEVALUES v WHERE v.EntityId = e.ID AND v.AttributeVariableId = a.ID)
        """
    ).fetchone()
    assert bare == 0


def test_what_is_known_of_an_organization_is_an_attribute(database: sqlite3.Connection) -> None:
    rows = database.execute(
        """
        SELECT a.AttributeVariable, v.AttributeValue FROM ATTRIBUTEVALUES v
        JOIN ATTRIBUTEVARIABLES a ON a.ID = v.AttributeVariableId JOIN ENTITIES e ON e.ID = v.EntityId
        WHERE e.Value = 'Guild' AND v.AttributeValue <> ''
        """
    ).fetchall()
    assert dict(rows) == {"Type": "member", "Speaks as": "actor", "Registry id": "guild"}


def test_what_is_known_of_a_document_stands_in_its_columns(database: sqlite3.Connection) -> None:
    row = database.execute("SELECT Title, Author, Source, Type, Date, Notes FROM DOCUMENTS").fetchone()
    assert row[:5] == ("Harbour news", "Åsa Lind; Ben Berg", "Harbour Post", "text/plain", 1704153600)
    assert row[5].startswith("https://example.org/news\nwinset: {")


def test_names_that_are_too_long_are_cut_and_stay_apart(tmp_path: Path) -> None:
    names = ["Conference of the Harbour Towns, " * 8 + ending for ending in ("North", "South")]
    assert len({cut(name) for name in names}) == 2
    assert {len(cut(name)) for name in names} == {190}
    said_by = [
        replace(each, identification=replace(each.identification, represents=name))
        for each, name in zip((WIDER, JETTY), names, strict=True)
    ]
    project = replace(PROJECT, documents=(ProjectDocument(document=DOCUMENT, statements=tuple(said_by)),))
    path = tmp_path / "long.dna"
    write_dna(project, path)
    assert read_dna_project(path) == project
    assert [actor.name for actor in read_dna(path).discourse.actors] == sorted(map(cut, names))


def test_a_study_of_ours_makes_a_network(written: Path) -> None:
    found = read_dna(written).discourse
    assert [(each.actor_id, each.concept, each.level) for each in found.referrals] == [
        ("Guild", "Widen the quay", 1.0),
        ("Port", "a jetty", -1.0),
    ]


def test_a_study_takes_its_place_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "kept.dna"
    path.write_bytes(b"what stood there")

    def breaks() -> Iterator[ProjectDocument]:
        yield from PROJECT.documents
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_dna(Project(documents=breaks()), path)
    assert path.read_bytes() == b"what stood there"
    assert [each.name for each in tmp_path.iterdir()] == ["kept.dna"]
    write_dna(PROJECT, path)
    assert [each.name for each in tmp_path.iterdir()] == ["kept.dna"]
    with pytest.raises(CannotWrite, match="nowhere"):
        write_dna(PROJECT, tmp_path / "nowhere" / "a.dna")
    with pytest.raises(CannotWrite):
        write_dna(PROJECT, tmp_path)
