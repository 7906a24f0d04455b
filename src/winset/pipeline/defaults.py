"""The numbers and methods that are taken where nobody names others."""

from __future__ import annotations

DRAWS = 20_000
SEED = 0
STANCE = "combined"
ESTIMATOR = "normal-shrinkage"
