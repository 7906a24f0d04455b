"""A case at a glance: the answer, who blocks, what could pass, what is not known, what changed, what is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Query, Request
from fastapi.responses import HTMLResponse

from winset.brief.wording import percent
from winset.exchange.supposed import Supposed
from winset.pipeline.registries import own_registries
from winset.pipeline.scenarios import kept_scenarios
from winset.pipeline.seats import body_of, seats_of
from winset.store.change_words import act_words
from winset.store.progress import Progress, progress
from winset.web import links
from winset.web.access.asking import Asking
from winset.web.access.roles import Role
from winset.web.background import newest
from winset.web.cases import AtCase, OpenCase, View
from winset.web.deciding import told
from winset.web.lines import command, root
from winset.web.rendering import page
from winset.web.routing import Pages
from winset.web.standing import standing

if TYPE_CHECKING:
    from winset.brief.index import Index
    from winset.brief.types import Claim
    from winset.issues import CaseSpec
    from winset.store.changes import Change

LATELY, LOOKED_AT = 8, 60  # rows told; changes that they are made of
CITED = 4  # statements that a sentence links to
GAPS = 5  # told at once; the rest opens
ELSEWHERE = {"named in section 7": "named below", "The table says": "“What if” says"}
COUNTED = 0.1  # seconds that the page waits for counts
WAIT = 15.0  # seconds that the part with the answer waits before it asks to be asked again

pages = Pages(prefix="/cases/{case}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lately:
    """What somebody did, once or several times on end."""

    number: int  # of the last time
    by: str
    at: str
    words: str
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A claim of the brief with links to what it cites."""

    text: str
    caveat: str
    cites: tuple[tuple[str, str], ...]  # address, and what stands there
    more: int  # statements that are cited and not linked


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What the brief says, as far as the overview tells it."""

    headline: Sentence
    further: tuple[Sentence, ...]
    passing: tuple[Sentence, ...]
    gaps: tuple[Sentence, ...]
    undecided: int  # things told differently, of which nobody and nothing says which is right
    unidentified: int  # statements whose source nobody could name


@pages.get("", role=Role.READER)
def overview(request: Request, case: AtCase, _person: Asking) -> HTMLResponse:
    """Made of cheap parts; the answer comes after, unless it is at hand."""
    view = case.view()
    spec = view.spec
    return page(
        request,
        "overview/overview.html",
        root=root(case),
        rule=view.once("rule in words", lambda: _rule_in_words(case, spec)),
        progress=_progress(case),
        counts=case.store.counts(),
        lately=_lately(case.desk.changes(limit=LOOKED_AT))[:LATELY],
        scenarios=kept_scenarios(case.store),
        seen=view.version,
        alone=False,
        command=command(case, "brief"),
        **_answer(case, view, spec, wait=0.0),
    )


@pages.get("/overview/answer", role=Role.READER)
def answer(request: Request, case: AtCase, _person: Asking, version: Annotated[int, Query(ge=0)] = 0) -> HTMLResponse:
    """The part that takes long.  version: number of the last change when the page was made."""
    view = case.view()
    found = _answer(case, view, view.spec, wait=WAIT)
    return page(request, "overview/_answer.html", root=root(case), seen=max(version, view.version), alone=True, **found)


@pages.get("/overview/left", role=Role.READER)
def left(request: Request, case: AtCase, _person: Asking) -> HTMLResponse:
    """How much is left to check, where counting it took longer than the page."""
    made = newest(case, "progress", lambda _view: progress(case.store), wait=WAIT)
    return page(request, "overview/_open.html", root=root(case), progress=None if made is None else made.value)


def _answer(case: OpenCase, view: View, spec: CaseSpec, *, wait: float) -> dict[str, Any]:
    """What the part needs; neither answered nor told: not worked out yet."""
    common = {"percent": percent, "spec": spec, "answered": None, "told": None, "behind": 0}
    if view.big:
        found = standing(case, wait=wait)
        if found is None:
            return common
        return {**common, "told": told(case, found, Supposed()), "behind": found.behind}
    made = newest(case, "overview", partial(_answered, case), wait=wait)
    return common if made is None else {**common, "answered": made.value, "behind": made.behind}


def _progress(case: OpenCase) -> Progress | None:
    """How far it is checked; of a big case perhaps as it was a moment ago, None while it is counted the first time."""
    wait = COUNTED if case.view().big else WAIT
    made = newest(case, "progress", lambda _view: progress(case.store), wait=wait)
    return None if made is None else made.value


def _answered(case: OpenCase, view: View) -> Answered:
    """The sentences of the brief."""
    from winset.brief.answer import answer as said
    from winset.brief.gaps import gaps
    from winset.brief.index import Index
    from winset.brief.passing import passing

    index = Index(view.brief)
    first, *further = said(index)
    return Answered(
        headline=_sentence(case, index, first),
        further=_sentences(case, index, further),
        passing=_sentences(case, index, passing(index)),
        gaps=_sentences(case, index, gaps(index)),
        undecided=sum(each.right is None and len(each.tellings) > 1 for each in view.brief.discrepancies),
        unidentified=sum(not each.identification.is_somebody for each in view.brief.statements),
    )


def _sentences(case: OpenCase, index: Index, claims: Sequence[Claim]) -> tuple[Sentence, ...]:
    return tuple(_sentence(case, index, claim) for claim in claims)


def _sentence(case: OpenCase, index: Index, claim: Claim) -> Sentence:
    known = index.known(claim.cites)
    return Sentence(
        text=claim.text,
        caveat=_here(claim.caveat),
        cites=tuple(
            (links.of_statement(case, each.statement.document_id, each.id), each.statement.words)
            for each in known[:CITED]
        ),
        more=max(0, len(known) - CITED),
    )


def _here(caveat: str) -> str:
    """A caveat that points elsewhere in the brief, pointing to where that is here."""
    for there, here in ELSEWHERE.items():
        caveat = caveat.replace(there, here)
    return caveat


def _lately(changes: Sequence[Change]) -> list[Lately]:
    """The newest first; the same act of the same person, time and again, in one row."""
    found: list[Lately] = []
    for change in changes:
        words = act_words(change) + (" (taken back)" if change.undone_by else "")
        if found and (found[-1].words, found[-1].by) == (words, change.by):
            found[-1] = replace(found[-1], times=found[-1].times + 1)
        else:
            found.append(Lately(number=change.number, by=change.by, at=change.at, words=words, times=1))
    return found


def _rule_in_words(case: OpenCase, spec: CaseSpec) -> tuple[str, str, str]:
    """The body's name, the rule as read aloud, and its source."""
    from winset.decisions.rules_in_force import rule_in_force

    additions = own_registries(case.store)
    rule = rule_in_force(spec.issue.rule, seats_of(spec, additions), spec.thresholds)
    return body_of(spec, additions).name, rule.name, rule.source
