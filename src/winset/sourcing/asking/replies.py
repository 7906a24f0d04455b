"""What the documents say to a question: passages of theirs, each with who says it and where that comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from winset.actors.types import Identification
from winset.corpus.types import Document, Rejected
from winset.ids import DocumentId, StatementId
from winset.sourcing.types import Origin, Passage, ReadDocument
from winset.statements.types import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A passage that answers a question, with who says it, as far as somebody does."""

    passage: Passage
    document: Document
    statement: Statement | None = None
    identification: Identification | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the documents say to a question: passages of theirs, and nothing else."""

    question: str
    answered: bool  # False: nothing here answers it, and the passages are the nearest ones
    score: float  # 0-1: how surely any passage answers
    threshold: float  # from which score on a question counts as answered
    heard: tuple[Heard, ...]  # best first
    documents: int  # that were asked
    rejected: tuple[Rejected, ...] = ()


def who_says(
    passages: Sequence[Passage],
    read: Sequence[ReadDocument],
    origins: Mapping[StatementId, Origin],
    *,
    asked_about: Sequence[str],
) -> tuple[Heard, ...]:
    """The passages, each with one statement that is made in it.

    Of several statements in a passage: one of an actor asked about, else of any known actor, else the longest in it.
    """
    documents = {each.document.id: each.document for each in read}
    said: dict[DocumentId, list[tuple[Statement, Identification]]] = {}
    for each in read:
        for statement, who in zip(each.statements, each.identifications, strict=True):
            said.setdefault(statement.document_id, []).append((statement, who))
    found = []
    for passage in passages:
        inside = [row for row in said.get(passage.anchor.document_id, []) if _shared(passage, row[0]) > 0]
        made = max(inside, key=lambda row: _tells(passage, *row, asked_about=asked_about), default=None)
        if made is None:
            found.append(Heard(passage=passage, document=documents[passage.anchor.document_id]))
            continue
        statement, who = made
        found.append(
            Heard(
                passage=replace(passage, statement_id=statement.id),
                document=documents[passage.anchor.document_id],
                statement=statement,
                identification=who,
                origin=origins.get(statement.id),
            )
        )
    return tuple(found)


def _shared(passage: Passage, statement: Statement) -> int:
    """How many characters of a passage a statement has; below 0 where it stands elsewhere."""
    return min(passage.anchor.end, statement.end) - max(passage.anchor.start, statement.start)


def _tells(
    passage: Passage, statement: Statement, who: Identification, *, asked_about: Sequence[str]
) -> tuple[bool, bool, int, int]:
    """The greater, the rather a passage is shown as that statement's."""
    known = who.actor_id is not None
    return known and who.actor_id in asked_about, known, _shared(passage, statement), -statement.start
