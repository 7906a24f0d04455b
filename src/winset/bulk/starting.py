"""How processes are started: forked from one that has loaded everything, or, where a system cannot, each by itself."""

from __future__ import annotations

import contextlib
import os
import pickle
import socket
import subprocess
import sys
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, Protocol

from winset.bulk.mother import AHEAD, FORK, LENGTH, NONE, NUMBER, STATUS
from winset.bulk.serving import Work, load_and_serve
from winset.errors import WinsetError

FORKS = sys.platform == "linux"  # macOS has libraries of its own that break in a forked process
SINGLE = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")


class Started(Protocol):
    """A process at work."""

    connection: Connection

    def ended(self) -> int | None:
        """How it ended, as `subprocess` tells it; waits for it.  None: not known."""

    def end(self) -> None:
        """End it, whatever it does."""


class Starting(Protocol):
    """A way to start processes."""

    def start(self) -> Started:
        """One more.  Raises WinsetError where none can be started."""

    def close(self) -> None:
        """Let go of it."""


def starting(work: Work, *, forks: bool = FORKS, mother: Mother | None = None) -> Starting:
    """The way of this system.  mother: one that is getting ready, where it forks."""
    return Forking(work, mother) if forks else Spawning(work)


class Mother:
    """The process that others are forked from, as the command sees it; see `mother`."""

    def __init__(self, *, ahead: bool = False) -> None:
        """ahead: whether it loads what coding takes before it is told the work."""
        self.control, theirs = socket.socketpair()
        words = [str(theirs.fileno()), *([AHEAD] if ahead else [])]
        line = [sys.executable, "-P", "-m", "winset.bulk.mother", *words]
        path = {"PYTHONPATH": os.pathsep.join(each for each in sys.path if each)}
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - this very Python
                line, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()], env={**os.environ, **SINGLE, **path}
            )
        self.pid = self._process.pid
        self._knows = False

    def tell(self, work: bytes) -> None:
        """What the work is, once."""
        with contextlib.suppress(OSError):  # it has broken down, which is told when it is asked
            self.control.sendall(LENGTH.pack(len(work)) + work)
        self._knows = True

    def close(self) -> None:
        """End it, and with it its children; a second time nothing happens."""
        self.control.close()
        if not self._knows:  # it loads, for nobody
            self._process.kill()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class Forking:
    """Processes that share what one has loaded; see `mother`."""

    def __init__(self, work: Work, mother: Mother | None = None) -> None:
        self._work = pickle.dumps(work)
        self._mother = mother or Mother()
        self._mother.tell(self._work)

    def start(self) -> Started:
        """Fork one; a mother that somebody has killed is replaced."""
        try:
            return self._forked()
        except (OSError, EOFError):
            self.close()
            self._mother = Mother()
            self._mother.tell(self._work)
        try:
            return self._forked()
        except (OSError, EOFError) as error:
            raise WinsetError(f"no further process can be started ({error}): try it with --processes 1") from None

    def close(self) -> None:
        """End the mother, and with it its children."""
        self._mother.close()

    def status(self, pid: int) -> int | None:
        """How a child ended."""
        try:
            self._mother.control.sendall(STATUS + NUMBER.pack(pid))
            return self._told()
        except (OSError, EOFError):
            return None

    def _forked(self) -> Started:
        ours, theirs = socket.socketpair()
        with ours, theirs:
            socket.send_fds(self._mother.control, [FORK], [theirs.fileno()])
            pid = self._told()
            if pid == NONE:
                raise WinsetError("no memory for so many processes, or too many of them: give fewer --processes")
            return _Forked(self, pid, Connection(ours.detach()))

    def _told(self) -> int:
        found = self._mother.control.recv(NUMBER.size, socket.MSG_WAITALL)
        if len(found) < NUMBER.size:
            raise EOFError("the process that starts them has ended")
        (number,) = NUMBER.unpack(found)
        return int(number)


@dataclass(slots=True)
class _Forked:
    mother: Forking
    pid: int
    connection: Connection

    def ended(self) -> int | None:
        return self.mother.status(self.pid)

    def end(self) -> None:
        self.connection.close()  # its mother ends it when she is let go of


class Spawning:
    """Processes that each load everything themselves.  Source: Python documentation, multiprocessing, "spawn"."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._context: Any = get_context("spawn")

    def start(self) -> Started:
        """Start one."""
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=load_and_serve, args=(theirs, self._work), name="winset")
        try:
            process.start()
        except OSError as error:
            raise WinsetError(f"no further process can be started ({error}): try it with --processes 1") from None
        theirs.close()
        return _Spawned(process, ours)

    def close(self) -> None:
        """Nothing is left of it."""


@dataclass(slots=True)
class _Spawned:
    process: Any
    connection: Connection

    def ended(self) -> int | None:
        self.process.join()
        code: int | None = self.process.exitcode
        return code

    def end(self) -> None:
        self.connection.close()
        self.process.terminate()
        self.process.join()
