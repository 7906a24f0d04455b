"""A command with all the processes that it starts: wall time, CPU time, and the memory that they hold together."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

LOOK = 0.25  # seconds between two looks at the memory


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
            env={**os.environ, **(environment or {})},
        )
        looked = 0.0
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            if until is not None and not killed and until():
                os.killpg(process.pid, signal.SIGKILL)
                killed = True
            if until is None and time.perf_counter() - looked > LOOK:
                held = memory(process.pid)
                peak, resident, looked = max(peak, held[0]), max(resident, held[1]), time.perf_counter()
            time.sleep(0.05 if until is not None else 0.01)
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
