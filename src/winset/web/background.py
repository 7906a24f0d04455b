"""What takes long to work out of a case is made beside the pages: once for each version, in a thread of its own."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from winset.web.cases import OpenCase, View

MOST = 16  # things remembered of one case; those asked for last
QUICK = 0.1  # seconds that a page of a big case waits
REST = 60.0  # seconds before a big case is counted again: coders are at work, and it takes a processor for seconds
WAIT = 2.5  # seconds that a page waits for what it shows before it says that this is being worked out

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Made(Generic[T]):
    """Something that was worked out, and of which version of the case."""

    value: T
    version: int  # number of the last change that counts in it
    behind: int = 0  # changes made since; a newer one is being worked out


def newest(
    case: OpenCase, name: str, make: Callable[[View], T], *, wait: float = WAIT, rest: float = 0.0
) -> Made[T] | None:
    """What `make` gives of the newest version, or of an older one after `wait` seconds; None while there is none yet.

    name: of what is made, the same for the same `make`.  rest: seconds after which it is made again at the soonest.
    Raises what `make` raises.
    """
    with _LOCK:
        kept = _KEPT.setdefault(case, OrderedDict())
        keeper = kept.setdefault(name, _Keeper())
        kept.move_to_end(name)
        while len(kept) > MOST:
            kept.popitem(last=False)
    return keeper.newest(case.view(), make, wait, rest)


def patience(case: OpenCase) -> float:
    """Seconds that a page waits: for what is worked out of a big case it would wait in vain."""
    return QUICK if case.view().big else WAIT


class _Keeper:
    """The last one made, and the one in work."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._worker = ThreadPoolExecutor(max_workers=1)
        self._last: Made[Any] | None = None
        self._work: Future[Any] | None = None
        self._of = -1  # version of what is in work
        self._since = 0.0  # when the last one was first had

    def newest(self, view: View, make: Callable[[View], T], wait: float, rest: float) -> Made[T] | None:
        with self._lock:
            if self._last is not None and self._last.version == view.version:
                return self._last
            if self._last is not None and time.monotonic() < self._since + rest:
                return replace(self._last, behind=view.version - self._last.version)
            if self._work is None or (self._work.done() and self._of != view.version):
                self._of, self._work = view.version, self._worker.submit(make, view)
            work, of = self._work, self._of
        try:
            made = Made(value=work.result(timeout=wait), version=of)
        except NotYet:
            with self._lock:
                last = self._last
            return last and replace(last, behind=view.version - last.version)
        with self._lock:
            if self._last is None or self._last.version <= of:
                self._last, self._since = made, time.monotonic()
        return replace(made, behind=view.version - of)


_LOCK = threading.Lock()
_KEPT: WeakKeyDictionary[OpenCase, OrderedDict[str, _Keeper]] = WeakKeyDictionary()
