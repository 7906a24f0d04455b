"""Forecast models: what a body will decide. One file each; this list is the table of contents.

Each takes a Profile and returns a policy for every draw of every issue, shape (d, m), on its scale: the status
quo where the model says that nothing changes, NaN where it cannot say. Uncertainty is drawn outside.
"""

from winset.decisions.models.compromise import compromise
from winset.decisions.models.median import median
from winset.decisions.models.sincere_voting import sincere_voting
from winset.registry import Family

MODELS = Family("forecast model", [sincere_voting, compromise, median])

__all__ = ["MODELS"]
