"""What one speaker says, read sentence by sentence: network and word lists together, and debates learned before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from winset.positions.direction import evaluation
from winset.positions.sides import Side
from winset.positions.stance_network.debates import debate, mixed
from winset.positions.stance_network.network import Reading, stance_network
from winset.positions.stance_network.sides import together
from winset.statements.meaning.vectors import sentence_encoder


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence or statement, and what stands before it."""

    words: str
    before: str = ""


def readings(said: Sequence[Said], *, proposal: str) -> tuple[Reading, ...]:
    """The sides of sentences on a proposal, in their order."""
    network = stance_network()
    found = tuple(
        together(network.read(proposal=proposal, context=each.before, statement=each.words), _listed(each.words))
        for each in said
    )
    learned = debate(proposal)
    if learned is None:
        return found
    shares = learned.shares(sentence_encoder().vectors([each.words for each in said]))
    return tuple(mixed(reading, row) for reading, row in zip(found, shares, strict=True))


def _listed(words: str) -> Side:
    return Side(*evaluation(words.lower()))
