"""A cluster that is this very process, whose workers can be made to die of a document."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from winset.cluster import work
from winset.cluster.joining import Call, Joined, Killed
from winset.cluster.sources import Share


@dataclass(slots=True, kw_only=True)
class Inline(Joined):
    """Every call is made here and now."""

    deadly: str = ""  # a share with a document of this name kills; with `only`, that document alone does

    @property
    def is_remote(self) -> bool:
        return False

    def set_up(self, text: str) -> None:
        work.set_up(self.name, text)

    def in_order(self, calls: Iterable[Call[Any]]) -> Generator[tuple[Any, Any]]:
        for call in calls:
            yield call.of, Killed("died") if self._kills(call) else call.function(*call.given)

    as_they_come = in_order

    def _kills(self, call: Call[Any]) -> bool:
        if not self.deadly or call.function not in (work.code, work.code_into):
            return False
        share = Share.from_value(json.loads(call.given[1]))
        only = call.given[2] if call.function is work.code and len(call.given) > 2 else None
        names = [getattr(each, "name", "") for each in work._read(share, only)]
        return self.deadly in names


@contextlib.contextmanager
def inline(deadly: str = "", tell: Any = print) -> Iterator[Inline]:
    """The cluster, forgotten when the block ends."""
    found = Inline(address="local", client=None, tell=tell, deadly=deadly)
    try:
        yield found
    finally:
        work.clear_up(found.name)
