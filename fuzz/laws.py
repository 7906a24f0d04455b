"""What must hold of whatever comes out, however odd what came in."""

from __future__ import annotations

from collections.abc import Iterable

from fuzz.target import Broken
from winset.corpus.documents import cleaned
from winset.corpus.types import Document, Rejected
from winset.errors import WinsetError
from winset.statements.types import Statement

KEPT_ENTIRE = ("text", "markdown")  # so that offsets are those of the file's own characters
LONGEST_LINE = 4_000  # characters of one line of a refusal; a name or a value in it is cut or short


def holds(law: bool, otherwise: str) -> None:
    """Raises Broken where the law does not hold."""
    if not law:
        raise Broken(otherwise)


def told(error: WinsetError) -> None:
    """A refusal is words that can be printed: something, in lines that are no page."""
    lines = str(error).splitlines()
    holds(bool(lines) and all(line.strip() for line in lines), f"{type(error).__name__} says nothing: {error!r}")
    holds(max(map(len, lines)) <= LONGEST_LINE, f"{type(error).__name__} tells {max(map(len, lines)):,} characters")


def rejected(found: Iterable[Rejected]) -> None:
    """Each row that was not used says why, in one line."""
    for each in found:
        holds(bool(each.reason.strip()), f"{each.name!r} was rejected without a reason")
        holds("\n" not in each.reason, f"a reason of several lines: {each.reason!r}")


def document(found: Document) -> None:
    """Its text is what every offset counts on: clean, whole characters, something in it, all of it storable."""
    holds(bool(found.text.strip()), "a document of nothing")
    if found.reader not in KEPT_ENTIRE:
        holds(cleaned(found.text) == found.text, "a text that was not cleaned")
    parts = (found.name, found.text, found.title, *found.authors, found.publisher, found.source_url)
    for part in (*parts, *(link.target for link in found.links)):
        if part is not None:
            part.encode("utf-8")  # half a character cannot be stored
    for line in (found.title, *found.authors, found.publisher):
        holds(line is None or (line == " ".join(line.split()) and line != ""), f"{line!r} is not one line")


def statements(found: Iterable[Statement], of: Document) -> None:
    """Every word stands where it is said to stand, and no statement is told twice."""
    ids = set()
    for each in found:
        for part in (each.source, each.cue, *each.contents):
            holds(part is None or part.holds_in(of), f"{part!r} does not hold in {of.text!r}")
        holds(each.id not in ids, f"statement {each.id} is there twice")
        ids.add(each.id)
