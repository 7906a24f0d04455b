"""The estimators: from what each origin says of an actor to its position and standard error."""

from winset.positions.estimators.normal_shrinkage import normal_shrinkage
from winset.registry import Family

ESTIMATORS = Family("estimator", [normal_shrinkage])
