"""The weighted votes of the Council of the European Communities and Union, 1958 to 2014."""

from __future__ import annotations

from fractions import Fraction

from winset.decisions.rule import HALF, DecisionRule, refuse_thresholds
from winset.decisions.types import Vote
from winset.errors import BadQuota
from winset.issues import Seat, Threshold
from winset.registry import method

QUOTAS = {  # of all votes: those that adopt
    17: 12,  # six members, Treaty of Rome, Article 148(2)
    58: 41,  # nine, Act of Accession of 1972 as adjusted in 1973
    63: 45,  # ten, 1979
    76: 54,  # twelve, 1985
    87: 62,  # fifteen, 1994 as adjusted in 1995
    124: 88,  # twenty-five from May to October 2004, Act of Accession of 2003, Article 26
    321: 232,  # twenty-five, Treaty of Nice and Act of 2003, Article 12
    345: 255,  # twenty-seven, 2005
    352: 260,  # twenty-eight, 2012, Article 20
}
_NICE = 321  # from this whole on, a majority of members and 62% of the population too
_WEIGHTS = "weighted votes"  # of seats that have one vote each besides, as from November 2014 to March 2017


@method("eu-weighted-votes", source="TreatyOfNice2001", needs=("votes",))
def eu_weighted_votes(seats: tuple[Seat, ...], thresholds: tuple[Threshold, ...] = ()) -> DecisionRule:
    """Adopted by the weighted votes that the treaty of the time asks for, 12 of 17 in 1958 to 260 of 352 in 2013.

    Since November 2004 a majority of the members must say yes too, and, as any member could ask, members with 62%
    of the population; seats then need a weight "population". The weights are the seats' `votes`, or their weight
    "weighted votes" where all have one. An abstention, silence and absence count as not in favour.
    For acts on a proposal of the Commission; without one more members had to agree, which is not counted here.
    Raises BadQuota where the votes of all do not add up to those of any of the periods.
    """
    refuse_thresholds("eu-weighted-votes", thresholds)
    of = _WEIGHTS if all(_WEIGHTS in dict(seat.weights) for seat in seats) else "votes"
    whole = sum(seat.weight(of) for seat in seats)
    if whole not in QUOTAS:
        raise BadQuota(
            f"the votes given add up to {whole}: in the Council they were {', '.join(str(known) for known in QUOTAS)} "
            "in all; take all members of one period, or the rule qualified-majority"
        )
    further = (Threshold(of="members", share=HALF, more_than=True), Threshold(of="population", share=Fraction(62, 100)))
    return DecisionRule(
        id="eu-weighted-votes",
        name=f"a qualified majority of {QUOTAS[whole]} of {whole} weighted votes",
        source="TreatyOfNice2001",
        seats=seats,
        thresholds=(Threshold(of=of, share=Fraction(QUOTAS[whole], whole)), *(further if whole >= _NICE else ())),
        abstain_as=Vote.NO,
        silent_as=Vote.NO,
        absent_as=Vote.NO,
    )
