"""Kept documents coded again by processes, written portion by portion; an interrupted run goes on where it stopped."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from winset.bulk.batching import Batch
from winset.bulk.cores import processes as paying
from winset.bulk.work import Coded as Answer
from winset.bulk.work import ReadAndCode
from winset.bulk.workers import Died, Here, Workers, told
from winset.pipeline.clock import now
from winset.pipeline.defaults import STANCE
from winset.pipeline.reading import Attributors
from winset.pipeline.registries import own_registries
from winset.store import recoding
from winset.store.recoding import Coded, Difference, MadeBy, Recoding

if TYPE_CHECKING:
    from winset.corpus.types import Document
    from winset.store.case_store import CaseStore
    from winset.store.types import Coding

PORTION = 32  # documents written at once
AHEAD = 16  # documents on their way, for each process
HELD = 8_000_000  # characters of documents on their way
SIZE = 2_500  # bytes of a document, where it is only to be told whether processes pay

Tell = Callable[[str], None]


@dataclass(kw_only=True)
class Recoded:
    """What one run did, and how far the coding is."""

    recoding: Recoding
    difference: Difference = field(default_factory=Difference)
    left: list[tuple[str, str]] = field(default_factory=list)  # documents that are as they were: name, and why
    words: int = 0
    seconds: float = 0.0


@dataclass(slots=True)
class _Slot:
    """A document on its way."""

    rank: int
    document: Document
    wanted: bool  # else it stays as it is
    answer: Answer | Died | None = None

    @property
    def is_ready(self) -> bool:
        return not self.wanted or self.answer is not None


def recode(
    store: CaseStore,
    *,
    by: Attributors,
    who: str,
    why: str = "",
    older: bool = False,
    anew: bool = False,
    processes: int | None = None,
    progress: Callable[[Recoded], None] | None = None,
    tell: Tell | None = None,
) -> Recoded:
    """Code all documents of a case again, and keep what is written; persons' words stay, see `store.recoding`.

    by: who codes now.  who, why: for the trail.  older: only documents that another version of winset coded.
    anew: give up a coding that was interrupted.  processes: as many as pay where None.
    The case is the same for every number of processes, and however often a run was interrupted. Others may work at it
    meanwhile. Memory: that of some documents for each process.
    Raises BadCase for an interrupted coding that is another, LockedCase where another process does it, CannotWrite.
    """
    work = ReadAndCode(spec=store.spec(), additions=own_registries(store), by=by)
    begun = recoding.begun(
        store, by=who, at=now(), methods=by.methods, stance=by.stance, older=older, why=why, anew=anew
    )
    done, made = Recoded(recoding=begun), recoding.made_by(store)
    count = 1 if by.endpoint is not None else paying(processes, size=SIZE * (begun.until - begun.last))
    began = time.monotonic()
    with Workers(work, count=count) if count > 1 else Here(work) as workers:
        writing = _Writing(store=store, done=done, made=made, work=work, by=by, tell=tell or (lambda _: None))
        try:
            for slot in _answered(store, begun, made, workers):
                writing.take(slot)
                done.seconds = time.monotonic() - began
                if progress is not None:
                    progress(done)
        except KeyboardInterrupt:
            writing.batch.write()
            raise
        writing.batch.write()
    done.recoding = recoding.ended(store, done.recoding, at=now())
    done.seconds = time.monotonic() - began
    return done


def _answered(store: CaseStore, begun: Recoding, made: Sequence[MadeBy], workers: Workers | Here) -> Iterator[_Slot]:
    """The documents in their order, each with its answer."""
    coming = _slots(store, begun, made)
    slots: deque[_Slot] = deque()
    asked: dict[int, _Slot] = {}
    room = 1 if isinstance(workers, Here) else AHEAD * workers.count
    more = True
    while more or slots:
        while more and len(slots) < room and (sum(len(slot.document.text) for slot in slots) < HELD or not slots):
            slot = next(coming, None)
            more = slot is not None
            if slot is not None:
                slots.append(slot)
                if slot.wanted:
                    asked[workers.submit(slot.document, size=4 * len(slot.document.text))] = slot
        while slots and slots[0].is_ready:
            yield slots.popleft()
        if slots:
            for number, answer in workers.answers():
                asked.pop(number).answer = told(answer)


def _slots(store: CaseStore, begun: Recoding, made: Sequence[MadeBy]) -> Iterator[_Slot]:
    after = begun.last
    while some := recoding.to_code(store, begun, made=made, after=after, limit=PORTION):
        for rank, document, wanted in some:
            yield _Slot(rank, document, wanted)
            after = rank


@dataclass(slots=True, kw_only=True)
class _Writing:
    """What is coded and not written yet."""

    store: CaseStore
    done: Recoded
    made: Sequence[MadeBy]
    work: ReadAndCode
    by: Attributors
    tell: Tell
    batch: Batch[Coded] = field(init=False)

    def __post_init__(self) -> None:
        self.batch = Batch(write_some=self._write, most=PORTION)

    def take(self, slot: _Slot) -> None:
        """Take a document."""
        answer = slot.answer
        coding = answer.coding if isinstance(answer, Answer) else None
        if isinstance(answer, Answer):
            for line in answer.told:
                self.tell(line)
            self.done.words += len(slot.document.text.split())
        elif isinstance(answer, Died):
            self.done.left.append((slot.document.name, f"the process that coded it was {answer.how}"))
        failed = isinstance(answer, Died)
        self.batch.take(Coded(rank=slot.rank, document=slot.document, coding=coding, failed=failed))

    def _write(self, waiting: list[Coded]) -> None:
        """Write what waits; what somebody has touched since it was looked at is left, to be looked at again."""
        portion = [replace(each, read=self._read(each)) for each in waiting]
        further, difference = recoding.code_again(self.store, self.done.recoding, portion, made=self.made, at=now())
        self.done.recoding = further
        self.done.difference.add(difference)
        waiting[:] = [each for each in waiting if each.rank > further.last]

    def _read(self, each: Coded) -> Coding | None:
        """The statements that stay though they are no longer found, as the machine reads them now."""
        from winset.actors.registry import registry
        from winset.actors.resolution import identify
        from winset.positions.stance_taking import stances_by
        from winset.statements.segmentation import segments
        from winset.store.types import Coding

        statements = recoding.to_read(self.store, each.document, each.coding) if each.coding is not None else ()
        if not statements:
            return None
        spec = self.work.spec
        assert spec is not None  # noqa: S101 - a kept case has one
        who = identify(each.document, statements, registry(self.work.additions), spec=spec)
        taken = stances_by(
            self.by.stance,
            statements,
            document=each.document,
            issue=spec.issue,
            identifications=who,
            segments=segments(each.document.text),
            endpoint=self.by.endpoint,
            otherwise=STANCE,
        )
        return Coding(statements=statements, identifications=who, stances=taken.stances, runs=taken.runs)
