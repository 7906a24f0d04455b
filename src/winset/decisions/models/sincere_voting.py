"""Sincere voting: each member compares the proposal with the status quo, and the rule counts."""

from __future__ import annotations

from winset.decisions.preferences import sincere_votes
from winset.decisions.rule import DecisionRule
from winset.decisions.types import Case, Outcome
from winset.registry import method


@method("sincere-voting", source="EnelowHinich1984", needs=("proposal", "status_quo", "rule"))
def sincere_voting(case: Case, rule: DecisionRule) -> float | None:
    """The proposal, if the rule adopts it when members vote for what lies nearer to them; else None, no change.

    A member objects when the proposal is farther from its ideal point than the status quo, times salience,
    by more than `case.cost_of_objecting`. Members with nothing on record are silent, as the rule counts it.
    """
    votes = sincere_votes(case, option=case.issue.proposal_value)
    return case.issue.proposal_value if rule.outcome(votes) is Outcome.ADOPTED else None
