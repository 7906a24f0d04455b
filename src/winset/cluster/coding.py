"""Documents coded on a cluster: into partitions on a store, or back to who asked, in their order.

What was made does not depend on how many workers there were, who of them died, or how often the command was begun.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from winset.cluster import dataset, places, sources, tables, work
from winset.cluster.joining import Call, Joined, Killed
from winset.cluster.sources import Piece, Share
from winset.cluster.tables import Coded, Result
from winset.corpus.types import Document, Duplicate, Rejected
from winset.errors import BadCase, Damaged, NoCluster

if TYPE_CHECKING:
    from winset.exchange.registry_files import RegistryText
    from winset.issues import CaseSpec
    from winset.store.types import KeptRegistry

AT_ONCE = 16  # manifests that are read
SHOWN = 100  # rejected documents that a run into partitions tells of one by one

Progress: TypeAlias = "Callable[[Reached], None]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """How far a run has come."""

    share: float = 0.0  # of all bytes, 0-1
    documents: int = 0
    words: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a run into partitions left behind."""

    documents: int = 0
    statements: int = 0
    duplicates: int = 0
    words: int = 0
    partitions: int = 0
    there_before: int = 0  # partitions of an earlier run
    rejected: int = 0
    told: tuple[Rejected, ...] = ()  # the first of the rejected


def setup(
    spec: CaseSpec | None,
    *,
    registries: Iterable[RegistryText | KeptRegistry] = (),
    attributors: Sequence[str] = (),
    stance: str | None = None,
    known: bytes = b"",
) -> work.Setup:
    """What all shares of a run have in common.  known: as in `work.Setup`."""
    from winset import records

    return work.Setup(
        fingerprint=work.program(),
        case=None if spec is None else records.case_row(spec),
        seats=() if spec is None else tuple(records.seat_row(seat) for seat in spec.seats),
        registries=tuple((each.name, each.format, each.text) for each in registries),
        attributors=tuple(attributors),
        stance=stance,
        known=known,
    )


def written(
    joined: Joined, given: Sequence[str], asked: work.Setup, place: str, *, progress: Progress | None = None
) -> Written:
    """Code the sources into partitions at a place; those that are there already are left as they are.

    given: files, folders, patterns, addresses.  progress: hears how far it has come.
    Raises CannotWrite, BadCase, NoCluster and what setting up the workers raises.
    """
    pieces = sources.pieces_of(given)
    _refuse_unseen(joined, pieces)
    question = {name: value for name, value in asdict(asked).items() if name != "known"}
    size = dataset.begin(place, question, size=sources.target(pieces))
    _refuse_unseen_place(joined, place)
    joined.set_up(asked.text())
    there = _there(place)
    meter = _Meter(pieces, progress)
    wanted: dict[int, dict[str, Any]] = {}
    of: dict[int, Share] = {}

    def calls() -> Iterator[Call[Share]]:
        for share in sources.shares(_cut(joined, pieces, size), size):
            if share.name in there:
                wanted[share.number], of[share.number] = there[share.name], share
                meter.add(share, there[share.name]["documents"], 0)
            else:
                yield into(share)

    def into(share: Share) -> Call[Share]:
        return Call(share, work.code_into, (joined.name, json.dumps(share.value()), place))

    def take(share: Share, answer: Any) -> None:
        if isinstance(answer, Killed):
            result = _one_by_one(joined, share)
            told = dataset.write_partition(place, share, tables.tables(result), work.about(result))
        else:
            told = json.loads(answer)
        wanted[share.number] = _short(told)
        meter.add(share, told["documents"], told["words"])
        for note in told["notes"]:
            joined.tell(note)

    for share, answer in joined.as_they_come(calls()):
        take(share, answer)
    before = len(of)
    lacking = [of[number] for number in _lacking(wanted) if number in of]
    for share in lacking:
        dataset.forget(place, share.name)
    for share, answer in joined.as_they_come(map(into, lacking)):
        take(share, answer)
    ordered = [wanted[number] for number in sorted(wanted)]
    ordered = _without_doubles(joined, place, ordered)
    sums = {name: sum(each[name] for each in ordered) for name in _SUMS}
    dataset.end(place, frozenset(each["name"] for each in ordered), sums)
    return Written(
        **sums, partitions=len(ordered), there_before=before - len(lacking), told=_first_rejected(place, ordered)
    )


def in_order(
    joined: Joined,
    given: Sequence[str],
    asked: work.Setup,
    *,
    done: Callable[[Sequence[str]], Collection[str]] = lambda keys: (),  # noqa: ARG005
    progress: Progress | None = None,
) -> Iterator[tuple[Share, Result | None]]:
    """What was made of each share, in the order of the sources.

    done: those of some shares' keys that need not be coded again; for them the result is None.
    Raises NoCluster and what setting up the workers raises.
    """
    pieces = sources.pieces_of(given)
    _refuse_unseen(joined, pieces)
    joined.set_up(asked.text())
    size, meter = sources.target(pieces), _Meter(pieces, progress)
    skipped: deque[Share] = deque()

    def calls() -> Iterator[Call[Share]]:
        for share in sources.shares(_cut(joined, pieces, size), size):
            if done([share.key]):
                skipped.append(share)
            else:
                yield Call(share, work.code, (joined.name, json.dumps(share.value())))

    def passed(before: int | None) -> Iterator[tuple[Share, None]]:
        while skipped and (before is None or skipped[0].number < before):
            share = skipped.popleft()
            meter.add(share, 0, 0)
            yield share, None

    for share, answer in joined.in_order(calls()):
        yield from passed(share.number)
        if isinstance(answer, Killed):
            result = _one_by_one(joined, share)
        else:
            found, about = tables.unpacked(answer)
            result = tables.result_of(found, notes=about["notes"], words=about["words"])
        for note in result.notes:
            joined.tell(note)
        meter.add(share, sum(each.coding is not None for each in result.coded), result.words)
        yield share, result
    yield from passed(None)


_SUMS = ("documents", "statements", "rejected", "duplicates", "words")


@dataclass(slots=True)
class _Meter:
    """How much of the sources has been coded."""

    pieces: Sequence[Piece]
    progress: Progress | None
    _done: int = 0
    _reached: Reached = field(default_factory=Reached)

    def add(self, share: Share, documents: int, words: int) -> None:
        """One share more."""
        if self.progress is None:
            return
        total = sum(piece.size for piece in self.pieces)
        self._done += sum(_length(piece) for piece in share.pieces)
        so_far = self._reached
        self._reached = Reached(
            share=min(1.0, self._done / max(total, 1)),
            documents=so_far.documents + documents,
            words=so_far.words + words,
        )
        self.progress(self._reached)


def _length(piece: Piece) -> int:
    """Of the file's bytes, about: those of a part of a packed file are more than it takes from it."""
    if piece.kind == "rows" or (piece.url.endswith(".gz") and piece.kind == "lines"):
        return piece.size if piece.end is None and piece.start == 0 else 0
    return (piece.size if piece.end is None else piece.end) - piece.start


def _cut(joined: Joined, pieces: Sequence[Piece], size: int) -> Iterator[Piece]:
    """The pieces in their order, large ones as several; workers look where to cut."""
    calls = (
        Call(piece, work.cut_up, (json.dumps(asdict(piece)), size), first=True)
        for piece in pieces
        if sources.is_large(piece, size)
    )
    answers = joined.in_order(calls)
    for piece in pieces:
        if not sources.is_large(piece, size):
            yield piece
            continue
        _, answer = next(answers)
        if isinstance(answer, Killed):
            line = f"{piece.name}: kills whoever looks into it: take it out"
            yield Piece(kind="refusal", name=piece.name, reason=line, fault=Damaged.__name__)
        else:
            yield from (Piece(**each) for each in json.loads(answer))


def _one_by_one(joined: Joined, share: Share) -> Result:
    """A share of which workers died: each of its documents alone, and who kills once more is refused."""
    said = json.dumps(share.value())
    names = next(answer for _, answer in joined.in_order([Call(None, work.names_in, (said,))]))
    if isinstance(names, Killed):
        return Result(rejected=tuple((at, _deadly(piece.name)) for at, piece in enumerate(share.pieces)))
    named: list[str] = json.loads(names)
    calls = (Call(at, work.code, (joined.name, said, at)) for at in range(len(named)))
    coded: list[Coded] = []
    rejected: list[tuple[int, Rejected]] = []
    doubles: list[tuple[int, Duplicate]] = []
    notes: list[str] = []
    first: dict[str, Document] = {}
    number = words = 0
    for at, answer in joined.in_order(calls):
        if isinstance(answer, Killed):
            rejected.append((number, _deadly(named[at])))
            number += 1
            continue
        found, about = tables.unpacked(answer)
        words += about["words"]
        notes += about["notes"]
        for each in tables.result_of(found).in_order():
            if isinstance(each, Rejected):
                rejected.append((number, each))
            elif isinstance(each, Duplicate):
                doubles.append((number, each))
            elif (before := first.setdefault(each.document.id, each.document)) is each.document:
                coded.append(replace(each, number=number))
            elif before.name != each.document.name:
                again = Duplicate(name=each.document.name, document_id=before.id, of=before.id, similarity=1.0)
                doubles.append((number, again))
            number += 1
    return Result(
        coded=tuple(coded), rejected=tuple(rejected), duplicates=tuple(doubles), notes=tuple(notes), words=words
    )


def _deadly(name: str) -> Rejected:
    line = f"{name}: kills the process that reads it, of memory or a fault of a parser: take it out, or split it up"
    return Rejected(name=name, reason=line, kind=Damaged.__name__)


def _there(place: str) -> dict[str, dict[str, Any]]:
    """The partitions of an earlier run: some at a time, for a store answers one question in as long as many."""
    names = sorted(dataset.manifests(place))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = pool.map(lambda name: dataset.manifest(place, name), names)
        return {name: _short(told) for name, told in zip(names, found, strict=True) if told is not None}


def _short(told: dict[str, Any]) -> dict[str, Any]:
    """Of a manifest what is needed to the end: eight bytes for each document."""
    import numpy as np

    ids = np.frombuffer(bytes.fromhex(told["ids"]), np.dtype(">u8"))
    gone = frozenset(told.get("elsewhere", ()))
    return {"name": told["name"], "ids": ids, "elsewhere": gone, **{name: told[name] for name in _SUMS}}


def _lacking(wanted: Mapping[int, dict[str, Any]]) -> list[int]:
    """Partitions that gave a text up to one that is no longer there."""
    gave = {number: each["elsewhere"] for number, each in wanted.items() if each["elsewhere"]}
    sought = frozenset().union(*gave.values())
    if not sought:
        return []
    held = {hexed for each in wanted.values() for hexed in map(_hexed, each["ids"]) if hexed in sought}
    return sorted(number for number, ids in gave.items() if ids - held)


def _hexed(id: Any) -> str:
    return f"{int(id):016x}"


def _without_doubles(joined: Joined, place: str, ordered: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The partitions, once no text is in two of them: the first in the order of the sources keeps it."""
    import numpy as np

    if not ordered:
        return ordered
    ids = np.concatenate([each["ids"] for each in ordered])
    of = np.repeat(np.arange(len(ordered)), [len(each["ids"]) for each in ordered])
    order = np.argsort(ids, kind="stable")
    again = np.flatnonzero(ids[order][1:] == ids[order][:-1]) + 1
    if not len(again):
        return ordered
    firsts: dict[str, int] = {}
    doubles: dict[int, set[str]] = {}
    for at in again:
        hexed = _hexed(ids[order[at]])
        firsts.setdefault(hexed, int(of[order[at - 1]]))
        doubles.setdefault(int(of[order[at]]), set()).add(hexed)
    names = _names(place, ordered, firsts)
    calls = (
        Call(number, work.without, (place, ordered[number]["name"], json.dumps({id: names[id] for id in sorted(some)})))
        for number, some in sorted(doubles.items())
    )
    left = list(ordered)
    for number, answer in joined.as_they_come(calls):
        if isinstance(answer, Killed):
            raise NoCluster(f"{joined.address}: workers die of partition {ordered[number]['name']}: {answer.line}")
        left[number] = _short(json.loads(answer))
    return left


def _names(place: str, ordered: Sequence[dict[str, Any]], firsts: dict[str, int]) -> dict[str, str]:
    """Under which name each of these texts came first."""
    wanted: dict[int, set[str]] = {}
    for id, number in firsts.items():
        wanted.setdefault(number, set()).add(id)
    return {
        row["id"]: row["name"]
        for number, ids in wanted.items()
        for row in tables.rows_of(dataset.read(place, "documents", ordered[number]["name"]), ("id", "name"))
        if row["id"] in ids
    }


def _first_rejected(place: str, ordered: Sequence[dict[str, Any]]) -> tuple[Rejected, ...]:
    from winset.records import rejection_value

    told: list[Rejected] = []
    for each in ordered:
        if len(told) >= SHOWN:
            break
        if each["rejected"]:
            told += map(rejection_value, tables.rows_of(dataset.read(place, "rejected", each["name"])))
    return tuple(told[:SHOWN])


def _refuse_unseen(joined: Joined, pieces: Sequence[Piece]) -> None:
    """Raises BadCase where a file lies on this machine alone."""
    here = [piece.url for piece in pieces if piece.url and not places.is_address(piece.url)]
    if not (here and joined.is_remote):
        return
    asked = [here[0], here[-1]]
    if any(joined.everywhere(work.sees, asked)):
        raise BadCase(
            f"{here[0]}: not every worker of {joined.address} sees it: put the documents where all machines see them"
            " under the same name, or name a store's address, as in s3://BUCKET/FOLDER/"
        )


def _refuse_unseen_place(joined: Joined, place: str) -> None:
    """Raises BadCase where the results would lie on workers' own disks."""
    if places.is_address(place) or not joined.is_remote:
        return
    if any(joined.everywhere(work.sees, [places.join(place, dataset.RUN)])):
        raise BadCase(
            f"{place}: not every worker of {joined.address} sees this folder: name one that all machines see"
            " under the same name, or a store's address, as in s3://BUCKET/FOLDER/"
        )
