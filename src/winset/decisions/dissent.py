"""What a rule makes of one member that does not say yes where all others do: its veto, whatever the count."""

from __future__ import annotations

from winset.decisions.rule import DecisionRule
from winset.decisions.types import Outcome, Vote
from winset.ids import ActorId


class Dissent:
    """A rule that is asked this of many members.

    Members whom the rule treats alike, with as many votes and weights, are alike in this: it is asked once of each
    kind. Of 193 members with a vote each that is two questions instead of 386.
    """

    def __init__(self, rule: DecisionRule) -> None:
        self.rule = rule
        chain = [rule]
        while chain[-1].fallback is not None:
            chain.append(chain[-1].fallback)
        aside = [frozenset(ids) for each in chain for ids in (each.must_abstain, each.not_taking_part)]
        self._kinds: dict[ActorId, object] = {
            seat.actor_id: (seat.votes, seat.veto, seat.weights, *(seat.actor_id in ids for ids in aside))
            for seat in rule.seats
        }
        self._all_yes = {seat.actor_id: Vote.YES for seat in rule.seats}
        self._known: dict[tuple[object, Vote], Outcome] = {}

    def outcome(self, actor_id: ActorId, vote: Vote) -> Outcome:
        """What is decided where this member votes so and every other one says yes.

        Raises UnknownName for somebody without a seat.
        """
        kind = self._kinds.get(actor_id)
        if kind is None:
            return self.rule.outcome(self._all_yes | {actor_id: vote})
        if (kind, vote) not in self._known:
            self._known[kind, vote] = self.rule.outcome(self._all_yes | {actor_id: vote})
        return self._known[kind, vote]

    def blocks(self, actor_id: ActorId) -> bool:
        """As `DecisionRule.blocks_alone`."""
        return self.outcome(actor_id, Vote.NO) is Outcome.BLOCKED
