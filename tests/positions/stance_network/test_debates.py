"""Learned debates: found for a proposal on their own matter, and for no other."""

from __future__ import annotations

import numpy as np
import pytest

from winset.positions.stance_network.debates import debate
from winset.statements.meaning.piece_table import WIDTH
from winset.statements.meaning.vectors import sentence_encoder

ALIKE = ["Allow state aid for coal mines that lose money", "Extend subsidies to unprofitable coal mines"]
UNLIKE = [
    "",
    "\0",
    "\ud800",
    "(" * 10_000,
    "Open a river station in Oslo",
    "Adopt a fuel levy on shipping",
    "State aid to shipyards",
    "Ban coal power stations",
    "Tax coal",
    "Suspend a member's voting rights",
    "Ban the farming of animals for their fur",
]


@pytest.mark.parametrize("proposal", ALIKE)
def test_a_proposal_on_the_learned_matter_gets_its_debate(proposal: str) -> None:
    found = debate(proposal)
    assert found is not None
    assert found.weights.shape == (WIDTH, 3)
    assert found.bias.shape == (3,)
    assert debate(proposal) is found
    assert debate(found.proposal) is found


@pytest.mark.parametrize("proposal", UNLIKE)
def test_a_proposal_on_something_else_gets_none(proposal: str) -> None:
    assert debate(proposal) is None


@pytest.mark.xfail(
    strict=True, reason="a debate is found by its matter alone: the sides of an opposite proposal would be exchanged"
)
@pytest.mark.parametrize(
    "proposal", ["End state aid to uncompetitive coal mines", "Close uncompetitive coal mines now"]
)
def test_an_opposite_proposal_is_not_read_with_the_sides_of_the_learned_one(proposal: str) -> None:
    assert debate(proposal) is None


def test_shares_are_probabilities_whatever_the_sentence() -> None:
    found = debate(ALIKE[0])
    assert found is not None
    said = ["The miners deserve more time.", "", "\ud800", "(" * 10_000]
    shares = found.shares(sentence_encoder().vectors(said))
    assert shares.shape == (len(said), 3)
    assert shares.sum(axis=1) == pytest.approx(1, abs=1e-5)
    assert (shares >= 0).all()


def test_a_sentence_has_the_same_shares_alone() -> None:
    found = debate(ALIKE[0])
    assert found is not None
    vectors = sentence_encoder().vectors(["The miners deserve more time.", "Stop paying for losses."])
    both = found.shares(vectors)
    alone = np.concatenate([found.shares(vectors[:1]), found.shares(vectors[1:])])
    assert both == pytest.approx(alone, abs=1e-6)  # a product of matrices may round otherwise
