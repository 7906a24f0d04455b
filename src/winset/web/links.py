"""Addresses inside a case: where a statement, a passage, an actor or an answer is shown."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, urlencode

from winset.ids import ActorId, DocumentId, StatementId
from winset.web.cases import OpenCase
from winset.web.lines import root

RESERVED = ("=", ";", "..", "\n")  # in an actor's name, they would end it


def of_statement(case: OpenCase, document_id: DocumentId, statement_id: StatementId) -> str:
    """The statement in its document."""
    return f"{root(case)}/documents/{document_id}?statement={statement_id}#s-{statement_id}"


def of_passage(case: OpenCase, document_id: DocumentId, start: int, end: int) -> str:
    """Words of a document in their place; start, end: half-open, code points of its text."""
    return f"{root(case)}/documents/{document_id}?words={start}-{end}#words"


def of_actor(case: OpenCase, actor_id: ActorId | str) -> str:
    """An actor's page."""
    return f"{root(case)}/actors/{quote(actor_id, safe='')}"


def of_what_if(case: OpenCase, changes: Iterable[str], *, part: str = "") -> str:
    """The page that answers what if, all changes made together; part: "/answer" for the answer alone."""
    return f"{root(case)}/decide{part}?{urlencode({'what-if': '; '.join(changes)})}"


def what_if(actor_id: ActorId, label: str, value: float) -> str:
    """A change as `winset decide --what-if` takes it.

    >>> what_if(ActorId("DEU"), "Germany", 80)
    'Germany=80'
    """
    name = actor_id if any(sign in label for sign in RESERVED) else label
    return f"{name}={value:g}"
