"""How far the case is coded, by whom, how far the coders agree, and where they do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import Query, Request
from fastapi.responses import HTMLResponse

from winset.ids import StatementId
from winset.positions.agreement.reports import Report, machine_codes, report
from winset.positions.rulings import Ruling, joint
from winset.store.coding_progress import (
    CodedStatements,
    case_progress,
    coded_statements,
    document_progress,
    statements_of,
)
from winset.web.access.asking import Asking
from winset.web.access.roles import Role
from winset.web.cases import AtCase, OpenCase, View
from winset.web.lines import command, root
from winset.web.passages import Passage, passage
from winset.web.rendering import page
from winset.web.routing import Pages
from winset.web.statement_cards import Read, coded

if TYPE_CHECKING:
    from winset.corpus.types import Document
    from winset.positions.agreement.bootstrap import Spread
    from winset.positions.agreement.reports import Agreement
    from winset.statements.types import Statement

pages = Pages(prefix="/cases/{case}")

DOCUMENTS = 50  # on one page
DIFFERING = 20  # statements on which coders differ, on one page
RELIABLE, TENTATIVE = 0.8, 0.667  # Krippendorff (2019, ch. 12): from where to rely on codes, and to conclude with care
COEFFICIENTS = {
    "alpha-nominal": "α",
    "alpha-ordinal": "α ordinal",
    "alpha-interval": "α interval",
    "alpha-ratio": "α ratio",
    "kappa": "κ",
    "kappa-linear": "κ linear",
    "kappa-quadratic": "κ quadratic",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Coefficient:
    """One figure of agreement as it is drawn."""

    name: str
    value: float | None
    spread: Spread | None
    word: str  # "reliable", "tentative", "low"; empty where nothing varies


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementRow:
    """Agreement on one variable."""

    variable: str
    who: str  # "Ada and Ben"; empty where all are meant
    units: int
    figures: tuple[Coefficient, ...]
    values: tuple[tuple[str, int, float | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Differing:
    """A statement that coders read differently."""

    statement: Statement
    document: Document
    passage: Passage
    codes: tuple[tuple[Read, Ruling], ...]  # of each coder
    machine: str  # its word
    counts: str  # what counts in the end
    tie: bool


@pages.get("/coding", role=Role.READER)
def coding(request: Request, case: AtCase, person: Asking, after: Annotated[int, Query(ge=0)] = 0) -> HTMLResponse:
    """Progress, counted in the database; agreement is asked for by the page once it is there."""
    view = case.view()
    whole = view.once("coding", lambda: case_progress(case.store))
    rows = document_progress(case.store, after=after, limit=DOCUMENTS)
    return page(
        request,
        "coding/coding.html",
        root=root(case),
        whole=whole,
        rows=rows,
        coders=[each.coder for each in whole.coders],
        following=rows[-1].rank if len(rows) == DOCUMENTS else None,
        after=after,
        me=person.name,
        may_code=person.role >= Role.CODER,
        command=command(case, "code"),
        agreement_command=command(case, "code", "agreement"),
    )


@pages.get("/coding/agreement", role=Role.READER)
def agreement(request: Request, case: AtCase, _person: Asking) -> HTMLResponse:
    """How far the coders agree with each other, and with the machine.  Cost: that of what people coded, once."""
    told = _report(case)
    part = "HX-Request" in request.headers
    return page(
        request,
        "coding/_agreement.html" if part else "coding/agreement.html",
        root=root(case),
        report=told,
        people=_rows(told.people),
        pairs=_rows(told.pairs, pairwise=True),
        machine=_rows(told.machine),
        machine_pairs=_rows(told.machine_pairs, pairwise=True),
        reliable=RELIABLE,
        tentative=TENTATIVE,
        command=command(case, "code", "agreement"),
    )


@pages.get("/coding/differing", role=Role.READER)
def differing(request: Request, case: AtCase, _person: Asking, after: Annotated[int, Query(ge=0)] = 0) -> HTMLResponse:
    """Statements that coders read differently, the least settled first."""
    found = _coded(case)
    ids = _apart(found)
    shown = ids[after : after + DIFFERING]
    words = statements_of(case.store, shown)
    return page(
        request,
        "coding/_differing.html" if "HX-Request" in request.headers else "coding/differing.html",
        root=root(case),
        rows=[_differing(id, found, *words[id]) for id in shown if id in words],
        total=len(ids),
        shared=sum(len(said) > 1 for said in found.rulings.values()),
        after=after,
        following=after + DIFFERING if len(ids) > after + DIFFERING else None,
    )


def _coded(case: OpenCase) -> CodedStatements:
    return case.view().once("coded statements", lambda: coded_statements(case.store))


def _report(case: OpenCase) -> Report:
    view: View = case.view()
    found = _coded(case)
    return view.once("agreement", lambda: report(found.rulings, found.stances, found.actors))


def _apart(found: CodedStatements) -> list[StatementId]:
    """Where words differ: ties first, then by how few hold with the most."""
    apart = [id for id, said in found.rulings.items() if len({each.codes.word for each in said if each.codes.word}) > 1]
    return sorted(apart, key=lambda id: (joint(found.rulings[id]).share or 0, id))


def _differing(id: StatementId, found: CodedStatements, statement: Statement, document: Document) -> Differing:
    said = found.rulings[id]
    together = joint(said)
    return Differing(
        statement=statement,
        document=document,
        passage=passage(document.text, statement),
        codes=tuple((coded(each.codes, each.coder), each) for each in said if each.codes.word),
        machine=coded(machine_codes(found.stances[id]), "machine").words,
        counts=coded(together.codes, "people").words,
        tie=bool(together.tie),
    )


def _rows(part: Sequence[Agreement], *, pairwise: bool = False) -> list[AgreementRow]:
    return [
        AgreementRow(
            variable=each.variable,
            who=" and ".join(each.coders) if pairwise else "",
            units=each.units,
            figures=tuple(
                Coefficient(
                    name=COEFFICIENTS.get(figure.coefficient, figure.coefficient),
                    value=figure.value,
                    spread=figure.spread,
                    word=_word(figure.value),
                )
                for figure in each.figures
            ),
            values=each.values,
        )
        for each in part
    ]


def _word(value: float | None) -> str:
    if value is None:
        return ""
    return "reliable" if value >= RELIABLE else "tentative" if value >= TENTATIVE else "low"
