"""A damaged case is made whole: what is damaged is named, what can be saved is saved, what is lost is told."""

from __future__ import annotations

import contextlib
import random
import sqlite3
from pathlib import Path

import pytest
from tests.store.kept_with_people import AT, DOCUMENTS, again, altered, held, made
from tests.store.test_case_store import SPEC, coding

from winset.errors import BadBackup, BadCase, CaseExists, DamagedCase, NoCase, WinsetError
from winset.store.backing_up import back_up
from winset.store.case_store import CaseStore
from winset.store.examination import examined
from winset.store.recovering import Recovery, recover

PAGE = 4096
RANDOM_DAMAGES = 6


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sound")
    made(folder / "sound.winset")
    back_up(folder / "sound.winset", folder / "sound.backup", created_at=AT)
    return folder


@pytest.fixture
def case(sound: Path, tmp_path: Path) -> Path:
    path = tmp_path / "case.winset"
    path.write_bytes((sound / "sound.winset").read_bytes())
    return path


def recovered(case: Path, backup: Path | None = None) -> tuple[Recovery, Path]:
    """The new case is always whole, and the old one as it was."""
    new, before = case.with_name("new.winset"), case.read_bytes()
    found = recover(case, new, backup=backup, coder=again, at=AT)
    assert case.read_bytes() == before
    inside = examined(new)
    assert (inside.broken, inside.unsealed) == ((), ())
    assert inside.inside is not None
    assert (inside.inside.wrong, inside.inside.unlike) == ((), ())
    assert [each.name for each in case.parent.glob(".*")] == []
    return found, new


def test_a_case_that_is_whole_stays_what_it_is(sound: Path, case: Path) -> None:
    found, new = recovered(case)
    assert (found.damaged, found.lost, found.unverified) == ((), [], 0)
    assert held(new) == held(case)


@pytest.mark.parametrize(
    ("table", "column", "old", "new"),
    [
        ("document", "text", "far too deep", "fav too deep"),
        ("ruling", "why", "plain", "pmain"),
        ("effect", "after", "first", "fhrst"),
        ("statement", "form", "mixed", "mixee"),
        ("case", "proposal", "Dredge", "Drefge"),
    ],
)
def test_a_flipped_bit_is_turned_back_without_a_backup(case: Path, table: str, column: str, old: str, new: str) -> None:
    before = held(case)
    altered(case, f"UPDATE \"{table}\" SET {column} = replace({column}, '{old}', '{new}') WHERE rowid = 1")  # noqa: S608
    assert held(case) != before
    found, whole = recovered(case)
    assert (found.mended, found.lost, found.unverified) == (1, [], 0)
    assert any(each.table == table for each in found.damaged)
    assert held(whole) == before


def test_what_no_bit_explains_comes_from_the_backup(sound: Path, case: Path) -> None:
    before = held(case)
    altered(
        case,
        "UPDATE document SET text = 'Nothing of it.' WHERE rank = 2",
        "DELETE FROM take",
        "DELETE FROM effect WHERE rank > 2",
        "UPDATE judgement SET object = 'FRA'",
        "DELETE FROM seat",
    )
    found, whole = recovered(case, sound / "sound.backup")
    assert found.from_backup > 5
    assert (found.lost, found.lost_documents, found.lost_codes) == ([], [], [])
    assert held(whole) == before


def test_what_the_machine_coded_is_coded_again(case: Path) -> None:
    before = held(case)
    altered(
        case,
        "UPDATE identification SET role = 'mayor', score = 0.123 WHERE rank = 2",
        "DELETE FROM stance",
        "DELETE FROM run",
    )
    found, whole = recovered(case)
    assert set(found.coded_again) == {each.name for each in DOCUMENTS}
    assert found.lost == []
    assert held(whole) == before


def test_a_text_that_is_lost_is_named_with_what_people_said_of_it(case: Path) -> None:
    altered(case, "UPDATE document SET text = 'Nothing of it.' WHERE rank = 1")
    found, whole = recovered(case)
    assert found.lost_documents == [DOCUMENTS[0].name]
    (code,) = found.lost_codes
    assert (code.statement_id, code.coder) == (coding(DOCUMENTS[0]).statements[0].id, "Ada")
    assert code.value["stance"] == "favour"
    with CaseStore.open(whole) as store:
        assert [each.name for each in store.documents()] == [each.name for each in DOCUMENTS[1:]]
        assert store.add(DOCUMENTS[0], coding(DOCUMENTS[0]), at=AT)  # it can be added again
    assert examined(whole).unsealed == ()


def test_a_trail_that_lost_rows_replays_to_what_the_case_holds(case: Path) -> None:
    before = held(case)
    altered(
        case,
        "DELETE FROM change WHERE number = 2",
        "DELETE FROM effect WHERE rank = (SELECT max(rank) FROM effect)",
        "DELETE FROM effect WHERE rank = 1",
        "DELETE FROM subject WHERE kind = 'codes'",
    )
    found, whole = recovered(case)
    assert [each.table for each in found.lost] == ["change"]  # who made it, and when
    after = held(whole)
    assert {name for name in before if before[name] != after[name]} == {"change"}


def test_codes_that_are_lost_in_part_are_told(case: Path) -> None:
    altered(case, "DELETE FROM ruling WHERE coder = 'Ben'", "UPDATE take SET why = 'otherwise', \"by\" = 'Zoë'")
    found, _ = recovered(case)
    assert [code.coder for code in found.lost_codes] == ["Ben"]
    assert {each.table for each in found.lost} >= {"ruling"}


@pytest.mark.firedrill
@pytest.mark.parametrize("backed_up", [True, False])
def test_whatever_page_is_destroyed_is_made_good_or_told(sound: Path, case: Path, *, backed_up: bool) -> None:
    before, content = held(case), case.read_bytes()
    draw = random.Random(3)  # noqa: S311 - the same on every machine
    pages = draw.sample(range(len(content) // PAGE), RANDOM_DAMAGES)
    for page in [0, *pages]:
        case.write_bytes(content[: page * PAGE] + draw.randbytes(PAGE) + content[(page + 1) * PAGE :])
        try:
            found, whole = recovered(case, sound / "sound.backup" if backed_up else None)
        except DamagedCase as told:
            asked_for = "--from" in str(told)
            assert asked_for and not backed_up  # noqa: PT018 - only some pages cannot be done without
            continue
        same = held(whole) == before
        assert same or found.lost or found.unverified or not backed_up, f"page {page}: {found}"
        assert not backed_up or same or found.unverified, f"page {page}: not made good by the backup: {found.lost}"
        whole.unlink()


def test_a_header_that_is_damaged_hides_nothing(case: Path) -> None:
    before, content = held(case), case.read_bytes()
    for place in (0, 17, 21, 57, 63, 70):
        case.write_bytes(content[:place] + bytes([content[place] ^ 2]) + content[place + 1 :])
        found, whole = recovered(case)
        assert (held(whole), found.lost) == (before, [])
        whole.unlink()


def test_a_layout_whose_words_are_damaged_is_written_again(case: Path) -> None:
    before, content = held(case), case.read_bytes()
    place = content.index(b"CREATE TABLE statement")
    case.write_bytes(content[:place] + b"CREATF TABLE" + content[place + 12 :])
    with pytest.raises(WinsetError):
        CaseStore.open(case).spec()
    found, whole = recovered(case)
    assert (held(whole), found.lost) == (before, [])


def test_without_what_the_case_is_about_a_backup_is_asked_for(sound: Path, case: Path, tmp_path: Path) -> None:
    altered(case, "UPDATE \"case\" SET proposal = 'Something else'")
    with pytest.raises(DamagedCase, match="--from"):
        recovered(case)
    assert not (tmp_path / "new.winset").exists()
    recovered(case, sound / "sound.backup")


def test_a_file_of_which_nothing_is_left_is_its_backup(sound: Path, case: Path) -> None:
    before = held(case)
    case.write_bytes(bytes(len(case.read_bytes())))
    found, whole = recovered(case, sound / "sound.backup")
    assert held(whole) == before
    assert found.damaged


def test_the_backup_of_another_case_is_refused(case: Path, tmp_path: Path) -> None:
    from dataclasses import replace

    other = replace(SPEC, issue=replace(SPEC.issue, proposal="Close the harbour"))
    CaseStore.create(tmp_path / "other.winset", other).close()
    back_up(tmp_path / "other.winset", tmp_path / "other.backup", created_at=AT)
    with pytest.raises(BadBackup, match="another case"):
        recover(case, tmp_path / "new.winset", backup=tmp_path / "other.backup")


def test_places_that_cannot_be_are_told(case: Path, tmp_path: Path) -> None:
    with pytest.raises(CaseExists):
        recover(case, case)
    with pytest.raises(NoCase):
        recover(tmp_path / "nothing.winset", tmp_path / "new.winset")
    with pytest.raises(BadCase, match="winset restore"):
        recover("postgresql://db.example/office#tokyo", tmp_path / "new.winset")


def test_a_transaction_that_was_cut_off_is_undone_first(case: Path) -> None:
    before = held(case)
    with contextlib.closing(sqlite3.connect(case, isolation_level=None)) as writer:
        writer.execute("PRAGMA cache_size = 1")  # so that pages go to the file before the transaction ends
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE document SET text = 'cut off'")
        for number in range(300):
            writer.execute("INSERT INTO rejection (name, reason, kind) VALUES (?, ?, '')", (str(number), "x" * 500))
        found, whole = recovered_while_open(case)
        writer.execute("ROLLBACK")
    assert held(whole) == before
    assert found.lost == []


def recovered_while_open(case: Path) -> tuple[Recovery, Path]:
    new = case.with_name("new.winset")
    return recover(case, new, coder=again, at=AT), new
