"""Coded statements of one or several issues -> who is for or against what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from winset.ids import PartialDate
from winset.issues import Issue
from winset.positions.networks.types import Concept, Discourse, Participant, Referral

if TYPE_CHECKING:
    from winset.positions.estimation import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueEvidence:
    """What was said on one issue."""

    issue: Issue
    evidence: Sequence[Evidence]


def discourse(issues: Sequence[IssueEvidence], actors: Sequence[Participant]) -> Discourse:
    """One referral for each statement with a side: for (+1) or against (-1) the proposal, or the rung it speaks of.

    The concepts are the issues and the rungs that somebody speaks of, in the order of their scales; an actor that
    says nothing with a side is left out.
    """
    said = (referral for each in issues for referral in _referrals(each))
    referrals = tuple({(each.statement_id, each.concept, each.level): each for each in said}.values())
    used = {referral.concept for referral in referrals}
    offered = {concept.id: concept for each in issues for concept in _concepts(each.issue, alone=len(issues) == 1)}
    speaking = {referral.actor_id for referral in referrals}
    return Discourse(
        actors=tuple(actor for actor in actors if actor.id in speaking),
        concepts=tuple(concept for concept in offered.values() if concept.id in used),
        referrals=referrals,
    )


def _referrals(of: IssueEvidence) -> Iterator[Referral]:
    for each in of.evidence:
        if each.actor_id is None or not each.counts:
            continue
        said = each.statement
        yield Referral(
            statement_id=said.id,
            actor_id=each.actor_id,
            concept=_id(of.issue, each.stance.rung),
            level=1.0 if each.stance.direction > 0 else -1.0,
            document_id=said.document_id,
            origin=each.origin.key,
            on=_day(each),
            words=said.words,
        )


def _day(evidence: Evidence) -> PartialDate | None:
    """When it was said; the day of publication where that is not told, or might be later."""
    said_on, published = evidence.statement.said_on, evidence.published
    if said_on is None or (published is not None and published.latest < said_on.latest):
        return published
    return said_on


def _id(issue: Issue, rung: str | None) -> str:
    return str(issue.id) if rung is None or rung == issue.proposal else f"{issue.id}/{rung}"


def _concepts(issue: Issue, *, alone: bool) -> Iterator[Concept]:
    """The rungs of an issue; where it is one of several they are told apart by its name."""
    for option in issue.rungs:
        whole = option.label == issue.proposal
        label = option.label if whole or alone else f"{issue.proposal}: {option.label}"
        yield Concept(id=_id(issue, option.label), label=label)
