"""The estimators: from what each independent origin says of an actor to its position and standard error."""

from __future__ import annotations

from collections.abc import Callable

from winset.positions.estimators.logit_scale import logit_scale, share_for
from winset.positions.estimators.normal_shrinkage import normal_shrinkage, posterior_mean
from winset.positions.estimators.weighted_mean import mean, weighted_mean
from winset.positions.observations import Moments
from winset.positions.prior import Prior
from winset.registry import Family

ESTIMATORS = Family("estimator", [normal_shrinkage, weighted_mean, logit_scale])

# whose error is drawn, origin by origin: for the same draws these must come in the same order
DRAWN = frozenset({"weighted-mean"})

# the value of each from sums alone, without its error: what would it be without one statement?
CENTRES: dict[str, Callable[[Moments, Prior], float]] = {
    "normal-shrinkage": posterior_mean,
    "weighted-mean": mean,
    "logit-scale": share_for,
}
