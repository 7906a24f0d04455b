"""What a forecast takes as given without evidence, each with the answer if it were otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from winset.decisions.counting import adopted
from winset.decisions.draws import SILENT, drawn, electing, sober
from winset.decisions.preferences import Ballots, ballots
from winset.decisions.profile import Profile
from winset.decisions.rule import DecisionRule
from winset.decisions.types import Assumption, Case

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

COST_TRIED = 5.0  # as a loss of ten points to a member that gives the issue half of its attention
TRIED = 20_000  # draws an alternative is measured in: to a percent, nobody asks for more


def otherwise(
    case: Case, rule: DecisionRule, *, draws: int, seed: int, silent_objection: float
) -> Iterator[Assumption]:
    """Every assumption that may bear on this case, held and not held in the same draws, TRIED of them at most."""
    draws = min(draws, TRIED)
    tried = _Tried(case, rule, draws=draws, seed=seed)
    unknown = len(rule.seats) - len(case.on_record)
    those = f"{unknown} of {len(rule.seats)} members have nothing on record"
    if unknown and rule.by_objection:
        yield tried.found(
            "members with nothing on record do not object",
            f"{those}; by the rule, {rule.name}, a member that says nothing stops nothing.",
            f"each of them objects with a probability of {silent_objection:.0%}, an assumption and no estimate",
            tried.some_object(silent_objection),
        )
    if unknown and not rule.by_objection:
        for way, yes in (("in favour", True), ("against", False)):
            yield tried.found(
                f"members with nothing on record are spread evenly, not all {way}",
                f"{those}; each is taken to stand anywhere on the scale with equal chance.",
                f"all of them vote {'yes' if yes else 'no'}",
                tried.all_vote(yes=yes),
            )
    if rule.by_objection and case.on_record:
        cost = case.cost_of_objecting
        other = 0.0 if cost else COST_TRIED
        yield tried.found(
            f"an objection costs a member {_priced(cost)}",
            "A member objects as soon as it loses more by the proposal than an objection costs it.",
            f"it costs {_priced(other)}",
            tried.at_cost(other),
        )
    if len(case.on_record) > 1:
        together = _Tried(case, rule, draws=draws, seed=seed, shared_error=True)
        yield tried.found(
            "errors in the positions are independent",
            "Being wrong about one member is taken to say nothing about the others.",
            "all positions are too high or too low together",
            together.held,
        )


class _Tried:
    """The draws of one case, put to the vote in one way or another."""

    def __init__(self, case: Case, rule: DecisionRule, *, draws: int, seed: int, shared_error: bool = False) -> None:
        self.rule, self.draws, self.seed = rule, draws, seed
        self.known = list(drawn([case], rule, draws=draws, seed=seed, shared_error=shared_error))
        self.cast = [cast_on(profile, seed=seed, chunk=chunk) for chunk, profile in enumerate(self.known)]
        self.held = self.share(self.cast)

    def found(self, name: str, text: str, otherwise: str, share: float) -> Assumption:
        return Assumption(
            name=name,
            text=text,
            otherwise=otherwise,
            adopted_if_held=sober(self.held, self.draws),
            adopted_otherwise=sober(share, self.draws),
        )

    def share(self, cast: list[Ballots]) -> float:
        return sum(float(adopted(self.rule, yes=each.yes, no=each.no).sum()) for each in cast) / self.draws

    def some_object(self, chance: float) -> float:
        import numpy as np

        def moved(chunk: int, cast: Ballots) -> Ballots:
            blank = _unknown(self.known[chunk])
            thrown = np.random.default_rng([self.seed, SILENT, chunk]).random(cast.no.shape) < chance
            return Ballots(yes=cast.yes & ~(thrown & blank), no=cast.no | (thrown & blank))

        return self.share([moved(chunk, cast) for chunk, cast in enumerate(self.cast)])

    def all_vote(self, *, yes: bool) -> float:
        return self.share([unknown_vote(of, cast, yes=yes) for of, cast in zip(self.known, self.cast, strict=True)])

    def at_cost(self, cost: float) -> float:
        import numpy as np

        dear = [replace(of, cost_of_objecting=np.full(len(of.positions), cost)) for of in self.known]
        return self.share([cast_on(profile, seed=self.seed, chunk=chunk) for chunk, profile in enumerate(dear)])


def cast_on(profile: Profile, *, seed: int, chunk: int) -> Ballots:
    """The votes on the proposal in each draw: shape (d, 1, seats)."""
    return ballots(electing(profile, seed=seed, chunk=chunk), option=profile.proposal)


def unknown_vote(profile: Profile, cast: Ballots, *, yes: bool) -> Ballots:
    """The same votes, with every member that has nothing on record for it, or every one against."""
    blank = _unknown(profile)
    if yes:
        return Ballots(yes=cast.yes | blank, no=cast.no & ~blank)
    return Ballots(yes=cast.yes & ~blank, no=cast.no | blank)


def _unknown(profile: Profile) -> NDArray[np.bool_]:
    return ~profile.known[..., profile.seated]


def _priced(cost: float) -> str:
    return f"{cost:g} points of the scale times salience" if cost else "nothing"
