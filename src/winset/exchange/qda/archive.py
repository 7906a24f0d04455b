"""A REFI-QDA archive, opened with suspicion: looked over before anything in it is read, and never unpacked to disk."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, BinaryIO

from winset.errors import Damaged, Encrypted, Missing, NotText, TooLarge

LARGEST = 8_000_000_000  # bytes of the file; projects carry films along
MOST_ENTRIES = 200_000
LONGEST_LIST = 100_000_000  # bytes of the list of entries
RATIO = 200  # unpacked to packed; XML and text stay under 60
SMALL = 10_000_000  # bytes; below this no ratio hurts
MOST_TEXT = 50_000_000  # bytes of one document's text
MOST_XML = 4_000_000_000  # bytes of project.qde
CHUNK = 1 << 20
BROKEN = (  # what zipfile raises on a file that is not what it claims
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, KeyError, ValueError, EOFError, OSError),
    *(NotImplementedError, RuntimeError, struct.error, IndexError),
)
_MAGIC, _END, _LOCATOR, _END64 = b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x07", b"PK\x06\x06"
_READ = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True, slots=True)
class Entry:
    """What comes out of an entry; zipfile hands out no more than its size, and checks its sum."""

    where: str
    _stream: IO[bytes] = field(repr=False)

    def read(self, size: int = -1) -> bytes:
        """The next bytes, or all.  Raises Damaged."""
        try:
            return self._stream.read(size)
        except BROKEN as error:
            raise _damaged(self.where, error) from None


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive whose list of entries is sound."""

    name: str
    _zip: zipfile.ZipFile = field(repr=False)
    _entries: dict[str, zipfile.ZipInfo] = field(repr=False)  # by name, folded: programs differ in case

    def has(self, path: str) -> bool:
        """Whether there is such an entry, whatever the case of its letters."""
        return path.casefold() in self._entries

    @contextmanager
    def open(self, path: str, most: int) -> Iterator[Entry]:
        """An entry to be read, if no more comes out of it than may.

        Raises Damaged, Encrypted, TooLarge.
        """
        entry = self._entries[path.casefold()]
        where = f"{self.name}: {entry.filename}"
        if entry.flag_bits & 1:
            raise Encrypted(f"{where}: wants a password: export the project without one")
        if entry.compress_type not in _READ:
            raise Damaged(f"{where}: is packed in a way that is not read: export the project anew")
        if entry.file_size > most or (entry.file_size > SMALL and entry.file_size > RATIO * entry.compress_size):
            raise TooLarge(
                f"{where}: unpacks {entry.compress_size:,} bytes to {entry.file_size:,} (a zip bomb?): "
                f"at most {most:,}, and {RATIO} times its size, are read"
            )
        try:
            stream = self._zip.open(entry)
        except BROKEN as error:
            raise _damaged(where, error) from None
        with stream:
            yield Entry(where, stream)

    def read(self, path: str, most: int = MOST_TEXT) -> bytes:
        """A whole entry.  Raises as `open` does."""
        with self.open(path, most) as stream:
            return stream.read()


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """The archive, once the list of its entries has been looked over.

    Raises Missing, NotText, TooLarge, Damaged: for entries that lead out of it, links, entries of one name or in one
    place, too many of them.
    """
    try:
        stream = path.open("rb")
    except FileNotFoundError:
        raise Missing(f"{path}: nothing there: name a .qdpx file") from None
    except OSError as error:
        raise Damaged(f"{path}: cannot be read: {error.strerror or error}") from None
    with stream:
        _check_size(path, stream)
        try:
            archive = zipfile.ZipFile(stream)
        except BROKEN as error:
            raise Damaged(f"{path}: a damaged archive ({_short(error)}): fetch or export it again") from None
        with archive:
            entries = archive.infolist()
            _check_places(path, entries)
            yield Archive(path.name, archive, _named(path, entries))


def _check_size(path: Path, stream: BinaryIO) -> None:
    if stream.read(4) != _MAGIC:
        raise NotText(f"{path}: no REFI-QDA project: that is a ZIP archive with a project.qde in it")
    size = stream.seek(0, 2)
    if size > LARGEST:
        raise TooLarge(f"{path}: {size:,} bytes: at most {LARGEST:,}")
    listed = _list_bytes(stream, size)
    if listed > LONGEST_LIST:
        raise TooLarge(f"{path}: its list of entries alone has {listed:,} bytes: at most {LONGEST_LIST:,}")
    stream.seek(0)


def _list_bytes(stream: BinaryIO, size: int) -> int:
    """Bytes of the list of entries as the end of the archive tells; 0 where it has no end, which zipfile refuses."""
    start = max(0, size - 65_557 - 20)  # the longest comment, the record and the locator before it
    stream.seek(start)
    tail = stream.read()
    at = tail.rfind(_END)
    if at < 0 or at + 22 > len(tail):
        return 0
    listed: int = struct.unpack_from("<L", tail, at + 12)[0]
    if at >= 20 and tail[at - 20 : at - 16] == _LOCATOR:  # noqa: PLR2004 - its size
        stream.seek(min(size, struct.unpack_from("<Q", tail, at - 12)[0]))
        record = stream.read(56)
        if len(record) == 56 and record.startswith(_END64):  # noqa: PLR2004 - its size
            listed = max(listed if listed < 0xFFFFFFFF else 0, struct.unpack_from("<Q", record, 40)[0])  # noqa: PLR2004
    return listed


def _check_places(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise TooLarge(f"{path}: {len(entries):,} entries: at most {MOST_ENTRIES:,}")
    reached, before = 0, ""
    for entry in sorted(entries, key=lambda each: each.header_offset):
        _check_name(path, entry)
        if entry.header_offset < reached:
            raise Damaged(
                f"{path}: {before!r} and {entry.filename!r} lie one in the other (a zip bomb?): export it anew"
            )
        reached, before = entry.header_offset + 30 + entry.compress_size, entry.filename


def _check_name(path: Path, entry: zipfile.ZipInfo) -> None:
    if not entry.filename:
        raise Damaged(f"{path}: an entry without a name: export it anew")
    name = entry.filename.replace("\\", "/")
    raw = entry.orig_filename.replace("\\", "/")
    for each in (name, raw):
        parts = each.split("/")
        if each.startswith("/") or ".." in parts or ":" in parts[0] or "\x00" in each:
            raise Damaged(
                f"{path}: entry {entry.orig_filename[:80]!r} leads out of the archive: do not trust this file"
            )
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Damaged(f"{path}: entry {entry.filename[:80]!r} is a link: do not trust this file")


def _named(path: Path, entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    named: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        if entry.is_dir():
            continue
        name = entry.filename.replace("\\", "/").removeprefix("./").casefold()
        if name in named:
            raise Damaged(f"{path}: {entry.filename[:80]!r} is in it twice: export it anew")
        named[name] = entry
    return named


def _damaged(where: str, error: BaseException) -> Damaged:
    return Damaged(f"{where}: damaged ({_short(error)}): fetch or export the project again")


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[:100] or type(error).__name__
