"""The entries of a BibTeX file with their lines: braces, quotation marks, @string, # and months understood.

Strict, and of one pass: an entry that does not end costs no other, and texts that double with each @string are refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from winset.errors import InvalidValue
from winset.ids import MONTHS

LONGEST_VALUE = 1_000_000  # characters of a field, its strings written out
MOST_FIELDS = 1_000
QUOTE = '"'
_BLOCK = re.compile(r"^[ \t]*@[ \t]*[A-Za-z]+\s*[{(]", re.MULTILINE)
_HEAD = re.compile(r"@[ \t]*([A-Za-z]+)\s*([{(])")
_KEY = re.compile(r"\s*([^\s,{}()\"=#]*(?:[()][^\s,{}()\"=#]*)*)\s*(?=[,})])")
_FIELD = re.compile(r"\s*([^\s,{}()\"=#%]+)\s*=\s*")
_BARE = re.compile(r"[^\s,{}()\"=#]+")
_BRACE = re.compile(r"[{}]")
_QUOTE = re.compile(r'[{}"]')
_SPACE = re.compile(r"\s*")
_COMMAS = re.compile(r"[\s,]*")
_SKIPPED = frozenset({"comment", "preamble"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; values as LaTeX source, their strings written out."""

    kind: str  # lower case
    key: str
    fields: dict[str, str]  # names in lower case; of a repeated one the first counts
    line: int


def entries_of(text: str, *, refuse: Callable[[str, str], None]) -> Iterator[Entry]:
    """The entries of a file; `refuse` is told the line and the fault of each that is none.

    A line that begins with "@" and a word and a brace begins an entry, whatever stood open before.
    """
    strings = {name[:3].lower(): name for name in MONTHS}
    starts = [met.start() for met in _BLOCK.finditer(text)]
    line = counted = 0
    for start, end in pairwise([*starts, len(text)]):
        line, counted = line + text.count("\n", counted, start), start
        block, at = text[start:end], 0
        number, told = line + 1, 0
        while met := _HEAD.search(block, at):
            number, told = number + block.count("\n", told, met.start()), met.start()
            kind = met[1].lower()
            if kind in _SKIPPED:
                break  # of a comment nothing is read, up to the next line that begins an entry
            try:
                found, at = _entry(block, met, kind, strings, number)
            except InvalidValue as error:
                refuse(f"line {number}", f"@{met[1]}: {error}")
                break
            if found:
                yield found


def _entry(block: str, head: re.Match[str], kind: str, strings: dict[str, str], line: int) -> tuple[Entry | None, int]:
    closing = "}" if head[2] == "{" else ")"
    at, key = head.end(), ""
    if kind != "string":
        named = _KEY.match(block, at)
        if named is None:
            raise InvalidValue("has no key: write @type{key, field = {...}}")
        key, at = named[1], named.end()
    fields: dict[str, str] = {}
    while True:
        at = _skip(block, at, _COMMAS)
        if block[at : at + 1] == closing:
            break
        met = _FIELD.match(block, at)
        if met is None:
            rest = " ".join(block[at : at + 60].split())[:30]
            raise InvalidValue(
                f"{key}: does not end, or {rest!r} is no field: write name = {{...}}, and close each brace"
            )
        value, at = _value(block, met.end(), strings, met[1])
        fields.setdefault(met[1].lower(), value)
        if len(fields) > MOST_FIELDS:
            raise InvalidValue(f"{key}: more than {MOST_FIELDS:,} fields")
        at = _skip(block, at, _SPACE)
        if block[at : at + 1] not in (",", closing):
            raise InvalidValue(f"{key}: behind {met[1]} stands neither a comma nor the closing {closing}")
    if kind == "string":
        strings.update(fields)
        return None, at + 1
    return Entry(kind, key, fields, line), at + 1


def _skip(block: str, at: int, pattern: re.Pattern[str]) -> int:
    met = pattern.match(block, at)
    return met.end() if met else at


def _value(block: str, at: int, strings: dict[str, str], name: str) -> tuple[str, int]:
    """A value from `at` on: parts in braces or quotation marks, figures and names of strings, joined by #."""
    parts: list[str] = []
    size = 0
    while True:
        sign = block[at : at + 1]
        if sign in ("{", QUOTE) and sign:
            end = _end(block, at, name)
            part, at = block[at + 1 : end], end + 1
        else:
            met = _BARE.match(block, at)
            if met is None:
                raise InvalidValue(f"{name} has no value")
            word = met[0]
            if not word.isdecimal() and word.lower() not in strings:
                raise InvalidValue(
                    f"{name}: the string {word[:40]!r} is not known: define it by @string above, or add braces"
                )
            part, at = (word if word.isdecimal() else strings[word.lower()]), met.end()
        size += len(part)
        if size > LONGEST_VALUE:
            raise InvalidValue(f"{name}: more than {LONGEST_VALUE:,} characters")
        parts.append(part)
        at = _skip(block, at, _SPACE)
        if block[at : at + 1] != "#":
            return "".join(parts), at
        at = _skip(block, at + 1, _SPACE)


def _end(block: str, at: int, name: str) -> int:
    """Where the brace or quotation mark at `at` closes.

    Braces count even behind a backslash, as BibTeX has it; where that leaves one open, those are left out, as some
    programs write them.
    """
    for escapes in (False, True):
        end = _closing(block, at, escapes)
        if end >= 0:
            return end
    raise InvalidValue(f"{name} does not end: close its {'quotation mark' if block[at] == QUOTE else 'brace'}")


def _closing(block: str, at: int, escapes: bool) -> int:
    quoted, depth = block[at] == QUOTE, 0
    for met in (_QUOTE if quoted else _BRACE).finditer(block, at + (1 if quoted else 0)):
        if escapes and block[met.start() - 1] == "\\":
            continue
        if met[0] == QUOTE:
            if depth == 0:
                return met.start()
        else:
            depth += 1 if met[0] == "{" else -1
            if depth == 0 and not quoted:
                return met.start()
            if depth < 0:
                break
    return -1
