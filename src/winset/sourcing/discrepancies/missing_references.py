"""Notes that lead nowhere: markers without an entry, entries without a marker, "ibid." with nothing before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from winset.sourcing.discrepancies.pages import Page
from winset.sourcing.entries import Reference
from winset.sourcing.pointers import Pointer
from winset.sourcing.types import MISSING, Discrepancy, DiscrepancyKind, Telling

_SHOWN = 6  # notes that are named one by one
_MOST = 0.5  # of all notes; where more do not fit, the list was not copied, or the numbers are no notes
_ENTRY = 120  # characters of an entry that are shown


def missing_references(pages: Sequence[Page]) -> Iterator[Discrepancy]:
    """What of a reference list does not fit the text; links to nowhere once for a document."""
    for page in pages:
        yield from _without_entry(page)
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
