"""The weighted votes of the Council of the European Communities on what the Commission had not proposed."""

from __future__ import annotations

from winset.decisions.council_votes import weighted_votes
from winset.decisions.rule import DecisionRule, refuse_thresholds
from winset.issues import Seat, Threshold
from winset.registry import method


@method("eu-weighted-votes-without-proposal", source="TreatyOfNice2001", needs=("votes",))
def eu_weighted_votes_without_proposal(seats: tuple[Seat, ...], thresholds: tuple[Threshold, ...] = ()) -> DecisionRule:
    """Adopted by the weighted votes of the time, cast by four of six members in 1958, since 2004 by two thirds.

    Six of nine from 1973, six of ten from 1981, eight of twelve from 1986, ten of fifteen from 1995. The check that
    any member could ask for since November 2004, 62% of the population, is always made.
    Raises BadQuota where the votes of all do not add up to those of any of the periods.
    """
    refuse_thresholds("eu-weighted-votes-without-proposal", thresholds)
    return weighted_votes("eu-weighted-votes-without-proposal", seats, on_proposal=False)
