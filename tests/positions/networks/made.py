"""Small invented discourses."""

from __future__ import annotations

from collections.abc import Iterable

from winset.ids import ActorId, DocumentId, EvidenceId, PartialDate, StatementId
from winset.positions.networks.types import Concept, Discourse, Participant, Referral


def referral(
    actor: str,
    concept: str,
    level: float,
    number: int = 0,
    *,
    document: str = "",
    origin: str = "",
    on: str | None = None,
) -> Referral:
    """One statement; `number` tells those of one kind apart, and names the document where none is given."""
    return Referral(
        statement_id=StatementId(EvidenceId(f"{actor}-{concept}-{level:g}-{number}")),
        actor_id=ActorId(actor),
        concept=concept,
        level=level,
        document_id=DocumentId(document or str(number)),
        origin=origin,
        on=PartialDate(on) if on else None,
        words=f"what {actor} said of {concept}",
    )


def discourse(referrals: Iterable[Referral], scale: tuple[float, float] = (-1.0, 1.0)) -> Discourse:
    """Actors and concepts in order of their ids."""
    said = tuple(referrals)
    return Discourse(
        actors=tuple(Participant(id=ActorId(id), name=id.upper()) for id in sorted({each.actor_id for each in said})),
        concepts=tuple(Concept(id=id, label=f"the {id}") for id in sorted({each.concept for each in said})),
        referrals=said,
        scale=scale,
    )
