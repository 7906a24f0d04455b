"""Decision rules: how a body turns votes into a decision. One file each; this list is the table of contents.

Each takes the body's seats, and thresholds where the rule has none of its own: `RULES["consensus"](seats)`. What
else a text leaves to the case (a deadline, members that do not take part) is a named argument of that rule.
"""

from winset.decisions.rule import DecisionRule
from winset.decisions.rules.absolute_majority import absolute_majority
from winset.decisions.rules.african_union import african_union
from winset.decisions.rules.consensus import consensus
from winset.decisions.rules.consensus_silence import consensus_silence
from winset.decisions.rules.eu_constructive_abstention import eu_constructive_abstention
from winset.decisions.rules.eu_qualified_majority import eu_qualified_majority
from winset.decisions.rules.eu_qualified_majority_without_proposal import eu_qualified_majority_without_proposal
from winset.decisions.rules.eu_unanimity import eu_unanimity
from winset.decisions.rules.eu_weighted_votes import eu_weighted_votes
from winset.decisions.rules.eu_weighted_votes_without_proposal import eu_weighted_votes_without_proposal
from winset.decisions.rules.osce_consensus import osce_consensus
from winset.decisions.rules.qualified_majority import qualified_majority
from winset.decisions.rules.simple_majority import simple_majority
from winset.decisions.rules.two_thirds_majority import two_thirds_majority
from winset.decisions.rules.unfccc_consensus import unfccc_consensus
from winset.decisions.rules.unsc_procedural import unsc_procedural
from winset.decisions.rules.unsc_seven_votes import unsc_seven_votes
from winset.decisions.rules.unsc_substantive import unsc_substantive
from winset.decisions.rules.wto_accession import wto_accession
from winset.decisions.rules.wto_consensus import wto_consensus
from winset.decisions.rules.wto_majority import wto_majority
from winset.decisions.rules.wto_waiver import wto_waiver
from winset.registry import Family, Method

_LISTED: list[Method[..., DecisionRule]] = [
    consensus_silence,
    consensus,
    osce_consensus,
    unfccc_consensus,
    wto_consensus,
    wto_majority,
    wto_waiver,
    wto_accession,
    african_union,
    simple_majority,
    absolute_majority,
    two_thirds_majority,
    qualified_majority,
    eu_unanimity,
    eu_constructive_abstention,
    eu_qualified_majority,
    eu_qualified_majority_without_proposal,
    eu_weighted_votes,
    eu_weighted_votes_without_proposal,
    unsc_substantive,
    unsc_procedural,
    unsc_seven_votes,
]

RULES = Family("decision rule", _LISTED)

__all__ = ["RULES"]
