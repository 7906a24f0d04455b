"""Methods that propose an issue from documents alone, for a person to accept or edit."""

from winset.positions.proposing.asked_for import asked_for
from winset.registry import Family

PROPOSERS = Family("issue proposer", [asked_for])
