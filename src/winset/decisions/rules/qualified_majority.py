"""A qualified majority with thresholds of its own: any weighted game, or games joined by "and" and "or"."""

from __future__ import annotations

from winset.decisions.rule import DecisionRule
from winset.errors import BadQuota
from winset.issues import Seat, Threshold
from winset.registry import method


@method("qualified-majority", source="FelsenthalMachover1998", needs=("thresholds",))
def qualified_majority(
    seats: tuple[Seat, ...],
    thresholds: tuple[Threshold, ...] = (),
    *,
    ways: tuple[tuple[Threshold, ...], ...] = (),
    name: str | None = None,
) -> DecisionRule:
    """Adopted when the yes side meets every threshold given, each a share of the whole body.

    The one rule that takes thresholds; whoever does not say yes counts against.
    ways: further lists of thresholds, any of which is enough when met whole.  name: in place of one made of them.
    Raises BadQuota when none is given.
    """
    every = ((thresholds,) if thresholds else ()) + ways
    if not every:
        raise BadQuota("qualified-majority has no thresholds of its own: give at least one, such as 2/3 of votes")
    told = ", or ".join(" and ".join(each.in_words for each in way) for way in every)
    return DecisionRule(
        id="qualified-majority",
        name=name or f"a qualified majority of {told}",
        source="FelsenthalMachover1998",
        seats=seats,
        ways=every,
    )
