"""All that a body of documents rests on, worked out once: pipeline, brief and commands share it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from winset.corpus.types import Duplicate
from winset.ids import StatementId
from winset.sourcing.crediting.credits import credits as credits_in
from winset.sourcing.tracing.claims import claims
from winset.sourcing.tracing.lineage import lineage
from winset.sourcing.tracing.origins import origins
from winset.sourcing.tracing.works import works
from winset.sourcing.types import (
    Credit,
    Discrepancy,
    Event,
    Lineage,
    Origin,
    Precedent,
    Question,
    ReadDocument,
    SharedClaim,
    Work,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What the documents lean on, and where each statement comes from in the end."""

    credits: tuple[Credit, ...] = ()
    works: tuple[Work, ...] = ()  # most leaned on first
    claims: tuple[SharedClaim, ...] = ()
    origins: Mapping[StatementId, Origin] = field(default_factory=dict)  # of every statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Account(Sources):
    """The sources, and what else only the whole of the documents tells."""

    lineage: Lineage = field(default_factory=lambda: Lineage(works=(), arrows=()))
    discrepancies: tuple[Discrepancy, ...] = ()
    events: tuple[Event, ...] = ()
    precedents: tuple[Precedent, ...] = ()  # of the proposal; empty where none is given
    questions: tuple[Question, ...] = ()


def sources(read: Sequence[ReadDocument], duplicates: Sequence[Duplicate] = ()) -> Sources:
    """What the documents lean on: all that positions need.

    duplicates: documents that carry another's text, see `corpus.copies`.  Cost: near linear.
    """
    credited = tuple(
        credit
        for each in read
        for credit in credits_in(each.document, each.segments, each.statements, each.identifications)
    )
    leaned_on = works(read, credited)
    shared = claims(read, leaned_on, duplicates)
    return Sources(
        credits=credited, works=leaned_on, claims=shared, origins=origins(read, leaned_on, shared, duplicates)
    )


def account(
    read: Sequence[ReadDocument], duplicates: Sequence[Duplicate] = (), *, proposal: str | None = None
) -> Account:
    """The whole account.  proposal: what precedents are looked for; None: for nothing."""
    from winset.sourcing.asking.questions import questions
    from winset.sourcing.discrepancies import discrepancies
    from winset.sourcing.events.timeline import timeline
    from winset.sourcing.precedents.finding import precedents

    found = sources(read, duplicates)
    return Account(
        credits=found.credits,
        works=found.works,
        claims=found.claims,
        origins=found.origins,
        lineage=lineage(read, found.works, found.claims, duplicates),
        discrepancies=discrepancies(read, credits=found.credits),
        events=timeline(read),
        precedents=precedents(read, proposal) if proposal else (),
        questions=questions(read),
    )
