"""The reference list of a document: numbered notes and author-date entries, and what does not match the text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from operator import attrgetter

from winset.corpus.types import Document
from winset.ids import PartialDate
from winset.sourcing.crediting.addresses import ADDRESS, BrokenLink, broken_links
from winset.sourcing.crediting.entries import Reference, entry_number, parsed
from winset.sourcing.crediting.pointers import Pointer, again_pointers, name_pointers, numbered_pointers
from winset.statements.date_mentions import date_mentions
from winset.statements.types import Segment, SegmentKind

__all__ = ["Reference", "ReferenceList", "references"]

Span = tuple[int, int]

_YEAR = re.compile(r"(?<!\d)(?:1[6-9]|20)\d\d(?!\d)")
_NEXT_NOTE = re.compile(r"(?<=\s)\[\^?(\d{1,4})\]:?\s(?=\S)")
_NEXT_AUTHOR = re.compile(  # at the head of a line below the first: "Reed, A. (2020)."
    r"(?<=\n)[A-ZÀ-Þ][^\n(“”\"]{2,200}\((?:n\.d\.|(?:1[6-9]|20)\d\d[a-z]?)(?:,[^)\n]{1,20})?\)[.,:]\s"
)
_HEAD = 300  # characters of an unnumbered entry that must tell that it is one
_SIGNS_OF_A_SOURCE = re.compile(r"\b(?:ibid|op\. ?cit|doi|ISBN|Press|Journal|Vol\.|pp?\.\s?\d)", re.IGNORECASE)
_SPANNED = re.compile(r"[“\"][^“”\"\n]{1,600}[”\"]")
_NO_DATE = PartialDate("2100")  # stands for the day of publication, so that no note's date is counted from one


@dataclass(frozen=True)
class ReferenceList:
    """A document's entries and how they fit the pointers in its text."""

    entries: tuple[Reference, ...]
    missing: tuple[str, ...]  # markers in the text without an entry
    unused: tuple[str, ...]  # markers of entries that the text never uses; empty where it uses none at all
    pointers: tuple[Pointer, ...] = ()  # in text order, each with the entry that it was resolved to
    repeated: tuple[str, ...] = ()  # numbers that several entries have
    nowhere: tuple[Reference, ...] = ()  # entries that refer back to nothing, to themselves or in a ring
    broken: tuple[BrokenLink, ...] = ()  # links and addresses of the whole document that cannot be followed
    _numbered: Mapping[str, Sequence[Reference]] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def missing_at(self) -> tuple[Pointer, ...]:
        """The first place of each missing marker, in text order."""
        missing = set(self.missing)
        first: dict[str, Pointer] = {}
        for pointer in self.pointers:
            if pointer.entry is None and pointer.marker in missing:
                first.setdefault(pointer.marker, pointer)
        return tuple(first.values())

    @cached_property
    def unused_entries(self) -> tuple[Reference, ...]:
        """The entries of the unused markers."""
        unused = set(self.unused)
        return tuple(entry for entry in self.entries if (entry.marker or entry.cited_as) in unused)

    def entry(self, marker: str) -> Reference | None:
        """The first entry with a number; None where it is missing."""
        return next(iter(self._numbered.get(marker, ())), None)


def references(document: Document, segments: Sequence[Segment]) -> ReferenceList:
    """The reference list of a document; empty where it has none.

    An address on a line of its own belongs to the entry above. "Ibid." stands for the entry before, "as above"
    for the last one of the same medium, "op. cit." for the last one of the same author, "see note 3" for that one.
    Where numbers begin anew on every page, a mark means the next entry of its number. Cost: linear.
    """
    text = document.text
    entries = _entries(text, segments)
    numbered = _by_number(entries)
    by_name = _by_name(entries)
    quoted = [match.span() for match in _SPANNED.finditer(text)] if numbered else []
    pointers = [
        replace(pointer, entry=_nearest(numbered.get(pointer.marker, ()), pointer.start))
        for pointer in numbered_pointers(text, segments, numbered)
    ]
    named = sorted(name_pointers(text, segments, by_name), key=attrgetter("start"))
    named += list(again_pointers(text, segments, named))
    missing = dict.fromkeys((*_missing_numbers(pointers, numbered, quoted), *_missing_names(text, named)))
    found = tuple(sorted((*pointers, *named), key=lambda pointer: (pointer.start, pointer.end)))
    return ReferenceList(
        entries=entries,
        missing=tuple(missing),
        unused=tuple(dict.fromkeys(_unused(entries, found))),
        pointers=found,
        repeated=tuple(number for number, rows in numbered.items() if len(rows) > 1),
        nowhere=tuple(entry for entry in entries if entry.leads_nowhere),
        broken=tuple(broken_links(text, links=document.links)),
        _numbered=numbered,
    )


def _entries(text: str, segments: Sequence[Segment]) -> tuple[Reference, ...]:
    spans = [part for span in _entry_spans(text, segments) for part in _single(text, *span)]
    dates = date_mentions(text, spans[0][0], spans[-1][1], published=_NO_DATE) if spans else ()
    found = [parsed(text, start, end, dates) for start, end in spans]
    return tuple(_resolved([entry for entry in found if entry.marker or entry.says_something or entry.dated]))


def _entry_spans(text: str, segments: Sequence[Segment]) -> list[Span]:
    """One span for each entry, its address included; headings such as "References" are none."""
    spans: list[Span] = []
    with_address = body_begun = False
    for segment in segments:
        body_begun = body_begun or segment.kind is SegmentKind.BODY
        if segment.kind is not SegmentKind.REFERENCE or not body_begun:  # above the body: the document's own address
            continue
        start, end = segment.start, segment.end
        number = entry_number(text, start, end)
        address = ADDRESS.search(text, start, end)
        alone = address is not None and address.start() - start <= 2 and number is None  # noqa: PLR2004 - "<["
        if spans and alone and not with_address:
            spans[-1] = (spans[-1][0], end)
            with_address = True
        elif number or address or _is_entry(text[start : min(end, start + _HEAD)]):
            spans.append((start, end))
            with_address = address is not None
    return spans


def _is_entry(words: str) -> bool:
    return _YEAR.search(words) is not None or _SIGNS_OF_A_SOURCE.search(words) is not None


def _single(text: str, start: int, end: int) -> Iterator[Span]:
    """The entries of one paragraph: "[1] ... [2] ..." on one line are two."""
    number = entry_number(text, start, end)
    if number is not None and number.isdecimal() and text.startswith("[", start):
        for match in _NEXT_NOTE.finditer(text, start, end):
            if int(match[1]) == int(number) + 1:
                yield start, match.start() - 1
                start, number = match.start(), match[1]
    elif number is None:
        for match in _NEXT_AUTHOR.finditer(text, start, end):
            yield start, match.start() - 1
            start = match.start()
    yield start, end


def _resolved(entries: Sequence[Reference]) -> Iterator[Reference]:
    """The entries, those that refer back filled from the one they mean."""
    by_medium: dict[str, Reference] = {}
    by_author: dict[str, Reference] = {}
    by_number: dict[str, Reference] = {}
    written = _by_number(entries)
    last: Reference | None = None
    for entry in entries:
        refers = entry.refers_back or (entry.refers_to is not None and entry.url is None and entry.title is None)
        if refers:
            meant = _entry_meant(entry, last, by_medium, by_author, by_number, written)
            entry = _filled(entry, meant) if meant else replace(entry, leads_nowhere=entry.url is None)  # noqa: PLW2901
        if entry.medium:
            by_medium[entry.medium] = entry
        if author := _first_word(entry.authors):
            by_author[author] = entry
        if entry.marker:
            by_number[entry.marker] = entry
        last = entry
        yield entry


def _entry_meant(  # noqa: PLR0917 - what has been read so far, each by its own key
    entry: Reference,
    last: Reference | None,
    by_medium: Mapping[str, Reference],
    by_author: Mapping[str, Reference],
    by_number: Mapping[str, Reference],
    written: Mapping[str, Sequence[Reference]],
) -> Reference | None:
    """The entry that one refers back to; None where there is none."""
    if entry.refers_to is not None:
        meant = by_number.get(entry.refers_to)
        if meant is None:  # further down: only where that says something itself, so that no ring is followed
            ahead = next(iter(written.get(entry.refers_to, ())), None)
            meant = ahead if ahead and ahead.label and ahead.marker != entry.marker and not ahead.refers_to else None
    elif entry.medium is not None:
        meant = by_medium.get(entry.medium)
    elif entry.refers_next or entry.authors is None:
        meant = last
    else:
        meant = by_author.get(_first_word(entry.authors))
    return None if meant is None or meant.leads_nowhere else meant


def _filled(entry: Reference, meant: Reference) -> Reference:
    return replace(
        entry,
        medium=entry.medium or meant.medium,
        dated=entry.dated or meant.dated,
        title=entry.title or meant.title,
        authors=entry.authors or meant.authors,
        url=entry.url or meant.url,
        words=meant.words or entry.words,
    )


def _first_word(authors: str | None) -> str:
    words = re.findall(r"[^\W\d_]{2,}", authors[:100]) if authors else []
    return words[0].casefold() if words else ""


def _by_number(entries: Iterable[Reference]) -> dict[str, list[Reference]]:
    found: dict[str, list[Reference]] = {}
    for entry in entries:
        if entry.marker:
            found.setdefault(entry.marker, []).append(entry)
    return found


def _by_name(entries: Iterable[Reference]) -> dict[str, Reference]:
    """Entries by author and year, case folded: as cited, and by an organisation's initials."""
    found: dict[str, Reference] = {}
    for entry in entries:
        if entry.cited_as is None:
            continue
        name, _, year = entry.cited_as.rpartition(" ")
        initials = "".join(word[0] for word in name.split() if word[0].isupper())
        for key in (name, initials if len(initials) > 1 else name):
            found.setdefault(f"{key} {year}".casefold(), entry)
            found.setdefault(f"{key} {year.rstrip('abcdefghijklmnopqrstuvwxyz')}".casefold(), entry)
    return found


def _nearest(rows: Sequence[Reference], place: int) -> Reference | None:
    """Of several entries with one number, the first behind the mark: notes stand below their page."""
    if not rows:
        return None
    return rows[min(bisect_left(rows, place, key=attrgetter("start")), len(rows) - 1)]


def _missing_numbers(
    pointers: Sequence[Pointer], numbered: Mapping[str, object], quoted: Sequence[Span]
) -> Iterator[str]:
    """Numbers without an entry. In a document without entries they must look like notes: [1], then [2]."""
    lost = [pointer for pointer in pointers if pointer.entry is None and pointer.sure]
    if not numbered:
        order = [int(marker) for marker in dict.fromkeys(row.marker for row in lost) if marker.isdecimal()]
        if len(order) < 2 or order[0] != 1 or any(one >= two for one, two in pairwise(order)):  # noqa: PLR2004
            return
    ends = [end for _, end in quoted]
    for pointer in lost:
        at = bisect_left(ends, pointer.end)
        inside = at < len(quoted) and quoted[at][0] < pointer.start and pointer.end < quoted[at][1] - 1
        if not inside:
            yield pointer.marker


def _missing_names(text: str, named: Sequence[Pointer]) -> Iterator[str]:
    """Authors with a year that the list does not have, where the list has most of the others."""
    lost = [pointer for pointer in named if pointer.entry is None and pointer.sure]
    if 2 * len(lost) <= len(named):
        yield from (row.marker for row in lost if f" in {row.marker.rpartition(' ')[0]}" not in text)


def _unused(entries: Sequence[Reference], pointers: Sequence[Pointer]) -> Iterator[str]:
    used = {pointer.entry.marker or pointer.entry.cited_as for pointer in pointers if pointer.entry is not None}
    referred = {entry.refers_to for entry in entries if entry.refers_to}
    by_number = any(pointer.entry.marker for pointer in pointers if pointer.entry) or any(
        pointer.marker.isdecimal() for pointer in pointers
    )
    by_name = any(pointer.entry.cited_as for pointer in pointers if pointer.entry)
    for entry in entries:
        if (entry.marker or entry.cited_as) in used:
            continue
        if entry.marker and by_number and entry.marker not in referred:
            yield entry.marker
        elif entry.marker is None and entry.cited_as and by_name:
            yield entry.cited_as
