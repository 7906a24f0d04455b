"""The annotations of a file, one at a time: of a collection, a page, a list, a search result, or one a line."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from winset.errors import Damaged, Missing, NotText, TooLarge

LARGEST = 8_000_000_000  # bytes
LONGEST = 80_000_000  # characters of one annotation; a text of a document comes as one
HEAD = 100_000  # characters in which the list of a collection begins
CHUNK = 1 << 20
LISTS = ("items", "rows", "@graph", "annotations", "resources")
_LIST = re.compile(rf'(?<!\\)"(?:{"|".join(LISTS)})"\s*:\s*\[')
_BLANK = re.compile(r"[\s,]*")


def objects_of(path: Path) -> Iterator[dict[str, Any]]:
    """Each object that may be an annotation.  Raises Missing, NotText, TooLarge, Damaged."""
    try:
        stream = path.open("rb")
    except FileNotFoundError:
        raise Missing(f"{path}: nothing there: name a file of annotations (.jsonld)") from None
    except OSError as error:
        raise Damaged(f"{path}: cannot be read: {error.strerror or error}") from None
    with stream:
        size = stream.seek(0, 2)
        if size > LARGEST:
            raise TooLarge(f"{path}: {size:,} bytes: at most {LARGEST:,}")
        stream.seek(0)
        yield from _Text(path, stream).objects()


class _Text:
    """A JSON text, read piece by piece."""

    def __init__(self, path: Path, stream: BinaryIO) -> None:
        self._path, self._stream = path, stream
        self._decode = codecs.getincrementaldecoder("utf-8-sig")().decode
        self._held, self._at, self._ended = "", 0, False
        self._read_on()

    def objects(self) -> Iterator[dict[str, Any]]:
        self._skip()
        first = self._held[self._at : self._at + 1]
        if first not in ("[", "{"):
            raise NotText(f"{self._path}: no JSON: give web annotations as JSON-LD, or an export of Hypothesis")
        closed = first == "["
        if closed:
            self._at += 1
        elif (found := self._list()) is not None:
            self._at, closed = found, True
        yield from self._each(closed=closed)

    def _list(self) -> int | None:
        """Where the list of a collection begins; None where each line, or the whole, is an object."""
        while not self._ended and len(self._held) < HEAD:
            self._read_on()
        head = self._held[self._at : self._at + HEAD]
        line, ended, _ = head.partition("\n")
        found = _LIST.search(head)
        if found is None or (ended and _is_object(line)):
            return None
        return self._at + found.end()

    def _each(self, *, closed: bool) -> Iterator[dict[str, Any]]:
        while True:
            self._skip()
            if self._at == len(self._held):
                if closed:
                    raise self._broken("the list does not end")
                return
            if closed and self._held[self._at] == "]":
                return
            value = self._value()
            yield from _inner(value)

    def _value(self) -> Any:
        """The next value.  Raises Damaged, TooLarge."""
        while True:
            try:
                value, self._at = _DECODER.raw_decode(self._held, self._at)
            except json.JSONDecodeError as error:
                if self._ended:
                    raise self._broken(f"{error.msg} (line {error.lineno} of the last part)") from None
                if len(self._held) - self._at > LONGEST:
                    raise TooLarge(f"{self._path}: an annotation of over {LONGEST:,} characters") from None
                self._read_on(at_least=len(self._held) - self._at)
            except (RecursionError, ValueError):
                raise self._broken("nested too deep, or a number too long") from None
            else:
                if self._at > CHUNK:
                    self._held, self._at = self._held[self._at :], 0
                return value

    def _skip(self) -> None:
        while True:
            found = _BLANK.match(self._held, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._held) or self._ended:
                return
            self._held, self._at = "", 0
            self._read_on()

    def _read_on(self, at_least: int = CHUNK) -> None:
        """More of the text, twice as much as is held where a value goes on."""
        chunk = self._stream.read(max(CHUNK, at_least))
        self._ended = not chunk
        try:
            self._held += self._decode(chunk, final=self._ended)
        except UnicodeDecodeError as error:
            line = f"{self._path}: is not UTF-8 (byte {error.object[error.start]:#04x}): save it as UTF-8"
            raise NotText(line) from None

    def _broken(self, why: str) -> Damaged:
        return Damaged(f"{self._path}: no JSON to its end: {why}: export it again")


def _inner(value: Any) -> Iterator[dict[str, Any]]:
    """An annotation, or those of a collection or page on a line of its own."""
    if not isinstance(value, dict):
        yield {"": value}
        return
    page = value.get("first") if isinstance(value.get("first"), dict) else value
    for name in LISTS:
        held = page.get(name) if isinstance(page, dict) else None
        if isinstance(held, list) and "target" not in value:
            yield from (each if isinstance(each, dict) else {"": each} for each in held)
            return
    yield value


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


_DECODER = json.JSONDecoder()
