"""The double majority of the Council of the European Union, since November 2014."""

from __future__ import annotations

from fractions import Fraction

from winset.decisions.rule import DecisionRule, refuse_thresholds
from winset.decisions.types import Vote
from winset.errors import BadQuota
from winset.ids import ActorId
from winset.issues import Seat, Threshold
from winset.registry import method

LEAST = 15  # members that must say yes where all take part
BLOCKING = 4  # members without which no minority blocks where all take part
_MEMBERS, _PEOPLE = Fraction(55, 100), Fraction(65, 100)


@method("eu-qualified-majority", source="TEU2016", needs=("population",))
def eu_qualified_majority(
    seats: tuple[Seat, ...], thresholds: tuple[Threshold, ...] = (), *, not_taking_part: tuple[ActorId, ...] = ()
) -> DecisionRule:
    """Adopted by 55% of members, at least fifteen, with 65% of the population (Article 16(4)).

    A blocking minority must include at least four members; fewer, however populous, do not block.
    An abstention, silence and absence count as not in favour. Seats need a weight "population".
    For acts on a proposal of the Commission or the High Representative.
    not_taking_part: members with an opt-out, or outside an enhanced cooperation; the shares are then of the others,
    and a blocking minority is the least number of them with more than 35% of their people, and one more (TFEU 238(3)).
    """
    refuse_thresholds("eu-qualified-majority", thresholds)
    part = [seat for seat in seats if seat.actor_id not in not_taking_part]
    if not not_taking_part and len(seats) < LEAST:
        raise BadQuota(f"the double majority needs {LEAST} yes votes, there are {len(seats)} members")
    quota, people = Threshold(of="members", share=_MEMBERS), Threshold(of="population", share=_PEOPLE)
    least = 1 if not_taking_part else LEAST
    enough = max(quota.quota(len(part)), least, len(part) - _blocking(part, whole=not not_taking_part) + 1)
    of_members = [Threshold(of="members", share=Fraction(n, max(1, len(part)))) for n in (least, enough)]
    return DecisionRule(
        id="eu-qualified-majority",
        name="a qualified majority (55% of members, 65% of population)",
        source="TEU2016",
        seats=seats,
        ways=((quota, *([] if not_taking_part else of_members[:1]), people), (of_members[1],)),
        not_taking_part=not_taking_part,
        abstain_as=Vote.NO,
        silent_as=Vote.NO,
        absent_as=Vote.NO,
    )


def _blocking(part: list[Seat], *, whole: bool) -> int:
    """Members that a minority must include to block by its population."""
    if whole:
        return BLOCKING
    people = sorted((seat.weight("population") for seat in part), reverse=True)
    held, everybody = 0, sum(people)
    for number, weight in enumerate(people, start=1):
        held += weight
        if held > (1 - _PEOPLE) * everybody:
            return number + 1
    return len(part)
