"""Who stands in a brief: members with and without a word on record, then all others that spoke or are named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from winset.actors.additions import Addition
from winset.actors.registry import registry
from winset.actors.types import ActorKind, Identification, Standing
from winset.brief.past import past
from winset.brief.types import Party
from winset.brief.what_would_change import what_would_change
from winset.corpus.types import Document
from winset.ids import ActorId, PartialDate
from winset.issues import CaseSpec, Issue, Seat
from winset.positions.estimation import Evidence, by_actor
from winset.positions.movement import shifts
from winset.positions.types import Position

NAMED_IN = 2  # documents that must name a state that says nothing before it is listed


def parties(
    spec: CaseSpec,
    seats: Sequence[Seat],
    evidence: Sequence[Evidence],
    positions: Sequence[Position],
    *,
    documents: Sequence[Document],
    additions: tuple[Addition, ...] = (),
) -> tuple[Party, ...]:
    """Members first, each with or without a word on record, then all others that spoke, by standing and name.

    A state that the documents keep naming is listed too, so that a reader sees that it has no vote.
    """
    spoken: dict[ActorId, list[Evidence]] = {}
    for each in evidence:
        if each.actor_id is not None:
            spoken.setdefault(each.actor_id, []).append(each)
    held = {position.actor_id: position for position in positions}

    def made(actor_id: ActorId, name: str, standing: Standing, votes: int) -> Party:
        return Party(
            actor_id=actor_id,
            name=name,
            standing=standing,
            votes=votes,
            position=held.get(actor_id),
            statements=tuple(each.statement.id for each in spoken.get(actor_id, ())),
        )

    members = [made(seat.actor_id, seat.name, Standing.MEMBER, seat.votes) for seat in seats]
    seated = {seat.actor_id for seat in seats}
    others = [
        made(actor_id, label_of(said[0].identification), standing_of(said), 0)
        for actor_id, said in spoken.items()
        if actor_id not in seated
    ]
    others += [
        made(actor_id, name, standing, 0)
        for actor_id, name, standing in _named_states(spec, documents, additions)
        if actor_id not in seated and actor_id not in spoken
    ]
    order = list(Standing)
    others.sort(key=lambda other: (order.index(other.standing), other.name))
    return (*sorted(members, key=lambda member: member.name), *others)


def with_accounts(
    parties: Iterable[Party], evidence: Sequence[Evidence], issue: Issue, method: str, as_of: PartialDate | None
) -> tuple[Party, ...]:
    """Each party with what would change its position, where it stood before, and when it moved."""
    rows = by_actor(evidence)
    told = []
    for party in parties:
        position, own = party.position, rows.get(party.actor_id, [])
        if position is None or not own:
            told.append(party)
            continue
        told.append(
            replace(
                party,
                changes=what_would_change(own, position, issue=issue, as_of=as_of),
                course=past(own, position, issue=issue, as_of=as_of),
                shifts=shifts(own, issue=issue, method=method, as_of=as_of),
            )
        )
    return tuple(told)


def _named_states(
    spec: CaseSpec, documents: Sequence[Document], additions: tuple[Addition, ...]
) -> Iterator[tuple[ActorId, str, Standing]]:
    """States named in at least two documents, or in the only one, with their standing before the body."""
    known, day = registry(additions), spec.issue.on.latest
    partners = frozenset() if spec.seats else known.partners(spec.issue.body, day)
    named = Counter(
        actor_id
        for document in documents
        for actor_id in {mention.actor_id for mention in known.mentions(document.text, on=day)}
    )
    for actor_id in sorted(named):
        actor = known.actor(actor_id)
        if actor.kind is ActorKind.STATE and named[actor_id] >= min(NAMED_IN, len(documents)):
            yield actor_id, actor.name, Standing.PARTNER if actor_id in partners else Standing.OUTSIDE


def label_of(who: Identification) -> str:
    """A state or body by its name, a commentator by its own: "Ann Bee (expert: Some Institute)"."""
    represents = who.represents or str(who.actor_id)
    return represents if who.actor_id is not None or who.speaker is None else f"{who.speaker} ({represents})"


def standing_of(said: Sequence[Evidence]) -> Standing:
    """That of most of its statements; who has no seat that day is no member, whatever it was or became."""
    found = Counter(each.identification.standing for each in said).most_common(1)[0][0]
    return Standing.OUTSIDE if found is Standing.MEMBER else found
