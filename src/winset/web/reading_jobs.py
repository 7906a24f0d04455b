"""Documents that come in while people go on working: one thread for each job, one job at work at a time.

A job is remembered as long as the desk runs. What it tells as added is in the case, whatever happens to the desk after.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from winset.corpus.fetching import Permit, public
from winset.corpus.types import Limits
from winset.errors import WinsetError
from winset.pipeline.clock import now
from winset.pipeline.keeping import near_copies

if TYPE_CHECKING:
    from winset.corpus.types import Duplicate, Rejected
    from winset.ids import DocumentId
    from winset.pipeline.keeping import KeptOne
    from winset.web.cases import OpenCase

REMEMBERED = 30  # ended jobs of all cases
PATIENCE = 5.0  # seconds that a desk which is being stopped waits for the documents in work

Heard = Callable[[str], None]
Work = Callable[[Heard], "Iterator[KeptOne]"]


class State(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    READING = "reading"
    DONE = "done"
    STOPPED = "interrupted"
    FAILED = "broken off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """A document that is in the case now."""

    id: DocumentId
    name: str
    statements: int


@dataclass(slots=True, kw_only=True)
class Job:
    """Documents on their way into a case. One thread writes, any may read: each value is replaced whole."""

    id: str
    case: str  # its name in addresses
    by: str
    at: str  # ISO 8601, UTC
    what: str  # "3 files"
    total: int  # files, addresses or texts
    size: int = 0  # bytes held in memory
    state: State = State.WAITING
    begun: int = 0  # of the total
    at_work: str = ""  # the name of what is being read
    added: tuple[Added, ...] = ()
    again: tuple[str, ...] = ()  # texts that were there already
    rejected: tuple[Rejected, ...] = ()
    near: tuple[Duplicate, ...] = ()
    names: dict[DocumentId, str] = field(default_factory=dict)  # of the documents that `near` names
    told: str = ""  # why it broke off
    _stop: threading.Event = field(default_factory=threading.Event)

    @property
    def ended(self) -> bool:
        """Whether nothing more will come."""
        return self.state in (State.DONE, State.STOPPED, State.FAILED)

    @property
    def stopping(self) -> bool:
        """Whether it was asked to stop, and has not yet."""
        return self._stop.is_set() and not self.ended

    def interrupt(self) -> None:
        """Stop after the document in work."""
        self._stop.set()

    def is_interrupted(self) -> bool:
        """Whether somebody asked it to stop."""
        return self._stop.is_set()

    def heard(self, name: str) -> None:
        """The next one is begun."""
        self.begun, self.at_work = self.begun + 1, name

    def take(self, one: KeptOne) -> None:
        """Something has come of a document."""
        if one.rejected is not None:
            self.rejected = (*self.rejected, one.rejected)
        elif one.document is not None and one.new:
            row = Added(id=one.document.id, name=one.name, statements=one.statements)
            self.added = (*self.added, row)
        else:
            self.again = (*self.again, one.name)


class Jobs:
    """All that is being added, on all cases of a desk."""

    def __init__(self, *, limits: Limits | None = None, permit: Permit = public) -> None:
        self.limits = limits or Limits()
        self.permit = permit  # which IP addresses may be asked; only tests need another
        self._jobs: dict[str, Job] = {}
        self._threads: dict[str, threading.Thread] = {}
        self._changing = threading.Lock()
        self._one_at_a_time = threading.Lock()

    def start(self, case: OpenCase, work: Work, *, by: str, what: str, total: int, size: int = 0) -> Job:
        """Begin to add what `work` reads and keeps, one by one; it is handed what hears each name."""
        job = Job(id=secrets.token_hex(8), case=case.name, by=by, at=now(), what=what, total=total, size=size)
        thread = threading.Thread(target=self._run, args=(job, case, work), name=f"add {job.id}", daemon=True)
        with self._changing:
            self._jobs[job.id], self._threads[job.id] = job, thread
            for old in [each for each in self._jobs.values() if each.ended][:-REMEMBERED]:
                del self._jobs[old.id]
        thread.start()
        return job

    def of(self, case: OpenCase) -> tuple[Job, ...]:
        """Those of one case, the newest first."""
        with self._changing:
            return tuple(each for each in reversed(self._jobs.values()) if each.case == case.name)

    def job(self, case: OpenCase, id: str) -> Job | None:
        """One of them; None where it is forgotten, or of another case."""
        found = self._jobs.get(id)
        return found if found is not None and found.case == case.name else None

    @property
    def held(self) -> int:
        """Bytes that wait in memory."""
        with self._changing:
            return sum(each.size for each in self._jobs.values() if not each.ended)

    def close(self) -> None:
        """Stop all after the document in work."""
        with self._changing:
            threads = list(self._threads.values())
            for each in self._jobs.values():
                each.interrupt()
        until = time.monotonic() + PATIENCE
        for thread in threads:
            thread.join(max(0.0, until - time.monotonic()))

    def _run(self, job: Job, case: OpenCase, work: Work) -> None:
        state = State.FAILED  # unless it comes to its end: a mistake of ours is told too, and goes to the log
        try:
            with self._one_at_a_time:
                state = self._read(job, case, work)
        except WinsetError as error:
            job.told = str(error)
        finally:
            if state is State.FAILED and not job.told:
                job.told = "A mistake in winset itself: see what the server printed."
            job.at_work, job.size, job.state = "", 0, state
            with self._changing:
                self._threads.pop(job.id, None)

    def _read(self, job: Job, case: OpenCase, work: Work) -> State:
        if job.is_interrupted():  # while it waited
            return State.STOPPED
        job.state = State.READING
        for one in work(job.heard):
            job.take(one)
            if job.is_interrupted():
                return State.STOPPED if job.begun < job.total else State.DONE
        if job.added and not case.view().big:
            near = near_copies(case.store, [each.id for each in job.added])
            if near:
                there = {document.id: document.name for document in case.store.documents()}
                job.names = {id: there.get(id, id) for each in near for id in (each.document_id, each.of)}
                job.near = near
        return State.DONE
