"""The ways a rule leaves a blocker to let the proposal pass, and which costs the others least."""

from __future__ import annotations

from collections.abc import Iterator

from winset.decisions.dissent import Dissent
from winset.decisions.preferences import consents_up_to, gain
from winset.decisions.rule import DecisionRule
from winset.decisions.types import Case, Consent, Outcome, Vote, Way
from winset.positions.types import Position


def consents(
    position: Position, case: Case, rule: DecisionRule, *, dissent: Dissent | None = None
) -> tuple[Consent, ...]:
    """Every way the rule has for this member, those that take nothing from the proposal first.

    Whether a way is open is asked of the rule with every other member saying yes: it is about this member's veto, not
    about the count.  An abstention costs the blocker its whole loss, a move nothing: `points` and `loss` say who pays.
    dissent: the rule as it is asked of many members.
    """
    ways = _ways(position, case, dissent or Dissent(rule))
    return tuple(sorted(ways, key=lambda consent: (consent.points, consent.loss)))


def _ways(position: Position, case: Case, dissent: Dissent) -> Iterator[Consent]:
    issue, actor, rule = case.issue, position.actor_id, dissent.rule
    whole = -gain(position.value, salience=position.salience, option=issue.proposal_value, status_quo=issue.status_quo)
    loss = max(0.0, whole)

    def lets_pass(vote: Vote) -> bool:
        return dissent.outcome(actor, vote) is Outcome.ADOPTED

    def as_it_is(way: Way, loss: float) -> Consent:
        return Consent(way=way, points=0.0, to=issue.proposal_value, loss=loss)

    if lets_pass(Vote.NO):
        yield as_it_is(Way.NOTHING, loss)
        return
    need_not_say_yes = lets_pass(Vote.ABSTAIN)
    if need_not_say_yes:
        outside = actor in rule.not_bound({actor: Vote.ABSTAIN})
        yield as_it_is(Way.OPT_OUT, 0.0) if outside else as_it_is(Way.ABSTAIN, loss)
    if rule.reservations:
        yield as_it_is(Way.RESERVE, loss)
    price = case.cost_of_objecting if need_not_say_yes else 0.0  # not to object is then not enough
    to = consents_up_to(position, issue=issue, cost_of_objecting=price)
    left = gain(position.value, salience=position.salience, option=to, status_quo=issue.status_quo)
    yield Consent(way=Way.MOVE, points=abs(issue.proposal_value - to), to=to, loss=max(0.0, -left))
