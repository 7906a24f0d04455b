"""Positions: where everybody stands, on which evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from winset.ids import ActorId, PartialDate, StatementId
from winset.issues import CaseSpec, Issue
from winset.pipeline.defaults import ESTIMATOR
from winset.pipeline.kept_cases import is_large, kept_material
from winset.pipeline.material import Material, as_read, copies
from winset.pipeline.registries import own_registries, own_room
from winset.pipeline.seats import seats_of

if TYPE_CHECKING:
    from winset.positions.estimation import Evidence
    from winset.positions.types import Position
    from winset.sourcing.types import Origin, ReadDocument
    from winset.store.case_store import CaseStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimated:
    """Where everybody stands, on which evidence."""

    positions: tuple[Position, ...]  # by actor id
    names: Mapping[ActorId, str]  # of all that have a seat or spoke
    members: tuple[ActorId, ...]  # with a vote on the day of decision
    evidence: tuple[Evidence, ...]  # in order of what was said first
    left_out: int = 0  # statements that were not on record on the day asked for

    def silent(self, issue: Issue, *, as_of: PartialDate | None = None) -> tuple[Position, ...]:
        """An assumed position for every member with nothing on record."""
        from winset.positions.prior import assumed_position

        known = {position.actor_id for position in self.positions}
        return tuple(assumed_position(member, issue, as_of=as_of) for member in self.members if member not in known)


def evidence_of(
    material: Material, read: Sequence[ReadDocument], found: Mapping[StatementId, Origin]
) -> tuple[Evidence, ...]:
    """Statements with all that was made of them, in order of what was said first; undated ones last."""
    from winset.positions.estimation import Evidence
    from winset.positions.salience import prominences

    evidence = (
        Evidence(
            statement=statement,
            identification=who,
            stance=stance,
            origin=found[statement.id],
            published=each.document.published,
            prominence=prominent,
        )
        for each, coding in zip(read, material.codings, strict=True)
        for statement, who, stance, prominent in zip(
            coding.statements,
            coding.identifications,
            coding.stances,
            prominences(each.segments, coding.statements),
            strict=True,
        )
    )
    return tuple(sorted(evidence, key=lambda each: each.said.text if each.said else "9999"))


def estimated(
    spec: CaseSpec, material: Material, *, estimator: str = ESTIMATOR, as_of: PartialDate | None = None
) -> Estimated:
    """Where everybody stands, without a forecast; estimator, as_of: as for `compose_brief`.

    Raises BadCase, UnknownMethod.
    """
    from winset.brief.parties import label_of
    from winset.positions.estimation import by_actor, positions, until
    from winset.sourcing.account import sources

    read = as_read(material)
    everything = evidence_of(material, read, sources(read, copies(material)).origins)
    evidence = until(everything, as_of)
    seats = {seat.actor_id: seat.name for seat in seats_of(spec, material.additions)}
    spoke = {actor_id: label_of(said[0].identification) for actor_id, said in by_actor(evidence).items()}
    return Estimated(
        positions=positions(evidence, issue=spec.issue, method=estimator, as_of=as_of),
        names={**spoke, **seats},
        members=tuple(seats),
        evidence=tuple(evidence),
        left_out=len(everything) - len(evidence),
    )


def estimated_as_of(spec: CaseSpec, found: Estimated, as_of: PartialDate, *, estimator: str = ESTIMATOR) -> Estimated:
    """The same from what was on record that day, from evidence that is at hand."""
    from winset.positions.estimation import positions, until

    evidence = until(found.evidence, as_of)
    return replace(
        found,
        positions=positions(evidence, issue=spec.issue, method=estimator, as_of=as_of),
        evidence=tuple(evidence),
        left_out=len(found.evidence) - len(evidence),
    )


def estimated_kept(store: CaseStore, *, estimator: str = ESTIMATOR, as_of: PartialDate | None = None) -> Estimated:
    """Where everybody stands in a kept case of any size; of one of more than WHOLE statements from its columns."""
    if is_large(store):
        return estimated_from_columns(store, estimator=estimator, as_of=as_of)
    return estimated(store.spec(), kept_material(store), estimator=estimator, as_of=as_of)


def estimated_from_columns(
    store: CaseStore, *, estimator: str = ESTIMATOR, as_of: PartialDate | None = None
) -> Estimated:
    """Where everybody stands in a case too large to be held as values: persons' words applied, without the evidence.

    What moved a position is told as a number of statements. See `store.observations` for what an origin is there, and
    what it leaves out.  Raises BadCase, UnknownMethod, UnknownName for a judgement on an actor that the registry does
    not hold.  Cost: some 3 s for a million statements.
    """
    from winset.store.observations import said
    from winset.store.weighed import Weighed

    spec, additions = store.spec(), own_registries(store)
    seats = {seat.actor_id: seat.name for seat in seats_of(spec, additions)}
    read = said(store, as_of=as_of, room=lambda: own_room(store))
    held = Weighed(read, spec.issue, method=estimator, as_of=as_of).positions()
    spoke = {ActorId(id): label for id, label in zip(read.columns.actors, read.labels, strict=True)}
    names = {each.actor_id: spoke.get(each.actor_id, str(each.actor_id)) for each in held}
    return Estimated(positions=held, names={**names, **seats}, members=tuple(seats), evidence=())
