"""Every row that winset writes is sealed, and what changed since then is found and named."""

from __future__ import annotations

import contextlib
import random
import sqlite3
from pathlib import Path

import pytest
from tests.firedrill.running import FULL
from tests.store.kept_with_people import AT, altered, held, made
from tests.store.test_case_store import coding, document

from winset.store import seals
from winset.store.case_store import CaseStore
from winset.store.damage import damages
from winset.store.examination import examined

FLIPS = 1_000 if FULL else 150


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sealed") / "sound.winset"
    made(path)
    return path


@pytest.fixture
def case(sound: Path, tmp_path: Path) -> Path:
    path = tmp_path / "case.winset"
    path.write_bytes(sound.read_bytes())
    return path


def told(path: Path) -> list[str]:
    return [str(each) for each in damages(path)]


def test_whatever_wrote_a_row_it_is_sealed_and_nothing_else_is(case: Path) -> None:
    assert told(case) == []
    with contextlib.closing(sqlite3.connect(case)) as connection:
        rows = {table.name: len(held(case).get(table.name, ())) for table in seals.sealed(connection)}
        assert {"document", "statement", "effect", "ruling", "judgement", "seat", "case"} <= {*filter(rows.get, rows)}
        kept = dict(connection.execute('SELECT "of", count(*) FROM seal WHERE "of" != 0 GROUP BY "of"'))
        assert kept == {table.number: rows[table.name] for table in seals.sealed(connection) if rows[table.name]}
        numbers = [table.number for table in seals.sealed(connection)]
        assert len(set(numbers)) == len(numbers)


def test_a_row_that_is_altered_or_taken_away_by_winset_is_not_damage(case: Path) -> None:
    with CaseStore.open(case) as store:
        readable = document("South opposes the channel, it says.", "scan.pdf")
        store.add(readable, coding(readable), at=AT)  # takes the rejection away
    assert told(case) == []


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        ("UPDATE identification SET score = score + 0.001 WHERE rank = 2", "identification row 2 (second.txt): is not"),
        ("UPDATE statement SET hedged = 0 WHERE rank = 3", "statement row 3 (third.txt): is not as it was kept"),
        ("UPDATE document SET text = replace(text, 'far', 'not') WHERE rank = 1", "document row 1 (first.txt): is not"),
        ("UPDATE effect SET after = NULL WHERE rank = 1", "effect row 1 (first.txt): is not as it was kept"),
        ("DELETE FROM ruling WHERE rank = 2", "ruling row 2: a row is gone"),
        ("DELETE FROM subject WHERE kind = 'statement'", "subject: a row is gone"),
        ("INSERT INTO left_out SELECT id FROM statement WHERE rank = 1", "(first.txt): came in without winset"),
        ("DELETE FROM seal WHERE digest = (SELECT max(digest) FROM seal)", ""),
        ("UPDATE seal SET digest = digest + 1 WHERE digest = (SELECT max(digest) FROM seal)", ""),
        ("DELETE FROM full_text_data WHERE id = (SELECT max(id) FROM full_text_data)", ""),
        ("INSERT INTO full_text (rowid, words) VALUES (99, 'channel')", "the index of words is not that of the texts"),
        ("UPDATE alembic_version SET version_num = '0007'", "says schema"),
        ("DROP INDEX ix_ruling_take", "is gone"),
    ],
)
def test_what_another_program_changes_is_named(case: Path, statement: str, line: str) -> None:
    altered(case, statement)
    found = told(case)
    assert found
    assert any(line in each for each in found), found


@pytest.mark.firedrill
def test_a_flipped_bit_is_found_wherever_it_changes_what_is_kept(sound: Path, tmp_path: Path) -> None:
    content, before = sound.read_bytes(), held(sound)
    draw, path = random.Random(1), tmp_path / "flipped.winset"  # noqa: S311 - the same on every machine
    changed = 0
    for _ in range(FLIPS):
        flipped = bytearray(content)
        place = draw.randrange(len(content) * 8)
        flipped[place // 8] ^= 1 << place % 8
        path.write_bytes(flipped)
        try:
            same = held(path) == before
        except (sqlite3.Error, UnicodeError):
            same = False
        if not same:
            changed += 1
            assert told(path) or broken(path), f"bit {place}: not found"
    assert changed > FLIPS // 30


def broken(path: Path) -> bool:
    try:
        with contextlib.closing(sqlite3.connect(path)) as connection:
            return bool(connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",))
    except (sqlite3.Error, UnicodeError):
        return True


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ((3, "Oslo said “no”.\n", None, 0.25), (3, "Oslo sahd “no”.\n", None, 0.25)),
        ((3, "Oslo said “no”.\n", None, 0.25), (3, "Oslo said “no”.\n", None, 0.375)),
        ((3, "Oslo said “no”.\n", None, 0.25), (3 + 2**40, "Oslo said “no”.\n", None, 0.25)),
        ((3, b"\x00\x01\xff"), (3, b"\x00\x01\x7f")),
        ((3, 'a "quoted" \\ word\x01'), (3, 'a bquoted" \\ word\x01')),
    ],
)
def test_one_flipped_bit_is_turned_back(row: tuple[object, ...], wrong: tuple[object, ...]) -> None:
    assert seals.mended(wrong, seals.digest(*row)) == row


def test_what_no_single_bit_explains_is_not_guessed() -> None:
    assert seals.mended((3, "Bern agrees."), seals.digest(3, "Oslo agrees.")) is None


def test_a_case_from_before_there_were_seals_is_sealed_as_it_is_brought_up(case: Path) -> None:
    altered(case, "DROP TABLE seal", "UPDATE alembic_version SET version_num = '0012'", "PRAGMA user_version = 12")
    assert told(case) == []
    CaseStore.open(case).close()
    assert told(case) == []
    altered(case, "UPDATE stance SET direction = 1 WHERE rank = 1")
    assert told(case) == ["stance row 1 (first.txt): is not as it was kept"]


def test_the_examination_of_a_case_tells_of_rows_that_are_not_as_they_were_kept(case: Path) -> None:
    altered(case, "UPDATE stance SET direction = 1 WHERE rank = 1")
    found = examined(case)
    assert found.unsealed == ("stance row 1 (first.txt): is not as it was kept",)
    assert found.inside is not None
    assert not found.inside.wrong
