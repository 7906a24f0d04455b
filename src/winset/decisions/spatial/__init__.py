"""Voting over alternatives in several dimensions: winset, core, uncovered set, top cycle, where agendas lead."""

from winset.decisions.spatial.agenda import Agenda, stationary_distribution
from winset.decisions.spatial.relation import Dominance, dominance, winset_of
from winset.decisions.spatial.solutions import core_of, terminal_sets, top_cycle, uncovered_set
from winset.decisions.spatial.space import Metric, Space, grid

__all__ = [
    "Agenda",
    "Dominance",
    "Metric",
    "Space",
    "core_of",
    "dominance",
    "grid",
    "stationary_distribution",
    "terminal_sets",
    "top_cycle",
    "uncovered_set",
    "winset_of",
]
