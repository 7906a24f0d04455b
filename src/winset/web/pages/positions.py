"""Where everybody stands, as a chart in which an actor can be put elsewhere to ask what if."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from winset.brief.charts import letters
from winset.errors import BadCase
from winset.ids import PartialDate
from winset.issues import Issue
from winset.pipeline.estimating import estimated_from_columns
from winset.positions.estimation import Evidence
from winset.positions.estimation import positions as estimated_positions
from winset.positions.types import Position
from winset.web import links
from winset.web.access.asking import Asking
from winset.web.access.roles import Role
from winset.web.background import newest, patience
from winset.web.cases import AtCase, OpenCase, View
from winset.web.commands import line
from winset.web.lines import root
from winset.web.rendering import page
from winset.web.roll import Entry, StandGroup, roll, stand_groups
from winset.web.routing import Pages
from winset.web.standing import standing

APART = 5.0  # points of the scale; letters of options nearer to one another share a place
WORDS_APART = 45.0  # points; the names of both ends go below one another where these are nearer
AT_ONCE = 60  # rows of one standing; more are told by the command line

pages = Pages(prefix="/cases/{case}")


@pages.get("/positions", role=Role.READER)
def positions(
    request: Request,
    case: AtCase,
    _person: Asking,
    as_of: Annotated[str, Query(alias="as-of", max_length=10)] = "",
) -> HTMLResponse:
    """The chart and the table; as-of: only what was said by then counts."""
    view = case.view()
    issue, day = view.spec.issue, PartialDate(as_of) if as_of else None
    found, entries = _held(case, day), roll(case)
    groups: tuple[StandGroup, ...] = ()
    days: tuple[date, ...] = ()
    behind = 0
    if found is not None and entries is not None:
        groups = stand_groups(entries.value, found.positions, issue)
        behind = max(0, view.version - min(found.version, entries.version))
        days = _days(found.evidence)
    return page(
        request,
        "positions/page.html",
        ready=found is not None and entries is not None,
        behind=behind,
        big=view.big,
        issue=issue,
        axis=_axis(issue),
        groups=groups,
        movable=[row for group in groups if group.standing == "member" for row in group.rows],
        members=[entry for entry in (entries.value if entries else ()) if entry.votes],
        as_of=day,
        earlier=_beside(days, day, -1),
        later=_beside(days, day, 1),
        last=days[-1] if days else None,
        at_once=AT_ONCE,
        command=line("positions", case.store.place, options=[("--as-of", day.text)] if day else []),
        place=case.store.place,
        to_actor=lambda entry: links.of_actor(case, entry.actor_id),
        words=lambda entry: links.what_if(entry.actor_id, entry.label, 0).removesuffix("=0"),
        decide=f"{root(case)}/decide",
    )


@pages.get("/positions/what-if", role=Role.READER)
def asked(case: AtCase, _person: Asking, actor: str, value: Annotated[float, Query(ge=0, le=100)]) -> Response:
    """From the form to the answer: what if this actor stood there.  Raises BadCase."""
    return RedirectResponse(links.of_what_if(case, [_change(case, actor, value)]), status_code=303)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """Positions as of a day."""

    positions: tuple[Position, ...]
    evidence: Sequence[Evidence]  # of a whole case
    version: int


def _held(case: OpenCase, day: PartialDate | None) -> _Held | None:
    """The newest that is worked out; None where there is none yet."""
    if day is not None and case.view().big:
        made = newest(case, f"positions as of {day.text}", partial(_counted, case, day), wait=patience(case))
        return None if made is None else _Held(positions=made.value, evidence=(), version=made.version)
    found = standing(case, wait=patience(case))
    if found is None:
        return None
    held, evidence = found.positions, found.found.evidence
    if day is not None:
        held = estimated_positions(evidence, issue=found.spec.issue, as_of=day)
    return _Held(positions=held, evidence=evidence, version=found.version)


def _counted(case: OpenCase, day: PartialDate, _view: View) -> tuple[Position, ...]:
    return estimated_from_columns(case.store, as_of=day).positions


def _change(case: OpenCase, actor: str, value: float) -> str:
    entry = _entry(case, actor)
    return links.what_if(entry.actor_id, entry.label, value)


def _entry(case: OpenCase, actor: str) -> Entry:
    """Raises BadCase for one that is not there."""
    made = roll(case)
    found = next((entry for entry in (made.value if made else ()) if entry.actor_id == actor), None)
    if found is None:
        raise BadCase(f"no actor {actor!r} has a seat or a voice here: choose one of the list")
    return found


def _days(evidence: Sequence[Evidence]) -> tuple[date, ...]:
    """Days on which somebody may have spoken for or against, in order."""
    return tuple(sorted({each.known_by for each in evidence if each.counts and each.known_by is not None}))


def _beside(days: Sequence[date], day: PartialDate | None, step: int) -> date | None:
    """The next day with words before or after the one that is shown; None where there is none."""
    if step < 0:
        return max((each for each in days if day is None or each < day.latest), default=None)
    return min((each for each in days if day is not None and each > day.latest), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """What stands above the chart."""

    low: tuple[float, str]  # the end at the left, with its name
    high: tuple[float, str]
    stacked: bool  # the names do not fit beside one another
    letters: tuple[tuple[str, float], ...]  # of options, those that would touch together
    options: tuple[tuple[str, str, float], ...]  # letter, label, value
    rungs: tuple[float, ...]


def _axis(issue: Issue) -> Axis:
    low, high = sorted(((issue.status_quo, "status quo"), (issue.proposal_value, "proposal")))
    options = letters(issue)
    places: list[list[tuple[str, float]]] = []
    for letter, _, value in options:
        if places and value - places[-1][-1][1] < APART:
            places[-1].append((letter, value))
        else:
            places.append([(letter, value)])
    return Axis(
        low=low,
        high=high,
        stacked=high[0] - low[0] < WORDS_APART,
        letters=tuple((_together(each), (each[0][1] + each[-1][1]) / 2) for each in places),
        options=options,
        rungs=tuple(dict.fromkeys(value for _, _, value in options)),
    )


def _together(place: Sequence[tuple[str, float]]) -> str:
    """As written: "A", "A, B" or "A–D"."""
    first, last = place[0][0], place[-1][0]
    return {1: first, 2: f"{first}, {last}"}.get(len(place), f"{first}–{last}")
