"""A kept case for people to code, and what came back on their sheets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from winset.ids import StatementId
from winset.issues import Issue
from winset.pipeline.clock import now
from winset.pipeline.kept_cases import kept_material
from winset.pipeline.people import held_rulings, identified

if TYPE_CHECKING:
    from winset.exchange.coding_export import ToCode
    from winset.exchange.coding_take import Taken
    from winset.positions.rulings import Ruling, Take
    from winset.store.case_store import CaseStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """A kept case as its coders see it: statements with the machine's codes, and what people coded."""

    issue: Issue
    statements: tuple[ToCode, ...]  # all of the case, in its order
    held: Mapping[StatementId, tuple[Ruling, ...]]  # one of each coder
    machine_actors: Mapping[StatementId, str]  # id or label of whom the machine alone says each is from
    rulings: tuple[Ruling, ...]  # all that were ever kept
    takes: tuple[Take, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What one `winset code CASE take` did to a case."""

    read: Taken
    number: int | None  # of the take; None where the sheet says nothing new
    new: tuple[Ruling, ...]
    replaced: int  # of the new ones: how many count instead of an earlier code of the same coder


def coded(store: CaseStore) -> Coded:
    """The statements of a kept case for people to code, and what they coded."""
    from winset.actors.judgements import NOBODY_KNOWN
    from winset.exchange.coding_export import ToCode

    material = kept_material(store)
    return Coded(
        issue=store.spec().issue,
        statements=tuple(
            ToCode(
                document=document,
                statement=said,
                identification=who,
                stance=material.machine_stances.get(said.id, stance),
            )
            for document, coding in zip(material.documents, material.codings, strict=True)
            for said, who, stance in zip(coding.statements, coding.identifications, coding.stances, strict=True)
        ),
        held=held_rulings(store),
        machine_actors={
            who.statement_id: who.actor_id or who.represents or NOBODY_KNOWN
            for coding in store.codings()
            for who in coding.identifications
        },
        rulings=store.rulings(),
        takes=store.takes(),
    )


def take_codes(store: CaseStore, payload: bytes, *, name: str, coder: str, by: str, why: str) -> TakenIn:
    """Keep what a coding sheet says that the case does not hold yet; a row that cannot be used keeps out no other.

    name: the sheet's.  coder: of rows that name none.  by, why: who takes it in, and the reason.
    """
    from winset.actors.judgements import whom
    from winset.exchange.coding_take import Known, take
    from winset.positions.rulings import Take

    found, earlier = identified(store), store.rulings()

    @cache
    def actor(words: str) -> str:
        return whom(words, found.room.registry, found.identifications).key

    known = Known(
        issue=store.spec().issue,
        statements={statement.id: statement.document_id for statement in found.statements},
        documents={document.id: document.name for document in found.documents},
        actor=actor,
        coders=tuple(dict.fromkeys(ruling.coder for ruling in earlier)),
    )
    read = take(payload, known, name=name, coder=coder)
    held = {(each.statement_id, each.coder): each for said in held_rulings(store).values() for each in said}
    there = {key: (each.codes, each.why) for key, each in held.items()}
    new = [each for each in read.rulings if there.get((each.statement_id, each.coder)) != (each.codes, each.why)]
    number = None
    if new:
        number = len(store.takes()) + 1
        store.add_take(Take(number=number, by=by, at=now(), why=why, sheet=name), new)
    return TakenIn(
        read=read,
        number=number,
        new=tuple(new),
        replaced=sum((each.statement_id, each.coder) in held for each in new),
    )


def undo_take(store: CaseStore, number: int | None, *, by: str, why: str) -> Take:
    """Take back what came with a take, the last one where `number` is None.  Raises BadJudgement."""
    from winset.positions.rulings import Take, to_undo

    takes = store.takes()
    undone = to_undo(takes, number)
    store.add_take(Take(number=len(takes) + 1, by=by, at=now(), why=why, undoes=undone.number), ())
    return undone
