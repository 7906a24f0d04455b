"""Forecast models: what a body will decide. One file each; this list is the table of contents.

Each takes a case and the rule in force, and returns one policy on the issue's scale, None for no change.
"""

from winset.decisions.models.compromise import compromise
from winset.decisions.models.median import median
from winset.decisions.models.sincere_voting import sincere_voting
from winset.registry import Family

MODELS = Family("forecast model", [sincere_voting, compromise, median])

__all__ = ["MODELS"]
