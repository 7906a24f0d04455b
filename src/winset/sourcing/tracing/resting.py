"""Which works each statement rests on, what says so most surely first."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter

from winset.actors.types import Identification
from winset.ids import DocumentId, PartialDate, StatementId
from winset.sourcing.crediting.places import place_of
from winset.sourcing.tracing.told import is_day
from winset.sourcing.types import Credit, CreditKind, ReadDocument, Work
from winset.statements.types import Statement

Resting = tuple[tuple[int, int, str], Work]  # rank, and the work

_ORDER = {
    CreditKind.MEDIUM: 0,
    CreditKind.REFERENCE: 1,
    CreditKind.OCCASION: 2,
    CreditKind.DOCUMENT: 4,
    CreditKind.LINK: 5,
}
_SAME_DAY = 3  # said by the same one on the day of an occasion that the document has told of before
_ABOUT = re.compile(
    r"(?:[\w’'-]+\s){0,4}(?:after|before|following|since|in response to|in reaction to|reactions? to|responses? to"
    r"|respond(?:s|ed|ing) to|reacted to|reacting to|ahead of)\b",
    re.IGNORECASE,
)


def rests_on(read: Sequence[ReadDocument], works: Sequence[Work]) -> dict[StatementId, tuple[Work, ...]]:
    """The works of each statement that are its source, the surest first; none for one that nothing is credited with.

    A medium before a note, an occasion, a document, a link. A report that is mentioned because somebody reacted to
    it is no source of the reaction, and one who is merely quoted is none. What somebody says on the day of an
    occasion that the same document told of before, where he or his state spoke, was said there.
    """
    found: dict[StatementId, list[Resting]] = defaultdict(list)
    occasions: dict[tuple[DocumentId, PartialDate], list[tuple[Work, Credit]]] = defaultdict(list)
    for work in works:
        key = work.key
        for credit in work.credits:
            if credit.kind not in _ORDER or _is_only_mentioned(credit):
                continue
            rank = (_ORDER[CreditKind(credit.kind)], credit.anchor.start, key)
            for id in credit.statement_ids:
                found[id].append((rank, work))
            if credit.kind == CreditKind.OCCASION and work.dated is not None and is_day(work.dated):
                occasions[credit.document_id, work.dated].append((work, credit))
    for id, work, start in _said_there(read, occasions):
        found[id].append(((_SAME_DAY, start, work.key), work))
    return {id: _once(sorted(rows, key=itemgetter(0))) for id, rows in found.items()}


def _once(rows: Sequence[Resting]) -> tuple[Work, ...]:
    by_key: dict[str, Work] = {}
    for rank, work in rows:
        by_key.setdefault(rank[2], work)
    return tuple(by_key.values())


def _is_only_mentioned(credit: Credit) -> bool:
    return credit.kind == CreditKind.MEDIUM and _ABOUT.match(credit.anchor.exact) is not None


def _said_there(
    read: Sequence[ReadDocument], occasions: Mapping[tuple[DocumentId, PartialDate], Sequence[tuple[Work, Credit]]]
) -> Iterator[tuple[StatementId, Work, int]]:
    for each in read:
        who = {row.statement_id: row for row in each.identifications}
        for statement in each.statements:
            day = statement.said_on
            here = occasions.get((each.document.id, day), ()) if day is not None and is_day(day) else ()
            for work, credit in here:
                if _speaks_there(statement, credit, who):
                    yield statement.id, work, credit.anchor.start


def _speaks_there(statement: Statement, credit: Credit, who: Mapping[StatementId, Identification]) -> bool:
    own = who.get(statement.id)
    if own is None or place_of(statement) < credit.anchor.start:
        return False
    there = [who[id] for id in credit.statement_ids if id in who]
    return any(
        (own.actor_id is not None and own.actor_id == row.actor_id)
        or (own.speaker is not None and own.speaker == row.speaker)
        for row in there
    )
