"""JSON lines of any length in little memory: a line is held once, as bytes; a long string in it is decoded in pieces.

A Python string of 100 MB with one emoji in it takes 400 MB. Nothing here builds it.
"""

from __future__ import annotations

import codecs
import hashlib
import json
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO, TypeAlias

from winset.errors import NotText, TooLarge

if TYPE_CHECKING:
    from hashlib import _Hash

Raw: TypeAlias = bytes | bytearray

LINE_LIMIT = 256_000_000  # bytes
CHUNK = 1_000_000  # bytes read or decoded at a time
PLAIN = 4_000_000  # bytes; a line up to here is decoded at once
STRING = 64_000  # bytes; in a longer line, strings longer than this are set aside
REST = 8_000_000  # bytes of a longer line beside these; small values take up to 25 times their bytes
DIGITS = 1_000  # of an integer; Python itself refuses 4,300, in a field that nobody asks for too
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)  # never goes back: linear, whatever is escaped
_HIGH, _LOW = re.compile("[\ud800-\udbff]"), re.compile("[\udc00-\udfff]")


def fresh() -> _Hash:
    """The hash of nothing yet."""
    return hashlib.sha256()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The end of a line in a stream: how far, and a hash of all that stands before."""

    line: int = 0  # lines before it, blank ones too
    read: int = 0  # bytes before it
    seen: _Hash = field(default_factory=fresh)


@dataclass(frozen=True, slots=True)
class LongString:
    """A string of a long line, still as JSON wrote it: bytes from `start` to `end` of `raw`, without its quotes."""

    raw: Raw
    start: int
    end: int

    def pieces(self) -> Iterator[str]:
        """What it says, about a million characters at a time.  Raises NotText at an escape or sign that JSON lacks."""
        decode = codecs.getincrementaldecoder("utf-8")().decode
        at, half = self.start, ""
        while at < self.end:
            chunk = bytes(self.raw[at : min(at + CHUNK, self.end)])
            if at + len(chunk) < self.end:
                chunk = _without_half_escape(chunk)
            at += len(chunk)
            piece = half + _loaded(f'"{decode(chunk)}"')
            if half and _LOW.match(piece, 1):  # an escape for each half of a letter, and the cut between them
                piece = piece[:2].encode("utf-16", "surrogatepass").decode("utf-16") + piece[2:]
            half = piece[-1] if at < self.end and _HIGH.match(piece[-1:]) else ""
            yield piece[: len(piece) - len(half)]


def lines(stream: BinaryIO, start: Place | None = None) -> Iterator[tuple[Place, Raw | None]]:
    """Each line that is not blank, with the place of its end; None for one over the limit, which is not kept.

    start: where the stream stands.  Line ends are LF or CR LF; a byte order mark at the very start is left out.
    """
    place = start or Place()
    while True:
        raw, size, seen = bytearray(), 0, place.seen.copy()
        while chunk := stream.readline(CHUNK):
            seen.update(chunk)
            size += len(chunk)
            if size <= LINE_LIMIT:
                raw += chunk
            else:
                raw = bytearray()
            if chunk.endswith(b"\n"):
                break
        if not size:
            return
        if place.read == 0 and raw.startswith(codecs.BOM_UTF8):
            del raw[: len(codecs.BOM_UTF8)]
        place = Place(line=place.line + 1, read=place.read + size, seen=seen)
        if size > LINE_LIMIT:
            yield place, None
        elif raw and not raw.isspace():
            yield place, raw


def skipped(stream: BinaryIO, size: int) -> _Hash:
    """The hash of the next `size` bytes of a stream, or of what there is of them, which are read and let go."""
    seen = fresh()
    while size > 0 and (chunk := stream.read(min(size, CHUNK))):
        seen.update(chunk)
        size -= len(chunk)
    return seen


def parsed(raw: Raw) -> dict[str, Any]:
    """The object that a line holds; strings of a long line may be LongStrings, each one readable.

    As Python's json reads it: of a repeated field the last one counts, NaN is a number.
    Raises NotText for what is no JSON object in UTF-8, TooLarge for one with too much beside its long strings.
    """
    _check_utf8(raw)
    held: dict[str, LongString] = {}
    if len(raw) <= PLAIN:
        found = _loaded(raw.decode())
    else:
        found = _loaded(_set_aside(raw, held).decode(), with_place=False)
        for long in held.values():
            for _ in long.pieces():
                pass
    if not isinstance(found, dict):
        raise NotText(f"is {kind_of(found)}, not an object")
    return {key: held.get(value, value) if isinstance(value, str) else value for key, value in found.items()}


def kind_of(value: object) -> str:
    """What JSON calls a value.

    >>> kind_of(None), kind_of([]), kind_of(1.5)
    ('null', 'a list', 'a number')
    """
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    kinds = ((int | float, "a number"), (str | LongString, "a string"), (list, "a list"))
    return next((name for kind, name in kinds if isinstance(value, kind)), "an object")


def _check_utf8(raw: Raw) -> None:
    decode = codecs.getincrementaldecoder("utf-8")().decode
    at = 0
    try:
        for at in range(0, len(raw), CHUNK):
            decode(raw[at : at + CHUNK], at + CHUNK >= len(raw))
    except UnicodeDecodeError as error:
        byte = error.object[error.start]
        raise NotText(f"is not UTF-8 (byte {byte:#04x} near byte {at + error.start + 1:,}): save it as UTF-8") from None


def _set_aside(raw: Raw, held: dict[str, LongString]) -> bytearray:
    """The line with a short name in place of each long string; `held` takes these under their names."""
    mark = hashlib.blake2b(raw, digest_size=16).hexdigest()  # no line holds its own hash, so no string is taken for one
    rest = bytearray()
    kept = at = 0
    while True:
        start = raw.find(b'"', at)
        if len(rest) + (start if start >= 0 else len(raw)) - kept > REST:
            raise TooLarge(f'holds over {REST // 1_000_000} MB beside its long strings: keep "id" and "text" alone')
        if start < 0:
            return rest + raw[kept:]
        string = _STRING.match(raw, start)
        if string is None:
            raise NotText("is not JSON: a string in it does not end")
        at = string.end()
        if at - start > STRING:
            name = f"{mark}{len(held)}"
            held[name] = LongString(raw, start + 1, at - 1)
            rest += raw[kept:start] + b'"' + name.encode() + b'"'
            kept = at


def _without_half_escape(chunk: bytes) -> bytes:
    r"""The chunk up to an escape that goes on behind it.

    >>> _without_half_escape(b"ab\\u00"), _without_half_escape(b"ab\\\\"), _without_half_escape(b"ab\\\\\\")
    (b'ab', b'ab\\\\', b'ab\\\\')
    """
    slash = chunk.rfind(b"\\", -6)
    if slash < 0:
        return chunk
    before = chunk[: slash + 1]
    if (len(before) - len(before.rstrip(b"\\"))) % 2 == 0:
        return chunk  # an escaped backslash
    size = 6 if chunk[slash + 1 : slash + 2] == b"u" else 2
    return chunk if slash + size <= len(chunk) else chunk[:slash]


def _integer(digits: str) -> float:
    return int(digits) if len(digits) <= DIGITS else math.inf


_decode: Callable[[str], Any] = json.JSONDecoder(parse_int=_integer).decode


def _loaded(text: str, *, with_place: bool = True) -> Any:
    try:
        return _decode(text)
    except json.JSONDecodeError as error:
        where = f" (character {error.pos + 1:,})" if with_place else ""
        raise NotText(f"is not JSON: {error.msg.removesuffix(' at')}{where}") from None
    except RecursionError:
        raise NotText('is nested too deeply: write {"id": ..., "text": ...} alone') from None
