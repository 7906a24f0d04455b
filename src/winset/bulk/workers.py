"""Processes that do one thing after the other, and one that dies takes one thing with it.

What a process was doing when it died is done again once, while no other is at work; who ends a process again is not
asked a third time.
"""

from __future__ import annotations

import contextlib
import pickle
import signal
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing import connection as connections
from types import TracebackType
from typing import Any, Self

from winset.bulk.serving import FAILED, READY, Work
from winset.bulk.starting import FORKS, Mother, Started, starting
from winset.errors import WinsetError

AHEAD = 16_000  # bytes of tasks that wait in a process: short ones, so that it need not wait for its next
MOST_AHEAD = 4
KILLED = -9  # how `subprocess` tells SIGKILL, which not every system has
STILLBORN = 3  # processes in a row that end before they have begun


@dataclass(frozen=True, slots=True)
class Died:
    """No answer: the process ended over it, twice."""

    how: str
    killed: bool  # by somebody, the system most likely


@dataclass(slots=True)
class _Task:
    number: int
    asked: Any
    size: int
    died: bool = False  # whether a process ended over it


@dataclass(slots=True, eq=False)
class _Process:
    started: Started
    tasks: deque[_Task] = field(default_factory=deque)  # the first one is being done
    ready: bool = False

    @property
    def waiting(self) -> int:
        return sum(task.size for task in self.tasks)


def told(answer: Any) -> Any:
    """What an answer says."""
    return pickle.loads(answer) if isinstance(answer, bytes) else answer  # noqa: S301 - of a process of ours


class Here:
    """The same work in this process, one thing at a time, when its answer is asked for."""

    count = 1

    def __init__(self, work: Callable[[Any], Any]) -> None:
        self._work = work
        self._tasks: deque[tuple[int, Any]] = deque()
        self._number = 0

    def submit(self, asked: Any, *, size: int = 0) -> int:  # noqa: ARG002 - as of `Workers`
        """Ask something; the number of the answer."""
        self._number += 1
        self._tasks.append((self._number, asked))
        return self._number

    def answers(self) -> list[tuple[int, Any]]:
        """The next answer."""
        number, asked = self._tasks.popleft()
        return [(number, self._work(asked))]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._tasks.clear()


class Workers:
    """So many processes.  Tasks begin in the order in which they were submitted, and end in any."""

    def __init__(self, work: Work, *, count: int, forks: bool = FORKS, mother: Mother | None = None) -> None:
        """mother: one that is getting ready, where processes are forked."""
        self.count = count
        self._starting = starting(work, forks=forks, mother=mother)
        self._number = 0
        self._waiting: deque[_Task] = deque()
        self._suspects: deque[_Task] = deque()
        self._stillborn = 0
        self._processes: list[_Process] = []

    def __enter__(self) -> Self:
        try:
            self._processes += [_Process(self._starting.start()) for _ in range(self.count)]
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End all processes, whatever they do."""
        for each in self._processes:
            each.started.end()
        self._processes.clear()
        self._starting.close()

    def submit(self, asked: Any, *, size: int = 0) -> int:
        """Ask something; the number of the answer.  size: bytes of it, roughly."""
        self._number += 1
        self._waiting.append(_Task(self._number, asked, size))
        self._dispatch()
        return self._number

    def answers(self) -> list[tuple[int, bytes | Died]]:
        """One answer or more, as `told` understands them; waits until there is one.

        Raises Broken, with what went wrong, where our own code did, and the refusals of what was asked; WinsetError
        where no process can be started.
        """
        found: list[tuple[int, bytes | Died]] = []
        while not found:
            ready = connections.wait([each.started.connection for each in self._processes])
            for each in [one for one in self._processes if one.started.connection in ready]:
                found += self._heard(each)
            self._dispatch()
        return found

    def _heard(self, each: _Process) -> Iterator[tuple[int, bytes | Died]]:
        try:
            answer = each.started.connection.recv_bytes()
        except (EOFError, OSError):
            yield from self._buried(each)
            return
        if answer == READY:
            each.ready, self._stillborn = True, 0
            return
        task = each.tasks.popleft()
        if answer.startswith(FAILED):
            raise told(answer[1:])
        yield task.number, answer[1:]

    def _buried(self, each: _Process) -> Iterator[tuple[int, bytes | Died]]:
        """A process has died: its task is put aside, those that waited in it go to others."""
        code = each.started.ended()
        each.started.end()
        self._processes.remove(each)
        if not each.ready:
            self._stillborn += 1
            if self._stillborn >= STILLBORN:
                raise WinsetError(f"processes end before they have begun ({_how(code)}): try it with --processes 1")
        elif each.tasks:
            suspect = each.tasks.popleft()
            if suspect.died:
                yield suspect.number, Died(_how(code), killed=code == KILLED)
            else:
                suspect.died = True
                self._suspects.append(suspect)
        self._waiting.extendleft(reversed(each.tasks))
        self._processes.append(_Process(self._starting.start()))

    def _dispatch(self) -> None:
        """Give processes what waits; what one has died of only while nothing else is being done."""
        if self._suspects:
            if not any(each.tasks for each in self._processes):
                self._give(self._processes[0], self._suspects.popleft())
            return
        if any(task.died for each in self._processes for task in each.tasks):
            return
        while self._waiting:
            size = self._waiting[0].size
            free = [each for each in self._processes if _takes(each, size)]
            if not free:
                return
            self._give(min(free, key=lambda each: (len(each.tasks), each.waiting)), self._waiting.popleft())

    def _give(self, each: _Process, task: _Task) -> None:
        each.tasks.append(task)
        with contextlib.suppress(OSError):  # it has died, which is heard of next
            each.started.connection.send(task.asked)


def _takes(each: _Process, size: int) -> bool:
    """Whether it gets one more: what does not fit into a pipe is given only to a process that waits for it."""
    return not each.tasks or (len(each.tasks) < MOST_AHEAD and each.waiting + size <= AHEAD)


def _how(code: int | None) -> str:
    if code == KILLED:
        return "killed, perhaps for want of memory"
    if code is not None and code < 0:
        return f"broken down by {signal.Signals(-code).name}"
    return "ended" if code is None else f"ended with status {code}"
