"""winset as a process of its own, which can be ended at any step of its work; and a case of two documents for it."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import func, select

from winset.errors import WinsetError
from winset.store import kept_columns, tables
from winset.store.addresses import Place
from winset.store.case_store import CaseStore
from winset.store.examination import examined

FULL = os.environ.get("WINSET_FIREDRILL") == "full"
AT_MOST = 300  # seconds for one command: a hang is a failure

# Counts what touches the database, names a file or opens one to be written, and ends the process without a word at one
# of these steps. With DRILL_COLUMNS a case of any size is a big one, whose statements are kept as columns.
SCRIPT = """
import atexit, os, signal, sys
from sqlalchemy import event
from sqlalchemy.engine import Engine
ends_at, told = int(sys.argv[1]), sys.argv[2]
del sys.argv[1:3]
steps, me = 0, os.getpid()
def step(*_, **__):
    global steps
    if os.getpid() != me:
        return
    steps += 1
    if steps == ends_at:
        os.kill(me, signal.SIGKILL)
event.listen(Engine, "before_cursor_execute", step)
event.listen(Engine, "after_cursor_execute", step)
event.listen(Engine, "commit", step)
NAMING = ("os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "sqlite3.connect")
def audit(name, told):
    if name in NAMING or (name == "open" and told[2] & (os.O_WRONLY | os.O_RDWR)):
        step()
sys.addaudithook(audit)
if os.environ.get("DRILL_COLUMNS"):
    from winset.pipeline import kept_cases
    from winset.store import kept_columns
    kept_columns.LEAST = kept_cases.WHOLE = 1
def tell():
    count = str(steps)  # without the file that it is told in
    if os.getpid() == me:
        open(told, "w").write(count)
if told:
    atexit.register(tell)
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
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **(environment or {})},  # else the first run has more steps
        preexec_fn=before,
    )
    return Ended(status=ended.returncode, out=ended.stdout, err=ended.stderr)


def sound(place: Place | str) -> None:
    """The case is whole: its file, its seals, every span, its trail, what it keeps as columns."""
    found = examined(place)
    assert (found.broken, found.unsealed) == ((), ())
    assert found.inside is not None
    assert (found.inside.wrong, found.inside.unlike) == ((), ())
    with CaseStore.open(place) as store, store.database.transaction(writes=False) as connection:
        assert kept_columns.differing(connection) == ()


def keep_columns(place: Place | str) -> None:
    """Let a case keep its statements as columns, whatever its size."""
    with pytest.MonkeyPatch.context() as patched, CaseStore.open(place) as store:
        patched.setattr(kept_columns, "LEAST", 1)
        kept_columns.keep(store.database)
        with store.database.transaction(writes=False) as connection:
            kept = select(func.max(tables.column_part.c.statement))
            assert (
                connection.execute(kept).scalar()
                == connection.execute(select(func.max(tables.statement.c.rank))).scalar()
            )


def whole(path: Path) -> bool:
    """Whether a file that a command writes, or every file of such a folder, ends where it should."""
    if path.is_dir():
        return all(map(whole, path.iterdir()))
    content, form = path.read_bytes(), path.suffix
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            return packed.testzip() is None
    if form in (".html", ".svg", ".gexf", ".atom"):
        return content.rstrip().endswith((b"</html>", b"</svg>", b"</gexf>", b"</feed>"))
    if form == ".json":
        return bool(json.loads(content))
    if form == ".dna":
        with contextlib.closing(sqlite3.connect(path)) as opened:
            return bool(opened.execute("PRAGMA integrity_check").fetchone() == ("ok",))
    return content.endswith(b"\n")


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
