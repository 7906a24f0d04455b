"""What a forecast takes as given without evidence, each with the answer if it were otherwise."""

from __future__ import annotations

from collections.abc import Callable

from winset.decisions.draws import Ballots, Electorate, electorate, sober
from winset.decisions.types import Assumption

UNKNOWN_IDEAL = 50.0  # mean of a draw evenly over the scale
COST_TRIED = 5.0  # as a loss of ten points to a member that gives the issue half of its attention
SILENT_STREAM = 2  # beside the streams of `draws`


def assumptions(drawn: Electorate, *, draws: int, seed: int, silent_objection: float) -> tuple[Assumption, ...]:
    """Every assumption that may bear on this case, measured in the same draws as the forecast."""
    option = drawn.case.issue.proposal_value
    held = drawn.ballots(option)
    adopted = sober(drawn.share_adopted(held), draws)

    def measured(name: str, text: str, otherwise: str, share: float) -> Assumption:
        return Assumption(
            name=name, text=text, otherwise=otherwise, adopted_if_held=adopted, adopted_otherwise=sober(share, draws)
        )

    found = []
    unknown = int((~drawn.known).sum())
    those = f"{unknown} of {len(drawn.rule.seats)} members have nothing on record"
    if unknown and drawn.rule.by_objection:
        found.append(
            measured(
                "members with nothing on record do not object",
                f"{those}; by the rule, {drawn.rule.name}, a member that says nothing stops nothing.",
                f"each of them objects with a probability of {silent_objection:.0%}, an assumption and no estimate",
                drawn.share_adopted(_some_object(drawn, held, silent_objection, seed)),
            )
        )
    if unknown and not drawn.rule.by_objection:
        for way, yes in (("in favour", True), ("against", False)):
            found.append(
                measured(
                    f"members with nothing on record are spread evenly, not all {way}",
                    f"{those}; each is taken to stand anywhere on the scale with equal chance.",
                    f"all of them vote {'yes' if yes else 'no'}",
                    drawn.share_adopted(_all_vote(drawn, held, yes=yes)),
                )
            )
    if drawn.rule.by_objection and drawn.known.any():
        found.append(_cost(drawn, measured))
    if drawn.known.sum() > 1:
        together = electorate(drawn.case, drawn.rule, draws=draws, seed=seed, shared_error=True)
        found.append(
            measured(
                "errors in the positions are independent",
                "Being wrong about one member is taken to say nothing about the others.",
                "all positions are too high or too low together",
                together.share_adopted(together.ballots(option)),
            )
        )
    return tuple(found)


def _cost(drawn: Electorate, measured: Callable[[str, str, str, float], Assumption]) -> Assumption:
    cost = drawn.case.cost_of_objecting
    other = 0.0 if cost else COST_TRIED
    return measured(
        f"an objection costs a member {_priced(cost)}",
        "A member objects as soon as it loses more by the proposal than an objection costs it.",
        f"it costs {_priced(other)}",
        drawn.share_adopted(drawn.ballots(drawn.case.issue.proposal_value, cost_of_objecting=other)),
    )


def _priced(cost: float) -> str:
    return f"{cost:g} points of the scale times salience" if cost else "nothing"


def _some_object(drawn: Electorate, held: Ballots, chance: float, seed: int) -> Ballots:
    import numpy as np

    thrown = np.random.default_rng([seed, SILENT_STREAM]).random(held.no.shape) < chance
    return Ballots(yes=held.yes, no=held.no | (thrown & ~drawn.known))


def _all_vote(drawn: Electorate, held: Ballots, *, yes: bool) -> Ballots:
    unknown = ~drawn.known
    if yes:
        return Ballots(yes=held.yes | unknown, no=held.no & ~unknown)
    return Ballots(yes=held.yes & ~unknown, no=held.no | unknown)
