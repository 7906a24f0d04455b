"""Places in a text, half-open and in order, found by bisection."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

Span = tuple[int, int]


class Placed(Protocol):
    """Anything with a start and an end in a text."""

    @property
    def start(self) -> int:
        """The first character's place."""
        ...

    @property
    def end(self) -> int:
        """The place behind the last."""
        ...


T = TypeVar("T", bound=Placed)


@dataclass(frozen=True, slots=True)
class Place:
    """A bare stretch of text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Places(Generic[T]):
    """Things with a place, in order of their starts, none inside another."""

    entries: tuple[T, ...]
    starts: tuple[int, ...]

    def within(self, start: int, end: int) -> Sequence[T]:
        """Those that lie wholly in the stretch. Cost: logarithmic, and linear in the answer."""
        low, high = bisect.bisect_left(self.starts, start), bisect.bisect_left(self.starts, end)
        found = self.entries[low:high]
        return found[:-1] if found and found[-1].end > end else found

    def before(self, at: int) -> T | None:
        """The last that starts before `at`."""
        index = bisect.bisect_left(self.starts, at)
        return self.entries[index - 1] if index else None

    def holding(self, at: int) -> T | None:
        """The one that the character at `at` is part of."""
        index = bisect.bisect_right(self.starts, at)
        return last if index and at < (last := self.entries[index - 1]).end else None

    def cut_by(self, start: int, end: int) -> bool:
        """Whether the stretch begins or ends inside one of them, and does not hold it whole."""
        before = bisect.bisect_left(self.starts, start)
        if before and self.entries[before - 1].end > start:
            return True
        index = bisect.bisect_right(self.starts, end)
        return index > before and self.entries[index - 1].end > end

    def touches(self, start: int, end: int) -> bool:
        """Whether one of them shares a character with the stretch."""
        index = bisect.bisect_left(self.starts, end)
        return index > 0 and self.entries[index - 1].end > start


NOWHERE: Places[Any] = Places((), ())


def in_order(entries: Iterable[T]) -> Places[T]:
    """The entries as places; of two that overlap the earlier, and then the longer, is kept."""
    given = tuple(entries)
    if not given:
        return NOWHERE
    starts = tuple([entry.start for entry in given])
    if len(given) == 1 or all(map(int.__le__, [entry.end for entry in given], starts[1:])):
        return Places(given, starts)  # as they mostly come
    kept: list[T] = []
    for entry in sorted(given, key=lambda entry: (entry.start, -entry.end)):
        if not kept or entry.start >= kept[-1].end:
            kept.append(entry)
    return Places(tuple(kept), tuple(entry.start for entry in kept))


def places(spans: Iterable[Span]) -> Places[Place]:
    """Bare stretches as places."""
    return in_order(Place(start, end) for start, end in spans)
