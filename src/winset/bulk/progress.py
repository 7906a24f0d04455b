"""How far a long run is."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from winset.corpus.sources import Source

if TYPE_CHECKING:
    from winset.bulk.arriving import Arrived


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """So far, of sources of so many bytes in all."""

    total: int
    done: int = 0  # bytes
    documents: int = 0  # read, rejected ones too
    words: int = 0  # coded
    name: str = ""  # of the source that came last
    began: float = field(default_factory=time.monotonic)

    def after(self, arrived: Arrived) -> Progress:
        """With what has come."""
        return replace(
            self,
            done=arrived.done,
            documents=self.documents + len(arrived.arrivals) + arrived.documents,
            words=self.words + arrived.words,
            name=arrived.name or self.name,
        )

    @property
    def words_a_second(self) -> float:
        """Coded, since it began."""
        return self.words / max(time.monotonic() - self.began, 1e-9)


def size_of(sources: Iterable[Source]) -> int:
    """Bytes of all files among the sources."""
    total = 0
    for source in sources:
        if source.path is not None and source.refusal is None:
            try:
                total += source.path.stat().st_size
            except OSError:  # who reads it will say so
                continue
    return total
