"""A Dask cluster as winset uses it: calls out, answers back, in their order or as they come; a loss is told in a line.

Source of the method: Rocklin (2015), Dask: parallel computation with blocked algorithms and task scheduling.
"""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import re
import time
import uuid
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import CancelledError
from dataclasses import dataclass, field
from typing import Any, Generic, TypeAlias, TypeVar

from winset.errors import BadCase, NoCluster, NotConfigured

LOCAL = re.compile(r"local(?::(\d{1,4}))?")
REMOTE = ("tcp", "tls", "ws", "wss", "ucx")
JOIN_SECONDS = 90.0  # for a scheduler to answer, and a first worker to be there
LEAVE_SECONDS = 5.0
LOOK_SECONDS = 10.0  # between two looks at whether there is still a worker
AHEAD = 3  # calls for each thread of the cluster that are under way or wait there: its queue never runs empty
LEAST_AHEAD = 6

QUIET = {  # settings of processes of this machine: what Dask looks at all the time for a dashboard that is not there
    "logging.distributed": "critical",
    "distributed.worker.daemon": False,  # readers start processes of their own
    "distributed.worker.profile.enabled": False,
    "distributed.admin.system-monitor.interval": "5s",
    "distributed.admin.tick.interval": "500ms",
    "distributed.scheduler.active-memory-manager.start": False,
}

T = TypeVar("T")
Tell: TypeAlias = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Call(Generic[T]):
    """A function of `winset.cluster.work` with what it is given: plain words, numbers and bytes."""

    of: T  # what the caller knows it by
    function: Callable[..., Any]
    given: tuple[Any, ...]
    first: bool = False  # before others that wait


@dataclass(frozen=True, slots=True)
class Killed:
    """No answer: every worker that tried it died of it."""

    line: str


@dataclass(slots=True, kw_only=True)
class Joined:
    """A cluster that answered."""

    address: str
    client: Any
    tell: Tell
    name: str = field(default_factory=lambda: f"winset-{uuid.uuid4().hex[:12]}")
    _answers: queue.SimpleQueue[Any] = field(default_factory=queue.SimpleQueue)
    _looked: float = 0.0
    _ahead: int = LEAST_AHEAD
    _alone: bool = False

    @property
    def is_remote(self) -> bool:
        """Whether its machines may be others than this one."""
        return LOCAL.fullmatch(self.address) is None

    @property
    def threads(self) -> int:
        """Of all workers that are there now."""
        with self._told():
            return sum(self.client.nthreads().values())

    def set_up(self, text: str) -> None:
        """Have every worker ready, those that come later too.  Raises what `work.set_up` raises, NoCluster."""
        from winset.cluster.plugin import SetUp

        with self._told():
            self.client.register_plugin(SetUp(name=self.name, text=text))

    def everywhere(self, function: Callable[..., T], *given: Any) -> list[T]:
        """What a function answers on each worker."""
        with self._told():
            return list(self.client.run(function, *given).values())

    def in_order(self, calls: Iterable[Call[T]]) -> Generator[tuple[T, Any]]:
        """Each call with its answer, in the order of the calls; so many are under way as keep the cluster busy.

        An answer may be Killed.  Raises what a call raises, NoCluster.
        """
        waiting: deque[tuple[Call[T], Any]] = deque()
        remaining = iter(calls)
        with self._cancelling(waiting):
            while True:
                while len(waiting) < self._width() and (call := next(remaining, None)) is not None:
                    waiting.append((call, self._submit(call)))
                if not waiting:
                    return
                call, future = waiting[0]
                answer = self._answer(future)
                waiting.popleft()
                yield call.of, answer

    def as_they_come(self, calls: Iterable[Call[T]]) -> Generator[tuple[T, Any]]:
        """The same, each as soon as it is there."""
        answers: queue.SimpleQueue[Any] = queue.SimpleQueue()
        waiting: dict[str, tuple[Call[T], Any]] = {}
        remaining = iter(calls)
        with self._cancelling(waiting):
            while True:
                while len(waiting) < self._width() and (call := next(remaining, None)) is not None:
                    future = self._submit(call)
                    waiting[future.key] = (call, future)
                    future.add_done_callback(answers.put)
                if not waiting:
                    return
                with contextlib.suppress(queue.Empty):
                    future = answers.get(timeout=LOOK_SECONDS)
                    answer = self._answer(future)
                    call, _ = waiting.pop(future.key)
                    yield call.of, answer
                    continue
                self._look()

    def _submit(self, call: Call[Any]) -> Any:
        key = f"{self.name}-{call.function.__name__}-{uuid.uuid4().hex}"
        with self._told():
            return self.client.submit(
                call.function, *call.given, key=key, pure=False, retries=1, priority=10 if call.first else 0
            )

    def _answer(self, future: Any) -> Any:
        killed = _dask().KilledWorker
        while True:
            try:
                with self._told():
                    return future.result(timeout=LOOK_SECONDS)
            except killed as error:
                return Killed(" ".join(str(error).split()))
            except TimeoutError:
                if future.done():
                    raise
                self._look()

    def _width(self) -> int:
        if time.monotonic() - self._looked > LOOK_SECONDS:
            self._look()
        return self._ahead

    def _look(self) -> None:
        """Count the threads; say so, once, where there is none."""
        threads = self.threads
        self._looked = time.monotonic()
        self._ahead = max(LEAST_AHEAD, AHEAD * threads)
        if not threads and not self._alone:
            self.tell(f"{self.address}: no worker is left: waiting for one; Ctrl-C loses nothing")
        self._alone = not threads

    @contextlib.contextmanager
    def _cancelling(self, waiting: deque[tuple[Call[T], Any]] | dict[str, tuple[Call[T], Any]]) -> Iterator[None]:
        """Whatever ends it, nothing that waits is begun for nobody."""
        try:
            yield
        finally:
            left = [future for _, future in (waiting.values() if isinstance(waiting, dict) else waiting)]
            if left and self.client.status == "running":
                with contextlib.suppress(OSError, TimeoutError, CancelledError):
                    self.client.cancel(left, force=True)

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """The loss of the scheduler as one line.  Raises NoCluster."""
        try:
            yield
        except CancelledError as error:
            raise self._lost() from error
        except (RuntimeError, OSError) as error:  # CommClosedError is an OSError
            if self.client.status == "running" and type(error).__name__ != "CommClosedError":
                raise
            raise self._lost() from error

    def _lost(self) -> NoCluster:
        return NoCluster(
            f"{self.address}: the scheduler is gone: what is done stays; the same command goes on when it is back"
        )


@contextlib.contextmanager
def joined(address: str, *, tell: Tell) -> Iterator[Joined]:
    """The cluster of an address, `local` or `local:N` for N processes of this machine; left when the block ends.

    tell: hears one line where no worker is left.
    Raises BadCase for what is no address, NotConfigured without Dask, NoCluster where nobody answers.
    """
    checked(address)
    dask = _dask()
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what is lost is told in words of ours
    with contextlib.ExitStack() as stack:
        local = LOCAL.fullmatch(address)
        there = stack.enter_context(_local(int(local[1] or _cores()))) if local else address
        try:
            client = dask.Client(there, timeout=JOIN_SECONDS, set_as_default=False)
        except (OSError, TimeoutError, ValueError, TypeError) as error:
            why = " ".join(str(error).split()) or "no answer"
            raise NoCluster(f"{address}: no Dask scheduler answers there: {why}") from None
        stack.callback(_leave, client)
        try:
            client.wait_for_workers(1, timeout=JOIN_SECONDS)
        except TimeoutError:
            line = f"{address}: the scheduler has no worker, after {JOIN_SECONDS:.0f} s: start some"
            raise NoCluster(line) from None
        found = Joined(address=address, client=client, tell=tell)
        stack.callback(_forget, found)
        yield found


def checked(address: str) -> str:
    """The address, once it is known to be one.  Raises BadCase."""
    scheme, there, host = address.partition("://")
    local = LOCAL.fullmatch(address)
    if local and int(local[1] or 1) > 0:
        return address
    if there and scheme in REMOTE and host.strip("/"):
        return address
    raise BadCase(f"--cluster {address}: write local, local:N with N processes, or tcp://HOST:PORT or tls://HOST:PORT")


@contextlib.contextmanager
def _local(processes: int) -> Iterator[Any]:
    """Processes of this machine, which let in nobody else: what a scheduler is sent, it runs."""
    import dask

    with dask.config.set(QUIET):
        cluster = _dask().LocalCluster(
            n_workers=processes,
            threads_per_worker=1,
            dashboard_address=None,
            silence_logs=logging.CRITICAL,
            security=_dask().Security.temporary(),
        )
        with cluster:
            yield cluster


def _dask() -> Any:
    try:
        import distributed
    except ImportError:
        raise NotConfigured("--cluster needs Dask: pip install 'winset[cluster]'") from None
    return distributed


def _leave(client: Any) -> None:
    with contextlib.suppress(OSError, TimeoutError, CancelledError):
        client.close(timeout=LEAVE_SECONDS)


def _forget(found: Joined) -> None:
    """Let the workers go: they may serve others for days."""
    if found.is_remote and found.client.status == "running":
        with contextlib.suppress(OSError, TimeoutError, CancelledError, ValueError):
            found.client.unregister_worker_plugin(found.name)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
