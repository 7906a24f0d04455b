"""Statements: of an actor, with a stance, of a document, or by their ids."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from winset.errors import UnknownName
from winset.ids import DocumentId, EvidenceId, StatementId
from winset.mcp import models, statement_values
from winset.mcp.answered import Answered, more
from winset.mcp.paging import BUDGET, offset, place
from winset.mcp.whom import Meant, meant
from winset.store.actor_roll import said_by

if TYPE_CHECKING:
    from winset.mcp.cases import ServedCase, View
    from winset.mcp.citing import Cites
    from winset.positions.estimation import Evidence
    from winset.store.desk import QueueRow

LOOKED_AT = 1_000  # rows of a large case that one call looks through for a stance
AT_ONCE = 200


def statements(case: ServedCase, given: models.AskingStatements) -> Answered:
    """In the order in which they were said; of a large case in that in which they came."""
    view = case.view()
    cites = case.cites(view)
    if given.ids:
        found, cursor = _by_ids(case, view, given, cites), None
    elif view.large:
        found, cursor = _of_large(case, view, given, cites)
    else:
        found, cursor = _of_whole(case, view, given, cites)
    value = models.Statements(
        case=case.name,
        version=view.version,
        documents=cites.documents,
        next_cursor=cursor,
        statements=found,
        persons_applied=not view.large,
    )
    large = " The machine's reading alone: what people coded is not applied in a case this large." * view.large
    lines = [
        line
        for number, each in enumerate(found, start=1)
        for line in statement_values.lines(each, cites, lead=f"{number}. ")
    ]
    head = f"{len(found)} statements.{more(cursor)}{large}"
    return Answered(head=head, lines=(*lines, *cites.lines()), value=value)


def _by_ids(case: ServedCase, view: View, given: models.AskingStatements, cites: Cites) -> list[models.Statement]:
    """Those that count.  Raises UnknownName for one that is not there, or does not count."""
    found = []
    for id in dict.fromkeys(StatementId(EvidenceId(each)) for each in given.ids):
        if view.large:
            found.append(statement_values.of_row(case.desk.row(id, coder=""), cites))
        elif id in view.evidence:
            found.append(statement_values.of_evidence(view.evidence[id], cites, view))
        else:
            raise UnknownName(f"no statement {id} counts in this case: take the id from another answer")
    return found


def _of_whole(
    case: ServedCase, view: View, given: models.AskingStatements, cites: Cites
) -> tuple[list[models.Statement], str | None]:
    wanted = meant(case, view, given.actor) if given.actor else None
    rows = [each for each in view.evidence.values() if _asked_for(each, given, wanted)]
    start = offset(given.cursor, version=view.version)
    found: list[models.Statement] = []
    for each in rows[start : start + given.limit]:
        if found and cites.spent > BUDGET:
            break
        found.append(statement_values.of_evidence(each, cites, view))
    end = start + len(found)
    return found, f"{view.version}.{end}" if end < len(rows) else None


def _asked_for(each: Evidence, given: models.AskingStatements, wanted: Meant | None) -> bool:
    return (
        (given.stance is None or each.stance.word == given.stance)
        and (given.document_id is None or each.statement.document_id == given.document_id)
        and (wanted is None or each.actor_id == wanted.actor_id)
        and (wanted is None or wanted.speaker is None or each.identification.speaker == wanted.speaker)
    )


def _of_large(
    case: ServedCase, view: View, given: models.AskingStatements, cites: Cites
) -> tuple[list[models.Statement], str | None]:
    """A page of the desk's; rows of another stance are passed over, LOOKED_AT at most."""
    after, looked_at = place(given.cursor), 0
    found: list[models.Statement] = []
    pages = _pages(case, given, meant(case, view, given.actor) if given.actor else None)
    while True:
        rows = pages(after)
        for after, row in rows:  # `after`: where the next page begins
            looked_at += 1
            word = row.stance.word if row.stance else None
            if row.counts and (given.stance is None or word == given.stance):
                found.append(statement_values.of_row(row, cites))
            if len(found) == given.limit or looked_at == LOOKED_AT or cites.spent > BUDGET:
                return found, str(after)
        if len(rows) < AT_ONCE:
            return found, None


def _pages(
    case: ServedCase, given: models.AskingStatements, wanted: Meant | None
) -> Callable[[int], list[tuple[int, QueueRow]]]:
    """What gives the rows after a place: of one in the registry, of one who is in none, or of everybody."""
    document = DocumentId(given.document_id) if given.document_id else None

    def listed(after: int) -> Iterator[tuple[int, QueueRow]]:
        actor = wanted.actor_id if wanted else None
        for row in case.desk.queue(coder="", document=document, actor=actor, after=after, limit=AT_ONCE):
            yield row.place, row

    def heard(after: int) -> Iterator[tuple[int, QueueRow]]:
        label = wanted.label if wanted else ""
        places = said_by(case.store, label, after=after, limit=AT_ONCE)
        rows = case.desk.rows([id for _, id in places], coder="")
        for at, id in places:
            if id in rows and document in (None, rows[id].document_id):
                yield at, rows[id]

    unregistered = wanted is not None and not case.desk.queue(coder="", actor=wanted.actor_id, limit=1)
    return lambda after: list(heard(after) if unregistered else listed(after))
