"""How many processes pay: as many as there are cores and memory for, and one where there is little to do."""

from __future__ import annotations

import os
from pathlib import Path

ENOUGH = 150_000  # bytes of documents below which starting processes takes longer than they save
MOST = 64
OWN = 150_000_000  # bytes of memory that a process takes for itself at most, beside the 50 MB that all share

_QUOTA = Path("/sys/fs/cgroup/cpu.max")
_MEMORY = Path("/proc/meminfo")
_MEMORY_LIMIT = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory.current"))


def processes(asked: int | None, *, size: int) -> int:
    """Processes for documents of so many bytes in all; what a person asked for stands."""
    if asked is not None:
        return asked
    return 1 if size < ENOUGH else max(1, min(cores(), _room(), MOST))


def cores() -> int:
    """Cores that this process may use: those it is held to, and of a container its share, rounded up."""
    held = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        quota, period = _QUOTA.read_text("ascii").split()
    except (OSError, ValueError):
        return held
    return held if quota == "max" else max(1, min(held, -(-int(quota) // int(period))))


def _room() -> int:
    """Processes that fit into the memory that is free; where nobody tells, as many as may be."""
    try:
        told = dict(line.split(":", 1) for line in _MEMORY.read_text("ascii").splitlines())
        free = int(told["MemAvailable"].split()[0]) * 1024
    except (OSError, KeyError, ValueError):
        return MOST
    try:
        limit, used = (int(path.read_text("ascii")) for path in _MEMORY_LIMIT)
    except (OSError, ValueError):  # no container, or one without a limit
        return free // OWN
    return min(free, limit - used) // OWN
