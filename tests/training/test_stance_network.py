"""The network as it is trained: rows filled up with zeros read as rows alone, batches that lose nothing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from training.stance.examples import CONFLICT, STANCE, Coded, one

from winset.positions.stance_network.network import HEADS as SHIPPED
from winset.statements.tagging.tagger import tagger

torch = pytest.importorskip("torch", reason="the training of the stance network was not tested: no torch")
pytest.importorskip("safetensors", reason="the training of the stance network was not tested: no safetensors")
made = import_module("training.stance.network")
training = import_module("training.stance.training")

CODED = [
    Coded(STANCE, "Adopt a levy", "", "It is too high", one(0), "a", about=one(1, 2)),
    Coded(STANCE, "Adopt a levy", "Riga spoke. " * 20, "It is due " * 30, one(2), "b"),
    Coded(CONFLICT, "Chad", "", "", one(1, 2), "c"),
]


@pytest.fixture(scope="module")
def network() -> Any:
    torch.manual_seed(5)
    return made.Network().eval()


def test_every_shipped_head_is_trained() -> None:
    assert set(SHIPPED) <= set(made.HEADS)


def test_company_changes_nothing(network: Any) -> None:
    found = training.rows(CODED, dict(tagger().pieces.vocabulary))
    pooled, told = training.read(network, found)
    for number, each in enumerate(found):
        alone, alone_told = training.read(network, [each])
        assert torch.allclose(alone[0], pooled[number], atol=1e-4)
        assert all(torch.allclose(alone_told[head][0], told[head][number], atol=1e-4) for head in made.HEADS)
    assert all(torch.allclose(shares.sum(dim=1), torch.ones(len(CODED))) for shares in told.values())


def test_rows_are_filled_up_with_zeros() -> None:
    assert training.padded([[1, 2, 3], [4]]).tolist() == [[1, 2, 3], [4, 0, 0]]


def test_each_head_learns_from_its_own_coding_only() -> None:
    assert [training._label(each, "about") for each in CODED] == [one(1, 2), None, None]
    assert [training._label(each, STANCE) is not None for each in CODED] == [True, True, False]
    assert [training._label(each, CONFLICT) is not None for each in CODED] == [False, False, True]


def test_a_pass_reads_every_row_once_in_an_order_of_its_own_seed() -> None:
    found = training.rows(CODED, dict(tagger().pieces.vocabulary)) * 30
    recipe = training.Recipe(pieces_a_step=300)
    one_pass, again = training._batches(found, recipe, 1), training._batches(found, recipe, 1)
    assert one_pass == again != training._batches(found, recipe, 2)
    assert sorted(map(len, (row[0] for batch in one_pass for row in batch))) == sorted(len(row[0]) for row in found)
    assert all(len(batch) * max(len(row[0]) for row in batch) <= 300 for batch in one_pass)
