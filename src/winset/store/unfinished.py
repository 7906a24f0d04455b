"""Files and folders in which something is made beside its place, and which are gone when that ends.

What a killed process leaves of them is cleared by the next one that makes something there: who makes one holds a lock
on it, which the system takes back when the process ends, whatever ends it. So what nobody holds belongs to nobody who
lives. Windows, and file systems without such locks, clear nothing.
Source: Linux man-pages, flock(2).
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

PREFIX, SUFFIX = ".winset-", ".tmp"
_DRAWN = "[a-z0-9_]{8}"  # as Python's tempfile draws names


@contextlib.contextmanager
def folder(within: Path | None = None, *, suffix: str = "") -> Iterator[Path]:
    """A folder of one's own; it may be renamed.

    within: where; the system's folder for what is temporary where none is named.  Raises OSError.
    """
    at = Path(tempfile.gettempdir()) if within is None else within
    clear(at)
    with _held(lambda: Path(tempfile.mkdtemp(prefix=PREFIX, suffix=suffix, dir=at))) as made:
        try:
            yield made
        finally:
            shutil.rmtree(made, ignore_errors=True)


@contextlib.contextmanager
def file(within: Path, *, prefix: str = PREFIX) -> Iterator[Path]:
    """An empty file of one's own, which goes with its journal; it may be renamed.  Raises OSError."""
    clear(within, prefix)

    def make() -> Path:
        handle, name = tempfile.mkstemp(prefix=prefix, suffix=SUFFIX, dir=within)
        os.close(handle)
        return Path(name)

    with _held(make) as made:
        try:
            yield made
        finally:
            for left in (made, made.with_name(f"{made.name}-journal")):
                left.unlink(missing_ok=True)


def clear(within: Path, prefix: str = PREFIX) -> None:
    """Take away what processes left here that are no more.

    prefix: of files that go too.  What cannot be taken away stays: it is in nobody's way.
    """
    own, given, end = map(re.escape, (PREFIX, prefix, SUFFIX))
    ours = re.compile(rf"\.?(?P<name>{own}{_DRAWN}(?:{end})?|{given}{_DRAWN}{end})(?:[-.].+)?")
    with contextlib.suppress(OSError):
        for name in {found["name"] for each in within.iterdir() if (found := ours.fullmatch(each.name))}:
            with contextlib.suppress(OSError):
                _clear(within, name)


def _clear(within: Path, name: str) -> None:
    """What nobody holds, with what stands beside it: its journal, and what a writer makes beside its own place.

    Raises OSError where somebody holds it.
    """
    try:
        handle = _locked(within / name)
    except FileNotFoundError:  # what stood beside it is left
        handle = None
    try:
        for each in list(within.iterdir()):
            if each.name == name or each.name.startswith((f"{name}-", f"{name}.", f".{name}.")):
                if each.is_dir() and not each.is_symlink():
                    shutil.rmtree(each)
                else:
                    each.unlink()
    finally:
        if handle is not None:
            os.close(handle)


@contextlib.contextmanager
def _held(make: Callable[[], Path]) -> Iterator[Path]:
    """What that makes, locked where the system has locks."""
    while True:
        made, handle = make(), None
        try:
            handle = _locked(made)
        except (BlockingIOError, FileNotFoundError):
            continue  # another process took it for what a dead one left
        except OSError:  # no locks here: then nobody takes it away either
            handle = None
        break
    try:
        yield made
    finally:
        if handle is not None:
            os.close(handle)


def _locked(path: Path) -> int:
    """The number of a lock on what is there, which ends when it is closed.

    Raises BlockingIOError where somebody holds one, FileNotFoundError, OSError where there are no locks.
    """
    if sys.platform == "win32":
        raise OSError("no locks on folders, and an open file can be neither renamed nor removed")
    import fcntl

    how = os.O_RDONLY if path.is_dir() else os.O_RDWR  # some network file systems lock what can be written alone
    handle = os.open(path, how | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not os.path.samestat(os.fstat(handle), path.stat()):
            raise FileNotFoundError(f"{path}: another one is there")
    except BaseException:
        os.close(handle)
        raise
    return handle
