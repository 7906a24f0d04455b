"""What the documents tell differently, and what happened when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from winset.brief.origin_rows import DISCREPANCY_WORDS, is_right
from winset.exchange.lineage_files import in_order
from winset.ids import PartialDate
from winset.mcp import models, untrusted
from winset.mcp.answered import Answered, more
from winset.mcp.paging import page
from winset.sourcing.rows import dated_passages
from winset.sourcing.settling import in_words

if TYPE_CHECKING:
    from winset.mcp.cases import ServedCase, View
    from winset.mcp.citing import Cites
    from winset.sourcing.types import Discrepancy, Event

TELLINGS = 6  # of one discrepancy
TOLD = 400  # characters of each
PASSAGES = 3  # of one event


def discrepancies(case: ServedCase, given: models.Paged) -> Answered:
    """The kinds that change most first, and the surest first within a kind."""
    view = case.view()
    cites = case.cites(view)
    rows = view.once("ranked", lambda: _ranked(view.account.discrepancies))
    some, cursor = page(rows, cursor=given.cursor, limit=given.limit, version=view.version)
    found = [_discrepancy(each, view, cites) for each in some]
    value = models.Discrepancies(
        case=case.name,
        version=view.version,
        documents=cites.documents,
        next_cursor=cursor,
        total=len(rows),
        discrepancies=found,
    )
    head = f"{len(found)} of {len(rows)} things told differently.{more(cursor)} A miss is possible."
    return Answered(head=head, lines=(*_told(found, cites), *cites.lines()), value=value)


def timeline(case: ServedCase, given: models.AskingTimeline) -> Answered:
    """By date; an event that reaches into the days asked for counts."""
    view = case.view()
    cites = case.cites(view)
    since = PartialDate(given.since).earliest if given.since else None
    until = PartialDate(given.until).latest if given.until else None
    rows = [
        each
        for each in view.once("events", lambda: in_order(view.account))
        if (since is None or (each.until or each.date).latest >= since or each.ongoing)
        and (until is None or each.date.earliest <= until)
    ]
    some, cursor = page(rows, cursor=given.cursor, limit=given.limit, version=view.version)
    found = [_event(each, cites) for each in some]
    value = models.Timeline(
        case=case.name,
        version=view.version,
        documents=cites.documents,
        next_cursor=cursor,
        total=len(rows),
        events=found,
    )
    head = f"{len(found)} of {len(rows)} events.{more(cursor)}"
    return Answered(head=head, lines=(*_when(found, cites), *cites.lines()), value=value)


def _ranked(found: Sequence[Discrepancy]) -> list[Discrepancy]:
    order = list(DISCREPANCY_WORDS)
    return sorted(found, key=lambda each: (order.index(each.kind), -each.confidence))


def _discrepancy(each: Discrepancy, view: View, cites: Cites) -> models.Discrepancy:
    said = view.material.settled.get(each.id)
    settled = f"{said.by}: {in_words(said, each)}{f': {said.why}' if said.why else ''}" if said else None
    return models.Discrepancy(
        id=each.id,
        kind=each.kind.value,
        about=untrusted.shown(each.about, at_most=untrusted.TITLE),
        tellings=[
            models.Telling(
                value=untrusted.shown(telling.value, at_most=untrusted.TITLE),
                words=cites.words(telling.anchor, at_most=TOLD),
                right=is_right(each, number),
            )
            for number, telling in enumerate(each.tellings[:TELLINGS])
        ],
        why=untrusted.shown(each.why, at_most=untrusted.LINE),
        confidence=round(each.confidence, 2),
        settled=untrusted.shown(settled, at_most=untrusted.LINE) if settled else None,
    )


def _event(each: Event, cites: Cites) -> models.Event:
    passages = dated_passages(each)
    return models.Event(
        date=each.date.text,
        until=each.until.text if each.until else None,
        kind=each.kind,
        planned=each.planned,
        ongoing=each.ongoing,
        differs=[day.text for day in each.spread] if each.spread else [],
        words=[cites.words(passage.anchor, at_most=TOLD) for passage in passages[:PASSAGES]],
        passages=len(passages),
    )


def _told(found: Sequence[models.Discrepancy], cites: Cites) -> Iterator[str]:
    for number, each in enumerate(found, start=1):
        yield f"{number}. {each.kind}: {each.about} (id {each.id}, confidence {each.confidence:.2f})"
        for telling in each.tellings:
            right = ", borne out" if telling.right else ""
            yield f"   - {telling.value or 'not there'}{right}: {cites.quoted(telling.words)}"
        yield f"   {each.why}"
        if each.settled:
            yield f"   settled by {each.settled}"


def _when(found: Sequence[models.Event], cites: Cites) -> Iterator[str]:
    for each in found:
        marks = [
            each.kind,
            *(["planned"] if each.planned else []),
            *(["going on since"] if each.ongoing else []),
            *([f"until {each.until}"] if each.until and not each.ongoing else []),
            *([f"dates differ: {' to '.join(each.differs)}"] if each.differs else []),
        ]
        further = f" (and {each.passages - 1} more passages)" if each.passages > 1 else ""
        yield f"{each.date} | {', '.join(marks)}: {cites.quoted(each.words[0])}{further}"
