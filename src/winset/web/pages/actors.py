"""Actors: whom a case hears, all that each said, what its position rests on; and who a source is, said by a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Form, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from markupsafe import Markup

from winset.actors.judgements import Judgement, Verb, holding
from winset.actors.saying import Said, in_words, near
from winset.actors.tables import folded
from winset.brief.page import ActorRow, Page, StatementRow
from winset.ids import ActorId, StatementId
from winset.pipeline.people import say_who
from winset.web import commands, links
from winset.web.access.asking import Asking
from winset.web.access.roles import Role
from winset.web.background import Made, newest, patience
from winset.web.cases import AtCase, OpenCase, View
from winset.web.lines import command, root
from winset.web.named import NamedBy, Sources, named_by, sources, unsure
from winset.web.rendering import page
from winset.web.roll import Entry, StandGroup, StandRow, roll, stand_groups
from winset.web.routing import Pages
from winset.web.standing import standing

if TYPE_CHECKING:
    from winset.store.desk import QueueRow

AT_ONCE = 100  # actors on one page of the list
SAID_AT_ONCE = 30  # statements on one page of a big case, and before the rest is folded
MOVERS_AT_ONCE = 6
SPLIT_AT_ONCE = 60  # statements to choose from where some are somebody else's; of more, documents

pages = Pages(prefix="/cases/{case}")


@pages.get("/actors", role=Role.READER)
def actors(
    request: Request,
    case: AtCase,
    _person: Asking,
    *,
    q: Annotated[str, Query(max_length=200)] = "",
    after: Annotated[int, Query(ge=0)] = 0,
    said: Annotated[int, Query(ge=0)] = 0,
) -> HTMLResponse:
    """Everybody with a seat or a voice.  q: words of a name.  after: how many to pass over.  said: a judgement."""
    view = case.view()
    entries, found = roll(case), standing(case, wait=patience(case))
    groups: tuple[StandGroup, ...] = ()
    number = behind = 0
    if entries is not None and found is not None:
        wanted = [entry for entry in entries.value if folded(q) in folded(entry.name)]
        number = len(wanted)
        behind = max(0, view.version - min(entries.version, found.version))
        groups = stand_groups(wanted[after : after + AT_ONCE], found.positions, view.spec.issue)
    known = None if view.big else newest(case, "sources", partial(sources, case.store))
    return page(
        request,
        "actors/list.html",
        ready=entries is not None and found is not None and (view.big or known is not None),
        behind=behind,
        big=view.big,
        groups=groups,
        number=number,
        shown=min(number, after + AT_ONCE) - after,
        after=after,
        following=after + AT_ONCE if number > after + AT_ONCE else None,
        q=q,
        checks=() if known is None else unsure(known.value),
        documents={} if known is None else {each.id: each.title or each.name for each in known.value.known.documents},
        judgements=() if known is None else _judgements(case, known.value),
        done=None if known is None else _done(case, known.value, said),
        to_actor=lambda entry: links.of_actor(case, entry.actor_id),
        to_statement=lambda document, id: links.of_statement(case, document, id),
        root=root(case),
        command=command(case, "actors"),
        names=_names(entries.value if entries else ()),
    )


@pages.post("/actors/say", role=Role.EDITOR)
def say(
    case: AtCase,
    person: Asking,
    *,
    verb: Annotated[Verb, Form()],
    subject: Annotated[str, Form(max_length=500)] = "",
    whom: Annotated[str, Form(max_length=500)] = "",
    document: Annotated[list[str] | None, Form()] = None,
    statement: Annotated[list[str] | None, Form()] = None,
    number: Annotated[int | None, Form()] = None,
    why: Annotated[str, Form(max_length=2000)] = "",
    back: Annotated[str, Form(max_length=100)] = "",
) -> Response:
    """Keep what a person says about who a source is; back: the id of the actor whose page is shown then."""
    done = say_who(
        case.store,
        Said(
            verb=verb,
            subject=subject,
            object=whom,
            documents=tuple(each for each in document or () if each),
            statements=tuple(each for each in statement or () if each),
            undoes=number,
            by=person.name,
            why=why,
        ),
    )
    made = roll(case)
    there = {entry.actor_id for entry in (made.value if made else ())}
    goes_to = links.of_actor(case, back) if back in there else f"{root(case)}/actors"
    return RedirectResponse(f"{goes_to}?said={done.judgement.number}#done", status_code=303)


@pages.get("/actors/{actor_id}", role=Role.READER)
def actor(
    request: Request,
    case: AtCase,
    person: Asking,
    actor_id: str,
    *,
    after: Annotated[int, Query(ge=0)] = 0,
    said: Annotated[int, Query(ge=0)] = 0,
) -> HTMLResponse:
    """One actor, whole.  after: the place of the last statement of the page before, in a big case."""
    view = case.view()
    entries, found = roll(case), standing(case, wait=patience(case))
    if entries is None or found is None:
        return page(request, "actors/computing.html", actor_id=actor_id)
    entry = next((each for each in entries.value if each.actor_id == actor_id), None)
    if entry is None:
        raise HTTPException(404, f"No actor {actor_id} has a seat or a voice in this case.")
    groups = stand_groups([entry], found.positions, view.spec.issue)
    row = next((row for group in groups for row in group.rows), None)
    head = _Head(
        entry=entry,
        row=row,
        group=groups[0],
        behind=max(0, view.version - min(entries.version, found.version)),
    )
    shared: dict[str, Any] = {
        "head": head,
        "issue": view.spec.issue,
        "root": root(case),
        "decide": f"{root(case)}/positions/what-if",
        "to_statement": lambda document, id: links.of_statement(case, document, id),
        "to_passage": lambda words: links.of_passage(case, words.document_id, words.start, words.end),
    }
    if view.big:
        rows = _said_in_big(case, entry, person.name, after)
        return page(
            request,
            "actors/big.html",
            **shared,
            rows=rows,
            following=rows[-1].place if len(rows) == SAID_AT_ONCE else None,
            after=after,
            command=command(case, "actors"),
        )
    made: Made[_Seen] | None = newest(case, "brief", _seen)
    known = newest(case, "sources", partial(sources, case.store))
    if made is None or known is None:
        return page(request, "actors/computing.html", actor_id=actor_id)
    own = made.value.rows.get(entry.actor_id)
    names = named_by(known.value, entry.actor_id)
    return page(
        request,
        "actors/actor.html",
        **shared,
        own=own,
        account=own.account if own and own.on_record else None,
        page=made.value.page,
        course=made.value.course(own),
        steps=made.value.steps(own),
        origins=_origins(own),
        movers_at_once=MOVERS_AT_ONCE,
        at_once=SAID_AT_ONCE,
        named=names,
        subject=_subject(names, entry),
        documents=_documents(own, made.value.page),
        splits=[*own.about, *own.other][:SPLIT_AT_ONCE] if own else [],
        judgements=_judgements(case, known.value, {id for each in names for id in each.statements}),
        done=_done(case, known.value, said),
        names=_names(entries.value),
        command=commands.line("positions", case.store.place, options=[("--over-time", "")]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    """What stands at the top of an actor's page."""

    entry: Entry
    row: StandRow | None  # None: nothing on record
    group: StandGroup
    behind: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """The brief arranged for reading, by actor."""

    page: Page
    rows: Mapping[ActorId, ActorRow]

    def course(self, row: ActorRow | None) -> Markup:
        """The drawing of a position over time; empty where there is none."""
        from winset.brief.course import course_svg

        if row is None or row.account is None:
            return Markup("")
        party = row.account.party
        drawing = course_svg(party.name, party.course, party.shifts, self.page.brief.issue, key="course")
        return Markup(drawing)  # noqa: S704 - made as a tree, so every word in it is escaped

    def steps(self, row: ActorRow | None) -> list[tuple[str, str, str]]:
        """The same in figures: (day, ISO, position)."""
        from winset.brief.wording import day, plus_minus

        course = row.account.party.course if row is not None and row.account is not None else ()
        return [(day(each.as_of), each.as_of.text, plus_minus(each.value, each.std_error)) for each in course]


def _seen(view: View) -> _Seen:
    read = Page(view.brief)
    rows = {party.actor_id: row for party, row in zip(view.brief.parties, read.actors, strict=True)}
    return _Seen(page=read, rows=rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginShare:
    """One independent origin behind a position."""

    label: str
    rows: tuple[StatementRow, ...]
    weight: float  # 0-1, of all that moved the position


def _origins(own: ActorRow | None) -> tuple[OriginShare, ...]:
    """What a position rests on, the weightiest first."""
    if own is None or own.account is None:
        return ()
    weight = {each.id: each.contribution.weight for each in own.account.movers if each.contribution}
    by_key: dict[str, list[StatementRow]] = {}
    for row in own.about:
        if row.coded.id in weight:
            by_key.setdefault(row.coded.origin.key, []).append(row)
    found = (
        OriginShare(
            label=rows[0].coded.origin.label,
            rows=tuple(rows),
            weight=sum(weight[row.coded.id] for row in rows),
        )
        for rows in by_key.values()
    )
    return tuple(sorted(found, key=lambda each: -each.weight))


def _documents(own: ActorRow | None, read: Page) -> tuple[tuple[str, str], ...]:
    """Where it is heard: (id, title)."""
    rows = (*own.about, *own.other) if own else ()
    return tuple((id, read.index.title(id)) for id in dict.fromkeys(row.document_id for row in rows))


def _subject(names: Sequence[NamedBy], entry: Entry) -> str:
    """How a judgement names this actor: its id, a commentator's own name, or a label."""
    if not names:
        return ""
    who = names[0].who
    return who.actor_id or who.speaker or who.represents or entry.label


def _names(entries: Iterable[Entry]) -> list[str]:
    """What a person may mean, for the browser to complete."""
    return [entry.label for entry in islice(entries, 500)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spoken:
    """A judgement as shown."""

    judgement: Judgement
    words: str
    statements: int  # that it settles
    holds: bool
    command: str


def _judgements(case: OpenCase, found: Sources, among: set[StatementId] | None = None) -> tuple[_Spoken, ...]:
    """What persons said, the last first; among: only what touches one of these statements."""
    known, touched = found.known, found.touched
    held = {each.number for each in holding(known.judgements)}
    return tuple(
        _Spoken(
            judgement=each,
            words=in_words(each, known),
            statements=len(touched.get(each.number, ())),
            holds=each.number in held,
            command=as_command(case, each),
        )
        for each in reversed(known.judgements)
        if among is None or among.intersection(touched.get(each.number, ()))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Done:
    """What was just said, and what it did."""

    spoken: _Spoken
    meant: str  # sources whose words may have been meant, where it touches none


def _done(case: OpenCase, found: Sources, number: int) -> _Done | None:
    known = found.known
    if not 1 <= number <= len(known.judgements):
        return None
    spoken = next(each for each in _judgements(case, found) if each.judgement.number == number)
    judgement = spoken.judgement
    meant = near(judgement, known) if not spoken.statements and judgement.undoes is None else ""
    return _Done(spoken=spoken, meant=meant)


def as_command(case: OpenCase, judgement: Judgement) -> str:
    """The line for a terminal that says the same."""
    place, why = case.store.place, judgement.why
    named = judgement.speaker or judgement.object
    scope = judgement.scope
    if judgement.undoes is not None:
        return commands.undo_judgement(place, judgement.undoes, why=why)
    if judgement.verb is Verb.MERGE:
        return commands.merge(place, judgement.subject, named, why=why)
    if judgement.verb is Verb.SPLIT:
        return commands.split(
            place, judgement.subject, named, statements=scope.statements, documents=scope.documents, why=why
        )
    return commands.is_actor(place, judgement.subject, named, documents=scope.documents, why=why)


def _said_in_big(case: OpenCase, entry: Entry, coder: str, after: int) -> tuple[QueueRow, ...]:
    """One page of what it said, by the machine's word, read by SQL."""
    from winset.store.actor_roll import said_by

    found = case.desk.queue(coder=coder, actor=entry.actor_id, after=after, limit=SAID_AT_ONCE)
    if found:
        return found
    return tuple(_rows(case, said_by(case.store, entry.label, after=after, limit=SAID_AT_ONCE), coder))


def _rows(case: OpenCase, ids: Iterable[tuple[int, StatementId]], coder: str) -> Iterator[QueueRow]:
    from dataclasses import replace

    for place, id in ids:
        yield replace(case.desk.row(id, coder=coder), place=place)
