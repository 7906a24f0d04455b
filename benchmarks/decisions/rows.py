"""One line of the table that `make bench-decisions` prints."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

WARM = 1  # runs before those that count


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What was measured, beside a peer where there is one, against what it has to reach."""

    what: str
    ours: float
    unit: str
    must: str  # in words: "at most 1/50 of gridvoting"
    holds: bool
    peer: float | None = None  # the same unit
    peer_name: str = ""
    remark: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times the peer takes as long."""
        return self.peer / self.ours if self.peer is not None and self.ours else None


def seconds(work: Callable[[], object], *, runs: int = 3) -> float:
    """Median wall time of one call, after one that does not count."""
    for _ in range(WARM):
        work()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return median(times)
