"""What the user named as the files it means, and these as shares: so much as one worker codes in about a minute.

The same sources are cut in the same way however many machines there are, so that a run can be gone on with.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import Any, Literal, TypeAlias

from winset.cluster import places
from winset.corpus.formats import ALLOWED, SUFFIXES, holds_lines
from winset.corpus.reading import rejected
from winset.corpus.sources import ADDRESSES, Source, expanded, printable, unopened
from winset.corpus.types import Rejected
from winset.errors import NotText, Unreadable
from winset.ids import content_id

Kind: TypeAlias = Literal["file", "address", "lines", "rows", "records", "refusal"]

LEAST, MOST = 32_000, 2_000_000  # bytes of a share; a worker reads and codes some 25,000 a second
SHARES = 256  # that a corpus is cut into while these are between LEAST and MOST
FILES = 500  # of a share, however small
PACKED = 4  # times as much text as bytes in what is packed, about
CONTAINERS = ("lines", "rows", "records")
ARCHIVES = (".warc", ".warc.gz")
TABLES = (".parquet",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A file, or a part of one that holds many documents."""

    kind: Kind
    name: str  # as the user knows it
    url: str = ""
    size: int = 0  # bytes, packed as they are
    stamp: str = ""  # changes when the file does
    start: int = 0  # lines, records: byte where it begins; rows: the first row
    end: int | None = None  # half-open; None: up to the end
    number: int = 0  # lines before it
    reason: str = ""  # of a refusal
    fault: str = ""  # and its kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one worker codes at a time, and what becomes one partition."""

    number: int  # from 0, in the order of the sources
    pieces: tuple[Piece, ...]

    @property
    def key(self) -> str:
        """The same for the same files, unchanged, cut at the same places."""
        return content_id("share", *(json.dumps(asdict(piece)) for piece in self.pieces))

    @property
    def name(self) -> str:
        """Of its partition."""
        return f"{self.number:06d}-{self.key[:10]}"

    def value(self) -> dict[str, Any]:
        """As plain values."""
        return {"number": self.number, "pieces": [asdict(piece) for piece in self.pieces]}

    @classmethod
    def from_value(cls, value: dict[str, Any]) -> Share:
        """The share of which `value` was made."""
        return cls(number=value["number"], pieces=tuple(Piece(**piece) for piece in value["pieces"]))


def pieces_of(sources: Sequence[str]) -> tuple[Piece, ...]:
    """Every file meant, in the order given, each once; what cannot be one comes as a refusal.  Reads none of them."""
    found: list[Piece] = []
    for stored, group in groupby(sources, key=_in_store):
        if stored:
            found += (piece for source in group for piece in _stored(source))
        else:
            found += map(_here, expanded(list(group)))
    unique: dict[tuple[str, str], Piece] = {}
    for piece in found:
        unique.setdefault((piece.url or piece.name, piece.reason), piece)
    return _named(list(unique.values()))


def target(pieces: Iterable[Piece]) -> int:
    """How many bytes a share is to have."""
    total = sum(piece.size * (PACKED if _packed(piece) else 1) for piece in pieces)
    return max(LEAST, min(MOST, total // SHARES))


def is_large(piece: Piece, size: int) -> bool:
    """Whether a piece must be cut into several shares, for which it must be looked into."""
    return piece.kind in CONTAINERS and piece.size * (PACKED if _packed(piece) else 1) > size


def shares(pieces: Iterable[Piece], size: int) -> Iterator[Share]:
    """The pieces in their order, so many together as make a share of `size` bytes."""
    held: list[Piece] = []
    number = length = 0
    for piece in pieces:
        weight = piece.size * (PACKED if _packed(piece) else 1)
        if held and (length + weight > size or len(held) >= FILES):
            yield Share(number=number, pieces=tuple(held))
            number, held, length = number + 1, [], 0
        held.append(piece)
        length += weight
    if held:
        yield Share(number=number, pieces=tuple(held))


def _packed(piece: Piece) -> bool:
    return piece.url.lower().endswith((".gz", *TABLES))


def _stored(source: str) -> Iterator[Piece]:
    try:
        listed = places.found(source)
    except Unreadable as error:
        yield _refused(rejected(printable(places.shown(source)), error))
        return
    one = len(listed) == 1 and places.join(listed[0].url) == source.rstrip("/")
    for each in listed:
        name = printable(places.shown(each.url))
        kind = _kind(each.url)
        if kind == "file" and not one and PurePosixPath(each.url).suffix.lower() not in SUFFIXES:
            suffix = PurePosixPath(each.url).suffix
            what = f"the suffix {suffix!r}" if suffix else "no suffix"
            line = f"{name}: {what} names none of {ALLOWED}, JSON lines, Parquet or WARC; name the file itself"
            yield _refused(rejected(name, NotText(line)))
        else:
            yield Piece(kind=kind, name=name, url=each.url, size=each.size, stamp=each.stamp)


def _in_store(source: str) -> bool:
    return places.is_address(source) and not source.lower().startswith(ADDRESSES)


def _here(source: Source) -> Piece:
    """A file of this machine, or an address."""
    path = source.path
    if source.refusal is not None:
        if not (source.name.lower().endswith((*ARCHIVES, *TABLES)) and Path(source.name).is_file()):
            return _refused(rejected(source.name, source.refusal))
        path = Path(source.name)  # a form that only a cluster reads
    if path is None:
        return Piece(kind="address", name=source.name, url=source.name)
    try:
        about = path.stat()
    except OSError as error:
        return _refused(rejected(source.name, unopened(source.name, error)))
    stamp, place = str(about.st_mtime_ns), os.path.abspath(path)  # noqa: PTH100 - Path.absolute leaves ".." in it
    return Piece(kind=_kind(path.name), name=source.name, url=place, size=about.st_size, stamp=stamp)


def _kind(name: str) -> Kind:
    lower = name.lower()
    if holds_lines(lower):
        return "lines"
    if lower.endswith(TABLES):
        return "rows"
    return "records" if lower.endswith(ARCHIVES) else "file"


def _refused(refusal: Rejected) -> Piece:
    return Piece(kind="refusal", name=refusal.name, reason=refusal.reason, fault=refusal.kind)


def _named(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Files of a store get their base name where no other file has it, as those of a machine do."""
    base = [PurePosixPath(piece.url or piece.name).name for piece in pieces]
    counts = Counter(base)
    return tuple(
        replace(piece, name=printable(name))
        if piece.kind != "address" and places.is_address(piece.url) and counts[name] == 1
        else piece
        for piece, name in zip(pieces, base, strict=True)
    )
