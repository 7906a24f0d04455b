"""What a person does with a statement; each act answers with the change that it was."""

from __future__ import annotations

from winset.pipeline import keeping
from winset.pipeline.clock import now
from winset.store import checking
from winset.store.types import Coding
from winset.web.access.asking import Asking
from winset.web.access.roles import Role
from winset.web.api import models, values
from winset.web.api.answering import PREFIX, WRITING, AnyId, document_of, statement_of
from winset.web.cases import AtCase, OpenCase
from winset.web.pages.statements import undone
from winset.web.routing import Pages
from winset.web.whom import names

api = Pages(prefix=PREFIX, tags=["check"])


@api.post("/cases/{case}/statements/{statement_id}/accept", role=Role.CODER, responses=WRITING)
def accept(case: AtCase, person: Asking, statement_id: AnyId, given: models.Accepting) -> models.Change:
    """Take over the machine's reading as one's own codes."""
    id = statement_of(statement_id)
    return values.change(checking.accept(case.desk, id, by=person.name, at=now(), seen=given.seen))


@api.put("/cases/{case}/statements/{statement_id}/codes", role=Role.CODER, responses=WRITING)
def code(case: AtCase, person: Asking, statement_id: AnyId, given: models.Coding) -> models.Change:
    """Keep one's codes of a statement, all of them: they count instead of the codes before."""
    codes = values.codes(given)
    if codes.actor is not None:
        codes = values.with_actor(codes, names(case).key(codes.actor))
    change = case.desk.code(statement_of(statement_id), codes, by=person.name, at=now(), why=given.why, seen=given.seen)
    return values.change(change)


@api.put("/cases/{case}/statements/{statement_id}/verdict", role=Role.CODER, responses=WRITING)
def judge(case: AtCase, person: Asking, statement_id: AnyId, given: models.Judging) -> models.Change:
    """Say that it is no statement, or that it is one after all. A wrong one is kept, and does not count."""
    change = case.desk.judge(
        statement_of(statement_id),
        given.verdict,
        by=person.name,
        at=now(),
        why=given.why,
        seen=given.seen,
    )
    return values.change(change)


@api.put("/cases/{case}/statements/{statement_id}/spans", role=Role.CODER, responses=WRITING)
def reshape(case: AtCase, person: Asking, statement_id: AnyId, given: models.Reshaping) -> models.Change:
    """Give a statement other words; the old one is kept, and one's codes go with it."""
    row = case.desk.row(statement_of(statement_id), coder=person.name)
    marked = _marked(case, row.document_id, given, by=person.name)
    stamp = {"by": person.name, "at": now()}
    return values.change(case.desk.reshape(row.statement.id, marked, why=given.why, seen=given.seen, **stamp))


@api.post("/cases/{case}/documents/{document_id}/statements", role=Role.CODER, responses=WRITING, status_code=201)
def mark(case: AtCase, person: Asking, document_id: AnyId, given: models.Marking) -> models.Change:
    """Add a statement that the machine did not find; `effects` names it."""
    marked = _marked(case, document_id, given, by=person.name)
    return values.change(case.desk.add(marked, by=person.name, at=now(), why=given.why))


@api.post("/cases/{case}/undo", role=Role.CODER, responses=WRITING)
def undo(case: AtCase, person: Asking, given: models.Undoing) -> models.Change:
    """Take back one's own last change, or that of a number; an editor may take back others'."""
    return values.change(undone(case, person, given.number, why=given.why))


def _marked(case: OpenCase, document_id: str, given: models.Marking, *, by: str) -> Coding:
    def span(part: models.Span | None) -> tuple[int, int] | None:
        return (part.start, part.end) if part else None

    return keeping.mark(
        case.store,
        case.desk.document(document_of(document_id)),
        source=span(given.source),
        cue=span(given.cue),
        contents=[(part.start, part.end) for part in given.contents],
        by=by,
    )
