"""A decision rule over many profiles of votes at once; agrees with `DecisionRule.outcome` on each of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from winset.decisions.rule import DecisionRule
from winset.decisions.types import Vote
from winset.issues import Threshold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FLOAT_EXACT = 2**53  # whole numbers up to here are exact as floats, which multiply several times as fast
LARGEST = 2**62  # a sum of weights times a denominator below this is exact in 64 bits
ROWS = 8192  # profiles turned into numbers at a time, to stay in the processor's cache


def adopted(
    rule: DecisionRule, *, yes: NDArray[np.bool_], no: NDArray[np.bool_], absent: NDArray[np.bool_] | None = None
) -> NDArray[np.bool_]:
    """Whether each profile is adopted, by the rule or its fallback.

    yes, no: shape (..., members), members in the order of `rule.seats`, as `rule.counted` counts them;
    neither is an abstention.  absent: the same shape, who is away, for a quorum; None: everybody is there.
    Returns shape (...).  Cost: one product for all thresholds together.
    """
    import numpy as np

    passes = _by_the_chain(rule, _Sides(rule, yes, no))
    if rule.quorum is not None and absent is not None:
        there = np.asarray(~absent)
        passes &= _met(rule.quorum, _weighed(there, rule.weights(rule.quorum.of)), rule.weights(rule.quorum.of))
    return passes


def adopted_if_each(
    rule: DecisionRule, *, yes: NDArray[np.bool_], no: NDArray[np.bool_], asked: Sequence[int], says_yes: bool
) -> NDArray[np.bool_]:
    """Whether each profile is adopted if that one member says yes, or no, in place of what it says; everybody is there.

    asked: numbers of seats, k, each taken by itself.  Returns shape (..., k).
    Cost: that of `adopted` and k comparisons more for each profile; votes are not counted again for each member.
    """
    return _by_the_chain(rule, _Sides(rule, yes, no, asked=asked, says_yes=says_yes))


def adopted_with_more(
    rule: DecisionRule, *, yes: NDArray[np.bool_], no: NDArray[np.bool_], order: Sequence[int]
) -> NDArray[np.bool_]:
    """Whether each profile is adopted once the first, the first two ... of these members say yes; everybody is there.

    order: numbers of seats, k, each once.  Returns shape (..., k).  Cost: that of `adopted_if_each`.
    """
    return _by_the_chain(rule, _Sides(rule, yes, no, asked=order, says_yes=True, together=True))


def counted(
    rule: DecisionRule, *, yes: NDArray[np.bool_], no: NDArray[np.bool_], silent: NDArray[np.bool_]
) -> dict[str, NDArray[np.bool_]]:
    """Yes and no as the rule counts them, when all others abstain, or are silent: arguments of `adopted`."""
    said = {Vote.YES: yes, Vote.NO: no}
    silence, abstention = rule.counted(Vote.SILENT), rule.counted(Vote.ABSTAIN)
    if silence is abstention is Vote.ABSTAIN:
        return {"yes": yes, "no": no}
    idle = ~(yes | no)
    for counts_as, who in ((silence, silent), (abstention, ~silent)):
        if counts_as in said:
            said[counts_as] = said[counts_as] | (idle & who)
    return {"yes": said[Vote.YES], "no": said[Vote.NO]}


class _Sides:
    """What those weigh that say yes, say no and abstain: as they are, or with one member after the other forced.

    together: with those before it in the list forced as well.
    """

    def __init__(
        self,
        rule: DecisionRule,
        yes: NDArray[np.bool_],
        no: NDArray[np.bool_],
        *,
        asked: Sequence[int] | None = None,
        says_yes: bool = True,
        together: bool = False,
    ) -> None:
        import numpy as np

        self.as_cast = yes, no
        self.together = together
        voting = {seat.actor_id for seat in rule.may_vote}
        self.may = np.array([seat.actor_id in voting for seat in rule.seats])
        if not self.may.all():
            yes, no = yes & self.may, no & self.may
        self.yes, self.no = yes, no
        self.asked = None if asked is None else list(asked)
        self.says_yes = says_yes

    def under(self, rule: DecisionRule) -> _Sides:
        """The same votes under another rule, which may let others vote."""
        yes, no = self.as_cast
        return _Sides(rule, yes, no, asked=self.asked, says_yes=self.says_yes, together=self.together)

    def for_it(self, weights: tuple[int, ...]) -> NDArray[Any]:
        """What the yes side weighs."""
        return self._side(self.yes, weights, forced=self.says_yes)

    def against(self, weights: tuple[int, ...]) -> NDArray[Any]:
        """What the no side weighs."""
        return self._side(self.no, weights, forced=not self.says_yes)

    def abstaining(self, weights: tuple[int, ...]) -> NDArray[Any]:
        """What those weigh that may vote and do not."""
        import numpy as np

        return self._side(np.asarray(~(self.yes | self.no) & self.may), weights, forced=False)

    def nobody_against(self, of: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Whether no member of those says no; of: shape (members,)."""
        import numpy as np

        if self.asked is None:
            no = self.no if of.all() else self.no[..., of]
            return np.asarray(~no.any(axis=-1))
        return np.asarray(self.against(tuple(of.astype(int).tolist())) == 0)

    def _side(self, side: NDArray[np.bool_], weights: tuple[int, ...], *, forced: bool) -> NDArray[Any]:
        import numpy as np

        have = _weighed(side, weights)
        if self.asked is None:
            return have
        own = (np.array(weights, dtype=have.dtype) * self.may)[self.asked]
        change: NDArray[Any] = np.where(side[..., self.asked], 0 if forced else -own, own * forced)
        if self.together:
            change = np.cumsum(change, axis=-1)
        changed: NDArray[Any] = have[..., None] + change
        return changed


def _by_the_chain(rule: DecisionRule, sides: _Sides) -> NDArray[np.bool_]:
    """By the rule, or by its fallback where the rule blocks."""
    passes = _by_itself(rule, sides)
    if rule.fallback is not None and not passes.all():
        passes |= _by_the_chain(rule.fallback, sides.under(rule.fallback))
    return passes


def _by_itself(rule: DecisionRule, sides: _Sides) -> NDArray[np.bool_]:
    import numpy as np

    clauses = []
    everybody = np.ones(len(rule.seats), dtype=bool)
    if rule.objection_blocks and rule.overrules:
        clauses.append(sides.against((1,) * len(rule.seats)) <= rule.overrules)
    elif rule.objection_blocks:
        clauses.append(sides.nobody_against(everybody))
    if rule.veto_blocks:
        clauses.append(sides.nobody_against(np.array([seat.veto for seat in rule.seats])))
    if rule.blocking_abstentions:
        aside = [
            _met(quota, sides.abstaining(rule.weights(quota.of)), rule.weights(quota.of))
            for quota in rule.blocking_abstentions
        ]
        clauses.append(~np.all(aside, axis=0))
    if rule.ways:
        ways = [np.all([_passed(rule, quota, sides) for quota in way], axis=0) for way in rule.ways]
        clauses.append(np.any(ways, axis=0))
    return np.asarray(np.all(clauses, axis=0))


def _passed(rule: DecisionRule, quota: Threshold, sides: _Sides) -> NDArray[np.bool_]:
    """Whether the yes side meets that threshold: of all members taking part, or of both sides."""
    import numpy as np

    weights = rule.weights(quota.of)
    have = sides.for_it(weights)
    if not rule.of_votes_cast:
        return _met(quota, have, weights)
    exact: Any = np.int64 if sum(weights) * quota.share.denominator < LARGEST else object
    have, opposed = have.astype(exact), sides.against(weights).astype(exact)
    left, right = have * quota.share.denominator, (have + opposed) * quota.share.numerator
    return np.asarray(((left > right) if quota.more_than else (left >= right)) & (have > 0), dtype=bool)


def _met(quota: Threshold, have: NDArray[Any], weights: tuple[int, ...]) -> NDArray[np.bool_]:
    import numpy as np

    return np.asarray(have >= quota.quota(sum(weights)), dtype=bool)


def _weighed(side: NDArray[np.bool_], weights: tuple[int, ...]) -> NDArray[Any]:
    """What that side weighs, exactly: floats, 64 bits or Python integers, as large as the sum needs."""
    import numpy as np

    whole = sum(weights)
    if whole < FLOAT_EXACT:
        column, rows = np.array(weights, dtype=np.float64), side.reshape(-1, side.shape[-1])
        found = np.empty(len(rows))
        for start in range(0, len(rows), ROWS):
            found[start : start + ROWS] = rows[start : start + ROWS].astype(np.float64) @ column
        return found.reshape(side.shape[:-1])
    exact: Any = np.int64 if whole < LARGEST else object  # Python integers never wrap
    weight: NDArray[Any] = side.astype(exact) @ np.array(weights, dtype=exact)
    return weight
