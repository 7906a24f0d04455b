"""One command in a new process, with its wall time and its peak memory."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

PROJECT = Path(__file__).parents[1]
WINSET = Path(sys.executable).with_name("winset")  # the command of the environment that runs the benchmark
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What one process cost."""

    seconds: float  # wall clock, from start to end
    cpu_seconds: float  # of all its threads; much less than `seconds` on a busy machine, which spoils the measurement
    peak_megabytes: float  # largest resident set of the process and of those it waited for


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What several runs of one command cost, against what it may cost."""

    name: str
    runs: tuple[Spent, ...]
    seconds_limit: float
    megabytes_limit: float | None = None

    @property
    def seconds(self) -> tuple[float, float, float]:
        """Smallest, median and largest wall time."""
        times = sorted(run.seconds for run in self.runs)
        return times[0], median(times), times[-1]

    @property
    def peak_megabytes(self) -> float:
        """Largest peak of all runs."""
        return max(run.peak_megabytes for run in self.runs)

    @property
    def holds(self) -> bool:
        """Whether the median time and the largest peak are within the limits."""
        return self.seconds[1] < self.seconds_limit and (
            self.megabytes_limit is None or self.peak_megabytes < self.megabytes_limit
        )

    def as_dict(self) -> dict[str, object]:
        """Plain values for `--json`."""
        return asdict(self) | {"holds": self.holds}

    def __str__(self) -> str:
        low, middle, high = self.seconds
        cpu = median(run.cpu_seconds for run in self.runs)
        memory = f"of {self.megabytes_limit:.0f}" if self.megabytes_limit else "no limit"
        verdict = "holds" if self.holds else "OVER THE LIMIT"
        return (
            f"{self.name}: {low:.2f} / {middle:.2f} / {high:.2f} s (min / median / max of {len(self.runs)}, "
            f"limit {self.seconds_limit:g} s), {cpu:.2f} s of CPU, "
            f"peak {self.peak_megabytes:.0f} MB ({memory}): {verdict}"
        )


def cold(command: Sequence[str | Path], *, allowed: Sequence[int] = (0,), stop_after: float = 0) -> Spent:
    """The cost of `command` in a new process; files may be in the system's cache, nothing else is warm.

    stop_after: seconds after which it gets what Ctrl-C sends; 0: never.
    Raises SystemExit with the command's last words when it ends in a status that is not `allowed`.
    """
    line = [str(part) for part in command]
    with tempfile.TemporaryFile("w+") as said:
        started = time.perf_counter()
        process = subprocess.Popen(line, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        stop = threading.Timer(stop_after, os.kill, (process.pid, signal.SIGINT))
        if stop_after:
            stop.start()
        _, status, usage = os.wait4(process.pid, 0)
        stop.cancel()
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in allowed:
            said.seek(0)
            raise SystemExit(f"{' '.join(line)} ended in {process.returncode}:\n{said.read()[-2000:]}")
    unit = 1 if sys.platform == "darwin" else 1024  # ru_maxrss is in bytes there, in KiB elsewhere
    cpu_seconds = usage.ru_utime + usage.ru_stime
    return Spent(seconds=seconds, cpu_seconds=cpu_seconds, peak_megabytes=usage.ru_maxrss * unit / MEGABYTE)
