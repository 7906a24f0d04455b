"""Processes that get ready while a command has yet to open its case."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence

from winset.bulk.cores import processes as paying
from winset.bulk.progress import size_of
from winset.bulk.starting import FORKS, Mother
from winset.corpus.sources import expanded


@contextlib.contextmanager
def ahead(sources: Sequence[str], *, processes: int | None) -> Iterator[Mother | None]:
    """A mother for the processes that code these sources; None where there will be none, or the system has none.

    sources, processes: as for `keeping.keep`, which is to be given it.
    """
    if not FORKS or paying(processes, size=size_of(expanded(sources))) == 1:
        yield None
        return
    mother = Mother(ahead=True)
    try:
        yield mother
    finally:
        mother.close()
