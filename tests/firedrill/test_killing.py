"""kill -9 at any step of any command that writes: nothing acknowledged is lost, and the same command goes on."""

from __future__ import annotations

import random
import shutil
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.firedrill.running import FULL, acts, sound, texts, there, winset

from winset.store.case_store import CaseStore

pytestmark = pytest.mark.firedrill

KILLS = 100 if FULL else 5
ADA = ("--by", "Ada")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """A command, and what it leaves."""

    words: tuple[str, ...]
    steps: int  # it takes at least so many
    case: str = "case.winset"  # that it writes to
    file: str = ""  # that it writes


ID = "STATEMENT"  # stands for the id of the first statement
DRILLS = {
    "new": Drill(words=("new", "new.winset", "--from", "case.yaml"), case="new.winset", steps=150),
    "add": Drill(words=("add", "case.winset", "more"), steps=60),
    "code": Drill(words=("check", "case.winset", "code", ID, "oppose", *ADA), steps=25),
    "restore": Drill(words=("restore", "case.backup", "back.winset"), case="back.winset", steps=30),
    "backup": Drill(words=("backup", "case.winset", "other.backup"), file="other.backup", steps=30),
    "watch": Drill(words=("watch", "case.winset", "more", "--once"), steps=60),
    "actors": Drill(words=("actors", "case.winset", "is", "Paris", "FRA", *ADA, "--why", "the capital"), steps=15),
    "accept": Drill(words=("check", "case.winset", "accept", ID, *ADA), steps=25),
    "wrong": Drill(words=("check", "case.winset", "wrong", ID, *ADA), steps=15),
    "undo": Drill(words=("actors", "case.winset", "undo", "1", *ADA), steps=10),
    "ask": Drill(words=("ask", "case.winset", "Who opposes the training centre?"), steps=5),
    "recode": Drill(words=("recode", "case.winset", *ADA), steps=15),
    "replace": Drill(words=("restore", "case.backup", "case.winset", "--replace"), steps=30),
    "recover": Drill(words=("recover", "case.winset", "-o", "whole.winset"), case="whole.winset", steps=60),
    "brief": Drill(words=("brief", "case.winset", "-o", "brief.html"), file="brief.html", steps=10),
}
NEW = ("new.winset", "back.winset", "whole.winset")  # are there whole or not at all


def kills() -> Sequence[tuple[str, int]]:
    """Which command is killed in which round, in turn."""
    names = list(DRILLS)
    return [(names[number % len(names)], number) for number in range(KILLS)]


@pytest.mark.parametrize(("name", "number"), kills())
def test_a_command_that_is_killed_loses_nothing_and_goes_on(
    name: str, number: int, folder: Path, tmp_path: Path
) -> None:
    drill, draw = DRILLS[name], random.Random(number)  # noqa: S311 - the same on every machine
    words = [_first_statement(folder) if word == ID else word for word in drill.words]
    last = _steps(words, folder, tmp_path) if FULL else drill.steps
    before = acts(folder / "case.winset")
    ends_at = draw.randint(1, last)
    killed = winset(*words, folder=folder, ends_at=ends_at)
    assert killed.status == -signal.SIGKILL, f"step {ends_at} of {last}: {killed.err}"

    case = folder / drill.case
    begun = there(case)
    sound(folder / "case.winset")
    if begun:
        sound(case)
    if name != "replace":
        assert set(before) <= set(acts(folder / "case.winset")), f"step {ends_at}: something acknowledged is lost"
    done = acts(folder / "case.winset") != before or (drill.case in NEW and begun)
    again = winset(*words, folder=folder)
    assert again.status == 0 or (done and len(again.complaints) == 1), again.err
    if drill.case == "new.winset" and done:  # the case was there, its documents not yet
        assert winset("add", drill.case, "reports", folder=folder).status == 0

    sound(case)
    wanted = {"first.txt", "second.txt"} | ({"later.txt", "third.txt"} if name in ("add", "watch") else set())
    found = texts(case)
    assert {Path(each).name for each in found} == wanted
    assert all(found.values()), found
    if drill.file:
        assert (folder / drill.file).stat().st_size
    if name == "backup":
        assert winset("restore", drill.file, "looked.winset", folder=folder).status == 0
        assert texts(folder / "looked.winset") == found


def _first_statement(folder: Path) -> str:
    with CaseStore.open(folder / "case.winset") as store:
        return str(store.codings()[0].statements[0].id)


def _steps(words: Sequence[str], folder: Path, tmp_path: Path) -> int:
    """How many steps the command takes when nobody disturbs it."""
    apart, told = Path(shutil.copytree(folder, tmp_path / "apart")), tmp_path / "steps"
    ended = winset(*words, folder=apart, steps=told)
    assert ended.status == 0, ended.err
    return int(told.read_text())
