"""The reference list of a document: numbered notes and author-date entries, and what does not match the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from winset.corpus.types import Document
from winset.ids import PartialDate
from winset.statements.dates import date_mentions
from winset.statements.media import find_media, medium_at
from winset.statements.types import Segment, SegmentKind

_MARKER = re.compile(r"\[\^?(?P<number>\d{1,3})\](?!\()")
_ENTRY_MARKER = re.compile(r"(?:\[\^?(?P<bracket>\d{1,3})\]:?|(?P<plain>\d{1,3})[.)])\s*")
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\]\"”]+")
_AUTHOR_DATE = re.compile(
    r"(?P<authors>[^(]{2,250})\(\s*(?:n\.d\.|\d{4}[a-z]?[^)]{0,20})\)[.,:]\s+(?P<rest>.+)", re.DOTALL
)
_TITLE_IN_QUOTES = re.compile(r"[“\"‘](?P<title>[^”\"’]{5,300})[”\"’]")
_TITLE_ENDS = re.compile(r"(?<=[.?!])\s+")
_BACK = re.compile(r"\b(?:ibid|ib\.|op\. ?cit|loc\. ?cit|as above|see above)(?:\b|\.)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One entry of a reference list."""

    start: int  # of the entry in the document's text, half-open
    end: int
    marker: str | None = None  # "5" for [5]; None in a bibliography by author and date
    medium: str | None = None  # in the one spelling of `statements.media`
    dated: PartialDate | None = None
    title: str | None = None
    authors: str | None = None  # as written
    url: str | None = None
    refers_back: bool = False  # "ibid.", "as above": medium, date, title and address are those of the entry meant

    @property
    def label(self) -> str | None:
        """What the entry is called: its medium, else its title, address or authors."""
        return self.medium or self.title or self.url or self.authors


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceList:
    """A document's entries and how they fit the numbers in its text."""

    entries: tuple[Reference, ...]
    missing: tuple[str, ...]  # markers in the text without an entry
    unused: tuple[str, ...]  # markers of entries that the text never uses; empty where it uses none at all

    def entry(self, marker: str) -> Reference | None:
        """The entry of a marker; None where it is missing."""
        return next((entry for entry in self.entries if entry.marker == marker), None)


def references(document: Document, segments: Sequence[Segment]) -> ReferenceList:
    """The reference list of a document; empty where it has none.

    An address on a line of its own belongs to the entry above. "Ibid." stands for the entry before, "as above"
    for the last one of the same medium. Cost: linear in the reference list.
    """
    entries = tuple(_resolved([_parsed(document.text, *span) for span in _entry_spans(document.text, segments)]))
    used = [number for number, _, _ in markers(document.text, segments)]
    listed = {entry.marker for entry in entries if entry.marker}
    return ReferenceList(
        entries=entries,
        missing=tuple(dict.fromkeys(number for number in used if number not in listed)),
        unused=tuple(entry.marker for entry in entries if used and entry.marker and entry.marker not in used),
    )


def markers(text: str, segments: Sequence[Segment]) -> Iterator[tuple[str, int, int]]:
    """The footnote numbers in the body of a text, each with its half-open span."""
    for segment in segments:
        if segment.kind is SegmentKind.BODY:
            for match in _MARKER.finditer(text, segment.start, segment.end):
                yield match["number"], match.start(), match.end()


def _entry_spans(text: str, segments: Sequence[Segment]) -> list[tuple[int, int]]:
    """One span for each entry, its address included; headings such as "References" are none."""
    spans: list[tuple[int, int]] = []
    body_begun = False
    for segment in segments:
        body_begun = body_begun or segment.kind is SegmentKind.BODY
        if segment.kind is not SegmentKind.REFERENCE or not body_begun:  # above the body: the document's own address
            continue
        words = text[segment.start : segment.end]
        address = _URL.match(words.lstrip("<["))
        if address and spans and not _URL.search(text, *spans[-1]):
            spans[-1] = (spans[-1][0], segment.end)
        elif address or any(map(str.isdigit, words)):
            spans.append((segment.start, segment.end))
    return spans


def _parsed(text: str, start: int, end: int) -> Reference:
    words = text[start:end]
    marker = _ENTRY_MARKER.match(words)
    url = _URL.search(words)
    before_url = words[: url.start()].rstrip("<[ \n") if url else words
    by_author = _AUTHOR_DATE.match(before_url)
    named = find_media(text, start, start + len(before_url))
    mentions = [mention for mention in date_mentions(before_url, published=None) if not mention.relative]
    return Reference(
        start=start,
        end=end,
        marker=(marker["bracket"] or marker["plain"]) if marker else None,
        medium=(medium_at(url.group()) if url else None) or (named[-1].name if named else None),
        dated=mentions[0].date if mentions else None,
        title=_title(before_url, by_author),
        authors=by_author["authors"].strip(" .") if by_author else None,
        url=url.group().rstrip(").,;>") if url else None,
        refers_back=_BACK.search(words) is not None,
    )


def _title(words: str, by_author: re.Match[str] | None) -> str | None:
    if quoted := _TITLE_IN_QUOTES.search(words):
        return quoted["title"].strip(" .,")
    return _TITLE_ENDS.split(by_author["rest"].strip(), maxsplit=1)[0].strip(" .") if by_author else None


def _resolved(entries: Sequence[Reference]) -> Iterator[Reference]:
    """The entries, those that refer back filled from the one they mean."""
    done: list[Reference] = []
    for entry in entries:
        same = [before for before in done if entry.medium is None or before.medium == entry.medium]
        meant = (same or done)[-1:] if entry.refers_back else []
        for before in meant:
            entry = replace(  # noqa: PLW2901 - at most one round
                entry,
                medium=entry.medium or before.medium,
                dated=entry.dated or before.dated,
                title=entry.title or before.title,
                url=entry.url or before.url,
            )
        done.append(entry)
        yield entry
