"""What is written together: one thing alone costs a transaction of its own, and what waits is lost with the process."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

WAITING = 0.5  # seconds that the first of a batch waits for others: what an interruption costs, at most

T = TypeVar("T")


@dataclass(slots=True, kw_only=True)
class Batch(Generic[T]):
    """Things on their way into a store, written where they are enough, or where the first has waited long."""

    write_some: Callable[[list[T]], None]  # writes what it can of the list, and takes it off
    most: int  # things
    _waiting: list[T] = field(default_factory=list)
    _count: int = 0
    _since: float = 0.0

    def take(self, one: T, *, count: int = 1) -> None:
        """Take it, and write where it is time.  count: of things in it."""
        if not self._waiting:
            self._since = time.monotonic()
        self._waiting.append(one)
        self._count += count
        self.look()

    def look(self) -> None:
        """Write where it is time."""
        if self._waiting and (self._count >= self.most or time.monotonic() - self._since >= WAITING):
            self.write()

    def write(self) -> None:
        """Write all that waits."""
        while self._waiting:
            self.write_some(self._waiting)
        self._count = 0
