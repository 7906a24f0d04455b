"""The log: who changed what, when, what was there before and what is now; each can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from winset.errors import UnknownName
from winset.ids import DocumentId, EvidenceId, StatementId
from winset.store import checking
from winset.store.change_words import NOTHING, act_words, value_words
from winset.store.changes import Change, Effect, Key
from winset.store.desk import LASTING, QueueRow
from winset.web import commands
from winset.web.access.asking import Asking
from winset.web.access.roles import Person, Role
from winset.web.cases import AtCase, OpenCase
from winset.web.lines import root
from winset.web.pages.statements import undone
from winset.web.rendering import page
from winset.web.routing import Pages

pages = Pages(prefix="/cases/{case}")

AT_ONCE = 50  # changes on one page
EFFECTS = 5  # of one change that are shown; a sheet of codes has thousands


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectRow:
    """What a change did to one thing."""

    about: str  # in words
    address: str  # where it is shown; empty where nothing shows it
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """One change."""

    change: Change
    words: str
    effects: tuple[EffectRow, ...]
    more: int  # effects that are not shown
    may_undo: bool


@pages.get("/log", role=Role.READER)
def log(
    request: Request,
    case: AtCase,
    person: Asking,
    *,
    by: Annotated[str, Query(max_length=200)] = "",
    statement: Annotated[str, Query(max_length=40)] = "",
    before: Annotated[int | None, Query(ge=1)] = None,
) -> HTMLResponse:
    """A page of the trail, newest first.  before: number of the last change of the page before."""
    about = Key("statement", statement) if statement else None
    found = case.desk.changes(before=before, limit=AT_ONCE, by=by or None, about=about)
    shown = (each.key for change in found for each in change.effects[:EFFECTS])
    about_statements = ("codes", "statement", "suggestion")
    ids = [StatementId(EvidenceId(key.about)) for key in shown if key.kind in about_statements]
    statements = case.desk.rows(ids, coder="")
    kept = {"by": by, "statement": statement}
    return page(
        request,
        "log/log.html",
        rows=[_row(case, person, change, statements) for change in found],
        by=by,
        persons=checking.persons(case.store),
        onward=urlencode({**kept, "before": found[-1].number}) if len(found) == AT_ONCE else "",
        first=before is None,
        again=urlencode(kept),
        address=root(case),
        command=commands.log(str(case.store.place)),
        replay=commands.line("check", str(case.store.place), "replay"),
    )


@pages.post("/log/undo", role=Role.CODER)
def undo(
    case: AtCase, person: Asking, number: Annotated[int, Form(ge=1)], by: Annotated[str, Form(max_length=200)] = ""
) -> Response:
    """Take back one change; the log then begins with what took it back."""
    undone(case, person, number)
    return RedirectResponse(f"{root(case)}/log?{urlencode({'by': by})}" if by else f"{root(case)}/log", status_code=303)


def _row(case: OpenCase, person: Person, change: Change, statements: Mapping[StatementId, QueueRow]) -> ChangeRow:
    may = person.role >= Role.CODER if change.by == person.name else person.role >= Role.EDITOR
    return ChangeRow(
        change=change,
        words=act_words(change),
        effects=tuple(_effect(case, each, statements) for each in change.effects[:EFFECTS]),
        more=max(0, len(change.effects) - EFFECTS),
        may_undo=may and change.undone_by is None and change.act not in LASTING,
    )


def _effect(case: OpenCase, effect: Effect, statements: Mapping[StatementId, QueueRow]) -> EffectRow:
    address = ""
    words = f"{effect.key.kind} {effect.key.about}"
    if effect.key.kind in ("codes", "statement", "suggestion"):
        address, words = _statement(case, effect.key.about, statements)
    elif effect.key.kind == "document":
        address, words = _document(case, effect.key.about)
    elif effect.key.kind == "scenario":
        words = f"what-if {((effect.after or effect.before) or {}).get('name', effect.key.about)}"
    before = value_words(effect.key.kind, effect.before)
    after = value_words(effect.key.kind, effect.after)
    return EffectRow(
        about=words + (f", {effect.key.kind} of {effect.key.coder}" if effect.key.coder else ""),
        address=address,
        before="" if before == NOTHING else before,
        after=after,
    )


def _statement(case: OpenCase, id: str, statements: Mapping[StatementId, QueueRow]) -> tuple[str, str]:
    row = statements.get(StatementId(EvidenceId(id)))
    if row is None:
        return "", f"statement {id}"
    words = row.statement.words
    return f"{root(case)}/documents/{row.document_id}?statement={id}#s-{id}", f"“{words}”"


def _document(case: OpenCase, id: str) -> tuple[str, str]:
    try:
        document = case.desk.document(DocumentId(id))
    except UnknownName:
        return "", f"document {id}"
    return f"{root(case)}/documents/{id}", document.title or document.name
