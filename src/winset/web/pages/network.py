"""Who stands with whom, over time: networks of actors joined by the stances they share."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

from fastapi import Query, Request
from fastapi.responses import HTMLResponse

from winset.brief.wording import day, shown
from winset.ids import PartialDate
from winset.pipeline.networks import read_discourse
from winset.positions.networks.building import check, network
from winset.positions.networks.camps import camps
from winset.positions.networks.kinds import TWO_MODE_ONLY, Duplicates, Kind, Normalisation
from winset.positions.networks.windows import Period, periods
from winset.web import links
from winset.web.access.asking import Asking
from winset.web.access.roles import Role
from winset.web.background import newest
from winset.web.cases import AtCase, View
from winset.web.commands import line
from winset.web.lines import root
from winset.web.network_chart import Layout, among, edge_rows, layout, network_svg
from winset.web.rendering import page
from winset.web.routing import Pages

if TYPE_CHECKING:
    from winset.positions.networks.types import Discourse

WINDOWS = ((0, "all time"), (30, "30 days"), (90, "90 days"), (180, "half a year"), (365, "a year"))
STEPS = 3  # of a window, from one network to the next
KINDS = {
    Kind.CONGRUENCE: "who agrees with whom",
    Kind.CONFLICT: "who contradicts whom",
    Kind.SUBTRACT: "agreement less contradiction",
    Kind.TWO_MODE: "who is for or against what",
}
NORMALISATIONS = {
    Normalisation.NONE: "as counted",
    Normalisation.AVERAGE: "by how much both say",
    Normalisation.JACCARD: "by what both speak of",
    Normalisation.COSINE: "cosine",
}
ONCE = {
    Duplicates.ORIGIN: "independent origin",
    Duplicates.DOCUMENT: "document",
    Duplicates.WEEK: "week",
    Duplicates.MONTH: "month",
    Duplicates.INCLUDE: "statement",
}

pages = Pages(prefix="/cases/{case}")


@pages.get("/network", role=Role.READER)
def networks(
    request: Request,
    case: AtCase,
    _person: Asking,
    *,
    kind: Kind = Kind.CONGRUENCE,
    normalise: Normalisation = Normalisation.NONE,
    duplicates: Duplicates = Duplicates.ORIGIN,
    window: Annotated[int, Query(ge=0, le=36_500)] = 0,
    number: Annotated[int | None, Query(ge=0, alias="n")] = None,
) -> HTMLResponse:
    """One network, or one of a series.  window: days, 0 for all time.  n: of the series, from 0; the last if none."""
    view = case.view()
    if normalise in TWO_MODE_ONLY or kind is Kind.TWO_MODE:
        normalise = Normalisation.NONE
    check(kind, normalise)
    options = [("--kind", kind.value), ("--normalise", normalise.value), ("--duplicates", duplicates.value)]
    options += [("--window", str(window)), ("--step", str(max(1, window // STEPS)))] if window else []
    command = line("network", case.store.place, options=[*options, ("-o", "network.svg")])
    if view.big:
        return page(request, "too_big.html", what="Network", command=command)
    read = newest(case, "discourse", _discourse)
    made = newest(case, f"network {kind} {normalise} {duplicates}", partial(_layout, kind, normalise, duplicates))
    if read is None or made is None:
        return page(request, "network/page.html", ready=False)
    over = _periods(read.value, window)
    at = len(over) - 1 if number is None else min(number, len(over) - 1)
    time, within = over[at], made.value
    found = network(
        read.value, kind=kind, normalisation=normalise, duplicates=duplicates, since=time.since, until=time.until
    )
    found = among(found, {actor.id for actor in within.whole.actors})
    rows, total = edge_rows(found)
    names: dict[str, str] = {str(actor.id): shown(actor.name) for actor in found.actors}
    together = camps(found) if kind in (Kind.CONGRUENCE, Kind.SUBTRACT) else ()
    words = _in_words(time)
    return page(
        request,
        "network/page.html",
        ready=True,
        behind=max(read.behind, made.behind),
        kinds=KINDS,
        kind=kind,
        normalisations=NORMALISATIONS,
        normalise=normalise,
        once=ONCE,
        duplicates=duplicates,
        windows=WINDOWS,
        window=window,
        over=[_in_words(each) for each in over],
        at=at,
        words=words,
        rows=rows,
        total=total,
        actors=len(found.actors),
        left_out=within.left_out,
        camps=[[names[id] for id in camp] for camp in together if len(camp) > 1],
        drawing=network_svg(
            found,
            rows,
            within,
            to_actor=lambda id: links.of_actor(case, id),
            label=f"{KINDS[kind]}, {words}: {len(found.actors)} actors, {total} edges; the list below tells each",
        ),
        to_statement=lambda document, id: links.of_statement(case, document, id),
        root=root(case),
        command=command,
    )


def _discourse(view: View) -> Discourse:
    return read_discourse([(view.spec, view.material)])


def _layout(kind: Kind, normalise: Normalisation, duplicates: Duplicates, view: View) -> Layout:
    discourse = view.once("discourse", lambda: _discourse(view))
    return layout(network(discourse, kind=kind, normalisation=normalise, duplicates=duplicates))


def _periods(discourse: Discourse, window: int) -> tuple[Period, ...]:
    """The windows, each a third of its length after the one before; where nothing has a date, all at once."""
    if not window or not any(each.on for each in discourse.referrals):
        return (Period(),)
    return periods(discourse, window=window, step=max(1, window // STEPS))


def _in_words(period: Period) -> str:
    days = [day(PartialDate(each.isoformat())) for each in (period.since, period.until) if each]
    return " to ".join(days) if days else "all time"
