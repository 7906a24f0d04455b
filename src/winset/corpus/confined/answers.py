"""What passes between the two processes: plain values, told by one side, believed by the other only once checked.

The process that parses may have been taken over by what it parsed. So its answer is JSON, no pickle; a Document is
built anew from it, and everything in it that a reader promises is looked at again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, fields
from typing import Any, TypeVar

from winset import errors
from winset.corpus.documents import cleaned
from winset.corpus.links import LONGEST_TARGET, MOST_LINKS
from winset.corpus.types import Document, Limits, Link
from winset.errors import Damaged, InvalidValue, Unreadable
from winset.ids import PartialDate

LONGEST_REASON = 20_000  # characters of a line that says why not; a name stands in it, which may be long
LONGEST_WORDS = 1_000_000  # characters of a title or a name: no page's is longer than a short book
PLACES = 50  # entries of `found_in`
AUTHORS = 10_000
FEED = "feed"  # the reader whose documents have names of their own, and are several

FeedEntryTold = tuple[str, str, str | None, Document]
T = TypeVar("T")


def request(task: str, reader: str, *, name: str, limits: Limits, address: str = "") -> bytes:
    """What is asked of the child, for the bytes that follow it."""
    asked = {"task": task, "reader": reader, "name": name, "address": address, "limits": asdict(limits)}
    return json.dumps(asked).encode()


def documents_told(documents: Sequence[Document]) -> bytes:
    """An answer: the documents."""
    return _written({"documents": [_document_row(each) for each in documents]})


def feed_told(title: str | None, entries: Sequence[FeedEntryTold], left: int) -> bytes:
    """An answer: a feed as it is now, its entries as key, mark, link and document."""
    rows = [[key, mark, link, _document_row(document)] for key, mark, link, document in entries]
    return _written({"title": title, "entries": rows, "left": left})


def refusal_told(error: Unreadable) -> bytes:
    """An answer: why nothing could be read."""
    return _written({"refused": type(error).__name__, "reason": str(error)})


def documents_of(answer: bytes, reader: str, *, name: str, limits: Limits) -> tuple[Document, ...]:
    """The documents in an answer.  Raises the kind of Unreadable that it tells, Damaged where it is no answer."""

    def told(value: dict[str, Any]) -> tuple[Document, ...]:
        return tuple(_document(row, reader, name, limits) for row in _few(value["documents"], limits.feed_entries))

    found = _checked(answer, name, told)
    if not found or (reader != FEED and len(found) > 1):
        raise _nonsense(name, f"{len(found):,} documents")
    return found


def feed_of(answer: bytes, *, name: str, limits: Limits) -> tuple[str | None, tuple[FeedEntryTold, ...], int]:
    """Title, entries and how many more there are, in an answer.  Raises as `documents_of`."""

    def told(value: dict[str, Any]) -> tuple[str | None, tuple[FeedEntryTold, ...], int]:
        entries = tuple(
            (_words(key), _words(mark), _optional(link), _document(row, FEED, name, limits))
            for key, mark, link, row in value["entries"]
        )
        return _line(value["title"]), entries, _number(value["left"])

    title, entries, left = _checked(answer, name, told)
    if len(entries) > limits.feed_entries or any(link and not _is_web(link) for _, _, link, _ in entries):
        raise _nonsense(name, "entries that are none")
    return title, entries, left


def _written(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, check_circular=False).encode("utf-8", "surrogatepass")


def _document_row(document: Document) -> dict[str, Any]:
    row = {each.name: getattr(document, each.name) for each in fields(document)}
    row["published"] = document.published.text if document.published else None
    row["links"] = [[link.start, link.end, link.target] for link in document.links]
    return row


def _checked(answer: bytes, name: str, take: Callable[[dict[str, Any]], T]) -> T:
    try:
        told = json.loads(answer.decode("utf-8"))
        if not isinstance(told, dict):
            raise TypeError("no object")
        refusal = _refusal(told) if "refused" in told else None
        if refusal is None:
            return take(told)
    except (InvalidValue, ValueError, TypeError, KeyError, RecursionError) as error:
        raise _nonsense(name, " ".join(str(error).split())[:80] or type(error).__name__) from None
    raise refusal


def _refusal(told: dict[str, Any]) -> Unreadable:
    kind = getattr(errors, _words(told["refused"]), None)
    if not (isinstance(kind, type) and issubclass(kind, Unreadable)):
        raise ValueError("a refusal of no known kind")
    if not (reason := " ".join(_text(told["reason"], most=LONGEST_REASON).split())):
        raise ValueError("a refusal without a reason")
    return kind(reason)


def _nonsense(name: str, why: str) -> Damaged:
    return Damaged(f"{name}: its reader gave no sound answer ({why}); save it as plain text and add that")


def _document(row: Any, reader: str, name: str, limits: Limits) -> Document:
    """The document that a row tells, if it is one that this reader may make of a file of this name."""
    if not isinstance(row, dict):
        raise TypeError("no document")
    text, own = _text(row["text"], most=limits.text_characters), _words(row["name"], most=None)
    if not text.strip() or cleaned(text) != text:
        raise ValueError("a text that is not clean")
    if row["reader"] != reader or (own != name and not (reader == FEED and own.startswith(f"{name}#"))):
        raise ValueError("a document of another")
    links = tuple(
        Link(start=_number(start), end=_number(end), target=_text(target, most=LONGEST_TARGET))
        for start, end, target in _few(row["links"], MOST_LINKS)
    )
    return Document(
        name=own,
        text=text,
        title=_line(row["title"]),
        authors=tuple(line for each in _few(row["authors"], AUTHORS) if (line := _line(each))),
        publisher=_line(row["publisher"]),
        published=None if row["published"] is None else PartialDate(_words(row["published"])),
        language=_optional(row["language"]),
        source_url=_optional(row["source_url"]),
        media_type=_words(row["media_type"]),
        reader=reader,
        found_in=tuple((_words(field), _words(where)) for field, where in _few(row["found_in"], PLACES)),
        links=links,
    )


def _few(value: Any, most: int) -> list[Any]:
    if not isinstance(value, list) or len(value) > most:
        raise TypeError("no list, or too long a one")
    return value


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError("no number")
    return value


def _text(value: Any, *, most: int | None) -> str:
    if not isinstance(value, str) or (most is not None and len(value) > most):
        raise TypeError("no text, or too long a one")
    value.encode("utf-8")  # half a character cannot be stored; UnicodeEncodeError is a ValueError
    return value


def _words(value: Any, *, most: int | None = LONGEST_WORDS) -> str:
    """Words on one line, without control characters."""
    words = _text(value, most=most)
    if "\n" in words or cleaned(words) != words:
        raise ValueError("words that are not on one line")
    return words


def _optional(value: Any) -> str | None:
    return None if value is None else _words(value)


def _line(value: Any) -> str | None:
    """Words with one space between them; None where there are none."""
    return None if value is None else " ".join(_words(value).split()) or None


def _is_web(link: str) -> bool:
    return link.startswith(("http://", "https://"))
