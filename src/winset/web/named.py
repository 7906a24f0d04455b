"""By which words an actor is named in a case, and whom nobody could name: what a person may have to say more on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from winset.actors.heard import Heard, Source, to_check
from winset.actors.judgements import Applied, applied
from winset.actors.tables import folded
from winset.actors.types import MACHINE, Identification
from winset.errors import UnknownName
from winset.ids import ActorId, DocumentId, StatementId, content_id
from winset.pipeline.people import identified

if TYPE_CHECKING:
    from winset.pipeline.people import Identified
    from winset.store.case_store import CaseStore
    from winset.web.cases import View

CHECKED = 40  # sources to check that are listed at once


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedBy:
    """Some of an actor's statements: those whose source is named by the same words, taken for the same person."""

    words: str  # the source's own; "" where the text names nobody
    who: Identification  # of the first of them
    statements: tuple[StatementId, ...]
    documents: tuple[DocumentId, ...]
    lowest_score: float  # 0-1

    @property
    def by_machine(self) -> bool:
        """Whether no person has said who it is."""
        return self.who.by == MACHINE

    @property
    def example(self) -> tuple[DocumentId, StatementId]:
        """One of them, to be looked at."""
        return self.documents[0], self.statements[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsure:
    """Sources of the same words that a person should look at."""

    row: Heard

    @property
    def words(self) -> str:
        """The source's own."""
        return self.row.sources[0].words

    @property
    def taken_for(self) -> str:
        """Whom the machine took it for; "" for nobody."""
        return self.row.sources[0].who.represents or ""

    @property
    def first(self) -> Source:
        """One of them."""
        return self.row.sources[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The sources of a case, with who each is, and what each judgement touches."""

    known: Identified
    all: tuple[Source, ...]  # every statement, a person's word before the machine's
    touched: Mapping[int, tuple[StatementId, ...]]  # by number of the judgement


def sources(store: CaseStore, _view: View) -> Sources:
    """All of them, as they count."""
    known = identified(store)
    try:
        counting = applied(known.identifications, known.statements, known.judgements, known.room)
    except UnknownName:  # a judgement names an actor that is gone: it can still be taken back
        counting = Applied(identifications=known.identifications, touched={})
    return Sources(
        known=known,
        all=tuple(
            Source(statement=statement, who=who)
            for statement, who in zip(known.statements, counting.identifications, strict=True)
        ),
        touched=counting.touched,
    )


def named_by(found: Sources, actor_id: ActorId) -> tuple[NamedBy, ...]:
    """The words by which one actor is named, the most frequent first."""
    rows: dict[tuple[str, str | None, str, str], list[Source]] = {}
    for source in found.all:
        if _holder(source.who) == actor_id:
            who = source.who
            rows.setdefault((folded(source.words), who.speaker, who.rule, who.by), []).append(source)
    return tuple(_named(row) for row in sorted(rows.values(), key=lambda row: -len(row)))


def unsure(found: Sources) -> tuple[Unsure, ...]:
    """Sources that nobody is found for, or not surely, the most frequent first."""
    return tuple(Unsure(row=row) for row in to_check(found.all)[:CHECKED])


def _holder(who: Identification) -> ActorId | None:
    """Under which id a position is held, as `Evidence.actor_id` has it."""
    if who.actor_id is not None:
        return who.actor_id
    if not who.is_somebody:
        return None
    return ActorId(content_id("source", who.represents, who.speaker or ""))


def _named(row: Sequence[Source]) -> NamedBy:
    return NamedBy(
        words=row[0].words,
        who=row[0].who,
        statements=tuple(source.statement.id for source in row),
        documents=tuple(dict.fromkeys(source.statement.document_id for source in row)),
        lowest_score=min(source.who.score for source in row),
    )
