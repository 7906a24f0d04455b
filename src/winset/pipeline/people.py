"""What people said of a kept case: who a source is, what they coded, which telling is right; and how it counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from winset.ids import StatementId
from winset.issues import Issue
from winset.pipeline.clock import now
from winset.pipeline.defaults import STANCE
from winset.pipeline.registries import own_room

if TYPE_CHECKING:
    from winset.actors.judgements import Judgement
    from winset.actors.rooms import Room
    from winset.actors.saying import Said
    from winset.actors.spoken import Attributed, Spoken, Titled
    from winset.actors.types import Identification
    from winset.corpus.types import Document
    from winset.positions.rulings import Ruling
    from winset.positions.types import Stance
    from winset.sourcing.settling import Settlement
    from winset.sourcing.types import Discrepancy
    from winset.statements.types import Segment, Statement
    from winset.store.case_store import CaseStore
    from winset.store.spoken import Heard
    from winset.store.types import Coding


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified:
    """The sources of a kept case: who the machine says each is, and what persons said; all in one order."""

    documents: tuple[Titled, ...]
    statements: tuple[Spoken, ...]
    identifications: tuple[Identification, ...]  # the machine's, or that of the people who coded the statement
    judgements: tuple[Judgement, ...]
    room: Room


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidWho:
    """What a person's word on a source did."""

    judgement: Judgement
    statements: tuple[StatementId, ...]  # that it settles; of an undo: whose source is another now
    found: Identified  # the sources as they were before

    @property
    def documents(self) -> int:
        """In how many documents these statements are."""
        of = {statement.id: statement.document_id for statement in self.found.statements}
        return len({of[id] for id in self.statements})


def settlements(store: CaseStore) -> dict[str, Settlement]:
    """What people said of what is told differently, by the discrepancy's id; of what is no longer found too."""
    from winset.sourcing.settling import settlement
    from winset.store.desk import Desk

    said = Desk(store).values("discrepancy")
    return {id: settlement(id, subject.value) for id, subject in said.items() if subject.value is not None}


def settle(
    store: CaseStore, found: Discrepancy, says: str, *, by: str, why: str = "", seen: int | None = None
) -> Settlement:
    """Keep what a person says of a discrepancy: the number of the right telling, both, neither or none.

    seen: version of what was said before, 0 for nothing; None: whatever is there.  Raises BadJudgement, Stale.
    """
    from winset.sourcing.settling import settled
    from winset.store.desk import Desk

    said = settled(found, says, by=by, at=now(), why=why)
    Desk(store).settle(found.id, said.value(), by=by, at=said.at, why=said.why, seen=seen)
    return said


def held_rulings(store: CaseStore) -> Mapping[StatementId, tuple[Ruling, ...]]:
    """What people coded of each statement and nobody took back: one ruling of each coder."""
    from winset.positions.rulings import holding

    return holding(store.rulings(), store.takes())


def identified(store: CaseStore) -> Identified:
    """Who the machine says each source of a kept case is, and what persons said about it since."""
    from winset.store import spoken

    found, room = spoken.heard(store), own_room(store)
    return Identified(
        documents=found.documents,
        statements=found.statements,
        identifications=_by_coders(found, coded_actors(store, held_rulings(store)), room),
        judgements=store.judgements(),
        room=room,
    )


def say_who(store: CaseStore, said: Said) -> SaidWho:
    """Keep what a person says about who a source is. Nothing is overwritten, all can be taken back.

    Raises BadCase, BadJudgement, UnknownName.
    """
    from winset.actors.judgements import applied
    from winset.actors.saying import counting, judgement

    found = identified(store)
    made = judgement(said, found, at=now())
    before = counting(found, may_fail=made.undoes is not None)
    after = applied(found.identifications, found.statements, (*found.judgements, made), found.room)
    if made.undoes is None:
        touched = after.touched[made.number]
    else:
        pairs = zip(before, after.identifications, strict=True)
        touched = tuple(counts.statement_id for was, counts in pairs if was != counts)
    store.add_judgement(made)
    return SaidWho(judgement=made, statements=touched, found=found)


def judged_codings(
    store: CaseStore,
    documents: Sequence[Document],
    codings: Sequence[Coding],
    by_coders: Mapping[StatementId, Judgement],
    *,
    stances_too: bool = True,
) -> tuple[Coding, ...]:
    """The codings as they count: who a person says each source is, and the stances that follow from it."""
    judgements = store.judgements()
    if not judgements and not by_coders:
        return tuple(codings)
    issue, room = store.spec().issue, own_room(store)
    from winset.actors.judgements import judged
    from winset.statements.segmentation import segments

    counting = []
    for document, coding in zip(documents, codings, strict=True):
        as_coded = _as_coded(coding.statements, coding.identifications, by_coders, room)
        who = judged(as_coded, coding.statements, judgements, room)
        if who == coding.identifications:
            counting.append(coding)
            continue
        if not stances_too:
            counting.append(replace(coding, identifications=who))
            continue
        stances = _stances(document, coding.statements, who, issue, segments(document.text))
        counting.append(replace(coding, identifications=who, stances=stances))
    return tuple(counting)


def coded_actors(store: CaseStore, coded: Mapping[StatementId, Sequence[Ruling]]) -> dict[StatementId, Judgement]:
    """Whose each statement is by the people who coded it; see `positions.rulings.whose`."""
    from winset.positions.rulings import whose

    if not coded:
        return {}
    return whose(coded, at={take.number: take.at for take in store.takes()}, judgements=store.judgements())


def _by_coders(found: Heard, by_coders: Mapping[StatementId, Judgement], room: Room) -> tuple[Identification, ...]:
    """The machine's identifications of a whole case, but those that people coded."""
    if not by_coders:
        return found.identifications
    pairs = zip(found.statements, found.identifications, strict=True)
    of_documents = (list(own) for _, own in groupby(pairs, key=lambda pair: pair[0].document_id))
    return tuple(
        who
        for own in of_documents
        for who in _as_coded([said for said, _ in own], tuple(who for _, who in own), by_coders, room)
    )


def _as_coded(
    statements: Sequence[Attributed],
    identifications: tuple[Identification, ...],
    by_coders: Mapping[StatementId, Judgement],
    room: Room,
) -> tuple[Identification, ...]:
    """The machine's identifications, but those that people coded; of one document."""
    from winset.actors.judgements import judged

    own = [by_coders[each.id] for each in statements if each.id in by_coders]
    if not own:
        return identifications
    return tuple(
        now if now is before else replace(now, rule="coded by a person")
        for before, now in zip(identifications, judged(identifications, statements, own, room), strict=True)
    )


def _stances(
    document: Document,
    statements: Sequence[Statement],
    identifications: Sequence[Identification],
    issue: Issue,
    segments: Sequence[Segment],
) -> tuple[Stance, ...]:
    """For or against, by the one method in use."""
    from winset.positions.stances import STANCES

    return STANCES[STANCE](
        statements, document=document, issue=issue, identifications=identifications, segments=segments
    )
