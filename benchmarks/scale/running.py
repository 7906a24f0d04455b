"""A command with all the processes that it starts: wall time, CPU time, and the memory that they hold together."""

from __future__ import annotations

import math
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

LOOK = 0.25  # seconds between two looks at the memory
LOOKING = 0.01  # of the time, at most: else what is measured would have less of the machine


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What a command cost."""

    seconds: float
    cpu_seconds: float  # of all its processes
    peak_megabytes: float  # of all together, what they share counted once; not nought only where the system tells
    peak_resident: float  # the same with what they share counted for each
    status: int
    killed: bool = False


def ran(
    line: Sequence[str | Path],
    *,
    environment: Mapping[str, str] | None = None,
    until: Callable[[], bool] | None = None,
    allowed: Sequence[int] = (0,),
) -> Ran:
    """Run it in a session of its own.  until: asked again and again; once it says so, all its processes are killed.

    Raises SystemExit with the command's last words when it ends in a status that is not `allowed`.
    """
    peak = resident = 0.0
    killed = False
    with tempfile.TemporaryFile("w+") as said:
        started = time.perf_counter()
        process = subprocess.Popen(
            [str(word) for word in line],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,
            env=_surroundings(environment),
        )
        next_look = 0.0
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            if until is not None and not killed and until():
                os.killpg(process.pid, signal.SIGKILL)
                killed = True
            if until is None and time.perf_counter() > next_look:
                looked = time.perf_counter()
                held = memory(process.pid)
                peak, resident = max(peak, held[0]), max(resident, held[1])
                next_look = time.perf_counter() + max(LOOK, (time.perf_counter() - looked) / LOOKING)
            time.sleep(0.05)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if not killed and process.returncode not in allowed:
            said.seek(0)
            raise SystemExit(f"{' '.join(map(str, line))} ended in {process.returncode}:\n{said.read()[-2000:]}")
    return Ran(
        seconds=seconds,
        cpu_seconds=usage.ru_utime + usage.ru_stime,
        peak_megabytes=peak,
        peak_resident=resident,
        status=process.returncode,
        killed=killed,
    )


class Turns:
    """A command with all its processes that runs in turns and stands still between them: so two share a machine."""

    def __init__(self, line: Sequence[str | Path], *, environment: Mapping[str, str] | None = None) -> None:
        self.seconds = 0.0  # that it ran
        self._line = [str(word) for word in line]
        self._environment = _surroundings(environment)
        self._said = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed with it
        self._process: subprocess.Popen[bytes] | None = None

    def run(self, seconds: float = math.inf) -> bool:
        """Run it for so long, or to its end; whether that has come, now or before.

        Raises SystemExit with the command's last words when it ends in another status than 0.
        """
        began = time.perf_counter()
        if self._process is None:
            self._process = subprocess.Popen(
                self._line,
                stdin=subprocess.DEVNULL,
                stdout=self._said,
                stderr=self._said,
                start_new_session=True,
                env=self._environment,
            )
        elif self._process.returncode is not None:
            return True
        else:
            os.killpg(self._process.pid, signal.SIGCONT)
        while (status := self._process.poll()) is None and time.perf_counter() - began < seconds:
            time.sleep(min(0.01, max(0.0, seconds - (time.perf_counter() - began))))
        if status is None:
            os.killpg(self._process.pid, signal.SIGSTOP)
        self.seconds += time.perf_counter() - began
        if status:
            self._said.seek(0)
            raise SystemExit(f"{' '.join(self._line)} ended in {status}:\n{self._said.read()[-2000:]}")
        return status is not None

    def kill(self) -> None:
        """Kill all of it; the next turn begins it anew."""
        if self._process is not None and self._process.returncode is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._process = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        self._said.close()


def _surroundings(further: Mapping[str, str] | None) -> dict[str, str]:
    """Those of this process, with bytecode kept as where winset was installed: it is not compiled at every start."""
    kept = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "winset-bytecode")}
    return {**os.environ, **kept, **(further or {})}


def memory(session: int) -> tuple[float, float]:
    """Megabytes of all processes of a session: in proportion (PSS), and resident (RSS); noughts where nobody tells."""
    together = resident = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(stat.read_text().rpartition(")")[2].split()[3]) != session:
                continue
            told = (stat.parent / "smaps_rollup").read_text().splitlines()
        except (OSError, ValueError, IndexError):
            continue
        held = {name: int(rest.split()[0]) for name, _, rest in (row.partition(":") for row in told[1:]) if rest}
        together, resident = together + held.get("Pss", 0), resident + held.get("Rss", 0)
    return together * 1024 / 1e6, resident * 1024 / 1e6
