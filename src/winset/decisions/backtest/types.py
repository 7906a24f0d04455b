"""Decisions with known outcomes, how forecasts did on them, and the error that a new forecast has to admit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from winset.decisions.profile import Profile
from winset.errors import BadCase, OffScale

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Agenda:
    """One proposal: what every actor wanted on its issues, and what was decided. Left out of a fit as a whole.

    outcomes: one for each issue of the profile, on its scale; NaN where it is not known.
    Raises BadCase for a profile of several draws, OffScale for an outcome off the scale.
    """

    key: str
    profile: Profile
    outcomes: tuple[float, ...]

    def __post_init__(self) -> None:
        draws, issues, _ = self.profile.positions.shape
        if draws != 1:
            raise BadCase(f"{self.key}: a decision of the past has one draw, this profile has {draws}")
        if len(self.outcomes) != issues:
            raise BadCase(f"{self.key}: {len(self.outcomes)} outcomes for {issues} issues, one for each is needed")
        for issue, outcome in zip(self.profile.issues, self.outcomes, strict=True):
            if outcome < self.profile.low or outcome > self.profile.high:
                raise OffScale(
                    f"outcome {outcome:g} of {issue}: its scale runs from {self.profile.low:g} to {self.profile.high:g}"
                )

    @property
    def decided(self) -> NDArray[np.bool_]:
        """Which issues have an outcome, and somebody heard on them; shape (m,)."""
        import numpy as np

        return np.asarray(~np.isnan(self.shares) & (self.profile.weight[0] > 0).any(axis=-1))

    @property
    def shares(self) -> NDArray[np.float64]:
        """The outcomes in shares of the scale, 0-1; shape (m,)."""
        import numpy as np

        return (np.array(self.outcomes) - self.profile.low) / (self.profile.high - self.profile.low)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How one model did on decided issues. Points are hundredths of the scale, shares 0-1."""

    model: str
    n: int  # issues on which it says something
    error: float  # mean absolute error, points
    difference: float  # of that to the compromise model's on the same issues; below 0 is better
    difference_low: float  # 95% interval, proposals drawn again with replacement
    difference_high: float
    within_five: float  # share of issues forecast to within 5 points
    coverage: float  # share of outcomes inside its 80% intervals of model error
    width: float  # mean width of these, points
    input_coverage: float | None = None  # the same of intervals from drawn positions alone
    input_width: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupScore:
    """How the default's intervals did in one group of decided issues."""

    group: str  # as read aloud
    n: int
    coverage: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtest:
    """A table of scores, the best first, and what it rests on."""

    scores: tuple[Score, ...]
    groups: tuple[GroupScore, ...]
    proposals: int
    issues: int  # with an outcome and somebody heard
    fitted_on: str  # in words
    position_error: float  # standard deviation of the drawn positions, points
    draws: int
    seed: int

    def score(self, model: str) -> Score | None:
        """That of one model or baseline; None where it was not scored."""
        return next((score for score in self.scores if score.model == model), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorBand:
    """A forecast of one issue with the interval that its model's error on past decisions asks for."""

    model: str
    value: float  # the profile's scale
    low: float
    high: float
    nominal: float  # share of outcomes that it should hold
    coverage: float  # share that such intervals held, each tested on proposals they were not fitted on
    n: int  # decided issues behind that
    group: str  # of them, as read aloud
    borrowed: bool  # whether no decision under this rule, or among so many actors, was among them
    note: str  # one sentence for the reader; "" where there is nothing to add
