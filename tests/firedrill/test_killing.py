"""kill -9 at any step of any command that writes: nothing acknowledged is lost, and the same command goes on."""

from __future__ import annotations

import contextlib
import json
import random
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from tests.firedrill.commands import DRILLS, KILLS, Drill, spoken
from tests.firedrill.running import AT_MOST, FULL, SCRIPT, acts, sound, texts, there, whole, winset
from tests.mcp.test_transport import HELLO, call, lines

from winset.store.accounts import Accounts
from winset.store.case_store import CaseStore
from winset.store.desk import Desk

pytestmark = pytest.mark.firedrill

TEAM = "team.accounts"
HELLOS = 9_999  # number of the first message to an assistant's server
LEFT = re.compile(r"\..*|.*(-journal|-wal|-shm|\.part|\.tmp)")  # names of what nobody should find afterwards
Ready = Callable[[str], tuple[Path, tuple[str, ...]]]


def kills() -> Sequence[tuple[str, int]]:
    """Which command is killed in which round, in turn."""
    names = list(DRILLS)
    return [(names[number % len(names)], number) for number in range(KILLS)]


@pytest.fixture(scope="session")
def ready(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Ready:
    """The folder in which a command is to be killed, to be copied, and the command; by its name."""
    found: dict[str, tuple[Path, tuple[str, ...]]] = {}

    def make(name: str) -> tuple[Path, tuple[str, ...]]:
        if name not in found:
            drill, folder = DRILLS[name], tmp_path_factory.mktemp("ready") / "work"
            shutil.copytree(prepared, folder)
            if drill.made is not None:
                drill.made(folder)
            for words in drill.before:
                ended = winset(*spoken(words, folder, drill.case), folder=folder, environment=drill.environment)
                assert ended.status == 0, ended.err
            found[name] = folder, spoken(drill.words, folder, drill.case)
        return found[name]

    return make


@pytest.fixture(scope="session")
def steps(ready: Ready, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], int]:
    """How many steps a command takes when nobody disturbs it; by its name."""
    found: dict[str, int] = {}

    def count(name: str) -> int:
        if name not in found:
            apart = tmp_path_factory.mktemp("apart")
            folder, words = ready(name)
            work, told = Path(shutil.copytree(folder, apart / "work")), apart / "steps"
            ended = winset(*words, folder=work, steps=told, environment=DRILLS[name].environment)
            assert ended.status == 0, ended.err
            found[name] = int(told.read_text())
        return found[name]

    return count


@pytest.mark.parametrize(("name", "number"), kills())
def test_a_command_that_is_killed_loses_nothing_and_goes_on(
    name: str, number: int, ready: Ready, steps: Callable[[str], int], tmp_path: Path
) -> None:
    drill, draw = DRILLS[name], random.Random(number)  # noqa: S311 - the same on every machine
    prepared, words = ready(name)
    folder = Path(shutil.copytree(prepared, tmp_path / "work"))
    last = steps(name) if FULL else drill.steps
    before = acknowledged(folder, drill)
    ends_at = draw.randint(1, last)
    killed = winset(*words, folder=folder, ends_at=ends_at, environment=drill.environment)
    assert killed.status == -signal.SIGKILL, f"step {ends_at} of {last}: {killed.err}"

    begun = there(folder / drill.case)
    for case in {"case.winset", *([drill.case] if begun else [])}:
        sound(folder / case)
    assert all(whole(folder / each) for each in drill.files if (folder / each).exists()), f"step {ends_at}"
    after = acknowledged(folder, drill)
    if name != "replace":
        assert before <= after, f"step {ends_at}: something acknowledged is lost"
    done = after != before or (drill.new and begun)
    again = winset(*words, folder=folder, environment=drill.environment)
    assert again.status == 0 or (done and len(again.complaints) == 1), again.err
    if name == "new" and done:  # the case was there, its documents not yet
        assert winset("add", drill.case, "reports", folder=folder).status == 0

    sound(folder / drill.case)
    found = texts(folder / drill.case)
    assert {Path(each).name for each in found} == drill.holds
    assert all(found.values()) or "noted.txt" in drill.holds, found
    assert all(whole(folder / each) for each in drill.files)
    assert not [each.name for each in folder.iterdir() if LEFT.fullmatch(each.name)]
    if name == "backup":
        assert winset("restore", *drill.files, "looked.winset", folder=folder).status == 0
        assert texts(folder / "looked.winset") == found


def acknowledged(folder: Path, drill: Drill) -> set[object]:
    """What was acknowledged to somebody: acts in the trails of cases, and on accounts."""
    cases = {"case.winset", drill.case}
    found: set[object] = {(case, act) for case in cases if (folder / case).exists() for act in acts(folder / case)}
    if (folder / TEAM).exists():
        with Accounts(str(folder / TEAM)) as accounts:
            found |= set(map(str, accounts.changes()))
    return found


@pytest.mark.parametrize("number", range(5 if FULL else 1))
def test_an_assistants_server_that_is_killed_keeps_what_it_acknowledged(number: int, folder: Path) -> None:
    with CaseStore.open(folder / "case.winset") as store:
        ids = [str(each.id) for coding in store.codings() for each in coding.statements]
    asked = [
        call(place, "suggest_codes", statement_id=id, stance="favour", firmness=0.5, why="the words say so")
        for place, id in enumerate(ids)
    ]
    told = folder / "steps"
    _served(folder, asked, ends_at=0, told=told, case=shutil.copy(folder / "case.winset", folder / "apart.winset"))
    ends_at = random.Random(number).randint(1, int(told.read_text()) - 1)  # noqa: S311 - the same on every machine
    kept = _served(folder, asked, ends_at=ends_at, told="", case="case.winset")
    sound(folder / "case.winset")
    with CaseStore.open(folder / "case.winset") as store:
        found = {each.key.about for each in Desk(store).suggestions()}
    assert {ids[place] for place in kept} <= found, f"step {ends_at}"
    _served(folder, asked, ends_at=0, told="", case="case.winset")
    sound(folder / "case.winset")
    with CaseStore.open(folder / "case.winset") as store:
        assert {each.key.about for each in Desk(store).suggestions()} == set(ids)


def _served(folder: Path, asked: Sequence[object], *, ends_at: int, told: Path | str, case: Path | str) -> set[int]:
    """The numbers of the questions that were answered before the end."""
    command = [sys.executable, "-c", SCRIPT, str(ends_at), str(told), "mcp", str(case), "--write", "--by", "Ada"]
    ready = {"jsonrpc": "2.0", "method": "notifications/initialized"}
    answers: dict[int, bool] = {}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, cwd=folder) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        with contextlib.suppress(BrokenPipeError):  # it was killed before it read them
            process.stdin.write(lines({**HELLO, "id": HELLOS}, ready, *asked))
            process.stdin.flush()
        while len(answers) <= len(asked) and (line := process.stdout.readline()).endswith(b"\n"):
            answer = json.loads(line)
            answers[answer["id"]] = not answer["result"].get("isError", False)
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
        process.wait(timeout=AT_MOST)
    assert process.returncode == (-signal.SIGKILL if ends_at else 0)
    return {number for number, well in answers.items() if well and number != HELLOS}
