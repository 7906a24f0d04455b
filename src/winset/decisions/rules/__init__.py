"""Decision rules: how a body turns votes into a decision. One file each; this list is the table of contents.

Each takes the body's seats, and thresholds where the rule has none of its own: `RULES["consensus"](seats)`.
"""

from winset.decisions.rules.absolute_majority import absolute_majority
from winset.decisions.rules.consensus import consensus
from winset.decisions.rules.consensus_silence import consensus_silence
from winset.decisions.rules.eu_qualified_majority import eu_qualified_majority
from winset.decisions.rules.eu_unanimity import eu_unanimity
from winset.decisions.rules.eu_weighted_votes import eu_weighted_votes
from winset.decisions.rules.qualified_majority import qualified_majority
from winset.decisions.rules.simple_majority import simple_majority
from winset.decisions.rules.two_thirds_majority import two_thirds_majority
from winset.decisions.rules.unsc_procedural import unsc_procedural
from winset.decisions.rules.unsc_seven_votes import unsc_seven_votes
from winset.decisions.rules.unsc_substantive import unsc_substantive
from winset.registry import Family

RULES = Family(
    "decision rule",
    [
        consensus_silence,
        consensus,
        eu_unanimity,
        simple_majority,
        absolute_majority,
        two_thirds_majority,
        qualified_majority,
        eu_qualified_majority,
        eu_weighted_votes,
        unsc_substantive,
        unsc_procedural,
        unsc_seven_votes,
    ],
)

__all__ = ["RULES"]
