"""The timeline of the page: each event once, under its date, with every passage that tells it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from winset.brief.index import Index, Titles
from winset.brief.passages import passage_key
from winset.brief.wording import count, day, without_links
from winset.corpus.types import Anchor
from winset.ids import DocumentId, PartialDate
from winset.sourcing.rows import dated_passages
from winset.sourcing.types import Event

KIND_WORDS = {"publication": "published", "statement": "said", "mention": "mentioned"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageRow:
    """Words of one document, and the link that opens them."""

    key: str  # fragment of the passage
    words: str
    document_id: DocumentId
    document: str  # title
    date: str = ""  # as told there, where it is another than the event's
    iso: str = ""
    span: tuple[int, int] = (0, 0)  # where they stand in the document


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """One event, as its best passage tells it, and the others."""

    event: Event
    kind: str  # as shown
    marks: tuple[str, ...]  # "planned", "going on", "until 2017", "told with other dates: 3 to 5 June 2023"
    best: PassageRow
    others: tuple[PassageRow, ...]

    @property
    def documents(self) -> int:
        """How many documents tell it."""
        return len({row.document_id for row in (self.best, *self.others)})

    @property
    def others_in_words(self) -> str:
        """What is folded: "told in 3 documents", or "told twice"."""
        if self.documents > 1:
            return f"told in {count(self.documents, 'document')}"
        return f"told {len(self.others) + 1} times"


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A date of the timeline with all that bears it."""

    date: str
    iso: str
    events: tuple[EventRow, ...]


def passage_row(index: Titles, words: Anchor, *, date: PartialDate | None = None) -> PassageRow:
    """Words of a document as the page links them."""
    return PassageRow(
        key=passage_key(words),
        words=without_links(index.documents[words.document_id].text, *words.span),
        document_id=words.document_id,
        document=index.title(words.document_id),
        date=day(date) if date else "",
        iso=date.text if date else "",
        span=words.span,
    )


def timeline(index: Index) -> tuple[Day, ...]:
    """All events of the brief by date."""
    return days(event_rows(index, index.brief.events))


def event_rows(index: Titles, events: Iterable[Event]) -> tuple[EventRow, ...]:
    """The events; the same words once for each date."""
    rows: dict[object, EventRow] = {}
    for event in events:
        rows.setdefault((event.date, event.document_id, event.anchor.start), _event(index, event))
    return tuple(rows.values())


def days(rows: Iterable[EventRow]) -> tuple[Day, ...]:
    """The rows in order, under their dates."""
    ranked = sorted(rows, key=lambda row: (row.event.date.earliest, row.event.date.latest))
    return tuple(
        Day(date=day(PartialDate(text)), iso=text, events=tuple(events))
        for text, events in groupby(ranked, key=lambda row: row.event.date.text)
    )


def _event(index: Titles, event: Event) -> EventRow:
    best, *others = dated_passages(event)
    return EventRow(
        event=event,
        kind=KIND_WORDS.get(event.kind, event.kind),
        marks=marks(event),
        best=_shown(index, event, passage_row(index, best.anchor)),
        others=tuple(
            passage_row(index, each.anchor, date=each.date if each.date != event.date else None) for each in others
        ),
    )


def _shown(index: Titles, event: Event, best: PassageRow) -> PassageRow:
    """Of what was published the title is told; its words are often the bare date."""
    return replace(best, words=index.title(event.document_id)) if event.kind == "publication" else best


def marks(event: Event) -> tuple[str, ...]:
    """What is to be said beside an event's date and kind."""
    found = ["planned"] if event.planned else []
    if event.ongoing:
        found.append("going on since then")
    elif event.until is not None and event.until != event.date:  # of what goes on it only tells how rough the date is
        found.append(f"until {day(event.until)}")
    if event.spread is not None:
        first, last = event.spread
        found.append(f"dates differ: {day(first)} to {day(last)}")
    return tuple(found)
