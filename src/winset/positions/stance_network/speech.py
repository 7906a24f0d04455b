"""What one speaker says, read sentence by sentence: each in the light of the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from winset.positions.direction import evaluation
from winset.positions.sides import Side
from winset.positions.stance_network.network import Reading, stance_network
from winset.positions.stance_network.sides import log_odds, together


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence or statement, and what stands before it."""

    words: str
    before: str = ""


def readings(said: Sequence[Said], *, proposal: str) -> tuple[Reading, ...]:
    """The sides of one speaker's sentences on a proposal, in their order: network and word lists together."""
    network = stance_network()
    alone = [network.read(proposal=proposal, context=each.before, statement=each.words) for each in said]
    odds = [log_odds(reading) for reading in alone]
    return tuple(
        together(reading, _listed(each.words), around(odds, number))
        for number, (each, reading) in enumerate(zip(said, alone, strict=True))
    )


def around(odds: Sequence[float], number: int) -> float:
    """Mean of the others' log odds, drawn to 0 where they are few."""
    return (sum(odds) - odds[number]) / (len(odds) - 1 + FEW)


FEW = 1.0  # sentences that say nothing, added to those there are


def _listed(words: str) -> Side:
    return Side(*evaluation(words.lower()))
