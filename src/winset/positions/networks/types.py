"""Who refers to what, for or against; and the networks that follow from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from winset.errors import InvalidValue, OffScale
from winset.ids import ActorId, DocumentId, PartialDate, StatementId
from winset.positions.networks.kinds import Duplicates, Kind, Normalisation

Matrix: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """One statement's stance on one concept."""

    statement_id: StatementId
    actor_id: ActorId
    concept: str  # id of a `Concept`
    level: float  # of agreement; -1 against, +1 for, where the discourse has no other scale
    document_id: DocumentId
    origin: str = ""  # key of the independent origin; empty: the document
    on: PartialDate | None = None
    words: str = ""  # what was said, exactly


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """An actor as a node."""

    id: ActorId
    name: str
    standing: str = "unknown"  # a value of `actors.types.Standing`
    position: float | None = None  # issue scale; None where there are several issues, or nothing tells
    std_error: float | None = None  # same scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """What one can be for or against: a proposal, a rung of an issue's scale, a coder's category."""

    id: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Discourse:
    """All referrals, with the actors and concepts they join.

    Raises InvalidValue for a referral to somebody or something that is not there, OffScale for its level.
    """

    actors: tuple[Participant, ...]
    concepts: tuple[Concept, ...]
    referrals: tuple[Referral, ...]
    scale: tuple[float, float] = (-1.0, 1.0)  # least and greatest level there can be

    def __post_init__(self) -> None:
        actors, concepts = {actor.id for actor in self.actors}, {concept.id for concept in self.concepts}
        low, high = self.scale
        if not low < high:
            raise OffScale(f"a scale of agreement from {low:g} to {high:g}: its ends must differ, the least first")
        for referral in self.referrals:
            if referral.actor_id not in actors or referral.concept not in concepts:
                raise InvalidValue(
                    f"statement {referral.statement_id}: {referral.actor_id} on {referral.concept}: list both first"
                )
            if not low <= referral.level <= high:
                raise OffScale(
                    f"agreement of statement {referral.statement_id} is {referral.level:g}: "
                    f"allowed is {low:g} to {high:g}"
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """What joins two nodes, and the statements behind it."""

    source: str  # id of an actor
    target: str  # id of another actor, or of a concept
    weight: float
    statements: tuple[StatementId, ...]  # in order of their dates


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Network:
    """Weights between actors, or between actors and concepts, with what they were counted from."""

    kind: Kind
    normalisation: Normalisation
    duplicates: Duplicates
    actors: tuple[Participant, ...]  # those that refer to something
    concepts: tuple[Concept, ...]  # those referred to
    weights: Matrix  # (actors, actors), symmetric, 0 from an actor to itself; two-mode: (actors, concepts). Read-only.
    referrals: tuple[Referral, ...]  # those that count, in order of their dates
    scale: tuple[float, float]
    since: date | None = None  # first and last day; None: as far as anything is known
    until: date | None = None

    @property
    def is_two_mode(self) -> bool:
        """Whether the columns are concepts."""
        return self.kind is Kind.TWO_MODE
