"""The objects of a JSON text with the line on which each begins: an array, JSON lines, or a query's bindings."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from winset.errors import BadRegistry

MOST_OBJECTS = 200_000
_BLANK = re.compile(r"[\s,]*")
_BINDINGS = re.compile(r'"bindings"\s*:\s*\[')


def objects(text: str, *, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each object of an array, of JSON lines, or of the bindings of a SPARQL result, with its line, from 1.

    Raises BadRegistry naming the line.  Cost: one pass, where the text is sound.
    """
    start = _BLANK.match(text).end()  # type: ignore[union-attr]  # matches anything
    array = text[start : start + 1] == "["
    bindings = _BINDINGS.search(text)
    if is_sparql(text):
        if bindings is None:
            raise BadRegistry(f"{name}:1: a query's result without bindings: download the rows of a SELECT as JSON")
        yield from _each(text, bindings.end(), name, closed=True)
    else:
        yield from _each(text, start + 1 if array else start, name, closed=array)


def is_sparql(text: str) -> bool:
    """Whether a JSON text is a SPARQL result. Source: W3C (2013), SPARQL 1.1 Query Results JSON Format."""
    return re.match(r'\s*\{\s*"(?:head|results)"\s*:', text) is not None


def _each(text: str, at: int, name: str, *, closed: bool) -> Iterator[tuple[int, dict[str, Any]]]:
    """Objects from `at` on, to the bracket that closes the array, or the end."""
    decoder = json.JSONDecoder()
    line, counted, count = 1, 0, 0
    while True:
        at = _BLANK.match(text, at).end()  # type: ignore[union-attr]
        line, counted = line + text.count("\n", counted, at), at
        if closed and text[at : at + 1] == "]":
            return
        if at == len(text):
            if closed:
                raise BadRegistry(f"{name}:{line}: broken off: the list is not closed; download the file again")
            return
        try:
            found, at = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            raise BadRegistry(f"{name}:{text.count(chr(10), 0, error.pos) + 1}: no valid JSON: {error.msg}") from None
        except (RecursionError, ValueError):  # thousands of brackets or of digits
            raise BadRegistry(
                f"{name}:{line}: no JSON that can be read: nested too deep, or a number too long"
            ) from None
        if not isinstance(found, dict):
            raise BadRegistry(f"{name}:{line}: {str(found)[:40]!r} is no object: write {{...}}")
        count += 1
        if count > MOST_OBJECTS:
            raise BadRegistry(f"{name}:{line}: more than {MOST_OBJECTS:,} objects: ask for less, or split the file")
        yield line, found
