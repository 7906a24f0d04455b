"""Indices of voting power: how much a rule lets each member decide. One file each; this list is the table of contents.

Each takes a SimpleGame and returns a share for each player, exact. Coleman's power of the body to act belongs to no
player: `decisions.simple_games.swings.power_to_act`.
"""

from winset.decisions.power.banzhaf import banzhaf
from winset.decisions.power.coleman_initiate import coleman_initiate
from winset.decisions.power.coleman_prevent import coleman_prevent
from winset.decisions.power.deegan_packel import deegan_packel
from winset.decisions.power.holler import holler
from winset.decisions.power.penrose import penrose
from winset.decisions.power.shapley_shubik import shapley_shubik
from winset.decisions.power.ternary_banzhaf import ternary_banzhaf
from winset.decisions.power.ternary_penrose import ternary_penrose
from winset.decisions.power.ternary_shapley_shubik import ternary_shapley_shubik
from winset.registry import Family

INDICES = Family(
    "power index",
    [
        shapley_shubik,
        banzhaf,
        penrose,
        coleman_prevent,
        coleman_initiate,
        holler,
        deegan_packel,
        ternary_shapley_shubik,
        ternary_banzhaf,
        ternary_penrose,
    ],
)

__all__ = ["INDICES"]
