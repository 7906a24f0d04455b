"""The side of the command: documents of strangers go to another process, and only what was checked comes back.

A process is started when the first document needs one, or somewhat before, and serves until the command ends. Two
threads that read at the same time have two. A process that ends over a document costs that document and no other.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Collection, Iterable, Iterator
from io import BufferedIOBase
from pathlib import Path
from typing import BinaryIO, cast
from weakref import WeakSet

from winset.corpus.confined import answers, child, walls
from winset.corpus.types import Document, Limits
from winset.errors import Damaged, TooLarge, Unreadable

CONFINED = frozenset(child.OWN_PAGES)  # ids of the readers that call parsers; the others are a few lines of Python
MOST_IDLE = 2  # processes that wait for more to read
MOST_READ = 100  # documents of one process, where it cannot fork for each
INHERITED = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONHOME", "SYSTEMROOT")  # all that is left of the environment
PYTHON = ("-P", "-X", "utf8", "-m", child.__name__)  # -P: what lies in the folder one is in is none of ours
OUT_OF_TIME = -signal.SIGXCPU if hasattr(signal, "SIGXCPU") else None  # how it ends where it may not fork
GRACE = 5.0  # seconds that the process has for ending a document itself
STARTING = 60.0  # seconds until it must have loaded its libraries, on a very busy machine

_lock = threading.Lock()
_idle: list[_Process] = []
_all: WeakSet[_Process] = WeakSet()


def documents(reader: str, payload: bytes, *, name: str, limits: Limits) -> tuple[Document, ...]:
    """What a reader makes of the bytes, in another process.

    Raises the kinds of Unreadable: those of the reader, TooLarge where it takes too long or too much memory, Damaged
    where the parser itself breaks down.
    """
    answer = _answer(answers.request("documents", reader, name=name, limits=limits), payload, name=name, limits=limits)
    return answers.documents_of(answer, reader, name=name, limits=limits)


def entries(
    payload: bytes, *, name: str, limits: Limits, address: str = ""
) -> tuple[str | None, tuple[answers.FeedEntryTold, ...], int]:
    """A feed as it is now, read in another process: its title, its entries, and how many more there are."""
    order = answers.request("entries", answers.FEED, name=name, limits=limits, address=address)
    return answers.feed_of(_answer(order, payload, name=name, limits=limits), name=name, limits=limits)


def expect(readers: Iterable[str]) -> None:
    """Start the process that documents for these readers will need, and do not wait for it."""
    wanted = CONFINED.intersection(readers)
    with _lock:
        if wanted and not _idle:
            with contextlib.suppress(Unreadable):  # told when a document needs it
                _idle.append(_Process(wanted))


def _answer(order: bytes, payload: bytes, *, name: str, limits: Limits) -> bytes:
    heard = _heard(order, payload, limits) or _heard(order, payload, limits)  # it may have ended while it waited
    if heard is None:
        raise _broken(name, 0)
    ended, signalled, answer = heard
    if ended == child.TIME:
        most = walls.seconds_for(len(payload), limits)
        raise TooLarge(
            f"{name}: takes longer to read than the {most:,} s that a document of its size may (a bomb?); save it as"
            " plain text and add that"
        )
    if ended == child.MEMORY:
        raise TooLarge(child.too_big(name, limits))
    if ended == child.TOO_MUCH:
        raise TooLarge(f"{name}: holds more text than is read of one document; split it up")
    if ended == child.BROKEN:
        raise _broken(name, signalled)
    return answer


def _heard(order: bytes, payload: bytes, limits: Limits) -> tuple[int, int, bytes] | None:
    """How a process ended reading, by which signal, and its answer; None where the process itself is no more."""
    process = _taken()
    try:
        heard = process.ask(order, payload, limits)
    except BaseException:  # Ctrl-C among them: what it reads now nobody will hear
        process.end(at_once=True)
        raise
    if heard is None:
        process.end(at_once=True)
        return (child.TIME, 0, b"") if process.late else None
    _given_back(process)
    return heard


def _taken() -> _Process:
    with _lock:
        while _idle:
            process = _idle.pop()
            if process.usable:
                return process
            process.end()
    return _Process(())


def _given_back(process: _Process) -> None:
    with _lock:
        if process.usable and len(_idle) < MOST_IDLE:
            _idle.append(process)
            return
    process.end()


def _end_all() -> None:
    """At the end of the command; what still reads is read for nobody."""
    for process in list(_all):
        process.end(at_once=True)


def _forget_all() -> None:
    """In a process forked from the command: it starts its own."""
    global _lock  # noqa: PLW0603 - a thread that is not here any more may hold it
    _lock = threading.Lock()
    for process in list(_all):
        process.forget()
    _all.clear()
    _idle.clear()


def _environment() -> dict[str, str]:
    """Where Python finds its libraries, and none of the user's secrets."""
    kept = {name: os.environ[name] for name in INHERITED if name in os.environ}
    paths = (*(each for each in sys.path if each), str(Path(__file__).parents[3]))  # the last: this very winset's
    kept |= {"PYTHONPATH": os.pathsep.join(dict.fromkeys(paths)), "OPENBLAS_NUM_THREADS": "1"}
    return kept | ({"PYTHONDONTWRITEBYTECODE": "1"} if sys.dont_write_bytecode else {})


def _broken(name: str, signalled: int) -> Damaged:
    by = f" ({signal.Signals(signalled).name})" if signalled else ""
    return Damaged(f"{name}: the parser broke down over it{by}, and nothing else; save it as plain text and add that")


def _not_started(why: str) -> Unreadable:
    return Unreadable(
        f"the process that reads {', '.join(sorted(CONFINED))} does not start ({why}): see `winset doctor`; plain text"
        " is read without it"
    )


class _Process:
    """One process that parses, and the way to it."""

    def __init__(self, wanted: Collection[str]) -> None:
        """wanted: readers whose libraries it loads first.  Raises Unreadable where it cannot be started."""
        self.late = False
        self._ready = False
        self._read = 0
        try:
            self._running = subprocess.Popen(  # noqa: S603 - this very Python, with words of our own
                [sys.executable, *PYTHON, *sorted(wanted)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=os.sep,
                env=_environment(),
                start_new_session=True,  # Ctrl-C in a terminal is for the command
            )
        except (OSError, ValueError) as error:
            raise _not_started(str(error)) from None
        _all.add(self)

    @property
    def usable(self) -> bool:
        """Whether it runs, and may read one more."""
        return self._running.poll() is None and (walls.forks() or self._read < MOST_READ)

    def ask(self, order: bytes, payload: bytes, limits: Limits) -> tuple[int, int, bytes] | None:
        """How reading ended, the signal, and the answer; None where the process is no more, `late` if it was ended."""
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            if not self._ready:
                with self._watched(STARTING):
                    self._ready = child.frame(self._from) == b"ready"
                if not self._ready:
                    raise _not_started("it ended at once, or loads for too long")
            with self._watched(walls.patience(len(payload), limits) + GRACE):
                child.send(self._to, order)
                child.send(self._to, payload)
                return self._heard(child.most_answered(limits))
        return None

    def end(self, *, at_once: bool = False) -> None:
        """End it: it ends itself when nobody asks any more."""
        if at_once:
            self._running.kill()
        with contextlib.suppress(OSError):  # what is left to be said, nobody hears
            self._to.close()
        try:
            self._running.wait(1.0)
        except subprocess.TimeoutExpired:
            self._running.kill()
            self._running.wait()
        self.late = self.late or self._running.returncode == OUT_OF_TIME
        self._from.close()

    def forget(self) -> None:
        """Let go of it in a process that was forked from the command: it belongs to the other one."""
        for pipe in (self._running.stdin, self._running.stdout):
            cast(BufferedIOBase, pipe).raw.close()  # type: ignore[attr-defined] # what is half written is not ours
        self._running.returncode = 0  # nobody here may wait for it

    def _heard(self, most: int) -> tuple[int, int, bytes] | None:
        ended = child.frame(self._from)
        answer = child.frame(self._from)
        if ended is None or answer is None or len(ended) != child.ENDED.size or len(answer) > most:
            return None
        self._read += 1
        how, signalled = child.ENDED.unpack(ended)
        return how, signalled, answer

    @contextlib.contextmanager
    def _watched(self, seconds: float) -> Iterator[None]:
        """Ends the process when it is silent for too long."""

        def late() -> None:
            self.late = True
            self._running.kill()

        timer = threading.Timer(seconds, late)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    @property
    def _to(self) -> BinaryIO:
        return cast(BinaryIO, self._running.stdin)

    @property
    def _from(self) -> BinaryIO:
        return cast(BinaryIO, self._running.stdout)


atexit.register(_end_all)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_all)
