"""What happened when, planned and past, with earlier instances of what is proposed and the questions left open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import HTMLResponse

from winset.brief.index import Titles
from winset.brief.origin_rows import PrecedentRow, QuestionRow, open_questions, precedent_row
from winset.brief.timeline import KIND_WORDS, Day, EventRow, days, event_rows
from winset.web.access.asking import Asking
from winset.web.access.roles import Role
from winset.web.cases import AtCase, View
from winset.web.lines import command, root
from winset.web.rendering import page
from winset.web.routing import Pages

pages = Pages(prefix="/cases/{case}")

AT_ONCE = 150  # events on one page
WIDTH, HEIGHT = 600, 40  # of the strip
FEW_YEARS = 4  # up to which each month has a bar
WHEN = {"": "past and planned", "past": "past", "planned": "planned"}

Kinds = Annotated[list[str], Query(alias="kind", default_factory=list, max_length=40)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """All that the documents of a case tell of time, ready to be shown."""

    events: tuple[EventRow, ...]  # by date
    kinds: tuple[tuple[str, str, int], ...]  # id, as shown, how many; most first
    precedents: tuple[PrecedentRow, ...]
    questions: tuple[QuestionRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """A year of the timeline, or what comes to the case's own day."""

    name: str
    days: tuple[Day, ...]


@pages.get("/timeline", role=Role.READER)
def timeline(
    request: Request, case: AtCase, _person: Asking, kind: Kinds, when: str = "", after: Annotated[int, Query(ge=0)] = 0
) -> HTMLResponse:
    """The events, filtered by kind and by whether they are planned.  after: how many to pass over."""
    view = case.view()
    if view.big:
        return page(request, "too_big.html", what="Timeline", command=command(case, "timeline", "-o", "timeline.csv"))
    told = _told(view)
    when = when if when in WHEN else ""
    chosen = [each for each in told.events if _wanted(each, kind, when)]
    shown = chosen[after : after + AT_ONCE]
    part = request.headers.get("HX-Target") == "events"
    return page(
        request,
        "timeline/_events.html" if part else "timeline/timeline.html",
        root=root(case),
        told=told,
        kinds=frozenset(kind),
        when=when,
        whens=WHEN,
        chosen=len(chosen),
        shown=len(shown),
        after=after,
        following=after + AT_ONCE if len(chosen) > after + AT_ONCE else None,
        query=[*(("kind", each) for each in kind), *([("when", when)] if when else [])],
        years=_years(shown),
        decided=view.spec.issue.on,
        strip=_strip(chosen, view.spec.issue.on.latest),
        planned=sum(each.event.planned for each in chosen),
        command=command(case, "timeline", "-o", "timeline.csv"),
        documents=len(view.material.documents),
    )


def _told(view: View) -> Told:
    return view.once("timeline", lambda: _all(view))


def _all(view: View) -> Told:
    titles, account = Titles(view.material.documents), view.account
    rows = event_rows(titles, account.events)
    ranked = sorted(rows, key=lambda row: (row.event.date.earliest, row.event.date.latest))
    many = Counter(row.event.kind for row in rows)
    return Told(
        events=tuple(ranked),
        kinds=tuple((kind, KIND_WORDS.get(kind, kind), times) for kind, times in many.most_common()),
        precedents=tuple(precedent_row(titles, each) for each in account.precedents),
        questions=open_questions(titles, account.questions),
    )


def _wanted(row: EventRow, kinds: Sequence[str], when: str) -> bool:
    return (not kinds or row.event.kind in kinds) and (not when or row.event.planned is (when == "planned"))


def _years(rows: Sequence[EventRow]) -> tuple[Year, ...]:
    found: dict[str, list[Day]] = {}
    for each in days(rows):
        found.setdefault(each.iso[:4], []).append(each)
    return tuple(Year(name=name, days=tuple(them)) for name, them in found.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """How many events fall into one stretch of the strip."""

    x: float
    width: float
    past: float  # heights, of 40
    planned: float
    words: str  # "2023: 12 events, 2 planned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """The events over time as bars, a year or a month each, of 600 by 40."""

    bars: tuple[Bar, ...]
    decided: float | None  # where the day of decision stands
    first: str
    last: str


def _strip(rows: Sequence[EventRow], decided: date) -> Strip | None:
    """None where a picture would show no more than the list does."""
    if len(rows) < 3:  # noqa: PLR2004 - two bars are no shape
        return None
    firsts = [row.event.date.earliest for row in rows]
    begin, end = min(firsts), max(*firsts, decided)
    monthly = end.year - begin.year < FEW_YEARS

    def stretch(day: date) -> int:
        return day.year * 12 + day.month if monthly else day.year * 12

    past = Counter(stretch(day) for day, row in zip(firsts, rows, strict=True) if not row.event.planned)
    planned = Counter(stretch(day) for day, row in zip(firsts, rows, strict=True) if row.event.planned)
    step = 1 if monthly else 12
    low, high = stretch(begin), stretch(end) + step
    tallest = max((past + planned).values())
    wide = WIDTH * step / (high - low)
    bars = tuple(
        Bar(
            x=round(WIDTH * (place - low) / (high - low), 1),
            width=round(max(2.0, wide - 1), 1),
            past=round(HEIGHT * past[place] / tallest, 1),
            planned=round(HEIGHT * planned[place] / tallest, 1),
            words=f"{_named(place, monthly=monthly)}: {past[place] + planned[place]}",
        )
        for place in sorted(past | planned)
    )
    at = decided.year * 12 + decided.month + (decided.day / 31)
    return Strip(
        bars=bars,
        decided=round(WIDTH * (at - low) / (high - low), 1) if low <= at <= high else None,
        first=_named(low, monthly=monthly),
        last=_named(high - step, monthly=monthly),
    )


def _named(place: int, *, monthly: bool) -> str:
    if not monthly:
        return str(place // 12)
    year, month = divmod(place - 1, 12)
    return f"{date(year, month + 1, 1):%B %Y}"
