"""Sight: a case as it was when it was last looked at; what a later look is compared with. Ids and figures, no words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from winset.brief.index import Index, on_record, stand
from winset.brief.types import Brief
from winset.corpus.types import Document, Rejected
from winset.ids import ActorId, DocumentId, content_id
from winset.positions.types import Shift
from winset.sourcing.types import Discrepancy


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """Where an actor stood."""

    name: str
    value: float  # 0-100, issue scale
    std_error: float  # same scale
    stands: str  # a brief.index.Stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Objected:
    """A member that was likely to object."""

    name: str
    probability: float  # 0-1


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """How an address that is watched answered when it was last asked."""

    trouble: str = ""  # why it could not be read, in one line; "" where it could
    gone: bool = False  # it said that it is gone, and is asked no more
    moved_to: str = ""  # where it said for good that it is now


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """A case at one moment."""

    documents: Mapping[DocumentId, str] = field(default_factory=dict)  # and the place where each was read
    statements: frozenset[str] = frozenset()  # ids of all that count
    positions: Mapping[ActorId, Stood] = field(default_factory=dict)  # of those on record
    shifts: frozenset[str] = frozenset()  # keys, see `shift_key`
    outcome: str = ""  # decisions.types.Outcome
    adopted: float = 0.0  # probability, 0-1
    blockers: Mapping[ActorId, Objected] = field(default_factory=dict)  # more likely than not to object
    discrepancies: frozenset[str] = frozenset()  # keys, see `discrepancy_key`
    rejected: frozenset[str] = frozenset()  # keys, see `rejection_key`
    addresses: Mapping[str, Address] = field(default_factory=dict)
    version: str = ""  # of winset, which made the figures
    at: str = ""  # ISO 8601, UTC


def sight(
    brief: Brief, *, before: Sight | None = None, addresses: Mapping[str, Address] | None = None, at: str = ""
) -> Sight:
    """What is to be remembered of a brief; before: what a brief of a part of the case leaves out.

    at: when it was looked at; the brief's own time where "".
    """
    index, known = Index(brief), before or Sight()
    return Sight(
        documents={**known.documents, **{each.id: place(each) for each in brief.documents}},
        statements=known.statements | {str(each.id) for each in brief.statements},
        positions={
            party.actor_id: Stood(
                name=party.name,
                value=party.position.value,
                std_error=party.position.std_error,
                stands=stand(party.position, brief.issue).value,
            )
            for party in brief.parties
            if party.position is not None and on_record(party)
        },
        shifts=frozenset(shift_key(each) for party in brief.parties for each in party.shifts),
        outcome=brief.forecast.outcome.value,
        adopted=brief.forecast.probability_adopted,
        blockers={
            each.actor_id: Objected(name=index.name(each.actor_id), probability=each.probability)
            for each in index.likely_blockers
        },
        discrepancies=frozenset(map(discrepancy_key, brief.discrepancies)),
        rejected=frozenset(map(rejection_key, brief.rejected)),
        addresses=dict(addresses or {}),
        version=brief.how_made.winset_version,
        at=at or brief.how_made.generated_at,
    )


def place(document: Document) -> str:
    """Where another version of a document would be found: its address, or its name.

    The entries of a feed may all lead to one page: each has its own name.
    """
    return document.name if document.reader == "feed" else document.source_url or document.name


def shift_key(shift: Shift) -> str:
    """Equal for a shift of one actor on one day to the same side."""
    return f"{shift.actor_id} {shift.on} {'up' if shift.after > shift.before else 'down'}"


def discrepancy_key(found: Discrepancy) -> str:
    """Equal while the same things are told, however many documents tell them."""
    values: Sequence[str] = sorted({" ".join(each.value.casefold().split()) for each in found.tellings})
    return content_id("told", found.kind.value, found.about.casefold(), *values)


def rejection_key(rejected: Rejected) -> str:
    """Equal for the same complaint about the same thing."""
    return content_id("rejected", rejected.name, rejected.kind, rejected.reason)
