"""The weighted votes of the Council by treaty, 1958 to 2014: how many adopt, and how many members must cast them."""

from __future__ import annotations

from fractions import Fraction

from winset.decisions.rule import HALF, DecisionRule
from winset.decisions.types import Vote
from winset.errors import BadQuota
from winset.issues import Seat, Threshold

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
MEMBERS = {  # of all votes: members that must say yes where the Commission has made no proposal
    17: 4,  # of six, Treaty of Rome, Article 148(2)
    58: 6,  # of nine, 1973
    63: 6,  # of ten, 1981
    76: 8,  # of twelve, 1986
    87: 10,  # of fifteen, 1995; two thirds from then on, Act of Accession of 2003, Articles 12 and 26
}
NICE = 321  # from this whole on, a majority of members and 62% of the population too
_MOST = Threshold(of="members", share=HALF, more_than=True)
_TWO_THIRDS = Threshold(of="members", share=Fraction(2, 3))
_POPULATION = Threshold(of="population", share=Fraction(62, 100))
_WEIGHTS = "weighted votes"  # of seats that have one vote each besides, as from November 2014 to March 2017


def weighted_votes(id: str, seats: tuple[Seat, ...], *, on_proposal: bool) -> DecisionRule:
    """The rule of the period that the seats' votes add up to; raises BadQuota where none had so many.

    on_proposal: of the Commission.
    """
    of = _WEIGHTS if all(_WEIGHTS in dict(seat.weights) for seat in seats) else "votes"
    whole = sum(seat.weight(of) for seat in seats)
    if whole not in QUOTAS:
        raise BadQuota(
            f"the votes given add up to {whole}: in the Council they were {', '.join(str(known) for known in QUOTAS)} "
            "in all; take all members of one period, or the rule qualified-majority"
        )
    own = MEMBERS.get(whole)
    name = f"a qualified majority of {QUOTAS[whole]} of {whole} weighted votes"
    members: tuple[Threshold, ...] = (_MOST,) if whole >= NICE else ()
    if not on_proposal:
        members = (_TWO_THIRDS if own is None else Threshold(of="members", share=Fraction(own, len(seats))),)
        name += f", cast by {members[0].quota(len(seats))} members"
    return DecisionRule(
        id=id,
        name=name,
        source="TreatyOfNice2001",
        seats=seats,
        ways=(
            (
                Threshold(of=of, share=Fraction(QUOTAS[whole], whole)),
                *members,
                *((_POPULATION,) if whole >= NICE else ()),
            ),
        ),
        abstain_as=Vote.NO,
        silent_as=Vote.NO,
        absent_as=Vote.NO,
    )
