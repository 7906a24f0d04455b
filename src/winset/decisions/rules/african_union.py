"""The Assembly of the African Union: consensus, else two thirds."""

from __future__ import annotations

from fractions import Fraction

from winset.decisions.rule import DecisionRule, refuse_thresholds
from winset.issues import Seat, Threshold
from winset.registry import method

TWO_THIRDS = Threshold(of="members", share=Fraction(2, 3))


@method("african-union", source="ConstitutiveAct2000")
def african_union(seats: tuple[Seat, ...], thresholds: tuple[Threshold, ...] = ()) -> DecisionRule:
    """Adopted by consensus or, failing which, by two thirds of the member states (Constitutive Act, Article 7(1)).

    Two thirds of the members form a quorum (7(2)). Matters of procedure, which a simple majority decides, are not
    among the rules here.
    """
    refuse_thresholds("african-union", thresholds)
    vote = DecisionRule(
        id="african-union",
        name="two thirds of the member states",
        source="ConstitutiveAct2000",
        seats=seats,
        ways=((TWO_THIRDS,),),
    )
    return DecisionRule(
        id="african-union",
        name="consensus, failing which two thirds of the member states",
        source="ConstitutiveAct2000",
        seats=seats,
        objection_blocks=True,
        quorum=TWO_THIRDS,
        fallback=vote,
    )
