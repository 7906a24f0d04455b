"""The weighted votes of the Council of the European Communities and Union, 1958 to 2014."""

from __future__ import annotations

from winset.decisions.council_votes import weighted_votes
from winset.decisions.rule import DecisionRule, refuse_thresholds
from winset.issues import Seat, Threshold
from winset.registry import method


@method("eu-weighted-votes", source="TreatyOfNice2001", needs=("votes",))
def eu_weighted_votes(seats: tuple[Seat, ...], thresholds: tuple[Threshold, ...] = ()) -> DecisionRule:
    """Adopted by the weighted votes that the treaty of the time asks for, 12 of 17 in 1958 to 260 of 352 in 2013.

    Since November 2004 a majority of the members must say yes too, and, as any member could ask, members with 62%
    of the population; seats then need a weight "population". The weights are the seats' `votes`, or their weight
    "weighted votes" where all have one. An abstention, silence and absence count as not in favour.
    For acts on a proposal of the Commission; for others `eu-weighted-votes-without-proposal`.
    Raises BadQuota where the votes of all do not add up to those of any of the periods.
    """
    refuse_thresholds("eu-weighted-votes", thresholds)
    return weighted_votes("eu-weighted-votes", seats, on_proposal=True)
