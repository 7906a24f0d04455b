"""Documents: the list with its search, and one document beside its statements, to be read and checked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import HTMLResponse

from winset.corpus.types import Document
from winset.ids import DocumentId
from winset.store import checking
from winset.store.desk import QueueRow
from winset.store.full_text import Hit, searched
from winset.web import commands
from winset.web.access.asking import Asking
from winset.web.access.roles import Role
from winset.web.cases import AtCase, OpenCase
from winset.web.lines import root
from winset.web.passages import Passage, marked, part_at, parts
from winset.web.rendering import page
from winset.web.routing import Pages
from winset.web.statement_listing import carded

pages = Pages(prefix="/cases/{case}")

AT_ONCE = 100  # documents on one page
FOUND = 40  # documents that a search shows
EACH = 3  # places shown in each of them
STATEMENTS = 120  # of one part of a document on one page

PartNumber = Annotated[int | None, Query(ge=1, le=100_000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a document, with the statements that begin in it."""

    number: int  # from 1
    of: int
    start: int  # half-open, code points
    end: int
    spots: tuple[checking.Spot, ...]  # all that begin in it, in text order


@pages.get("/documents", role=Role.READER)
def listed(
    request: Request,
    case: AtCase,
    person: Asking,
    q: Annotated[str, Query(max_length=500)] = "",
    after: Annotated[int, Query(ge=0)] = 0,
) -> HTMLResponse:
    """All documents, or those that a search finds.  after: rank of the last one of the page before."""
    found, further = _found(case, q, after) if q.strip() else (None, None)
    rows = () if found is not None else case.desk.documents(coder=person.name, after=after, limit=AT_ONCE)
    return page(
        request,
        "documents/listed.html",
        rows=rows,
        found=found,
        q=q,
        onward=rows[-1].rank if len(rows) == AT_ONCE else further,
        first=after == 0,
        address=root(case),
        command=commands.line("status", str(case.store.place)),
    )


@pages.get("/documents/{document_id}", role=Role.READER)
def read(
    request: Request,
    case: AtCase,
    person: Asking,
    document_id: str,
    *,
    part: PartNumber = None,
    statement: Annotated[str, Query(max_length=40)] = "",
    words: Annotated[str, Query(max_length=40)] = "",
    after: Annotated[int, Query(ge=0)] = 0,
) -> HTMLResponse:
    """One document on one side, its statements on the other.

    part: of a long one, from 1.  statement: the part with that statement.  words: `a-b`, the part with that place,
    marked.  after: how many statements of the part to pass over, where it has very many.
    """
    document = case.desk.document(DocumentId(document_id))
    asked = checking.place(words) if words else None
    every = checking.spots(case.store, document.id)
    shown = _part(document, every, part, statement, asked)
    if statement and not after:
        at = next((number for number, spot in enumerate(shown.spots) if spot.id == statement), 0)
        after = at // STATEMENTS * STATEMENTS
    rows = _rows(case, document, shown.spots[after : after + STATEMENTS], every, person.name)
    return page(
        request,
        "documents/read.html",
        document=document,
        part=shown,
        text=_text(document, shown, rows, asked),
        cards_=carded(case, rows, person=person.name, elsewhere=False),
        more=after + STATEMENTS if len(shown.spots) > after + STATEMENTS else None,
        before=max(0, after - STATEMENTS) if after else None,
        after=after,
        statements=len(every),
        address=root(case),
        me=person.name,
        may_code=person.role >= Role.CODER,
        command=commands.line(
            "check", str(case.store.place), "queue", options=[("--state", "all"), ("--in", document.id)]
        ),
    )


@pages.get("/documents/{document_id}/text", role=Role.READER)
def text(request: Request, case: AtCase, person: Asking, document_id: str, part: PartNumber = None) -> HTMLResponse:
    """The text alone, marked as the statements are now."""
    document = case.desk.document(DocumentId(document_id))
    every = checking.spots(case.store, document.id)
    shown = _part(document, every, part, "", None)
    rows = _rows(case, document, shown.spots[: 4 * STATEMENTS], every, person.name)
    return page(request, "documents/text.html", document=document, text=_text(document, shown, rows, None))


@pages.get("/documents/{document_id}/origins", role=Role.READER)
def origins(
    request: Request,
    case: AtCase,
    _person: Asking,
    document_id: str,
    *,
    part: PartNumber = None,
    after: Annotated[int, Query(ge=0)] = 0,
) -> HTMLResponse:
    """What each statement rests on, put into its card after the page: it needs the whole case."""
    view = case.view()
    if view.big:
        return HTMLResponse("")
    document = case.desk.document(DocumentId(document_id))
    shown = _part(document, checking.spots(case.store, document.id), part, "", None)
    found = view.account.origins
    cards = shown.spots[after : after + STATEMENTS]
    return page(
        request, "documents/origins.html", told=[(spot.id, found[spot.id]) for spot in cards if spot.id in found]
    )


def _part(
    document: Document,
    every: Sequence[checking.Spot],
    wanted: int | None,
    statement: str,
    words: tuple[int, int] | None,
) -> Part:
    cut = parts(document.text)
    number = min(wanted or 1, len(cut)) - 1
    if words is not None:
        number = part_at(cut, words[0])
    if statement:
        number = next((part_at(cut, spot.start) for spot in every if spot.id == statement), number)
    start, end = cut[number]
    return Part(
        number=number + 1,
        of=len(cut),
        start=start,
        end=end,
        spots=tuple(spot for spot in every if start <= spot.start < end),
    )


def _rows(
    case: OpenCase,
    document: Document,
    wanted: Sequence[checking.Spot],
    every: Sequence[checking.Spot],
    person: str,
) -> list[QueueRow]:
    """The rows of these statements, in text order; those that other words replaced are left out.

    The queue gives them in the order in which they came: what stands together there is asked for together.
    """
    found: dict[str, QueueRow] = {}
    for first, number in _runs({spot.rank for spot in wanted}, sorted(spot.rank for spot in every)):
        asked = case.desk.queue(coder=person, document=document.id, after=first - 1, limit=number)
        found.update({row.statement.id: row for row in asked})
    rows = [found[spot.id] for spot in wanted if spot.id in found]
    return [row for row in rows if row.verdict != "replaced" and (row.by_machine or row.counts or row.verdict)]


def _runs(wanted: Collection[int], every: Sequence[int]) -> list[tuple[int, int]]:
    """Those of `every`, in order, that are wanted, as runs that stand together: the first, and how many.

    >>> _runs({3, 5, 9}, [3, 5, 8, 9])
    [(3, 2), (9, 1)]
    """
    runs: list[tuple[int, int]] = []
    together = False
    for rank in every:
        if rank not in wanted:
            together = False
        elif together:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((rank, 1))
            together = True
    return runs


def _text(document: Document, part: Part, rows: Sequence[QueueRow], asked: tuple[int, int] | None) -> Passage:
    return marked(document.text, part.start, part.end, [row.statement for row in rows], asked=asked)


def _found(
    case: OpenCase, q: str, after: int
) -> tuple[tuple[tuple[DocumentId, str, tuple[Hit, ...]], ...], int | None]:
    """Documents that hold all the words, each with its first places: id, title, hits; where to go on."""
    found = searched(case.store.database, q, after=after, limit=FOUND * EACH, each=EACH, documents=FOUND)
    grouped = groupby(found.hits, key=lambda hit: (hit.document_id, hit.name))
    titled = tuple((id, case.desk.document(id).title or name, tuple(some)) for (id, name), some in grouped)
    return titled, found.onward
