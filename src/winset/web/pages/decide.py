"""What the rule makes of the positions, and what it would make of them if: levers, links, kept scenarios."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlencode

from fastapi import Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from winset.brief.wording import listing, percent
from winset.errors import BadCase
from winset.exchange.answer_differences import Difference, differences
from winset.exchange.supposed import DOCUMENTED, KeptScenario, Supposed, named
from winset.issues import CaseSpec
from winset.pipeline.clock import now
from winset.pipeline.scenarios import keep_scenario, kept_scenario, kept_scenarios
from winset.web.access.asking import Asking
from winset.web.access.roles import Role
from winset.web.cases import AtCase, OpenCase
from winset.web.deciding import FEW, Told, question, settled, told
from winset.web.levers import is_lever, lever_changes, levers
from winset.web.lines import root
from winset.web.rendering import page
from winset.web.routing import Pages
from winset.web.standing import Standing, standing

WAIT = 20.0  # seconds that a request for an answer waits for the positions of a new version

pages = Pages(prefix="/cases/{case}")

Texts = Annotated[list[str], Form(alias="what-if", default_factory=list, max_length=500)]
Line = Annotated[str, Form(max_length=300)]


@pages.get("/decide", role=Role.READER)
def decide(request: Request, case: AtCase, person: Asking, scenario: str = "") -> Response:
    """The answer with all levers; the query string says what is otherwise, or which kept scenario."""
    found = standing(case)
    if found is None:
        return page(request, "decide/waiting.html", root=root(case))
    kept = kept_scenario(case.store, scenario) if scenario else None
    supposed = _supposed(request, found.spec, kept)
    given = question(case, found, supposed)
    supposed = settled(supposed, given)
    if is_lever(request.query_params) or "" in request.query_params.values():  # a form that no script has tidied
        return RedirectResponse(_link(case, supposed), status_code=303)
    answer = told(case, found, supposed)
    return page(
        request,
        "decide/decide.html",
        levers=levers(given, supposed.scenario(given)),
        kept=kept,
        scenarios=kept_scenarios(case.store),
        spec=found.spec,
        rules=_rules(),
        **_shown(case, found, answer, may_keep=person.role >= Role.EDITOR),
    )


@pages.get("/decide/answer", role=Role.READER)
def answer(request: Request, case: AtCase, person: Asking, few: bool = False) -> HTMLResponse:
    """The answer alone, as a part of a page. few: a first one, while a lever is moved.

    To the page of levers itself it also says which link it now shows.
    """
    found = standing(case, wait=WAIT)
    if found is None:
        return page(request, "decide/_waiting.html", root=root(case))
    supposed = _supposed(request, found.spec, None)
    given = question(case, found, supposed)
    own = request.headers.get("HX-Target") == "answer"
    made = told(case, found, settled(supposed, given), few=few)
    shown = page(
        request, "decide/_reply.html", own=own, **_shown(case, found, made, may_keep=person.role >= Role.EDITOR)
    )
    if own and few:
        shown.headers["HX-Retarget"] = "#at-once"
    elif own:
        shown.headers["HX-Push-Url"] = _link(case, made.supposed)
    return shown


@pages.post("/decide/keep", role=Role.EDITOR)
def keep(
    request: Request,
    case: AtCase,
    person: Asking,
    *,
    what_if: Texts,
    name: Line = "",
    rule: Line = "",
    on: Line = "",
    as_of: Annotated[str, Form(alias="as-of", max_length=10)] = "",
) -> Response:
    """Keep a what-if under a name."""
    name, supposed = named(name), Supposed.told(what_if, rule=rule, on=on, as_of=as_of)
    if supposed.nothing:
        raise BadCase("nothing is otherwise: move a lever, then give it a name")
    found = standing(case, wait=WAIT)
    if found is not None:
        supposed = settled(supposed, question(case, found, supposed))
    keep_scenario(case.store, name, supposed, by=person.name)
    return _listed(request, case, f"Kept as “{name}”.")


@pages.post("/decide/drop", role=Role.EDITOR)
def drop(
    request: Request, case: AtCase, person: Asking, scenario: Line, seen: Annotated[int | None, Form()] = None
) -> Response:
    """Keep a what-if no longer; the log takes it back."""
    kept = kept_scenario(case.store, scenario)
    case.desk.drop("scenario", kept.id, by=person.name, at=now(), seen=seen or kept.version)
    return _listed(request, case, f"“{kept.name}” is no longer kept; the log takes that back.")


@pages.get("/decide/compare", role=Role.READER)
def compare(
    request: Request,
    case: AtCase,
    _person: Asking,
    a: Annotated[str, Query(max_length=8_000)] = "",
    b: Annotated[str, Query(max_length=8_000)] = "",
) -> Response:
    """Two scenarios side by side; a, b: an id or name, a query string after "?", or nothing, as documented."""
    found = standing(case)
    if found is None:
        return page(request, "decide/waiting.html", root=root(case))
    kept = kept_scenarios(case.store)
    sides = [_side(case, found, which, kept) for which in (a, b)]
    made = [told(case, found, supposed) for _, supposed in sides]
    apart = differences(made[0].answer, made[1].answer)
    return page(
        request,
        "decide/compare.html",
        root=root(case),
        sides=[
            {"name": name, "told": each, "link": _link(case, each.supposed), "which": which}
            for (name, _), each, which in zip(sides, made, (a, b), strict=True)
        ],
        apart=apart,
        differs={each.about for each in apart},
        scenarios=kept,
        percent=percent,
        listing=listing,
        place=str(case.store.place),
        command=_compare_command(case, made, [name for name, _ in sides], kept),
    )


def _supposed(request: Request, spec: CaseSpec, kept: KeptScenario | None) -> Supposed:
    """What the query string, or a kept scenario, says is otherwise; the case's own rule and day are not."""
    if kept is not None:
        return kept.supposed
    given = request.query_params
    found = Supposed.told(
        [*given.getlist("what-if"), *lever_changes(given.multi_items())],
        rule=given.get("rule"),
        on=given.get("on"),
        as_of=given.get("as-of"),
    )
    return replace(
        found,
        rule=None if found.rule == spec.issue.rule else found.rule,
        on=None if found.on is None or found.on.latest == spec.issue.on.latest else found.on,
    )


def _side(case: OpenCase, found: Standing, which: str, kept: tuple[KeptScenario, ...]) -> tuple[str, Supposed]:
    """One side of a comparison, with its name."""
    if which.startswith("?"):
        pairs = parse_qsl(which[1:])
        last = dict(pairs)
        supposed = Supposed.told(
            [value for name, value in pairs if name == "what-if"],
            rule=last.get("rule"),
            on=last.get("on"),
            as_of=last.get("as-of"),
        )
        supposed = settled(supposed, question(case, found, supposed))
        return supposed.words, supposed
    if not which or which == "documented":
        return DOCUMENTED, Supposed()
    for each in kept:
        if which.strip().casefold() in (each.id, each.name.casefold()):
            return each.name, each.supposed
    each = kept_scenario(case.store, which)
    return each.name, each.supposed


def _link(case: OpenCase, supposed: Supposed) -> str:
    query = supposed.query
    return f"{root(case)}/decide{f'?{query}' if query else ''}"


def _shown(case: OpenCase, found: Standing, made: Told, *, may_keep: bool) -> dict[str, Any]:
    """What the answer's template needs."""
    documented = told(case, found, Supposed()) if not made.supposed.nothing else None
    apart: tuple[Difference, ...] = ()
    if documented is not None and not made.few:
        apart = differences(documented.answer, made.answer)
    return {
        "root": root(case),
        "told": made,
        "documented": documented,
        "apart": apart,
        "link": _link(case, made.supposed),
        "compare": f"{root(case)}/decide/compare?{urlencode({'a': '', 'b': f'?{made.supposed.query}'})}",
        "place": str(case.store.place),
        "percent": percent,
        "listing": listing,
        "standing": found,
        "few_draws": FEW,
        "may_keep": may_keep,
    }


def _listed(request: Request, case: OpenCase, said: str) -> Response:
    """The scenarios that are kept now, and what was done."""
    if "HX-Request" not in request.headers:
        return RedirectResponse(f"{root(case)}/decide", status_code=303)
    return page(
        request,
        "decide/_scenarios.html",
        root=root(case),
        scenarios=kept_scenarios(case.store),
        place=str(case.store.place),
        may_keep=True,
        said=said,
    )


def _rules() -> tuple[tuple[str, str], ...]:
    from winset.decisions.rules import RULES

    return tuple((each.id, each.summary) for each in RULES)


def _compare_command(case: OpenCase, made: list[Told], names: list[str], kept: tuple[KeptScenario, ...]) -> str:
    """One line that asks both: the answer as given is the first thing it tells."""
    import shlex

    known, words = {each.name for each in kept}, ["winset", "decide", str(case.store.place)]
    for each, name in zip(made, names, strict=True):
        if name in known:
            words += ["--scenario", name]
        elif each.supposed.changes:
            words += ["--what-if", each.supposed.changes]
    return shlex.join(words)
