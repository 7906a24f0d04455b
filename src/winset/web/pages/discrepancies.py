"""What the documents tell differently, to be settled: which telling is right, in whose judgement, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from winset.brief.index import Titles
from winset.brief.origin_rows import DISCREPANCY_WORDS, DiscrepancyRow, discrepancy_row
from winset.brief.wording import sentence
from winset.errors import BadJudgement, Stale, UnknownName
from winset.pipeline import clock, people
from winset.sourcing.settling import Settlement, Verdict, in_words, settlement
from winset.sourcing.types import Discrepancy, DiscrepancyKind
from winset.store.changes import Subject
from winset.web.access.asking import Asking
from winset.web.access.roles import Role
from winset.web.cases import AtCase, OpenCase, View
from winset.web.commands import settle as settle_line
from winset.web.lines import command, root
from winset.web.rendering import page
from winset.web.routing import Pages

pages = Pages(prefix="/cases/{case}")

AT_ONCE = 60  # discrepancies on one page
SHOWN = {"": "all", "open": "open", "settled": "settled"}
LONGEST_WHY = 2_000  # characters of a reason

Why = Annotated[str, Form(max_length=LONGEST_WHY)]
Seen = Annotated[int, Form(ge=0)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One way to settle a discrepancy."""

    says: str  # what the form sends: "1", "both"
    key: str  # on the keyboard
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A discrepancy as the page shows it."""

    row: DiscrepancyRow
    machine: str  # its view in words
    choices: tuple[Choice, ...]
    chosen: str  # what holds now; "" where nobody settled it
    says: str  # the same in words
    version: int  # of the settlement; 0 where nothing is said of it, or no longer
    command: str

    @property
    def id(self) -> str:
        """The discrepancy's."""
        return self.row.discrepancy.id


@pages.get("/discrepancies", role=Role.READER)
def discrepancies(
    request: Request,
    case: AtCase,
    *,
    person: Asking,
    show: str = "",
    kind: str = "",
    after: Annotated[int, Query(ge=0)] = 0,
) -> Response:
    """All of them, the most important first; loose ends of notes last."""
    view = case.view()
    if view.big:
        return page(request, "too_big.html", what="Discrepancies", command=command(case, "discrepancies", "--json"))
    said = case.desk.values("discrepancy")
    found = _ranked(view)
    chosen = [
        each
        for each in found
        if (not kind or each.kind.value == kind)
        and (show not in ("open", "settled") or (each.id in said) is (show == "settled"))
    ]
    part = request.headers.get("HX-Target") == "differences"
    return page(
        request,
        "discrepancies/_list.html" if part else "discrepancies/discrepancies.html",
        root=root(case),
        rows=[_open(case, view, each, said.get(each.id)) for each in chosen[after : after + AT_ONCE]],
        total=len(found),
        chosen=len(chosen),
        by_documents=sum(each.right is not None for each in found),
        settled=_settled(view, said),
        kinds=[(id.value, DISCREPANCY_WORDS[id], times) for id, times in Counter(e.kind for e in found).most_common()],
        kind=kind,
        shows=SHOWN,
        show=show if show in SHOWN else "",
        after=after,
        following=after + AT_ONCE if len(chosen) > after + AT_ONCE else None,
        gone=_gone(found, said),
        may_settle=person.role >= Role.EDITOR,
        command=command(case, "discrepancies"),
        documents=len(view.material.documents),
    )


@pages.post("/discrepancies/{discrepancy_id}", role=Role.EDITOR)
def settle(
    request: Request,
    case: AtCase,
    *,
    person: Asking,
    discrepancy_id: str,
    verdict: Annotated[str, Form(max_length=20)] = "",
    why: Why = "",
    seen: Seen = 0,
) -> Response:
    """Keep what a person says of one.  Refused with the other's change where somebody was faster."""
    view = case.view()
    found = _found(view, discrepancy_id)
    if not verdict:
        raise BadJudgement("nothing is chosen: say which telling is right, or that none or both are")
    now = case.desk.value("discrepancy", found.id)
    if seen == 0 and now is not None and now.value is None:  # settled once, and taken back: nothing is said of it
        seen = now.version
    try:
        said = people.settle(case.store, found, verdict, by=person.name, why=why, seen=seen)
    except Stale as stale:
        return _refused(request, case, view, found, stale)
    return _answer(request, case, view, found, f"Settled: {in_words(said, found)}.")


@pages.post("/discrepancies/{discrepancy_id}/reopen", role=Role.EDITOR)
def reopen(request: Request, case: AtCase, person: Asking, discrepancy_id: str, seen: Seen = 0) -> Response:
    """Take back what was said of one; it is open again, and the log keeps what was said."""
    view = case.view()
    found = None if view.big else next((e for e in view.account.discrepancies if e.id == discrepancy_id), None)
    try:
        case.desk.drop("discrepancy", discrepancy_id, by=person.name, at=clock.now(), seen=seen)
    except Stale as stale:
        if found is None:
            raise
        return _refused(request, case, view, found, stale)
    if found is None:
        return RedirectResponse(f"{root(case)}/discrepancies", status_code=303)
    return _answer(request, case, view, found, "Taken back.")


def _answer(request: Request, case: OpenCase, view: View, found: Discrepancy, told: str) -> Response:
    """The one discrepancy as it is now; for a browser without scripts the page, at its place."""
    if "HX-Request" not in request.headers:
        return RedirectResponse(f"{root(case)}/discrepancies#d-{found.id}", status_code=303)
    row = _open(case, view, found, case.desk.value("discrepancy", found.id))
    return page(
        request,
        "discrepancies/_one.html",
        each=row,
        root=root(case),
        may_settle=True,
        told=told,
        settled=_settled(view, case.desk.values("discrepancy")),
    )


def _refused(request: Request, case: OpenCase, view: View, found: Discrepancy, stale: Stale) -> Response:
    """Somebody else was faster: what that person said, in the place of what was seen."""
    if "HX-Request" not in request.headers:
        raise stale
    row = _open(case, view, found, case.desk.value("discrepancy", found.id))
    first = sentence(row.row.settled or "it is open again")
    return page(
        request,
        "discrepancies/_stale.html",
        status=409,
        each=row,
        root=root(case),
        may_settle=True,
        stale=f"{first}. That came first: look, and settle it again if you must.",
    )


def _settled(view: View, said: Mapping[str, Subject]) -> int:
    """Of how many a person said what is right."""
    return sum(each.id in said for each in view.account.discrepancies)


def _found(view: View, id: str) -> Discrepancy:
    found = None if view.big else next((each for each in view.account.discrepancies if each.id == id), None)
    if found is None:
        raise UnknownName(f"no discrepancy {id!r} here: the documents may have changed; open the page again")
    return found


def _ranked(view: View) -> tuple[Discrepancy, ...]:
    """As the command line ranks them: by kind, the surest first, loose ends of notes last."""
    order = list(DISCREPANCY_WORDS)
    loose = DiscrepancyKind.REFERENCE
    return view.once(
        "discrepancies",
        lambda: tuple(
            sorted(
                view.account.discrepancies,
                key=lambda each: (each.kind is loose, order.index(each.kind), -each.confidence),
            )
        ),
    )


def _open(case: OpenCase, view: View, found: Discrepancy, subject: Subject | None) -> Open:
    said = _said(found.id, subject)
    titles = view.once("titles", lambda: Titles(view.material.documents))
    row = discrepancy_row(titles, found, said)
    chosen = _word(said) if said else ""
    return Open(
        row=row,
        machine=_machine(found),
        choices=_choices(found),
        chosen=chosen,
        says=in_words(said, found) if said else "",
        version=subject.version if subject and said else 0,
        command=settle_line(str(case.store.place), found.id, chosen or "1", why=said.why if said else ""),
    )


def _said(id: str, subject: Subject | None) -> Settlement | None:
    return settlement(id, subject.value) if subject is not None and subject.value is not None else None


def _word(said: Settlement) -> str:
    return str((said.right or 0) + 1) if said.verdict is Verdict.RIGHT else said.verdict.value


def _machine(found: Discrepancy) -> str:
    """What the machine holds to be right."""
    if found.right is None:
        return "undecided"
    if len(found.tellings) == 1:
        return "it is so"
    return f"telling {found.right + 1} is borne out"


def _choices(found: Discrepancy) -> tuple[Choice, ...]:
    if len(found.tellings) == 1:
        return (
            Choice(says="1", key="1", label="It is so"),
            Choice(says=Verdict.NONE.value, key="x", label="No discrepancy"),
        )
    two = len(found.tellings) == 2  # noqa: PLR2004 - both are two
    return (
        *(Choice(says=str(n), key=str(n), label=f"{n} is right") for n in range(1, len(found.tellings) + 1)),
        Choice(says=Verdict.BOTH.value, key="b", label="Both are right" if two else "Each is right"),
        Choice(says=Verdict.NEITHER.value, key="n", label="Neither is right" if two else "None is right"),
        Choice(says=Verdict.NONE.value, key="x", label="No discrepancy"),
    )


def _gone(found: tuple[Discrepancy, ...], said: Mapping[str, Subject]) -> list[tuple[Settlement, int]]:
    """Settlements of what is no longer found as it was, with their versions: more documents tell of it, or others."""
    there = {each.id for each in found}
    return [(settlement(id, each.value), each.version) for id, each in said.items() if id not in there and each.value]
