"""Rows of the queue as cards, with all that one page of them needs from the case asked for at once."""

from __future__ import annotations

from collections.abc import Sequence

from winset.store import checking
from winset.store.desk import QueueRow
from winset.web.cases import OpenCase
from winset.web.statement_cards import Card, card
from winset.web.whom import names


def carded(case: OpenCase, rows: Sequence[QueueRow], *, person: str, elsewhere: bool) -> tuple[Card, ...]:
    """The cards of these rows, in their order.

    person: whose codes they show.  elsewhere: whether their documents are on another page.
    """
    judged = [row.statement.id for row in rows if row.verdict is not None]
    by = checking.judged_by(case.store, judged) if judged else {}
    texts = {id: case.desk.document(id).text for id in {row.document_id for row in rows}}
    return tuple(
        card(
            row,
            texts[row.document_id],
            person=person,
            judged_by=by[row.statement.id].by if row.statement.id in by else "",
            named=names(case).label(row.codes.actor) if row.codes and row.codes.actor else "",
            elsewhere=elsewhere,
        )
        for row in rows
    )
