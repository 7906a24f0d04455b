"""What a person does with one statement: accept, code, judge, give it other words, say whose it is; and undo.

Each act answers with the card as it is now and a line on what happened, with its undo and its command. Where somebody
else was faster, the card shows the other's change beside one's own, and nothing is kept until the person chooses.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal

from fastapi import Depends, Form, HTTPException, Query, Request
from fastapi.responses import HTMLResponse

from winset.errors import Stale, UnknownName
from winset.ids import DocumentId, EvidenceId, StatementId
from winset.pipeline import clock, keeping
from winset.positions.rulings import Codes
from winset.store import checking
from winset.store.change_words import act_words, effect_words
from winset.store.changes import Change
from winset.web import commands
from winset.web.access.asking import Asking
from winset.web.access.roles import Person, Role
from winset.web.cases import AtCase, OpenCase
from winset.web.lines import root
from winset.web.rendering import page
from winset.web.routing import Pages
from winset.web.statement_cards import coded
from winset.web.statement_listing import carded
from winset.web.whom import names

pages = Pages(prefix="/cases/{case}")

SHOWN_AGAIN = 60  # cards that an undo renews one by one
LONGEST = 20_000  # characters of places that a form brings

On = Literal["read", "check"]  # the page on which a card stands
Places = Annotated[str, Form(max_length=LONGEST)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What happened, in a line."""

    words: str
    undo: int | None = None  # the change that can be taken back
    command: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """What somebody else did meanwhile, and what was meant to be done."""

    by: str
    at: str
    theirs: str
    mine: str
    path: str  # of the act, to be sent again
    values: str  # JSON


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """Somebody about to act on a statement, as it was when the page showed it."""

    request: Request
    case: OpenCase
    person: Person
    id: StatementId
    on: On
    version: int | None  # of the verdict, as seen
    codes: int | None  # version of the person's codes, as seen

    @property
    def stamp(self) -> dict[str, str]:
        """Who, and when."""
        return {"by": self.person.name, "at": clock.now()}

    @property
    def place(self) -> str:
        """Of the case, as commands name it."""
        return str(self.case.store.place)


def acting(
    request: Request,
    case: AtCase,
    person: Asking,
    statement_id: str,
    *,
    place: Annotated[On, Form()] = "read",
    version: Annotated[int | None, Form(ge=0)] = None,
    codes: Annotated[int | None, Form(ge=0)] = None,
) -> Acting:
    """What every act on a statement is told."""
    id = StatementId(EvidenceId(statement_id))
    return Acting(request=request, case=case, person=person, id=id, on=place, version=version, codes=codes)


OnStatement = Annotated[Acting, Depends(acting)]


@pages.get("/statements/{statement_id}/card", role=Role.READER)
def shown_again(
    request: Request, case: AtCase, person: Asking, statement_id: str, place: Annotated[On, Query()] = "read"
) -> HTMLResponse:
    """One card as it is now."""
    return _card(request, case, person, StatementId(EvidenceId(statement_id)), place)


@pages.post("/statements/{statement_id}/accept", role=Role.CODER)
def accept(act: OnStatement) -> HTMLResponse:
    """The machine's stance becomes this person's."""
    return _kept(
        act,
        lambda: checking.accept(act.case.desk, act.id, seen=act.codes, **act.stamp),
        mine="accept what the machine reads",
        command=commands.accept(act.place, act.id),
    )


@pages.post("/statements/{statement_id}/code", role=Role.CODER)
def code(act: OnStatement, stance: Annotated[str, Form(max_length=20)]) -> HTMLResponse:
    """A stance on the scale from -2 to +2, "none" or "unclear"; what else was coded stays."""
    said = checking.stance_named(stance)
    row = act.case.desk.row(act.id, coder=act.person.name)
    codes = checking.stanced(row.codes, said)
    return _coded(act, codes, why=row.why, values={"stance": stance}, mine=coded(said, act.person.name).words)


@pages.post("/statements/{statement_id}/actor", role=Role.CODER)
def actor(act: OnStatement, actor: Annotated[str, Form(max_length=200)]) -> HTMLResponse:
    """Whose statement it is, by this person's word on this statement."""
    known = names(act.case)
    key = known.key(actor)
    row = act.case.desk.row(act.id, coder=act.person.name)
    codes = replace(row.codes or Codes(), actor=key)
    return _coded(act, codes, why=row.why, values={"actor": actor}, mine=f"it is {known.label(key)}’s")


@pages.post("/statements/{statement_id}/verdict", role=Role.CODER)
def verdict(act: OnStatement, verdict: Annotated[Literal["right", "wrong"], Form()]) -> HTMLResponse:
    """That it is none, or one after all."""
    made = commands.wrong if verdict == "wrong" else commands.right
    return _kept(
        act,
        lambda: act.case.desk.judge(act.id, verdict, seen=act.version, **act.stamp),
        mine=verdict,
        command=made(act.place, act.id),
        values={"verdict": verdict},
    )


@pages.post("/statements/{statement_id}/spans", role=Role.CODER)
def spans(act: OnStatement, source: Places = "", cue: Places = "", content: Places = "") -> HTMLResponse:
    """Other words: the statement is kept, and another one counts instead."""
    row = act.case.desk.row(act.id, coder=act.person.name)
    by, at, of = checking.place(source), checking.place(cue), checking.places(content)
    document = act.case.desk.document(row.document_id)
    marked = keeping.mark(act.case.store, document, source=by, cue=at, contents=of, by=act.person.name)
    (new,) = marked.statements
    if new.id == act.id:
        return _card(act.request, act.case, act.person, act.id, act.on, said=Said(words="The same words as before."))
    return _kept(
        act,
        lambda: act.case.desk.reshape(act.id, marked, seen=act.version, **act.stamp),
        mine="other words",
        command=commands.spans(act.place, act.id, source=by, cue=at, contents=of),
        values={"source": source, "cue": cue, "content": content},
        became=new.id,
    )


@pages.post("/documents/{document_id}/statements", role=Role.CODER)
def mark(
    request: Request,
    case: AtCase,
    person: Asking,
    document_id: str,
    *,
    source: Places = "",
    cue: Places = "",
    content: Places = "",
    place: Annotated[On, Form()] = "read",
) -> HTMLResponse:
    """A statement that the machine did not find."""
    by, at, of = checking.place(source), checking.place(cue), checking.places(content)
    document = case.desk.document(DocumentId(document_id))
    marked = keeping.mark(case.store, document, source=by, cue=at, contents=of, by=person.name)
    (new,) = marked.statements
    change = case.desk.add(marked, by=person.name, at=clock.now())
    command = commands.mark(str(case.store.place), document_id, source=by, cue=at, contents=of)
    said = Said(words=f"Change {change.number}: marked.", undo=change.number, command=command)
    answer = _card(request, case, person, new.id, place, said=said)
    answer.headers["HX-Trigger"] = json.dumps({"desk:became": {"from": "", "to": new.id}})
    return answer


@pages.post("/statements/undo", role=Role.CODER)
def undo(
    request: Request, case: AtCase, person: Asking, number: Annotated[int | None, Form(ge=1)] = None
) -> HTMLResponse:
    """Take back one's own last change, or the one of that number; an editor may take back others'."""
    change = undone(case, person, number)
    was = case.desk.change(change.undoes or change.number)
    told = act_words(was) if was.by == person.name else f"{was.by or 'somebody'} {act_words(was)}"
    said = Said(
        words=f"Taken back: change {was.number}, {told}.",
        undo=change.number,
        command=commands.undo(str(case.store.place), was.number),
    )
    answer = page(request, "check/_said.html", said=said)
    answer.headers["HX-Trigger"] = json.dumps({"desk:changed": {"cards": _changed(case, person, change)}})
    return answer


def undone(case: OpenCase, person: Person, number: int | None, *, why: str = "") -> Change:
    """The change that takes back another.  Raises HTTPException 403 for another's, but for an editor."""
    if number is not None:
        was = case.desk.change(number)
        if was.by != person.name and person.role < Role.EDITOR:
            raise HTTPException(403, f"Change {number} is {was.by or 'nobody'}’s: an editor may take it back.")
    return case.desk.undo(number, by=person.name, at=clock.now(), why=why)


def _coded(act: Acting, codes: Codes, *, why: str, values: dict[str, Any], mine: str) -> HTMLResponse:
    return _kept(
        act,
        lambda: act.case.desk.code(act.id, codes, why=why, seen=act.codes, **act.stamp),
        mine=mine,
        command=commands.code(act.place, act.id, codes, why=why),
        values=values,
    )


def _kept(
    act: Acting,
    keep: Callable[[], Change],
    *,
    mine: str,
    command: str,
    values: dict[str, Any] | None = None,
    became: StatementId | None = None,
) -> HTMLResponse:
    """The card after an act, or with both where somebody else was faster."""
    try:
        change = keep()
    except Stale as stale:
        path = act.request.url.path.rpartition("/")[2]
        return _refused(act, stale, mine=mine, path=path, values=values or {})
    words = "words changed" if became else "accepted" if change.act == "accept" else mine
    said = Said(words=f"Change {change.number}: {words}.", undo=change.number, command=command)
    answer = _card(act.request, act.case, act.person, became or act.id, act.on, said=said)
    if became:
        answer.headers["HX-Trigger"] = json.dumps({"desk:became": {"from": act.id, "to": became}})
    return answer


def _refused(act: Acting, stale: Stale, *, mine: str, path: str, values: dict[str, Any]) -> HTMLResponse:
    other = stale.change if isinstance(stale.change, Change) else None
    about = [each for each in (other.effects if other else ()) if each.key.about == act.id]
    conflict = Conflict(
        by=other.by if other else "",
        at=other.at if other else "",
        theirs="; ".join(map(effect_words, about)) or (act_words(other) if other else str(stale)),
        mine=mine,
        path=path,
        values=json.dumps(values),
    )
    said = Said(words=str(stale))
    answer = _card(act.request, act.case, act.person, act.id, act.on, said=said, conflict=conflict, status=409)
    answer.headers["HX-Retarget"] = f"#s-{act.id}"  # else what is refused goes to the line at the end of the page
    answer.headers["HX-Reswap"] = "outerHTML"
    return answer


def _card(
    request: Request,
    case: OpenCase,
    person: Person,
    id: StatementId,
    on: On,
    *,
    said: Said | None = None,
    conflict: Conflict | None = None,
    status: int = 200,
) -> HTMLResponse:
    row = case.desk.row(id, coder=person.name)
    (shown,) = carded(case, [row], person=person.name, elsewhere=on == "check")
    return page(
        request,
        "check/card.html",
        status=status,
        c=shown,
        address=root(case),
        me=person.name,
        conflict=conflict,
        said=said,
    )


def _changed(case: OpenCase, person: Person, change: Change) -> list[dict[str, Any]]:
    """Which cards look otherwise after a change: where each stands, and what stands there now, or nothing."""
    about = list(dict.fromkeys(each.key.about for each in change.effects if each.key.kind in ("codes", "statement")))
    judged = {each.key.about for each in change.effects if each.key.kind == "statement"}
    there: dict[str, bool] = {}
    for id in about[:SHOWN_AGAIN]:
        try:
            row = case.desk.row(StatementId(EvidenceId(id)), coder=person.name)
        except UnknownName:
            continue
        there[id] = row.verdict != "replaced" and (row.by_machine or row.counts or row.verdict == "wrong")
    gone = [id for id, shown in there.items() if not shown]
    back = [id for id, shown in there.items() if shown and id in judged]
    cards = [{"at": id, "now": id, "spans": id in judged} for id in there if there[id]]
    for at, now in zip(gone, [*back, *[None] * len(gone)], strict=False):
        cards.append({"at": at, "now": now, "spans": True})
    return cards
