"""Study files of Discourse Network Analyzer, made here and, where it is at hand, its own sample."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pytest

from winset.errors import BadCase, Damaged, Missing, NotText, TooLarge, Unreadable
from winset.exchange.dna import is_dna, opening, read_dna
from winset.positions.networks.building import network
from winset.positions.networks.kinds import Duplicates, Kind

SCHEMA = """
CREATE TABLE DOCUMENTS(ID INTEGER PRIMARY KEY, Title TEXT, Text TEXT, Date INTEGER);
CREATE TABLE STATEMENTTYPES(ID INTEGER PRIMARY KEY, Label TEXT);
CREATE TABLE VARIABLES(ID INTEGER PRIMARY KEY, Variable TEXT, DataType TEXT, StatementTypeId INTEGER);
CREATE TABLE ENTITIES(ID INTEGER PRIMARY KEY, VariableId INTEGER, Value);
CREATE TABLE STATEMENTS(ID INTEGER PRIMARY KEY, StatementTypeId INTEGER, DocumentId INTEGER, Start, Stop);
CREATE TABLE DATASHORTTEXT(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Entity INTEGER);
CREATE TABLE DATABOOLEAN(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Value);
CREATE TABLE DATAINTEGER(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Value);
"""
CODING = """
INSERT INTO STATEMENTTYPES VALUES (1, 'Note'), (2, 'Stance');
INSERT INTO VARIABLES VALUES
  (1, 'note', 'long text', 1), (2, 'person', 'short text', 2), (3, 'organization', 'short text', 2),
  (4, 'concept', 'short text', 2), (5, 'agreement', 'boolean', 2), (6, 'intensity', 'integer', 2);
INSERT INTO ENTITIES VALUES
  (1, 3, 'Harbour Board'), (2, 3, 'Fishers'), (3, 3, ''), (4, 4, 'A wider quay'), (5, 4, 'Night ferries'),
  (6, 2, 'Ida Holm'), (7, 2, 'Per Lund');
INSERT INTO DOCUMENTS VALUES
  (1, 'Minutes', 'The 🐟 quay must be wider, says the board. No, say the fishers.', 1704067200);
"""
TEXT = "The 🐟 quay must be wider, says the board. No, say the fishers."
Statement: TypeAlias = tuple[object, object, object, int, int, object]  # start, stop, agreement, actor, concept, scale
MakeStudy: TypeAlias = Callable[..., Path]


@pytest.fixture
def study(tmp_path: Path) -> MakeStudy:
    """Writes a study of these statements, and runs further SQL on it."""

    def write(*statements: Statement, sql: str = "", name: str = "study.dna") -> Path:
        path = tmp_path / name
        with closing(sqlite3.connect(path)) as database:
            database.executescript(SCHEMA + CODING)
            for id, (start, stop, agreement, actor, concept, scale) in enumerate(statements, start=1):
                database.execute("INSERT INTO STATEMENTS VALUES (?, 2, 1, ?, ?)", (id, start, stop))
                for variable, entity in ((3, actor), (4, concept), (2, actor + 5)):
                    database.execute(
                        "INSERT INTO DATASHORTTEXT (StatementId, VariableId, Entity) VALUES (?, ?, ?)",
                        (id, variable, entity),
                    )
                database.execute(
                    "INSERT INTO DATABOOLEAN (StatementId, VariableId, Value) VALUES (?, 5, ?)", (id, agreement)
                )
                database.execute(
                    "INSERT INTO DATAINTEGER (StatementId, VariableId, Value) VALUES (?, 6, ?)", (id, scale)
                )
            database.executescript(sql)
            database.commit()
        return path

    return write


FOR, AGAINST = (0, 27, 1, 1, 4, 5), (43, 62, 0, 2, 4, -5)


def test_statements_are_read_with_their_exact_words(study: MakeStudy) -> None:
    found = read_dna(study(FOR, AGAINST))
    first, second = found.discourse.referrals
    assert [str(part) for part in (first.actor_id, first.concept, first.on)] == [
        "Harbour Board",
        "A wider quay",
        "2024-01-01",
    ]
    assert (first.level, second.level) == (1, -1)
    assert first.words == TEXT[:26]  # 27 code units: a fish is two of them
    assert [str(second.actor_id), second.words] == ["Fishers", TEXT[42:61]]
    assert [actor.name for actor in found.discourse.actors] == ["Fishers", "Harbour Board"]
    assert (found.documents, found.rejected) == (1, ())


def test_the_actors_are_those_of_the_variable_asked_for(study: MakeStudy) -> None:
    found = read_dna(study(FOR, AGAINST), actor="person").discourse
    assert [actor.name for actor in found.actors] == ["Ida Holm", "Per Lund"]


def test_agreement_may_be_an_integer_on_the_scale_that_occurs(study: MakeStudy) -> None:
    found = read_dna(study(FOR, AGAINST, (0, 3, 1, 2, 4, 0)), agreement="intensity").discourse
    assert found.scale == (-5.0, 5.0)
    assert network(found, duplicates=Duplicates.INCLUDE).weights[0, 1] == pytest.approx(0.5)
    alone = read_dna(study(FOR, name="alone.dna"), agreement="intensity").discourse
    assert alone.scale == (5.0, 6.0)


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ((0, 27, 1, 3, 4, 0), "names no organization"),
        ((0, 27, 1, 1, 99, 0), "names no concept"),
        ((0, 27, None, 1, 4, 0), "agreement is None"),
        ((0, 27, 7, 1, 4, 0), "agreement is 7: allowed is 0 or 1"),
        ((0, 27, "yes", 1, 4, 0), "agreement is 'yes'"),
        ((5, 5, 1, 1, 4, 0), "stands from 5 to 5"),
        ((-1, 5, 1, 1, 4, 0), "stands from -1 to 5"),
        ((0, 9999, 1, 1, 4, 0), "of a text of 63 characters"),
        (("a", 5, 1, 1, 4, 0), "stands from 'a' to 5"),
    ],
)
def test_a_statement_that_cannot_be_used_is_told_and_the_others_kept(
    study: MakeStudy, statement: Statement, reason: str
) -> None:
    found = read_dna(study(FOR, statement))
    assert len(found.discourse.referrals) == 1
    (rejected,) = found.rejected
    assert reason in rejected.reason
    assert rejected.name == "study.dna: statement 2 in 'Minutes'"


@pytest.mark.parametrize("date", ["NULL", "'yesterday'", "9e18", str(2**62)])
def test_a_date_that_is_none_leaves_the_statement_without(study: MakeStudy, date: str) -> None:
    found = read_dna(study(FOR, sql=f"UPDATE DOCUMENTS SET Date = {date};"))  # noqa: S608 - our own values
    assert found.discourse.referrals[0].on is None


def test_variables_that_are_not_there_are_named_beside_those_that_are(study: MakeStudy) -> None:
    path = study(FOR)
    with pytest.raises(BadCase, match=r"'speaker'.*note; person, organization, concept, agreement, intensity"):
        read_dna(path, actor="speaker")
    with pytest.raises(BadCase, match="true or false, or integer"):
        read_dna(path, agreement="person")


def test_what_is_no_study_is_refused_in_one_line(tmp_path: Path, study: MakeStudy) -> None:
    refused: list[tuple[type[Unreadable], Path]] = [(Missing, tmp_path / "none.dna")]
    text = tmp_path / "text.dna"
    text.write_text("no database", encoding="utf-8")
    refused.append((NotText, text))
    other = tmp_path / "other.dna"
    with closing(sqlite3.connect(other)) as database:
        database.execute("CREATE TABLE things(id)")
        database.commit()
    refused.append((NotText, other))
    torn = tmp_path / "torn.dna"
    torn.write_bytes(study(FOR).read_bytes()[:5000])
    refused.append((Damaged, torn))
    for error, path in refused:
        with pytest.raises(error) as told:
            read_dna(path)
        assert "\n" not in str(told.value)
        assert path.name in str(told.value)


def test_views_and_virtual_tables_are_no_tables(study: MakeStudy) -> None:
    endless = """
    DROP TABLE ENTITIES;
    CREATE VIEW ENTITIES AS WITH RECURSIVE n(ID) AS (SELECT 1 UNION ALL SELECT ID + 1 FROM n)
      SELECT ID, 3 AS VariableId, 'x' AS Value FROM n;
    """
    with pytest.raises(NotText, match="no table ENTITIES"):
        read_dna(study(FOR, sql=endless))


def test_a_study_that_takes_for_ever_is_given_up(study: MakeStudy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "PATIENCE", 1)
    monkeypatch.setattr(opening, "STEPS", 10)
    with pytest.raises(TooLarge, match="takes too long"):
        read_dna(study(*[FOR] * 50))


def test_sizes_are_limited(study: MakeStudy, monkeypatch: pytest.MonkeyPatch) -> None:
    path = study(FOR, AGAINST)
    monkeypatch.setattr(opening, "MOST_STATEMENTS", 1)
    with pytest.raises(TooLarge, match="more than 1 statements"):
        read_dna(path)
    monkeypatch.setattr(opening, "LARGEST", 10)
    with pytest.raises(TooLarge, match="at most 10"):
        read_dna(path)


def test_a_value_longer_than_any_book_is_refused(study: MakeStudy, monkeypatch: pytest.MonkeyPatch) -> None:
    path = study(FOR, sql="UPDATE DOCUMENTS SET Text = hex(zeroblob(100000));")
    monkeypatch.setattr(opening, "LONGEST", 50_000)
    with pytest.raises(Damaged):
        read_dna(path)


def test_reading_changes_nothing_and_leaves_nothing_behind(study: MakeStudy, tmp_path: Path) -> None:
    path = study(FOR)
    before = path.read_bytes()
    path.chmod(0o444)
    read_dna(path)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["study.dna"]


def test_a_study_is_known_by_its_name() -> None:
    assert is_dna("a/B.DNA")
    assert not is_dna("https://example.org/a.dna")
    assert not is_dna("a.winset")


@pytest.fixture(scope="module")
def sample(shared: Path) -> Path:
    """The folder of the program's own sample; says so where it is not there."""
    folder = shared / "data" / "dna"
    if not folder.is_dir():
        pytest.skip("the sample of Discourse Network Analyzer was not read: ../shared/data/dna is not there")
    return folder


def test_who_said_what_how_often_in_the_sample(sample: Path) -> None:
    told = [json.loads(line) for line in (sample / "actor_issue.jsonl").read_text(encoding="utf-8").splitlines()]
    for variable in ("organization", "person"):
        expected: dict[tuple[str, str], list[float]] = {}
        for row in told:
            counted = expected.setdefault((row[variable], row["concept"]), [0, 0])
            counted[0] += row["n"]
            counted[1] += row["n"] * row["agreement_share"]
        found: dict[tuple[str, str], list[float]] = {}
        for each in read_dna(sample / "sample.dna", actor=variable).discourse.referrals:
            counted = found.setdefault((each.actor_id, each.concept), [0, 0])
            counted[0] += 1
            counted[1] += each.level > 0
        assert found == expected


def test_the_words_of_the_sample_are_those_of_its_export(sample: Path) -> None:
    told = [json.loads(line) for line in (sample / "statements.jsonl").read_text(encoding="utf-8").splitlines()]
    expected = {str(row["statement_id"]): row["text"] for row in told if row.get("concept")}
    study = read_dna(sample / "sample.dna")
    assert {each.statement_id: each.words for each in study.discourse.referrals} == expected
    assert study.rejected == ()


# By hand, organisations in order of their names, each stance of each once. What each is for (+) and against (-), the
# concepts in order of their names: 1: +c +e +f; 2: -a +e -e; 3: -a +f; 4: -a -f; 5: -a -e +f; 6: +a +c +d +e +f;
# 7: +a +b +c +d +e. A cell counts what both are for or both against, or what one is for and the other against.
AGREEING = [
    [0, 1, 1, 0, 1, 3, 2],
    [1, 0, 1, 1, 2, 1, 1],
    [1, 1, 0, 1, 2, 1, 0],
    [0, 1, 1, 0, 1, 0, 0],
    [1, 2, 2, 1, 0, 1, 0],
    [3, 1, 1, 0, 1, 0, 4],
    [2, 1, 0, 0, 0, 4, 0],
]
CONTRADICTING = [
    [0, 1, 0, 1, 1, 0, 0],
    [1, 0, 0, 0, 1, 2, 2],
    [0, 0, 0, 1, 0, 1, 1],
    [1, 0, 1, 0, 1, 2, 1],
    [1, 1, 0, 1, 0, 2, 2],
    [0, 2, 1, 2, 2, 0, 0],
    [0, 2, 1, 1, 2, 0, 0],
]


def test_networks_of_the_sample_are_those_made_by_hand(sample: Path) -> None:
    said = read_dna(sample / "sample.dna").discourse
    made = {kind: network(said, kind=kind, duplicates=Duplicates.RANGE).weights for kind in Kind}
    np.testing.assert_array_equal(made[Kind.CONGRUENCE], AGREEING)
    np.testing.assert_array_equal(made[Kind.CONFLICT], CONTRADICTING)
    np.testing.assert_array_equal(made[Kind.SUBTRACT], np.subtract(AGREEING, CONTRADICTING))
    np.testing.assert_array_equal(made[Kind.TWO_MODE][1], [-1, 0, 0, 0, 0, 0])  # for and against the fifth alike
