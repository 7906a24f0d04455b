"""Notes that lead nowhere: markers without an entry, entries without a marker, "ibid." with nothing before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from winset.sourcing.crediting.entries import Reference
from winset.sourcing.crediting.pointers import Pointer
from winset.sourcing.discrepancies.pages import Page, known
from winset.sourcing.types import MISSING, Discrepancy, DiscrepancyKind, Telling

_SHOWN = 6  # notes that are named one by one
_MOST = 0.5  # of all notes; where more do not fit, the list was not copied, or the numbers are no notes
_AUTHOR_DATES = 3  # entries named by author and year in a text that names its works so
_AUTHOR_DATE = re.compile(
    r"(?P<name>[A-Z][a-zà-ÿ’'-]{2,20})(?: et al\.?| and [A-Z][\w’'-]{2,20})?,? (?:1[89]|20)\d\d[a-z]?"
)
_LISTED = re.compile(r"\b(?:references|works cited|literature cited|sources cited|cited works)\b", re.I)
_HEADING = 60  # characters before the first entry in which the list is named
_ENTRY = 120  # characters of an entry that are shown


def missing_references(pages: Sequence[Page]) -> Iterator[Discrepancy]:
    """What of a reference list does not fit the text; links to nowhere once for a document."""
    for page in pages:
        yield from _without_entry(page)
        yield from _not_listed(page)
        yield from _unused(page)
        yield from _nowhere(page)
        yield from _links(page)


def _without_entry(page: Page) -> Iterator[Discrepancy]:
    """Markers that no entry answers, in a text that has its notes."""
    listed = page.references
    missing = listed.missing_at
    used = {pointer.marker for pointer in listed.pointers}
    if not missing or not listed.entries or len(missing) > max(1, _MOST * len(used)):
        return
    markers = [pointer.marker for pointer in missing]
    if len(markers) == 1:
        why = f"The text points to {_one(markers[0])}, but the list of notes has no such entry{_gap(page, markers[0])}."
    else:
        why = f"The text points to {_several(markers)}, but the list of notes has no such entries."
    yield Discrepancy(
        kind=DiscrepancyKind.REFERENCE,
        about=f"{_several(markers)} of {page.read.document.name}",
        tellings=tuple(_pointed(page, pointer) for pointer in missing[:_SHOWN]),
        why=why,
        confidence=0.95,
    )


def _not_listed(page: Page) -> Iterator[Discrepancy]:
    """An author and a year that the list of a text which names its works so does not have, and an entry not used."""
    listed = page.references
    answered = [pointer for pointer in listed.pointers if pointer.entry is not None and not pointer.marker.isalnum()]
    used = {pointer.entry.start for pointer in answered if pointer.entry is not None}
    named = [entry for entry in listed.entries if not entry.marker]
    if len(used) < _AUTHOR_DATES or len(used) < _MOST * len(named):
        return
    reported = {pointer.start for pointer in listed.missing_at}
    lacking = [
        pointer
        for pointer in listed.pointers
        if pointer.entry is None and pointer.start not in reported and _is_author_date(page, pointer)
    ]
    for pointer in lacking if len(lacking) <= len(used) else ():
        yield Discrepancy(
            kind=DiscrepancyKind.REFERENCE,
            about=f"“{pointer.marker}” of {page.read.document.name}",
            tellings=(_pointed(page, pointer),),
            why=f"The text points to {pointer.marker}, but the list of references has no such entry.",
            confidence=0.8,
        )
    unused = [entry for entry in listed.unused_entries if not entry.marker]
    if unused and len(unused) <= max(1, len(used) // 3) and _lists_what_it_names(page, named[0].start):
        yield Discrepancy(
            kind=DiscrepancyKind.REFERENCE,
            about=f"{len(unused)} of the references of {page.read.document.name}",
            tellings=tuple(
                _shown(page, entry, entry.cited_as or entry.authors or MISSING) for entry in unused[:_SHOWN]
            ),
            why="The list of references has what the text never points to, though it points to nearly all the others.",
            confidence=0.7,
        )


def _is_author_date(page: Page, pointer: Pointer) -> bool:
    """Whether it stands alone in brackets, as "(Arden 1998)": a surname rather than a place, body or occasion."""
    text = page.text
    found = _AUTHOR_DATE.fullmatch(pointer.marker)
    brackets = text[max(0, pointer.start - 1) : pointer.start] + text[pointer.start : pointer.end + 1]
    return (
        found is not None
        and brackets.startswith("(")
        and brackets.rstrip().endswith((")", ";", ","))
        and not known().mentions(found["name"])
        and not page.names.taken.touches(pointer.start, pointer.start + 1)
    )


def _lists_what_it_names(page: Page, start: int) -> bool:
    """Whether the list is one of works that the text names, not one of further reading."""
    return _LISTED.search(page.text, max(0, start - _HEADING), start) is not None


def _pointed(page: Page, pointer: Pointer) -> Telling:
    low, high = page.sentence_at(pointer.start)
    if high - low <= pointer.end - pointer.start + 4:  # the mark alone: what it rests on stands before it
        before = page.sentence_at(max(0, low - 2))
        return Telling(value=MISSING, anchor=page.passage(max(before[0], pointer.start - 180), pointer.end))
    return page.telling(MISSING, pointer.start, pointer.end)


def _gap(page: Page, marker: str) -> str:
    if not marker.isdecimal():
        return ""
    before, after = str(int(marker) - 1), str(int(marker) + 1)
    there = page.references.entry
    return f": {before} is followed by {after}" if there(before) and there(after) else ""


def _one(marker: str) -> str:
    return f"note [{marker}]" if marker.isalnum() and len(marker) <= 4 else f"“{marker}”"  # noqa: PLR2004 - "iv", "112"


def _several(markers: Sequence[str]) -> str:
    shown = ", ".join(_one(marker).removeprefix("note ") for marker in markers[:_SHOWN])
    more = f" and {len(markers) - _SHOWN} more" if len(markers) > _SHOWN else ""
    return _one(markers[0]) if len(markers) == 1 else f"notes {shown}{more}"


def _unused(page: Page) -> Iterator[Discrepancy]:
    """Entries with a number that the text never points to. A bibliography may list what its text never names."""
    listed = page.references
    numbered = [entry for entry in listed.entries if entry.marker]
    unused = [entry for entry in listed.unused_entries if entry.marker]
    if not unused or len(unused) > max(1, _MOST * len(numbered)):
        return
    markers = [entry.marker or "" for entry in unused]
    one = f"The list of notes has the entry {markers[0]}, but the text never points to it."
    several = f"The list of notes has {len(unused)} entries that the text never points to."
    yield Discrepancy(
        kind=DiscrepancyKind.REFERENCE,
        about=f"{_several(markers)} of {page.read.document.name}",
        tellings=tuple(_shown(page, entry, f"[{entry.marker}]") for entry in unused[:_SHOWN]),
        why=one if len(unused) == 1 else several,
        confidence=0.8,
    )


def _nowhere(page: Page) -> Iterator[Discrepancy]:
    """Entries that refer back to nothing."""
    rows = page.references.nowhere
    if rows:
        yield Discrepancy(
            kind=DiscrepancyKind.REFERENCE,
            about=f"{_several([row.marker or 'an entry' for row in rows])} of {page.read.document.name}",
            tellings=tuple(_shown(page, row, MISSING) for row in rows[:_SHOWN]),
            why="The entry refers back to one before it, and there is none that it could mean."
            if len(rows) == 1
            else "These entries refer back to others before them, and there are none that they could mean.",
            confidence=0.9,
        )


def _shown(page: Page, entry: Reference, value: str) -> Telling:
    return page.telling(value, entry.start, min(entry.end, entry.start + _ENTRY))


def _links(page: Page) -> Iterator[Discrepancy]:
    broken = page.references.broken
    if not broken:
        return
    first, count = broken[0], len(broken)
    links = "one link leads" if count == 1 else f"{count} links lead"
    yield Discrepancy(
        kind=DiscrepancyKind.REFERENCE,
        about=f"links of {page.read.document.name}",
        tellings=(page.telling(MISSING, first.start, min(first.end, first.start + _ENTRY)),),
        why=f"In this document {links} nowhere, so what stood behind cannot be looked up.",
        confidence=0.9,
    )
