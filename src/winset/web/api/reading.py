"""Cases, documents and statements, page by page."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query, Request

from winset.store.desk import State
from winset.web.access.asking import Asking
from winset.web.access.roles import Role
from winset.web.api import models, values
from winset.web.api.answering import (
    PREFIX,
    READING,
    After,
    AnyId,
    Limit,
    document_of,
    refusals,
    statement_of,
)
from winset.web.cases import AtCase, OpenCase
from winset.web.routing import Pages

api = Pages(prefix=PREFIX, tags=["read"])

OfDocument = Annotated[str | None, Query(pattern=r"^[0-9a-f]{1,64}$", description="Only this document's.")]
OfActor = Annotated[str | None, Query(max_length=100, description="Only this actor's: an id in the registry.")]
InState = Annotated[State, Query(description="open: counts, and is not coded by who asks.")]


@api.get("/cases", role=Role.READER, responses=READING)
def cases(request: Request, _person: Asking) -> models.Cases:
    """Every case that is served."""
    found = request.app.state.cases
    return models.Cases(cases=[models.CaseListed(**_listed(found[name])) for name in found])


@api.get("/cases/{case}", role=Role.READER, responses=READING)
def case(case: AtCase, _person: Asking) -> models.Case:
    """What a case is about, with its scale."""
    view, issue = case.view(), case.view().spec.issue
    return models.Case(
        **_listed(case),
        rule=issue.rule,
        status_quo=issue.status_quo,
        proposal_value=issue.proposal_value,
        options=[models.Option(label=option.label, value=option.value) for option in issue.options],
        big=view.big,
    )


@api.get("/cases/{case}/documents", role=Role.READER, responses=READING)
def documents(case: AtCase, person: Asking, after: After = 0, limit: Limit = 100) -> models.Documents:
    """Documents, in the order in which they were added."""
    found = case.desk.documents(coder=person.name, after=after, limit=limit)
    following = found[-1].rank if len(found) == limit else None
    return models.Documents(documents=list(map(values.listed_document, found)), next=following)


@api.get("/cases/{case}/documents/{document_id}", role=Role.READER, responses=READING)
def document(case: AtCase, _person: Asking, document_id: AnyId) -> models.Document:
    """A document with its text, into which all offsets point."""
    return values.document(case.desk.document(document_of(document_id)))


@api.get("/cases/{case}/statements", role=Role.READER, responses=refusals(400))
def statements(
    case: AtCase,
    person: Asking,
    *,
    document: OfDocument = None,
    actor: OfActor = None,
    state: InState = "all",
    after: After = 0,
    limit: Limit = 50,
) -> models.Statements:
    """Statements, in the order in which they came into the case, with one's own codes."""
    found = case.desk.queue(
        coder=person.name,
        document=document_of(document) if document else None,
        actor=actor or None,
        state=state,
        after=after,
        limit=limit,
    )
    following = found[-1].place if len(found) == limit else None
    return models.Statements(statements=list(map(values.statement, found)), next=following)


@api.get("/cases/{case}/statements/{statement_id}", role=Role.READER, responses=READING)
def statement(case: AtCase, person: Asking, statement_id: AnyId) -> models.Statement:
    """One statement."""
    return values.statement(case.desk.row(statement_of(statement_id), coder=person.name))


def _listed(found: OpenCase) -> dict[str, Any]:
    view, counts = found.view(), found.store.counts()
    issue = view.spec.issue
    return {
        "name": found.name,
        "proposal": issue.proposal,
        "body": view.spec.body_name or issue.body,
        "on": issue.on.text,
        "documents": counts["document"],
        "statements": counts["statement"],
        "version": view.version,
    }
