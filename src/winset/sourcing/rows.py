"""What a body of documents rests on as flat rows of plain values, for JSON and tables.

Offsets are half-open, in Unicode code points: `document.text[start:end] == exact`. Dates are as precise as their
source, `null` where there is none; `document` is the text's id.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from winset.corpus.types import Anchor
from winset.ids import PartialDate, content_id
from winset.sourcing.settling import Settlement
from winset.sourcing.types import (
    Arrow,
    Credit,
    DatedPassage,
    Discrepancy,
    Event,
    Precedent,
    Question,
    SharedClaim,
    Work,
)

Row = dict[str, Any]


def credit_rows(credits: Iterable[Credit], works: Iterable[Work]) -> Iterator[Row]:  # noqa: A002 - the field's word
    """Each credit with the key of the work that it means."""
    means = {_place(credit): work.key for work in works for credit in work.credits}
    for credit in credits:
        yield {
            **_words(credit.anchor),
            "origin": credit.origin,
            "kind": str(credit.kind),
            "dated": _date(credit.dated),
            "url": credit.url,
            "title": credit.title,
            "marker": credit.marker,
            "entry": _words(credit.entry) if credit.entry else None,
            "speaker": credit.speaker,
            "place": credit.place,
            "broken": credit.broken,
            "work": means.get(_place(credit)),
            "statements": list(credit.statement_ids),
        }


def _place(credit: Credit) -> tuple[object, ...]:
    return credit.anchor.document_id, credit.anchor.span, credit.kind, credit.origin


def work_row(work: Work) -> Row:
    """An outside source with the documents that lean on it."""
    return {
        "key": work.key,
        "name": work.name,
        "kind": str(work.kind),
        "medium": work.medium,
        "dated": _date(work.dated),
        "title": work.title,
        "url": work.url,
        "document": work.document_id,
        "documents": list(work.document_ids),
        "credits": len(work.credits),
    }


def arrow_row(arrow: Arrow) -> Row:
    """Who leans on what, and how."""
    return {
        "document": arrow.document_id,
        "to": arrow.to,
        "how": arrow.how,
        "words": [_words(anchor) for anchor in arrow.anchors],
    }


def claim_row(claim: SharedClaim) -> Row:
    """What several documents tell, with the origins that are left of them."""
    return {
        "id": claim.id,
        "statements": list(claim.statement_ids),
        "documents": list(claim.document_ids),
        "words": _words(claim.words),
        "origins": list(claim.origins),
        "labels": list(claim.labels),
        "quoted": [_words(anchor) for anchor in claim.quoted],
        "said_on": _date(claim.said_on),
        "ties": [
            {"first": tie.first, "second": tie.second, "why": tie.why, "strength": round(tie.strength, 3)}
            for tie in claim.ties
        ],
    }


def discrepancy_row(found: Discrepancy, said: Settlement | None = None) -> Row:
    """The tellings side by side; `right` counts from 0, null where the documents do not decide.

    said: a person's word on it, which stands beside the machine's as `settled`.
    """
    return {
        "id": found.id,
        "kind": found.kind.value,
        "about": found.about,
        "tellings": [{**_words(telling.anchor), "value": telling.value} for telling in found.tellings],
        "right": found.right,
        "why": found.why,
        "confidence": found.confidence,
        "settled": settlement_row(said) if said else None,
    }


def settlement_row(said: Settlement) -> Row:
    """What a person says of a discrepancy: `verdict` is right, both, neither or none; `right` counts from 0."""
    return {"verdict": said.verdict.value, "right": said.right, "by": said.by, "at": said.at, "why": said.why}


def event_rows(events: Iterable[Event]) -> Iterator[Row]:
    """A row for each passage; those of one event share `event`. Kind, planned and ongoing are the event's."""
    for event in events:
        id = event_id(event)
        for passage in dated_passages(event):
            yield {
                "event": id,
                **_words(passage.anchor),
                "date": passage.date.text,
                "until": _date(passage.until),
                "kind": event.kind,
                "planned": event.planned,
                "ongoing": event.ongoing,
            }


def dated_passages(event: Event) -> tuple[DatedPassage, ...]:
    """All passages that tell an event, the one that tells it best first."""
    best = DatedPassage(date=event.date, anchor=event.anchor, until=event.until)
    place = (event.anchor.document_id, event.anchor.span)
    others = (each for each in event.passages if (each.anchor.document_id, each.anchor.span) != place)
    own = next((each for each in event.passages if (each.anchor.document_id, each.anchor.span) == place), best)
    return (own, *others)


def event_id(event: Event) -> str:
    """The same for the same date and place on every machine."""
    return content_id("event", event.date, event.document_id, *event.anchor.span)


def precedent_row(found: Precedent) -> Row:
    """An earlier instance with the words behind it."""
    return {
        "kind": found.kind,
        "place": found.place,
        "since": found.since,
        "until": found.until,
        "fate": found.fate,
        "detail": found.detail,
        "words": [_words(anchor) for anchor in found.anchors],
    }


def question_row(found: Question) -> Row:
    """A question, and the passages that speak to it, the surest first."""
    return {
        **_words(found.anchor),
        "form": found.form,
        "where": found.where,
        "passages": [
            {**_words(each.anchor), "score": round(each.score, 3), "statement": each.statement_id}
            for each in found.passages
        ],
    }


def _words(anchor: Anchor) -> Row:
    return {"document": anchor.document_id, "start": anchor.start, "end": anchor.end, "exact": anchor.exact}


def _date(date: PartialDate | None) -> str | None:
    return date.text if date else None
