"""A backup holds the case as it was at one moment, and what is put back is that case."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import sqlite3
import tempfile
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.store.kept_with_people import AT, DOCUMENTS, altered, held, made
from tests.store.test_case_store import SPEC, coding, document

from winset.errors import BadBackup, CannotWrite, CaseExists, DamagedCase, LockedCase, NotACase
from winset.store import backing_up, copying
from winset.store.addresses import CaseAddress, Place
from winset.store.backing_up import CASE, MANIFEST, back_up, restore
from winset.store.case_store import CaseStore
from winset.store.databases import Database
from winset.store.desk import replayed
from winset.store.examination import examined


@pytest.fixture
def kept(place: Place) -> Place:
    made(place)
    return place


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    case, path = tmp_path / "kept.winset", tmp_path / "kept.backup"
    made(case)
    back_up(case, path, created_at=AT)
    return path


def values(place: Place | Path) -> tuple[object, ...]:
    """What a case holds, as values, wherever it is kept."""
    with CaseStore.open(place) as store:
        assert replayed(store) == ()
        people = (store.judgements(), store.takes(), store.rulings(), store.registries(), store.rejected())
        return (store.spec(), store.documents(), store.codings(), store.runs(), *people)


@pytest.mark.firedrill
@pytest.mark.parametrize("to", ["file", "server"])
def test_a_case_kept_anywhere_is_put_back_anywhere(
    kept: Place, to: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    path = tmp_path / "tokyo.backup"
    manifest = back_up(kept, path, created_at=AT)
    assert (manifest.documents, manifest.statements, manifest.proposal) == (4, 4, SPEC.issue.proposal)
    if to == "file":
        new: Place = tmp_path / "back.winset"
    else:
        address = request.getfixturevalue("served")
        new = CaseAddress.read(f"{address}-back") if isinstance(kept, CaseAddress) else CaseAddress.read(address)
    try:
        assert restore(path, new) == manifest
        assert values(new) == values(kept)
        assert examined(new).unsealed == ()
        with CaseStore.open(new) as store:  # it goes on where it was
            more = document("Further words on the channel.", "more.txt")
            assert store.add(more, coding(more), by="Ada", at=AT)
            assert replayed(store) == ()
    finally:
        if isinstance(new, CaseAddress) and isinstance(kept, CaseAddress):
            dropped(new)


def dropped(case: CaseAddress) -> None:
    import psycopg

    with psycopg.connect(case.server.url, autocommit=True) as connection:
        connection.execute(f'DROP SCHEMA "{case.schema}" CASCADE'.encode())


def test_a_case_put_back_into_a_file_is_the_same_to_the_last_row(backup: Path, tmp_path: Path) -> None:
    restore(backup, tmp_path / "back.winset")
    assert held(tmp_path / "back.winset") == held(tmp_path / "kept.winset")


def test_a_backup_says_what_is_in_it_and_names_no_password(served: str, tmp_path: Path) -> None:
    address = CaseAddress.read(served)
    made(address)
    back_up(served, tmp_path / "a.backup", created_at=AT)
    with zipfile.ZipFile(tmp_path / "a.backup") as packed:
        told = json.loads(packed.read(MANIFEST))
    assert told["place"] == str(address)
    assert told["rows"]["document"] == len(DOCUMENTS)
    assert told["created_at"] == AT


def test_nothing_is_put_over_a_case_unless_told(backup: Path, place: Place) -> None:
    CaseStore.create(place, SPEC).close()
    with pytest.raises(CaseExists, match="--replace"):
        restore(backup, place)
    with CaseStore.open(place) as store:
        assert store.counts()["document"] == 0
    restore(backup, place, replace=True)
    with CaseStore.open(place) as store:
        assert store.counts()["document"] == len(DOCUMENTS)


def test_who_has_the_replaced_case_open_sees_the_other_from_then_on(backup: Path, tmp_path: Path) -> None:
    path = tmp_path / "open.winset"
    with CaseStore.create(path, SPEC) as store:
        store.database.serve()
        assert store.counts()["document"] == 0
        restore(backup, path, replace=True)
        assert store.counts()["document"] == len(DOCUMENTS)
        more = document("Further words on the channel.", "more.txt")
        assert store.add(more, coding(more), at=AT)
    assert examined(path).unsealed == ()


def test_a_case_that_somebody_writes_to_is_not_replaced(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("winset.store.files.PATIENCE", 0.1)
    path = tmp_path / "busy.winset"
    CaseStore.create(path, SPEC).close()
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LockedCase):
            restore(backup, path, replace=True)
        other.execute("ROLLBACK")
    with CaseStore.open(path) as store:
        assert store.counts()["document"] == 0


@pytest.mark.parametrize("copied", [backing_up.copy_of, copying.copy])
def test_a_case_that_somebody_holds_is_not_waited_for_for_ever(
    copied: Callable[[Database, Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("winset.store.files.PATIENCE", 0.1)
    path = tmp_path / "busy.winset"
    with (
        CaseStore.create(path, SPEC) as store,
        contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LockedCase, match=r"busy\.winset: another process is writing to it: try again"):
            copied(store.database, tmp_path / "copy.winset")
        other.execute("ROLLBACK")
        (tmp_path / "copy.winset").unlink(missing_ok=True)
        copied(store.database, tmp_path / "copy.winset")
    assert held(tmp_path / "copy.winset") == held(path)


@pytest.mark.firedrill
@pytest.mark.parametrize("step", [backing_up.PAGES, 1])
def test_a_backup_made_while_others_write_is_of_one_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    monkeypatch.setattr(backing_up, "PAGES", step)
    path, told, ended = tmp_path / "busy.winset", list[str](), threading.Event()
    made(path)

    def write() -> None:
        with CaseStore.open(path) as store:
            for number in range(10_000):
                if ended.is_set():
                    return
                each = document(
                    f"Harbour letter {number} says that the channel is too deep. Nobody agrees.", str(number)
                )
                with contextlib.suppress(LockedCase):
                    store.add(each, coding(each), by="Ada", at=AT)
                    told.append(each.name)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            before = len(told)
            back_up(path, tmp_path / f"{number}.backup", created_at=AT)  # looks through it, the trail too
            after = len(told)
            restore(tmp_path / f"{number}.backup", tmp_path / f"{number}.winset")
            with CaseStore.open(tmp_path / f"{number}.winset") as store:
                names = {each.name for each in store.documents()} - {each.name for each in DOCUMENTS}
            assert set(told[:before]) <= names
            assert len(names) <= after + 1
    finally:
        ended.set()
        writer.join()


def test_a_damaged_case_is_not_backed_up(backup: Path, tmp_path: Path) -> None:
    altered(tmp_path / "kept.winset", "UPDATE stance SET direction = 1 WHERE rank = 1")
    with pytest.raises(DamagedCase, match=r"first\.txt"):
        back_up(tmp_path / "kept.winset", tmp_path / "other.backup", created_at=AT)
    assert backup.exists()


@pytest.mark.firedrill
@pytest.mark.parametrize("place", [100, -400, 0.5], ids=["begin", "end", "middle"])
def test_a_damaged_backup_is_refused_in_one_line_and_nothing_is_put_back(
    backup: Path, tmp_path: Path, place: float
) -> None:
    content = bytearray(backup.read_bytes())
    content[int(place * len(content)) if isinstance(place, float) else place] ^= 4
    backup.write_bytes(content)
    with pytest.raises(BadBackup) as told:
        restore(backup, tmp_path / "back.winset")
    assert "\n" not in str(told.value)
    assert not (tmp_path / "back.winset").exists()


def test_what_is_no_backup_is_refused(backup: Path, tmp_path: Path) -> None:
    new = tmp_path / "back.winset"
    with pytest.raises(BadBackup, match="nothing there"):
        restore(tmp_path / "nothing.backup", new)
    backup.write_bytes(backup.read_bytes()[:3000])
    with pytest.raises(BadBackup, match="no backup"):
        restore(backup, new)
    with zipfile.ZipFile(backup, "w") as packed:
        packed.writestr(MANIFEST, '{"format": "winset-backup/9"}')
    with pytest.raises(BadBackup, match="update"):
        restore(backup, new)
    assert not new.exists()


@pytest.mark.parametrize(
    "odd",
    [{"size": "1"}, {"size": None}, {"size": True}, {"rows": {"document": "9"}}, {"rows": []}, {"sha256": 5}, {"x": 1}],
    ids=str,
)
def test_a_manifest_of_other_values_is_refused(backup: Path, tmp_path: Path, odd: dict[str, object]) -> None:
    with zipfile.ZipFile(backup) as packed:
        told, case = json.loads(packed.read(MANIFEST)), packed.read(CASE)
    with zipfile.ZipFile(backup, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(MANIFEST, json.dumps({**told, **odd}))
        packed.writestr(CASE, case)
    with pytest.raises(BadBackup, match="no backup of winset's, or damaged") as refused:
        restore(backup, tmp_path / "back.winset")
    assert "\n" not in str(refused.value)
    assert not (tmp_path / "back.winset").exists()


@pytest.mark.parametrize("packing", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
@pytest.mark.parametrize("part", [MANIFEST, CASE])
def test_what_winset_never_packs_so_is_not_unpacked(backup: Path, tmp_path: Path, packing: int, part: str) -> None:
    with zipfile.ZipFile(backup) as packed:
        content = {name: packed.read(name) for name in (MANIFEST, CASE)}
    with zipfile.ZipFile(backup, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, held in content.items():
            packed.writestr(name, held, compress_type=packing if name == part else None)
    with pytest.raises(BadBackup, match="packed as winset never packs"):
        restore(backup, tmp_path / "back.winset")


def test_a_folder_without_room_is_told_and_is_no_fault_of_the_backup(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> str:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(tempfile, "mkdtemp", full)
    with pytest.raises(CannotWrite, match="No space left"):
        restore(backup, tmp_path / "back.winset")


def test_a_backup_that_unfolds_to_more_than_it_says_is_refused(backup: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(backup) as packed:
        told = json.loads(packed.read(MANIFEST))
    with zipfile.ZipFile(backup, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(MANIFEST, json.dumps({**told, "size": 1000}))
        packed.writestr(CASE, bytes(50_000_000))
    with pytest.raises(BadBackup, match="manifest"):
        restore(backup, tmp_path / "back.winset")
    assert not list(tmp_path.glob(".winset-*"))


def test_a_case_of_an_older_winset_in_a_backup_is_brought_up(backup: Path, tmp_path: Path) -> None:
    old, path = tmp_path / "kept.winset", tmp_path / "old.backup"
    altered(old, "DROP TABLE seal", "UPDATE alembic_version SET version_num = '0012'", "PRAGMA user_version = 12")
    with zipfile.ZipFile(backup) as packed:
        told = json.loads(packed.read(MANIFEST))
    told |= {"schema": 12, "size": old.stat().st_size, "sha256": backing_up._sha256(old)}
    with zipfile.ZipFile(path, "w") as packed:
        packed.write(old, CASE)
        packed.writestr(MANIFEST, json.dumps(told))
    restore(path, tmp_path / "new.winset")
    assert examined(tmp_path / "new.winset").unsealed == ()


def test_places_that_cannot_be_written_are_told(backup: Path, tmp_path: Path) -> None:
    with pytest.raises(CannotWrite):
        restore(backup, tmp_path / "no such folder" / "back.winset")
    with pytest.raises(NotACase, match="nothing there"):
        back_up(tmp_path / "nothing.winset", tmp_path / "b.backup", created_at=AT)
    assert not (tmp_path / "b.backup").exists()
