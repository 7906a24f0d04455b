"""Sources in, documents with their codings out, in order: read and coded by processes, no further ahead than fits."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from winset.bulk.work import Coded, ReadLine
from winset.bulk.workers import Died, Here, Workers, told
from winset.corpus.document_lines import Line, lines, opened
from winset.corpus.formats import holds_lines
from winset.corpus.reading import rejected
from winset.corpus.sources import Source
from winset.corpus.types import Document, Limits, Rejected
from winset.errors import Damaged, TooLarge, Unreadable
from winset.ids import DocumentId, content_id
from winset.store.taking_in import Arrival, Incoming, TakenIn

HELD = 32_000_000  # bytes of sources and answers that are held, whatever their number
PLACES_EACH = 24  # sources that are read or coded at once, for each process
LOOKED_UP = 300  # sources that are asked about at once
SETTLED = 2_000_000_000  # nanoseconds after which a file that changes again has another time

Known: TypeAlias = Callable[[Sequence[DocumentId]], Collection[str]]
Noted: TypeAlias = Callable[[Sequence[str]], dict[str, TakenIn]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """What has come next, in order; nothing, where the next may take a while."""

    name: str = ""  # of the source
    arrivals: tuple[Arrival, ...] = ()
    taken: TakenIn | None = None  # how far its source is in with this
    again: tuple[str, ...] = ()  # names of documents of a source that is in whole, and is not read
    documents: int = 0  # so many of them; of a file of lines those before the place where an earlier run stopped
    told: tuple[str, ...] = ()
    words: int = 0  # coded
    done: int = 0  # bytes of all sources so far


@dataclass(frozen=True, slots=True)
class _File:
    """A source as it was before it was read."""

    source: Source
    place: str = ""
    size: int = 0
    modified: int = 0

    @property
    def lines(self) -> Path | None:
        """The path of a file that holds one document a line."""
        path = self.source.path
        return path if path is not None and self.source.refusal is None and holds_lines(path.name) else None

    def taken(self, **further: Any) -> TakenIn | None:
        """How far it is in; None where nobody could tell later whether it has changed."""
        if not self.place or time.time_ns() - self.modified < SETTLED:
            return None
        return TakenIn(place=self.place, size=self.size, modified=self.modified, **further)


@dataclass(slots=True, kw_only=True)
class _Slot:
    """A source, or a line of one, on its way."""

    file: _File
    number: int = 0  # in order
    size: int = 0
    line: Line | None = None
    ends: bool = True  # whether nothing of its source comes after it
    skipped: TakenIn | None = None
    found: deque[Document | Rejected] | None = None  # None: not read yet
    names: list[str] = field(default_factory=list)  # of documents that have been told of
    bad: int = 0
    held: int = 0  # bytes


class Arrivals:
    """The documents of sources, in order."""

    def __init__(
        self,
        workers: Workers | Here,
        *,
        known: Known,
        noted: Noted = lambda _: {},
        made_by: str = "",
        limits: Limits | None = None,
    ) -> None:
        """known: those of some texts that need no coding.  noted: how far sources are in, by their places."""
        self._workers = workers
        self._known, self._noted = known, noted
        self._made_by = made_by
        self._limits = limits or Limits()
        self._slots: deque[_Slot] = deque()
        self._asked: dict[int, tuple[_Slot, str]] = {}  # by number: whose, and of which document; "" for reading
        self._coding: dict[str, tuple[int, int]] = {}  # documents on their way: the first slot, and what is awaited
        self._answers: dict[str, Any] = {}  # what was made of them, until the first place of each; None: not yet
        self._lost: dict[str, Died] = {}
        self._held = self._done = self._count = 0
        self._lines: Counter[str] = Counter()  # documents of a file of lines, by its place
        self._bad: Counter[str] = Counter()  # its lines that were rejected
        self._room = 1 if isinstance(workers, Here) else PLACES_EACH * workers.count

    def of(self, sources: Sequence[Source]) -> Iterator[Arrived]:
        """What comes of each source."""
        coming = self._slots_of(sources)
        more = True
        while True:
            while more and len(self._slots) < self._room and (self._held < HELD or not self._slots):
                slot = next(coming, None)
                more = slot is not None
                if slot is not None:
                    self._begin(slot)
            if not self._slots:
                return
            if self._is_ready(self._slots[0]):
                yield self._told(self._slots[0])
                if not self._slots[0].found:
                    self._held -= self._slots.popleft().held
            else:
                yield Arrived(name=self._slots[0].file.source.name, done=self._done)
                for number, answer in self._workers.answers():
                    self._hear(number, *self._asked.pop(number), answer)

    def settled(self, ids: Iterable[str]) -> None:
        """These documents are known from now on."""
        for id in ids:
            self._coding.pop(id, None)

    def _slots_of(self, sources: Sequence[Source]) -> Iterator[_Slot]:
        for at in range(0, len(sources), LOOKED_UP):
            files = [self._looked_at(source) for source in sources[at : at + LOOKED_UP]]
            noted = self._noted([each.place for each in files if each.place])
            for each in files:
                found = noted.get(each.place)
                same = found is not None and (found.size, found.modified) == (each.size, each.modified)
                yield from self._of_file(each, found if same else None)

    def _looked_at(self, source: Source) -> _File:
        if source.path is None or source.refusal is not None:
            return _File(source)
        try:
            status = source.path.stat()
            path = str(source.path.resolve())
        except OSError:  # who reads it will say so
            return _File(source)
        place = content_id("source", self._made_by, source.name, path)  # no path: a case may be sent to people
        return _File(source, place, status.st_size, status.st_mtime_ns)

    def _of_file(self, file: _File, noted: TakenIn | None) -> Iterator[_Slot]:
        if noted is not None and noted.ended and not noted.rejected:
            yield _Slot(file=file, size=file.size, skipped=noted)
        elif file.lines is not None:
            yield from self._of_lines(file, file.lines, None if noted is None or noted.ended else noted)
        else:
            yield _Slot(file=file, size=file.size)

    def _of_lines(self, file: _File, path: Path, noted: TakenIn | None) -> Iterator[_Slot]:
        name, before, start = file.source.name, 0, None
        if noted is not None:
            before, start = noted.read, Line(noted.line, noted.read, None)
            self._lines[file.place], self._bad[file.place] = noted.documents, noted.rejected
            yield _Slot(file=file, skipped=noted, ends=False)
        broken: list[Document | Rejected] = []
        try:
            with opened(path, name=name) as stream:
                for line in lines(stream, name=name, limits=self._limits, start=start):
                    yield _Slot(file=file, size=line.end - before, line=line, ends=False)
                    before = line.end
        except Unreadable as error:
            broken = [rejected(name, error)]
        yield _Slot(file=file, found=deque(broken))

    def _begin(self, slot: _Slot) -> None:
        self._count += 1
        slot.number = self._count
        self._slots.append(slot)
        if slot.skipped is not None or slot.found is not None:
            return
        if slot.line is not None:
            self._hold(slot, slot.size)
            self._ask(slot, "", ReadLine(slot.file.source.name, slot.line), size=slot.size)
        else:
            self._ask(slot, "", slot.file.source, size=0)

    def _ask(self, slot: _Slot, about: str, asked: Any, *, size: int) -> int:
        number = self._workers.submit(asked, size=size)
        self._asked[number] = slot, about
        return number

    def _hear(self, number: int, slot: _Slot, about: str, answer: Any) -> None:
        self._hold(slot, len(answer) if isinstance(answer, bytes) else 0)
        if about:
            if self._coding.get(about, (0, 0))[1] == number:
                self._answers[about] = answer
        elif isinstance(answer, Died):
            slot.found = deque([_lost(slot.file.source.name, slot.line, answer)])
        else:
            slot.found = deque(told(answer))
            self._code(slot, {each.id: each for each in reversed(slot.found) if isinstance(each, Document)})

    def _code(self, slot: _Slot, documents: dict[DocumentId, Document]) -> None:
        """Have those documents coded that are neither known nor on their way.

        Of a text that comes twice the first counts, with what is told of it; the second may be read before it.
        """
        known = self._known(list(documents)) if documents else ()
        for id, document in documents.items():
            first, _ = self._coding.get(id, (slot.number + 1, 0))
            if id not in known and id not in self._lost and slot.number < first:
                self._answers[id] = None
                number = self._ask(slot, id, document, size=4 * len(document.text))
                self._coding[id] = slot.number, number

    def _is_ready(self, slot: _Slot) -> bool:
        """Whether something of it can be told of."""
        return slot.skipped is not None or (slot.found is not None and (not slot.found or self._is_done(slot.found[0])))

    def _is_done(self, found: Document | Rejected) -> bool:
        return isinstance(found, Rejected) or self._answers.get(found.id, "") is not None

    def _hold(self, slot: _Slot, size: int) -> None:
        slot.held += size
        self._held += size

    def _told(self, slot: _Slot) -> Arrived:
        name = slot.file.source.name
        if slot.skipped is not None:
            names = slot.skipped.names if slot.skipped.names is not None else (name,)
            slot.names.extend(names)
            self._done += slot.size or slot.skipped.read
            again = names if slot.ends else ()
            return Arrived(name=name, again=again, documents=slot.skipped.documents, done=self._done)
        arrivals: list[Arrival] = []
        heard: list[str] = []
        words = 0
        while slot.found and self._is_done(slot.found[0]):
            arrival, lines_told = self._arrival(slot.found.popleft())
            arrivals.append(arrival)
            heard += lines_told
            slot.bad += isinstance(arrival, Rejected)
            if isinstance(arrival, Incoming):
                slot.names.append(arrival.document.name)
                words += len(arrival.document.text.split()) if arrival.coding is not None else 0
        taken = None if slot.found else self._taken(slot)
        self._done += 0 if slot.found else slot.size
        return Arrived(
            name=name, arrivals=tuple(arrivals), taken=taken, told=tuple(heard), words=words, done=self._done
        )

    def _arrival(self, found: Document | Rejected) -> tuple[Arrival, Sequence[str]]:
        if isinstance(found, Rejected):
            return found, ()
        answer = self._answers.pop(found.id, None)
        if isinstance(answer, Died):
            self._lost[found.id] = answer
        if found.id in self._lost:
            return _lost(found.name, None, self._lost[found.id]), ()
        if answer is None:
            return Incoming(document=found, coding=None), ()
        coded: Coded = told(answer)
        return Incoming(document=found, coding=coded.coding), coded.told

    def _taken(self, slot: _Slot) -> TakenIn | None:
        """How far the source of a slot that is done is in."""
        place = slot.file.place
        if slot.file.lines is None:
            own = slot.names == [slot.file.source.name]
            names = None if own else tuple(slot.names)
            return None if slot.bad else slot.file.taken(documents=len(slot.names), names=names)
        self._lines[place] += len(slot.names)
        self._bad[place] += slot.bad
        at = slot.line or Line(0, 0, None)
        counts = {"documents": self._lines[place], "rejected": self._bad[place]}
        return slot.file.taken(ended=slot.ends, read=at.end, line=at.number, **counts)


def _lost(name: str, line: Line | None, died: Died) -> Rejected:
    """What a process ended over, twice."""
    where = f"{name} line {line.number}" if line else name
    reason = f"{where}: the process at work on it was {died.how}, and again with no other at work; leave it out"
    return Rejected(name=where, reason=reason, kind=(TooLarge if died.killed else Damaged).__name__)
