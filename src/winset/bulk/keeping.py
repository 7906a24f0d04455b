"""Documents into a kept case, coded by processes, written in batches; an interrupted run goes on where it stopped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from winset import __version__
from winset.bulk.arriving import Arrivals, Arrived
from winset.bulk.batching import Batch
from winset.bulk.cores import processes as paying
from winset.bulk.progress import Progress, size_of
from winset.bulk.work import ReadAndCode
from winset.bulk.workers import Here, Workers
from winset.corpus.sources import expanded, printable
from winset.corpus.types import Duplicate, Rejected
from winset.errors import NotText
from winset.ids import DocumentId
from winset.pipeline.clock import now
from winset.pipeline.keeping import make_ready, near_copies
from winset.pipeline.registries import own_registries
from winset.store.taking_in import Arrival, Incoming, known, take_in, taken_in

if TYPE_CHECKING:
    from winset.bulk.starting import Mother
    from winset.store.case_store import CaseStore

BATCH = 64  # documents written at once
COMPARED = 2_000  # new documents up to which `keep` looks for near copies of each


@dataclass(kw_only=True)
class Kept:
    """What one `winset add` did to a case."""

    added: list[str] = field(default_factory=list)  # names
    again: list[str] = field(default_factory=list)  # names of documents whose text was there already
    again_unread: int = 0  # of these, so many of files of lines that were not read again, and are named as one
    rejected: list[Rejected] = field(default_factory=list)
    near: tuple[Duplicate, ...] = ()  # copies, where an added document is the copy or the one that was copied
    compared: bool = True  # whether near copies were looked for
    statements: int = 0  # of the added ones
    words: int = 0

    @property
    def there_already(self) -> int:
        """How many documents were."""
        return len(self.again) + self.again_unread


def keep(
    store: CaseStore,
    sources: Sequence[str],
    *,
    processes: int | None = None,
    progress: Callable[[Progress], None] | None = None,
    tell: Callable[[str], None] | None = None,
    by: str = "",
    mother: Mother | None = None,
) -> Kept:
    """Read, code and keep: what is written stays, and with it how far the sources are in.

    The case is the same row by row for every number of processes, and however often a run was interrupted.
    processes: as many as pay where None.  tell: hears, in one line, what is worth knowing.  by: as for `CaseStore.add`.
    mother: one of `ahead`, for the same sources and processes.
    Raises what `CaseStore.add` raises; the case holds then what was written before.
    Memory: that of some documents for each process, and of the names of all.
    """
    meant = expanded(sources)
    size = size_of(meant)
    count = paying(processes, size=size)
    work = ReadAndCode(spec=store.spec(), additions=own_registries(store))
    kept, new = Kept(), list[DocumentId]()
    with Workers(work, count=count, mother=mother) if count > 1 else Here(work) as workers:
        arrivals = Arrivals(
            workers,
            known=lambda ids: known(store, ids),
            noted=lambda places: taken_in(store, places),
            made_by=__version__,
        )
        writing = _Writing(store, arrivals, kept, new, by)
        shown = Progress(total=size)
        try:
            for each in arrivals.of(meant):
                writing.take(each)
                for line in each.told if tell else ():
                    tell(line)  # type: ignore[misc]  # it is there
                shown = shown.after(each)
                if progress is not None:
                    progress(shown)
        except KeyboardInterrupt:
            writing.batch.write()
            raise
        writing.batch.write()
    make_ready(store)
    kept.compared = len(new) <= COMPARED
    kept.near = near_copies(store, new) if kept.compared else ()
    return kept


class _Writing:
    """What has come and is not written yet."""

    def __init__(self, store: CaseStore, arrivals: Arrivals, kept: Kept, new: list[DocumentId], by: str) -> None:
        self._store, self._arrivals, self._kept, self._new, self._by = store, arrivals, kept, new, by
        self.batch = Batch(write_some=self._write, most=BATCH)

    def take(self, arrived: Arrived) -> None:
        """Take what has come, and write all that waits where it is enough, or has waited long."""
        if arrived.documents:
            self._kept.again += arrived.again
            self._kept.again_unread += arrived.documents - len(arrived.again)
        if arrived.arrivals or arrived.taken is not None:
            self.batch.take(arrived, count=len(arrived.arrivals))
        else:
            self.batch.look()

    def _write(self, waiting: list[Arrived]) -> None:
        arrived: Sequence[Arrival] = [arrival for each in waiting for arrival in each.arrivals]
        taken = [each.taken for each in waiting if each.taken is not None]
        try:
            new = take_in(self._store, arrived, taken=taken, by=self._by, at=now())
        except NotText:
            arrived, new = self._one_by_one(arrived)
        waiting.clear()
        self._arrivals.settled(each.document.id for each in arrived if isinstance(each, Incoming))
        for each, is_new in zip(arrived, new, strict=True):
            self._tell(each, is_new=is_new)

    def _one_by_one(self, arrived: Sequence[Arrival]) -> tuple[list[Arrival], tuple[bool, ...]]:
        """Keep what a database can: one that takes no NUL in a text refuses a document, not those around it.

        How far their sources are in is not noted: they are tried again.
        """
        held: list[Arrival] = []
        new: list[bool] = []
        for each in arrived:
            try:
                new += take_in(self._store, [each], by=self._by, at=now())
            except NotText as error:
                if isinstance(each, Rejected):
                    raise
                name = each.document.name
                refused = Rejected(name=name, reason=printable(f"{name}: {error}"), kind=type(error).__name__)
                new += take_in(self._store, [refused], by=self._by, at=now())
                held.append(refused)
            else:
                held.append(each)
        return held, tuple(new)

    def _tell(self, arrival: Arrival, *, is_new: bool) -> None:
        if isinstance(arrival, Rejected):
            self._kept.rejected.append(arrival)
        elif is_new and arrival.coding is not None:
            self._kept.added.append(arrival.document.name)
            self._kept.statements += len(arrival.coding.statements)
            self._kept.words += len(arrival.document.text.split())
            self._new.append(arrival.document.id)
        else:
            self._kept.again.append(arrival.document.name)
