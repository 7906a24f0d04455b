"""The coefficients of agreement: how far coders who read the same statements say the same of them.

All take `Reliability` and return one number, 1 for perfect agreement and 0 for that of chance; None where it is not
defined because nothing could be compared, or nothing varies.
"""

from winset.positions.agreement.alpha import alpha_interval, alpha_nominal, alpha_ordinal, alpha_ratio
from winset.positions.agreement.kappa import kappa, kappa_linear, kappa_quadratic
from winset.registry import Family

COEFFICIENTS = Family(
    "coefficient of agreement",
    [alpha_nominal, alpha_ordinal, alpha_interval, alpha_ratio, kappa, kappa_linear, kappa_quadratic],
)
