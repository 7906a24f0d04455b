"""The stance network made smaller: one of fewer heads and units learns from the whole one."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - its usual name
from torch import Tensor

from training.attribution import starting_point
from training.attribution.examples import articles
from training.attribution.training import padded
from training.slimming import Recipe, Teacher, distil, importance, kept, slim, spread, unlike
from training.stance.examples import Coded
from training.stance.export import shared_table
from training.stance.network import Network, from_pretrained
from training.stance.training import Recipe as Whole
from training.stance.training import Row, coded_loss, in_batches, rows
from winset.statements.meaning.piece_table import PieceTable

RECIPE = Recipe(heads=42, wide=1024, passes=12, earlier=0.3)
UNCODED = "uncoded"
UNCODED_A_PASS = 4_000
HEADS_WEIGHT, CODED_WEIGHT = 2.0, 0.3
SEED = 12_000


def uncoded(data: Path, proposals: Sequence[str]) -> list[Coded]:
    """What is said in news and negotiation reports, each towards a proposal of chance and behind what stands before it.

    Nobody coded these rows: the whole network's answers are learned. No set that it is measured on is among them.
    """
    chance = random.Random(SEED)  # noqa: S311 - for sampling
    said = [
        (article["text"][max(0, start - 320) : start], article["text"][start:end])
        for article in articles(data / "polnear" / "train.jsonl")
        for each in article["attributions"]
        for start, end in each["content"]
    ]
    with (data / "enb" / "silver_dev.jsonl").open(encoding="utf-8") as lines:
        reported = [json.loads(line)["text"] for line in lines]
    said += list(pairwise(reported))
    return [Coded(UNCODED, chance.choice(proposals), context, words, (), "") for context, words in said]


def slimmer(
    teacher: Teacher, trained: Sequence[Coded], data: Path, folder: Path, *, recipe: Recipe = RECIPE
) -> Network:
    """The smaller network, trained; goes on from its checkpoint in `folder`."""
    network = from_pretrained(
        starting_point.folder() / "model.safetensors"
    ).eval()  # layers are matched without dropout
    table = PieceTable.shared(shared_table(network.pieces.weight.detach().numpy()))
    vocabulary = dict(table.pieces.vocabulary)
    coded = rows(trained, vocabulary)
    others = rows(uncoded(data, sorted({each.proposal for each in trained})), vocabulary)
    restore(network, teacher)

    def batches(number: int) -> list[list[Row]]:
        chance = random.Random(SEED + number)  # noqa: S311 - for shuffling
        return in_batches([*coded, *chance.sample(others, min(UNCODED_A_PASS, len(others)))], Whole(), chance)

    measured = [each for batch in batches(0)[: recipe.measured_on] for each in batch if each[2].label]
    of_heads, of_wide = importance(network, measured, lambda each: _coded(network, [each]))
    slim(network, kept(of_heads, of_wide, heads=recipe.heads, wide=recipe.wide))
    with ThreadPoolExecutor(torch.get_num_threads()) as pool:

        def loss(batch: Sequence[Row]) -> Tensor:
            return _loss(network, batch, list(pool.map(lambda each: teacher.taught(_given(table, each)), batch)))

        distil(network, batches, loss, recipe, folder)
    return network


def restore(network: Network, teacher: Teacher) -> None:
    """Write the stored weights into a whole network; the head of sentiment, which is not stored, stays as it is."""
    teacher.put_layers(network)
    own = network.state_dict()
    with torch.no_grad():
        for head in teacher.outputs:
            own[f"heads.{head}.weight"].copy_(torch.from_numpy(teacher.weights[f"{head}.weight"].T.copy()))
            own[f"heads.{head}.bias"].copy_(torch.from_numpy(teacher.weights[f"{head}.bias"].copy()))


def _given(table: PieceTable, row: Row) -> dict[str, Any]:
    return {"vectors": table.vectors(row[0]), "types": np.array([row[1]], np.int64)}


def _coded(network: Network, batch: Sequence[Row]) -> Tensor:
    pieces, types = padded([each[0] for each in batch]), padded([each[1] for each in batch])
    return coded_loss(network, network.pooled(pieces, types), batch, Whole().smoothing)


def _loss(network: Network, batch: Sequence[Row], taught: Sequence[tuple[dict[str, Tensor], list[Tensor]]]) -> Tensor:
    """Layers, pooled vectors and heads against the teacher's; where people coded, heads against theirs too."""
    pieces, types = padded([each[0] for each in batch]), padded([each[1] for each in batch])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        layers = network.hidden(pieces, types)
    total = unlike(layers, [each for _, each in taught], pieces != 0)
    pooled = network.pooled_of(layers[-1].float(), pieces, types)
    theirs = torch.zeros(layers[-1].shape)
    for row, (_, each) in enumerate(taught):
        theirs[row, : len(each[-1])] = each[-1]
    wanted = network.pooled_of(theirs, pieces, types)
    total = total + ((pooled - wanted) ** 2).sum(1).mean() / spread(wanted)
    for head in taught[0][0]:
        answers = torch.log_softmax(torch.stack([outputs[head] for outputs, _ in taught]), dim=1)
        mine = torch.log_softmax(network.heads[head](pooled), dim=1)
        total = total + HEADS_WEIGHT * F.kl_div(mine, answers, log_target=True, reduction="batchmean")
    return total + CODED_WEIGHT * coded_loss(network, pooled, batch, Whole().smoothing)
