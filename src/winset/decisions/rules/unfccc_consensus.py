"""The Conference of the Parties to the UNFCCC: no stated objection, as the presidency finds."""

from __future__ import annotations

from fractions import Fraction

from winset.decisions.rule import DecisionRule, refuse_thresholds
from winset.issues import Seat, Threshold
from winset.registry import method


@method("unfccc-consensus", source="UNFCCC1996")
def unfccc_consensus(
    seats: tuple[Seat, ...], thresholds: tuple[Threshold, ...] = (), *, overruled: int = 0
) -> DecisionRule:
    """Adopted when no party present objects; draft rule 42, on voting, was never adopted.

    Two thirds of the parties must be present (draft rule 31).  overruled: objections, at most, that the presidency
    passes over when it declares consensus, as it did over Bolivia's in Cancun in 2010.
    """
    refuse_thresholds("unfccc-consensus", thresholds)
    passed_over = f", the presidency passing over up to {overruled} objection{'s' * (overruled > 1)}"
    return DecisionRule(
        id="unfccc-consensus",
        name="consensus as the presidency finds it" + (passed_over if overruled else ""),
        source="UNFCCC1996",
        seats=seats,
        objection_blocks=True,
        overrules=overruled,
        quorum=Threshold(of="members", share=Fraction(2, 3)),
    )
