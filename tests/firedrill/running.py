"""winset as a process of its own, which can be ended at any step of its work; and a case of two documents for it."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from winset.errors import WinsetError
from winset.store.addresses import Place
from winset.store.case_store import CaseStore
from winset.store.examination import examined

FULL = os.environ.get("WINSET_FIREDRILL") == "full"
AT_MOST = 300  # seconds for one command: a hang is a failure

# Counts what touches the database or names a file, and ends the process without a word at one of these steps.
SCRIPT = """
import atexit, os, signal, sys
from sqlalchemy import event
from sqlalchemy.engine import Engine
ends_at, told = int(sys.argv[1]), sys.argv[2]
del sys.argv[1:3]
steps = 0
def step(*_, **__):
    global steps
    steps += 1
    if steps == ends_at:
        os.kill(os.getpid(), signal.SIGKILL)
event.listen(Engine, "before_cursor_execute", step)
event.listen(Engine, "after_cursor_execute", step)
event.listen(Engine, "commit", step)
me = os.getpid()
def audit(name, _):
    if name in ("os.rename", "os.link", "os.remove", "sqlite3.connect"):
        step()
sys.addaudithook(audit)
if told:
    atexit.register(lambda: os.getpid() == me and open(told, "w").write(str(steps)))
from winset.cli import main
main()
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a command ended."""

    status: int  # negative: the signal that ended it
    out: str
    err: str

    @property
    def complaints(self) -> list[str]:
        """The lines on stderr, each of them winset's own."""
        lines = self.err.splitlines()
        assert all(line.startswith("winset: ") for line in lines), self.err
        return lines


def winset(
    *arguments: str | Path,
    folder: Path,
    ends_at: int = 0,
    steps: Path | None = None,
    environment: dict[str, str] | None = None,
    before: Callable[[], None] | None = None,
) -> Ended:
    """`winset ARGUMENTS` in a folder.

    ends_at: the step of its work at which it is killed; 0: never.  steps: a file in which it tells how many there were.
    before: called in the new process, before winset is.
    """
    command = [sys.executable, "-c", SCRIPT, str(ends_at), str(steps or ""), *map(str, arguments)]
    ended = subprocess.run(
        command,
        check=False,
        capture_output=True,
        text=True,
        cwd=folder,
        timeout=AT_MOST,
        env={**os.environ, **(environment or {})},
        preexec_fn=before,
    )
    return Ended(status=ended.returncode, out=ended.stdout, err=ended.stderr)


def sound(place: Place | str) -> None:
    """The case is whole: its file, its seals, every span, its trail."""
    found = examined(place)
    assert (found.broken, found.unsealed) == ((), ())
    assert found.inside is not None
    assert (found.inside.wrong, found.inside.unlike) == ((), ())


def acts(place: Place | str) -> list[tuple[object, ...]]:
    """What was acknowledged to somebody and must still be there: every change, as the trail tells it."""
    with CaseStore.open(place) as store:
        from winset.store.desk import Desk

        found = Desk(store).changes(limit=10_000)
    return sorted((each.number, each.by, each.at, each.act, str(each.effects)) for each in found)


def texts(place: Place | str) -> dict[str, int]:
    """The documents of a case, by name, each with how many statements it has."""
    with CaseStore.open(place) as store:
        codings = store.codings()
        return {each.name: len(coding.statements) for each, coding in zip(store.documents(), codings, strict=True)}


def there(place: Place | str) -> bool:
    """Whether a case is there at all."""
    try:
        CaseStore.open(place).close()
    except WinsetError:
        return False
    return True


@contextlib.contextmanager
def small_disk(folder: Path, *, size: str, options: str = "") -> Iterator[Path | None]:
    """A disk of its own, of that size, mounted on a folder; None where nobody may mount here."""
    folder.mkdir(exist_ok=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}{options}", "tmpfs", folder], check=False, capture_output=True
    )
    if mounted.returncode:
        yield None
        return
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)
