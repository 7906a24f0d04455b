"""An output that takes days: it grows beside its place, row by row, and goes on where an interrupted run stopped."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import BinaryIO, Protocol

from winset.cli.outputs import STDOUT, checked, mode
from winset.errors import CannotWrite, told

HELD = 256_000  # bytes kept back before they are written
STEP = 256_000  # bytes of input between two entries in the journal: some seconds of work


class Digest(Protocol):
    """A hash that can still go on."""

    def hexdigest(self) -> str:
        """What it is so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """How far a run has come, in whole rows; what the journal holds."""

    read: int = 0  # bytes of the input
    seen: str = ""  # SHA-256 of these bytes; known where it is noted
    lines: int = 0  # of the input, blank and bad ones too
    written: int = 0  # bytes of the output
    rows: int = 0
    rejected: int = 0
    attributions: int = 0
    words: int = 0
    seconds: float = 0.0  # of all runs


@dataclass(slots=True, kw_only=True)
class Growing:
    """An output while it grows. Only whole rows stay in it after an interruption."""

    stream: BinaryIO
    path: Path | None = None  # None: stdout
    journal: Path | None = None  # None: an output that cannot be gone on with
    made_by: str = ""
    reached: Reached = Reached()
    anew: str = ""  # why what an earlier run left is not gone on with; "" where there is none, or it is
    _kept: Reached = Reached()  # the journal's last entry
    _seen: Digest | None = None
    _held: tuple[int, list[bytes]] = field(default_factory=lambda: (0, []))  # where in the output, and what
    _size: int = 0  # of the output with what is held

    def write(self, text: str) -> None:
        """Take text of a row; lone surrogates, which only strings hold, become JSON's escapes."""
        content = text.encode("utf-8", "backslashreplace")
        self._held[1].append(content)
        self._size += len(content)
        if self._size - self._held[0] > HELD:
            self._flush()

    def row_ended(self, reached: Reached, *, seen: Digest) -> None:
        """What was written since the last call is a whole row, or nothing; `seen` has read as far as `reached` says."""
        self.reached, self._seen = replace(reached, written=self._size), seen
        if self.journal is None:
            self._flush()  # whoever reads a pipe gets each row at once
        elif reached.read - self._kept.read >= STEP:
            self.keep()

    def keep(self) -> None:
        """Make sure that all whole rows survive a loss of power, and note how far they reach."""
        self._flush()
        if self._seen is not None:
            self.reached = replace(self.reached, seen=self._seen.hexdigest())
        if self.journal is not None and self.path is not None:
            with told(self.path):
                os.fsync(self.stream.fileno())
                _note(self.journal, self.made_by, self.reached)
            self._kept = self.reached

    def go_on(self, reached: Reached, *, anew: str = "") -> None:
        """Begin behind the rows that `reached` tells of, and leave nothing else in the file."""
        self.reached = self._kept = reached
        self._seen = None
        self.anew, self._held, self._size = anew, (reached.written, []), reached.written
        self._cut()

    def leave(self) -> None:
        """Leave whole rows and a note of them, or nothing where there are none; the disk may be full."""
        if self.journal is None or self.path is None:
            return
        if not self.reached.rows:
            self.stream.close()
            self.path.unlink(missing_ok=True)
            self.journal.unlink(missing_ok=True)  # after it: a part without a journal would not be known as ours
            return
        with contextlib.suppress(OSError):
            self.keep()
        self.reached = self._kept
        with contextlib.suppress(OSError):
            self._cut()

    def _cut(self) -> None:
        self.stream.truncate(self.reached.written)

    def _flush(self) -> None:
        at, content = self._held
        with told(self.path) if self.path else contextlib.nullcontext():
            if self.journal is not None:
                self.stream.seek(at)  # again, where Ctrl-C came between writing and knowing of it
            rest = memoryview(b"".join(content))
            while rest:
                rest = rest[self.stream.write(rest) :]
            self.stream.flush()
        self._held = (self._size, [])


@contextlib.contextmanager
def growing(target: str, *, source: str, made_by: Callable[[], str]) -> Iterator[Growing]:
    """The output `target`, a path or "-" for stdout, to be written row by row; a file has its name in the end only.

    Until then it is `target`.part, beside a journal; both stay after an error or Ctrl-C, and a later call goes on
    with them: `reached` says where. Where no row has been written yet, they go.
    source: what is read; it may not be written over.  made_by: names what makes the rows; rows that something else
    has made are not gone on with.  Raises CannotWrite.
    """
    if target == STDOUT:
        sys.stdout.flush()
        yield Growing(stream=sys.stdout.buffer)
        return
    path = Path(target)
    with told(path):
        path = checked(path, [source])
        special = path.exists() and not path.is_file()
    if special:  # a device or a pipe
        with told(path):
            device = path.open("wb", buffering=0)
        with device:
            yield Growing(stream=device, path=path)
        return
    part = path.with_name(f"{path.name}.part")
    journal = path.with_name(f"{path.name}.part.journal")
    for beside in (part, journal):
        with told(beside):
            checked(beside, [source])
    with _opened(part, journal) as stream:
        out = _found(stream, part, journal, made_by())
        try:
            yield out
            out.keep()
        except BaseException:
            out.leave()
            raise
        with told(path):
            out.stream.close()  # some systems rename no open file
            part.chmod(mode(path))
            part.replace(path)
            journal.unlink(missing_ok=True)


@contextlib.contextmanager
def _opened(part: Path, journal: Path) -> Iterator[BinaryIO]:
    """The growing file, ours alone. Its journal is there before it, so one without a journal is not ours."""
    with told(part):
        if not part.exists():
            _note(journal, "", Reached())
        elif not journal.exists():
            raise CannotWrite(f"{part}: is in the way, and not winset's: move it")
        stream = os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT, 0o666), "r+b", buffering=0)
    with stream:
        with told(part):
            _lock(stream, part)
        yield stream


def _lock(stream: BinaryIO, part: Path) -> None:
    if sys.platform == "win32":
        return  # an open file cannot be renamed there, so the first of two runs would end in a refusal
    import fcntl

    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        ours = part.exists() and os.path.samestat(os.fstat(stream.fileno()), part.stat())
    except BlockingIOError:
        ours = False
    if not ours:
        raise CannotWrite(f"{part}: another winset is writing it: wait for its end, or choose another name")


def _found(stream: BinaryIO, part: Path, journal: Path, made_by: str) -> Growing:
    """What an earlier run left, where it can be gone on with, else an empty output."""
    try:
        noted = json.loads(journal.read_text(encoding="utf-8"))
        maker = noted.pop("made_by")
        reached = Reached(**noted)
        left = os.fstat(stream.fileno()).st_size >= reached.written
    except (OSError, ValueError, TypeError, AttributeError, KeyError):
        raise CannotWrite(f"{journal}: is no journal of winset's: move it and {part.name} away") from None
    out = Growing(stream=stream, path=part, journal=journal, made_by=made_by)
    with told(part):
        if reached.rows and maker != made_by:
            out.go_on(Reached(), anew=f"another version of winset made {part.name}")
        elif not left:
            out.go_on(Reached(), anew=f"{part.name} is shorter than its journal says")
        else:
            out.go_on(reached)
    return out


def _note(journal: Path, made_by: str, reached: Reached) -> None:
    beside = journal.with_name(f"{journal.name}.tmp")
    with beside.open("w", encoding="utf-8") as stream:
        json.dump({"made_by": made_by, **asdict(reached)}, stream, indent=1)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(journal)
