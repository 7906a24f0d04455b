"""What a killed process left beside a place is cleared, and nothing else is."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from winset.cli import outputs
from winset.store import files, unfinished

MAKING = """
import contextlib, signal, sys
from pathlib import Path
from winset.store import unfinished
at = Path(sys.argv[1])
with contextlib.ExitStack() as held:
    made = held.enter_context(unfinished.folder(at))
    (made / "part").write_text("half of it")
    beside = held.enter_context(unfinished.file(at, prefix=".case.winset."))
    for name in (f"{beside.name}-journal", f".{beside.name}.12345678"):
        (at / name).write_text("half of it")
    print("made", flush=True)
    sys.stdin.read()
"""
OTHERS = (".winset-notes", ".winset-no.tmp", ".case.winset.bak", ".case.winset.12345678", "winset-abcdefgh", ".other")


@pytest.fixture
def others(tmp_path: Path) -> set[str]:
    """Names that look a little like ours."""
    for name in OTHERS:
        (tmp_path / name).write_text("mine")
    return set(OTHERS)


def names(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


def making(folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", MAKING, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "made\n"
    return process


def test_what_a_killed_process_left_is_cleared_and_what_a_living_one_makes_stays(
    tmp_path: Path, others: set[str]
) -> None:
    living, dying = making(tmp_path), making(tmp_path)
    assert len(names(tmp_path) - others) == 8
    dying.kill()
    dying.communicate()
    assert dying.returncode == -signal.SIGKILL
    with files.placed(tmp_path / "case.winset") as beside:
        beside.write_text("a case")
    assert len(names(tmp_path) - others) == 5  # the case, and what the living one makes
    living.communicate("")
    assert living.returncode == 0
    unfinished.clear(tmp_path, ".case.winset.")
    assert names(tmp_path) == others | {"case.winset"}


def test_what_is_left_beside_goes_though_its_own_file_is_gone(tmp_path: Path, others: set[str]) -> None:
    (tmp_path / ".winset-abcdefgh.tmp-journal").write_text("half of it")
    (tmp_path / "..winset-abcdefgh.tmp.12345678").write_text("half of it")
    with outputs.output(str(tmp_path / "out.csv")) as write:
        write("a;b\n")
    assert names(tmp_path) == others | {"out.csv"}


def test_a_link_that_looks_like_ours_is_not_followed(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "mine").write_text("mine")
    (tmp_path / ".winset-abcdefgh").symlink_to(kept)
    unfinished.clear(tmp_path)
    assert names(kept) == {"mine"}


def test_two_that_make_things_at_once_do_not_clear_each_other(tmp_path: Path) -> None:
    with unfinished.folder(tmp_path) as one, unfinished.file(tmp_path) as other, unfinished.folder(tmp_path):
        unfinished.clear(tmp_path)
        assert one.is_dir()
        assert other.is_file()
    assert names(tmp_path) == set()


def test_where_there_are_no_locks_nothing_is_cleared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise OSError("no locks on this file system")

    (tmp_path / ".winset-abcdefgh").mkdir()
    monkeypatch.setattr("fcntl.flock", none)
    with unfinished.folder(tmp_path) as made, files.placed(tmp_path / "case.winset") as beside:
        beside.write_text("a case")
    assert not made.exists()
    assert names(tmp_path) == {".winset-abcdefgh", "case.winset"}
