"""Files that are written whole or not at all, and are known to be writable before the work begins."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, TypeAlias

from winset.errors import CannotWrite, told

STDOUT = "-"
TABLES = (".csv", ".parquet", ".arrow")
HELD = 16_000_000  # bytes that are held back before they are written

Write: TypeAlias = Callable[[str | bytes], None]


@contextlib.contextmanager
def output(target: str, *, sources: Iterable[str] = ()) -> Iterator[Write]:
    """A function that takes text or bytes for `target`, a path or "-" for stdout; written when the block ends well.

    The text is UTF-8. A file is made beside its place at once and takes it only in the end: after an error or
    Ctrl-C nothing of it remains, and what stood there before still stands there. What goes to stdout, a device or a
    pipe is held back until it is HELD bytes.
    sources: what is read; none of them may be written over.  Raises CannotWrite.
    """
    if target == STDOUT:
        sys.stdout.flush()
        held = _Held(lambda: sys.stdout.buffer)
        yield held.write
        sys.stdout.flush()
        held.flush()
        return
    path = Path(target)
    with told(path):
        path = checked(path, sources)
        special = path.exists() and not path.is_file()
    with contextlib.ExitStack() as opened:
        if special:  # a device or a pipe, which a rename would replace by a file
            held = _Held(lambda: opened.enter_context(path.open("wb")), path)
            yield held.write
            held.flush()
            return
        beside = opened.enter_context(_beside(path))
        with told(path):
            stream = opened.enter_context(beside.open("wb"))
        held = _Held(lambda: stream, path)
        yield held.write
        held.flush()
        with told(path):
            os.fsync(stream.fileno())
            stream.close()
            beside.chmod(mode(path))
            beside.replace(path)


class _Held:
    """What is written, held back until it is much or all of it is there: an error leaves no half of an answer."""

    def __init__(self, opened: Callable[[], IO[bytes]], path: Path | None = None) -> None:
        self._opened, self._path = opened, path
        self._stream: IO[bytes] | None = None
        self._parts: list[bytes] = []
        self._size = 0

    def write(self, part: str | bytes) -> None:
        """Text as UTF-8, whatever the terminal is: JSON is.  Raises CannotWrite."""
        self._parts.append(part if isinstance(part, bytes) else part.encode("utf-8", "backslashreplace"))
        self._size += len(self._parts[-1])
        if self._size > HELD:
            self.flush()

    def flush(self) -> None:
        """Write what is held back.  Raises CannotWrite."""
        with told(self._path) if self._path is not None else contextlib.nullcontext():
            if self._stream is None:
                self._stream = self._opened()
            try:
                self._stream.write(b"".join(self._parts))
                self._stream.flush()
            except OSError:
                if self._path is not None:
                    with contextlib.suppress(OSError):  # closing tries once more, and complains once more
                        self._stream.close()
                raise
        self._parts, self._size = [], 0


@contextlib.contextmanager
def stream(target: str, *, sources: Iterable[str] = ()) -> Iterator[IO[bytes]]:
    """A file to be written as one goes, which takes its place only when the block ends well; "-" for stdout.

    For what is too large to be held; otherwise as `output`.  Raises CannotWrite.
    """
    if target == STDOUT:
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = Path(target)
    with told(path):
        path = checked(path, sources)
    with _beside(path) as beside:
        with beside.open("wb") as opened:
            yield opened
            with told(path):
                opened.flush()
                os.fsync(opened.fileno())
        with told(path):
            beside.chmod(mode(path))
            beside.replace(path)


@contextlib.contextmanager
def beside(target: str, *, sources: Iterable[str] = ()) -> Iterator[Path]:
    """A path to write to, for what writes files by itself; it takes its place only when the block ends well.

    sources: what is read; none of them may be written over.  Raises CannotWrite.
    """
    path = Path(target)
    with told(path):
        path = checked(path, sources)
    with _beside(path) as made:
        yield made
        with told(path):
            made.chmod(mode(path))
            made.replace(path)


@contextlib.contextmanager
def folder(target: str) -> Iterator[Path]:
    """A new folder to be filled, which takes its place only when the block ends well.

    One of that name that holds nothing but tables is replaced; another is left alone.  Raises CannotWrite.
    """
    from winset.store import unfinished

    path = Path(target)
    with told(path):
        if not path.absolute().parent.is_dir():
            raise CannotWrite(f"{path}: there is no folder {path.parent}: make it first")
        there = list(path.iterdir()) if path.is_dir() else []
        if path.exists() and (not path.is_dir() or any(each.suffix not in TABLES for each in there)):
            raise CannotWrite(f"{path}: holds other things: name a new folder")
    with contextlib.ExitStack() as held:
        with told(path):
            beside = held.enter_context(unfinished.folder(path.absolute().parent, suffix=".tmp"))
        yield beside
        with told(path):
            beside.chmod(0o777 & ~_umask())
            if path.is_dir():
                old = beside / ".old"
                path.rename(old)
            beside.rename(path)
            shutil.rmtree(path / ".old", ignore_errors=True)


def checked(path: Path, sources: Iterable[str]) -> Path:
    """The path, links followed, once it is known to be no folder, to lie in one, and to be none of the sources."""
    if path.is_dir():
        raise CannotWrite(f"{path}: is a folder: name a file")
    if not path.parent.is_dir():
        raise CannotWrite(f"{path}: there is no folder {path.parent}: make it first")
    for source in sources:
        if path.is_file() and Path(source).is_file() and path.samefile(source):
            raise CannotWrite(f"{path}: is what is being read: choose another name")
    return path.resolve()  # a link keeps pointing where it points


@contextlib.contextmanager
def _beside(path: Path) -> Iterator[Path]:
    from winset.store import unfinished

    with contextlib.ExitStack() as held:
        with told(path):
            beside = held.enter_context(unfinished.file(path.parent))
        yield beside


def mode(path: Path) -> int:
    """The permissions that stood there, or those of any new file; mkstemp's own are private."""
    if path.exists():
        return path.stat().st_mode & 0o777
    return 0o666 & ~_umask()


def _umask() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return umask
