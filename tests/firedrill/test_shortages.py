"""A full disk, one that is only read, too little memory: one line says so, the case is whole, the command goes on."""

from __future__ import annotations

import resource
import shutil
import signal
import subprocess
from pathlib import Path

import pytest
from tests.firedrill.running import FULL, acts, small_disk, sound, texts, winset

pytestmark = pytest.mark.firedrill

# MB of addresses: loading takes up to 280
MEMORY = (130, 150, 170, 180, 196, 210, 230, 250, 270, 300) if FULL else (196, 230)
ALL = {"first.txt", "second.txt", "later.txt", "third.txt"}


def names(case: Path) -> set[str]:
    return {Path(each).name for each in texts(case)}


def fits(folder: Path, room: int) -> None:
    """Let the folder have so many bytes left."""
    free = shutil.disk_usage(folder).free
    with (folder / "ballast").open("ab") as ballast:
        ballast.write(bytes(max(0, free - room)))


@pytest.mark.parametrize("room", [0, 8_192, 40_960, 120_000] if FULL else [8_192])
def test_a_full_disk_is_told_and_the_same_command_goes_on_when_there_is_room(
    folder: Path, tmp_path: Path, room: int
) -> None:
    with small_disk(tmp_path / "disk", size="8m") as disk:
        if disk is None:
            pytest.skip("nobody may mount a small disk here: the next test limits the size of files instead")
        work = Path(shutil.copytree(folder, disk / "work"))
        before = acts(work / "case.winset")
        fits(disk, room)
        full = winset("add", "case.winset", "more", folder=work)
        assert full.status == 2, full.err
        assert any("cannot be written" in line or "No space" in line for line in full.complaints)
        fits(disk, min(room, 8_192))  # what was not written has left room in which a brief of two letters fits
        further = (("backup", "case.winset", "b.backup"), ("brief", "case.winset", "-o", "brief.html"))
        for command in further[: 2 if FULL else 1]:
            ended = winset(*command, folder=work)
            assert ended.status == 2, ended.err
            assert len(ended.complaints) == 1
            assert not (work / command[-1]).exists()
        (disk / "ballast").unlink()
        sound(work / "case.winset")
        assert set(before) <= set(acts(work / "case.winset"))
        assert winset("add", "case.winset", "more", folder=work).status == 0
        assert names(work / "case.winset") == ALL
        sound(work / "case.winset")


def test_a_file_that_may_not_grow_is_told_and_the_same_command_goes_on(folder: Path) -> None:
    before = acts(folder / "case.winset")
    size = (folder / "case.winset").stat().st_size // 4

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    ended = winset("add", "case.winset", "more", folder=folder, before=limited)
    assert ended.status == 2, ended.err
    assert any("cannot be written" in line for line in ended.complaints)
    sound(folder / "case.winset")
    assert set(before) <= set(acts(folder / "case.winset"))
    assert winset("add", "case.winset", "more", folder=folder).status == 0
    assert names(folder / "case.winset") == ALL


def test_a_disk_that_is_only_read_can_be_read_and_is_told_where_it_is_written(folder: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", size="8m") as disk:
        if disk is None:
            pytest.skip("nobody may mount a disk here")
        work = Path(shutil.copytree(folder, disk / "work"))
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        writing = (
            ("add", "case.winset", "more"),
            ("actors", "case.winset", "is", "Paris", "FRA", "--by", "Ada"),
            ("backup", "case.winset", "b.backup"),
            ("new", "new.winset", "--from", "case.yaml"),
            ("restore", "case.backup", "back.winset"),
        )
        for command in writing if FULL else writing[:2]:
            ended = winset(*command, folder=work)
            assert ended.status == 2, ended.err
            assert "cannot be written" in ended.complaints[-1]
        assert winset("status", "case.winset", folder=work).status == 0
        ended = winset("backup", "case.winset", tmp_path / "saved.backup", folder=work)
        assert ended.status == 0, ended.err
    assert winset("restore", "saved.backup", "back.winset", folder=tmp_path).status == 0
    assert names(tmp_path / "back.winset") == {"first.txt", "second.txt"}


@pytest.mark.parametrize("megabytes", MEMORY)
def test_too_little_memory_ends_a_command_and_harms_nothing(folder: Path, megabytes: int) -> None:
    before = acts(folder / "case.winset")

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))

    ended = winset("add", "case.winset", "more", folder=folder, before=limited)
    if ended.status != 0:
        assert "memory" in ended.err.splitlines()[-1].lower(), ended.err
    sound(folder / "case.winset")
    now = acts(folder / "case.winset")
    assert set(before) <= set(now)
    assert winset("add", "case.winset", "more", folder=folder).status == 0
    assert names(folder / "case.winset") == ALL
    sound(folder / "case.winset")
