"""Files that hold many documents, as `--cluster` takes them, and backups, which hold a case."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache

from fuzz import laws, packing
from fuzz.importers import empty_case, folder
from fuzz.target import Target
from winset.cluster.reading import cut, documents, entries
from winset.cluster.sources import Piece, Share, pieces_of
from winset.corpus.types import Document, Limits, Rejected
from winset.errors import WinsetError
from winset.store.backing_up import CASE, MANIFEST, restore
from winset.store.case_store import CaseStore

LIMITS = Limits(file_bytes=20_000, unpacked_bytes=500_000, text_characters=20_000, pdf_pages=5, feed_entries=20)
PART = 300  # bytes of text, about, that a file is cut into


def _corpus(suffix: str) -> Callable[[bytes], None]:
    """Each document of the file is one, or says why not; cut into parts it holds the same."""

    def run(data: bytes) -> None:
        path = folder() / f"fuzzed{suffix}"
        path.write_bytes(data)
        (piece,) = pieces_of([str(path)])
        held = _held(piece)
        laws.rejected([each for each in held if isinstance(each, Rejected)])
        for each in held:
            if isinstance(each, Document):
                laws.document(each)
        parts = cut(piece, PART, limits=LIMITS)
        again = [each for part in parts for each in _held(part)]
        if any(isinstance(each, Rejected) and each.name == piece.name for each in (*held, *again)):
            lost = [each for each in held if isinstance(each, Document) and each not in again]
            laws.holds(not lost, f"cut into {len(parts)} it has lost {len(lost)} documents")
            return  # what is wrong with the file is told of each part
        laws.holds(again == held, f"cut into {len(parts)} it holds {len(again)} documents, whole {len(held)}")

    return run


def _held(piece: Piece) -> list[Document | Rejected]:
    share = Share(number=0, pieces=(piece,))
    return [found for entry in entries(share, limits=LIMITS) for found in documents(entry)]


def _backup(data: bytes) -> None:
    """It is put back as a case that opens, or refused with nothing left in its place."""
    path, place = folder() / "fuzzed.backup", folder() / "restored.winset"
    path.write_bytes(_packed(data))
    place.unlink(missing_ok=True)
    try:
        restore(path, place)
    except WinsetError as error:
        laws.told(error)
        laws.holds(not place.exists(), "refused, and yet something was put back")
        return
    with CaseStore.open(place) as store:
        store.counts()
        store.spec()


def _packed(data: bytes) -> bytes:
    """An archive of a manifest, in which SIZE and SHA256 stand for those of the case, and a case with changes."""
    if data.startswith(b"PK"):
        return data
    (_, told), *others = packing.parts(data, main=MANIFEST)
    case = folder() / "backed-up.winset"
    changes = next((content for name, content in others if name == CASE), b"")
    packing.changed(changes, template=_template(), path=case)
    held = case.read_bytes()
    told = told.replace(b"SIZE", str(len(held)).encode()).replace(b"SHA256", hashlib.sha256(held).hexdigest().encode())
    return packing.zipped([(MANIFEST, told), (CASE, held), *(each for each in others if each[0] != CASE)])


@cache
def _template() -> bytes:
    return empty_case()


def _target(name: str, about: str, run: Callable[[bytes], None], words: str) -> Target:
    return Target(name=name, group="containers", about=about, run=run, words=words)


TARGETS = (
    _target("web-archive", "a WARC file", _corpus(".warc"), "web-archive"),
    _target("parquet", "documents as rows of Parquet", _corpus(".parquet"), "document-lines"),
    _target("backup", "a backup of a case, or its manifest with changes to the case", _backup, "kept-case"),
)
