"""What the World Trade Organization's decisions have in common: a quorum, and consensus before any vote."""

from __future__ import annotations

from winset.decisions.rule import HALF, DecisionRule
from winset.issues import Seat, Threshold

QUORUM = Threshold(of="members", share=HALF, more_than=True)  # Rules of procedure WT/L/161, rule 16


def else_voting(id: str, seats: tuple[Seat, ...], *, named: str, quota: Threshold, of_votes_cast: bool) -> DecisionRule:
    """Consensus of those present and, where it fails, a vote by that quota.  named: the vote, as read aloud."""
    vote = DecisionRule(
        id=id,
        name=named,
        source="Marrakesh1994",
        seats=seats,
        ways=((quota,),),
        of_votes_cast=of_votes_cast,
    )
    return DecisionRule(
        id=id,
        name=f"consensus of the members present, failing which {named}",
        source="Marrakesh1994",
        seats=seats,
        objection_blocks=True,
        quorum=QUORUM,
        fallback=vote,
    )
