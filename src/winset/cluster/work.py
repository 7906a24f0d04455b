"""What runs on a worker. It is given plain words and numbers, and gives bytes: JSON with Parquet behind it.

What all shares of a run have in common, the question, the methods, the registries, comes once to each worker, with the
weights loaded before the first share; see `joining`.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property, partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from winset import __version__
from winset.cluster import dataset, tables
from winset.cluster.reading import cut, documents, entries
from winset.cluster.sources import Piece, Share
from winset.cluster.tables import Coded, Result
from winset.corpus.types import Document, Duplicate, Rejected
from winset.errors import NotConfigured, NotText
from winset.records import case_value, document_row

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np

    from winset.actors.additions import Addition
    from winset.issues import CaseSpec
    from winset.pipeline.reading import Attributors

FIRST = "France opposes the new harbour, its minister said on Monday."  # read to have everything loaded
_ONE = threading.RLock()  # a worker with several threads still codes one document at a time


@dataclass(frozen=True, kw_only=True)
class Setup:
    """What all shares of a run have in common, as plain values."""

    fingerprint: str  # of the program and its weights: all machines must have the same
    case: Mapping[str, Any] | None = None  # `records.case_row`; None: extraction alone
    seats: tuple[Mapping[str, Any], ...] = ()
    registries: tuple[tuple[str, str, str], ...] = ()  # name, format and text of the user's own
    attributors: tuple[str, ...] = ()
    stance: str | None = None
    known: bytes = b""  # ids of texts that need no coding, eight bytes each, sorted

    def text(self) -> str:
        """As one line of JSON."""
        return json.dumps({**asdict(self), "known": self.known.hex()}, sort_keys=True)

    @classmethod
    def from_text(cls, text: str) -> Setup:
        """The setup of which `text` was made."""
        told = json.loads(text)
        for field in ("seats", "attributors"):
            told[field] = tuple(told[field])
        told["registries"] = tuple(map(tuple, told["registries"]))
        return cls(**{**told, "known": bytes.fromhex(told["known"])})

    @cached_property
    def spec(self) -> CaseSpec | None:
        """The question."""
        return None if self.case is None else case_value(self.case, self.seats)

    @cached_property
    def by(self) -> Attributors:
        """Who codes.  Raises UnknownMethod, NotConfigured."""
        from winset.pipeline.reading import attributors

        return attributors(self.attributors, stance=self.stance)

    @cached_property
    def additions(self) -> tuple[Addition, ...]:
        """The user's own registries.  Raises BadRegistry."""
        from winset.exchange.registry_files import RegistryText

        return tuple(RegistryText(name=name, format=form, text=text).addition() for name, form, text in self.registries)

    @cached_property
    def ids(self) -> np.ndarray[Any, Any]:
        """The known texts."""
        import numpy as np

        return np.frombuffer(self.known, np.uint64)

    def knows(self, id: str) -> bool:
        """Whether a text needs no coding."""
        import numpy as np

        number = np.uint64(int(id, 16))
        at = int(np.searchsorted(self.ids, number))
        return at < len(self.ids) and bool(self.ids[at] == number)


_SETUPS: dict[str, Setup] = {}  # by name of the run; one worker may serve several


def set_up(name: str, text: str) -> None:
    """Be ready for a run: everything is loaded.  Raises NotConfigured for another program than the asker's."""
    setup = Setup.from_text(text)
    if setup.fingerprint != program():
        raise NotConfigured(
            f"a worker has another winset than this one ({__version__}): install the same version on all machines"
        )
    _SETUPS[name] = setup
    from winset.pipeline.reading import code_document

    import_module("winset.statements.attributors.trained_model").THREADS = 1  # type: ignore[attr-defined]  # of its own
    with _ONE:
        first = Document(name="first", text=FIRST)
        coding = code_document(first, setup.spec, by=setup.by, additions=setup.additions)
        tables.tables(Result(coded=(Coded(number=0, document=first, coding=coding),)))


def clear_up(name: str) -> None:
    """A run has ended."""
    _SETUPS.pop(name, None)


def program() -> str:
    """A hash of the code and the weights that decide what a text is coded as."""
    import hashlib

    import winset

    folder = Path(winset.__file__).parent
    made = hashlib.sha256(__version__.encode())
    for layer in ("corpus", "statements", "actors", "positions"):
        for path in sorted((folder / layer).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                made.update(path.relative_to(folder).as_posix().encode())
                made.update(path.read_bytes())
    return made.hexdigest()


def sees(files: Sequence[str]) -> list[str]:
    """Those of the files, or folders, that this machine does not see."""
    return [name for name in files if not Path(name).exists()]


def cut_up(piece: str, size: int) -> str:
    """A large piece as several, as JSON in and out."""
    return json.dumps([asdict(each) for each in cut(Piece(**json.loads(piece)), size)])


def names_in(share: str) -> str:
    """The names of what is in a share, as JSON in and out."""
    return json.dumps([entry.name for entry in entries(Share.from_value(json.loads(share)))])


def code(run: str, share: str, only: int | None = None) -> bytes:
    """What was made of a share, as `tables.packed` has it.  only: of the entry of that number."""
    setup = _of(run)
    with _ONE:
        result = coded(setup, Share.from_value(json.loads(share)), only=only)
        return tables.packed(tables.tables(result), about(result))


def code_into(run: str, share: str, place: str) -> str:
    """Code a share and write its partition; its manifest as JSON.  One that is there already is left as it is."""
    wanted = Share.from_value(json.loads(share))
    there = dataset.manifest(place, wanted.name)
    if there is None:
        setup = _of(run)
        with _ONE:
            result = coded(setup, wanted)
            there = dataset.write_partition(place, wanted, tables.tables(result), about(result))
    return json.dumps(there)


def without(place: str, name: str, doubles: str) -> str:
    """Rewrite a partition without texts that are in an earlier one; its manifest as JSON.

    doubles: JSON, id to the name under which it came first.
    """
    return json.dumps(dataset.without(place, name, json.loads(doubles)))


def attributed(rows: bytes) -> bytes:
    """Lines of who said what: for each text, as JSON in and out, the line and what was counted for it."""
    from winset.exchange.attribution_lines import Row, attribution_line
    from winset.exchange.long_lines import Place
    from winset.statements.attribution import attributions

    found = []
    with _ONE:
        for id, text in json.loads(rows):
            pieces = attribution_line(Row(place=Place(), id=id, text=text), partial(attributions, threads=1))
            found.append([[each.json, each.attributions, each.words, each.characters] for each in pieces])
    return json.dumps(found).encode()


def about(result: Result) -> dict[str, Any]:
    """What is told of a result beside its tables."""
    told = {"words": result.words, "notes": list(result.notes)}
    ids = "".join(each.document.id for each in result.coded)
    counts = {
        "documents": sum(each.coding is not None for each in result.coded),
        "statements": sum(len(each.coding.statements) for each in result.coded if each.coding),
        "rejected": len(result.rejected),
        "duplicates": len(result.duplicates),
    }
    return {**told, **counts, "ids": ids}


def coded(setup: Setup, share: Share, *, only: int | None = None) -> Result:
    """A share's documents, coded; a text that comes again in it, or is known, is not coded again."""
    from winset.pipeline.reading import code_document

    found: list[Coded] = []
    rejected: list[tuple[int, Rejected]] = []
    doubles: list[tuple[int, Duplicate]] = []
    first: dict[str, Document] = {}
    notes: list[str] = []
    words = 0
    for number, each in enumerate(_read(share, only)):
        if isinstance(each, Rejected):
            rejected.append((number, each))
            continue
        if (before := first.setdefault(each.id, each)) is not each:
            if each.name != before.name:
                doubles.append((number, Duplicate(name=each.name, document_id=each.id, of=each.id, similarity=1.0)))
            continue
        if setup.knows(each.id):
            found.append(Coded(number=number, document=each, coding=None))
            continue
        if (refusal := _unstorable(each)) is not None:
            rejected.append((number, refusal))
            continue
        words += len(each.text.split())
        coding = code_document(each, setup.spec, by=setup.by, tell=notes.append, additions=setup.additions)
        found.append(Coded(number=number, document=each, coding=coding))
    return Result(
        coded=tuple(found), rejected=tuple(rejected), duplicates=tuple(doubles), notes=tuple(notes), words=words
    )


def _read(share: Share, only: int | None) -> Iterator[Document | Rejected]:
    for number, entry in enumerate(entries(share)):
        if only is None or number == only:
            yield from documents(entry)


def _unstorable(document: Document) -> Rejected | None:
    """Why a document cannot be written down, where it cannot."""
    try:
        json.dumps(document_row(document), ensure_ascii=False).encode()
    except UnicodeEncodeError:
        line = f"{document.name!r}: holds half a surrogate pair: save it as UTF-8"
        return Rejected(name=repr(document.name), reason=line, kind=NotText.__name__)
    return None


def _of(run: str) -> Setup:
    if run not in _SETUPS:
        raise NotConfigured(f"this worker knows nothing of run {run}: start the command again")
    return _SETUPS[run]
