"""The queue: statements of all documents, one after the other, each with its passage."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query, Request
from fastapi.responses import HTMLResponse

from winset.ids import DocumentId
from winset.store.desk import STATES, State
from winset.web import commands
from winset.web.access.asking import Asking
from winset.web.access.roles import Role
from winset.web.cases import AtCase, OpenCase
from winset.web.lines import root
from winset.web.rendering import page
from winset.web.routing import Pages
from winset.web.statement_listing import carded
from winset.web.whom import names

pages = Pages(prefix="/cases/{case}")

AT_ONCE = 25  # statements on one page
STATES_SHOWN = {"open": "not coded yet", "coded": "coded by me", "wrong": "wrong or replaced", "all": "all"}


@pages.get("/check", role=Role.READER)
def queue(
    request: Request,
    case: AtCase,
    person: Asking,
    *,
    state: Annotated[State, Query()] = "open",
    actor: Annotated[str, Query(max_length=200)] = "",
    document: Annotated[str, Query(max_length=40)] = "",
    after: Annotated[int, Query(ge=0)] = 0,
) -> HTMLResponse:
    """A page of the queue. It reads that page alone, however large the case is.

    state: see `Desk.queue`.  actor: by the machine's word, a name or an id.  document: id.  after: `place` of the last
    row of the page before.
    """
    key = names(case).key(actor) if actor.strip() else None
    rows = case.desk.queue(
        coder=person.name,
        document=DocumentId(document) if document else None,
        actor=key,
        state=state,
        after=after,
        limit=AT_ONCE,
    )
    kept = {"state": state, "actor": actor, "document": document}
    onward = urlencode({**kept, "after": rows[-1].place}) if len(rows) == AT_ONCE else ""
    return page(
        request,
        "check/queue.html",
        cards_=carded(case, rows, person=person.name, elsewhere=True),
        state=state,
        states=[(each, STATES_SHOWN[each]) for each in ("open", "coded", "wrong", "all") if each in STATES],
        actor=actor,
        document=case.desk.document(DocumentId(document)) if document else None,
        onward=onward,
        first=after == 0,
        again=urlencode(kept),
        address=root(case),
        me=person.name,
        may_code=person.role >= Role.CODER,
        command=_command(case, state, actor, document),
    )


@pages.get("/whom", role=Role.READER)
def offered(
    request: Request, case: AtCase, _person: Asking, q: Annotated[str, Query(max_length=200)] = ""
) -> HTMLResponse:
    """Names to choose from while somebody types whose a statement is."""
    return page(request, "check/_whom.html", offered=names(case).offered(q))


def _command(case: OpenCase, state: str, actor: str, document: str) -> str:
    options = [
        ("--state", state),
        *([("--actor", actor)] if actor else []),
        *([("--in", document)] if document else []),
    ]
    return commands.line("check", str(case.store.place), "queue", options=options)
