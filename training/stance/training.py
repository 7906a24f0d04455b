"""The passes over the coded texts: seeded, with a checkpoint to go on from, and a line that says how far."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from training.attribution.training import groups, keep_checkpoint, padded, rate_at
from training.stance.examples import ABOUT, Coded
from training.stance.network import Network
from winset.positions.stance_network.pieces import row
from winset.statements.tagging.wordpieces import WordPieces


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What a run is made of."""

    passes: int = 6
    pieces_a_step: int = 2_400
    rate: float = 1.2e-4  # of the top layer; each layer below learns `decay` times as fast
    decay: float = 0.9
    head_rate: float = 3e-4
    warm_up: float = 0.06
    weight_decay: float = 0.01
    hidden_words: float = 0.04
    smoothing: float = 0.05
    seed: int = 9
    checkpoint_every: int = 100


Row = tuple[list[int], list[int], Coded]


def rows(coded: Sequence[Coded], vocabulary: dict[str, int]) -> list[Row]:
    """Every example cut into pieces."""
    words = WordPieces(vocabulary)
    return [(*row(words, each.proposal, each.context, each.statement), each) for each in coded]


def train(network: Network, found: Sequence[Row], vocabulary: dict[str, int], recipe: Recipe, folder: Path) -> None:
    """Train in place; goes on from the last checkpoint in `folder` where there is one."""
    torch.manual_seed(recipe.seed)
    optimiser = torch.optim.AdamW(groups(network, recipe), weight_decay=recipe.weight_decay)
    passes = [_batches(found, recipe, number) for number in range(recipe.passes)]
    batches = [batch for each in passes for batch in each]
    total = len(batches)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: rate_at(step, total, recipe.warm_up))
    checkpoint, done = folder / "checkpoint.pt", 0
    if checkpoint.exists():
        kept = torch.load(checkpoint, weights_only=True)
        network.load_state_dict(kept["network"])
        optimiser.load_state_dict(kept["optimiser"])
        schedule.load_state_dict(kept["schedule"])
        done = kept["step"]
    network.train()
    recent: list[float] = []
    started = time.monotonic()
    for step in range(done, total):
        torch.manual_seed(recipe.seed * 1_000_003 + step)
        loss = _loss(network, batches[step], recipe, vocabulary["[MASK]"])
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        recent = [*recent[-99:], float(loss.detach())]
        if (step + 1) % 50 == 0:
            pace = (time.monotonic() - started) / (step + 1 - done)
            print(
                f"step {step + 1}/{total} loss {np.mean(recent):.4f}, {pace * (total - step - 1) / 60:.0f} min left",
                flush=True,
            )
        if (step + 1) % recipe.checkpoint_every == 0:
            keep_checkpoint(checkpoint, network, optimiser, schedule, step + 1)
    network.eval()
    torch.save(network.state_dict(), folder / "trained.pt")


def _batches(found: Sequence[Row], recipe: Recipe, number: int) -> list[list[Row]]:
    """The rows of one pass in batches of like length, in an order of chance."""
    return in_batches(found, recipe, random.Random(recipe.seed * 1_000 + number))  # noqa: S311 - for shuffling


def in_batches(found: Sequence[Row], recipe: Recipe, chance: random.Random) -> list[list[Row]]:
    """Rows in batches of like length, in an order of chance."""
    order = list(found)
    chance.shuffle(order)
    batches = list(_filled(order, recipe))
    chance.shuffle(batches)
    return batches


def _filled(order: Sequence[Row], recipe: Recipe, pool: int = 1_000) -> Iterator[list[Row]]:
    for at in range(0, len(order), pool):
        batch: list[Row] = []
        for each in sorted(order[at : at + pool], key=lambda each: len(each[0])):
            if batch and (len(batch) + 1) * len(each[0]) > recipe.pieces_a_step:
                yield batch
                batch = []
            batch.append(each)
        if batch:
            yield batch


def _loss(network: Network, batch: Sequence[Row], recipe: Recipe, hidden_piece: int) -> Tensor:
    pieces, types = padded([each[0] for each in batch]), padded([each[1] for each in batch])
    covered = (torch.rand(pieces.shape) < recipe.hidden_words) & (pieces > 999)  # noqa: PLR2004 - below are marks
    with torch.autocast("cpu", dtype=torch.bfloat16):
        pooled = network.dropout(network.pooled(torch.where(covered, hidden_piece, pieces), types))
    return coded_loss(network, pooled, batch, recipe.smoothing)


def coded_loss(network: Network, pooled: Tensor, batch: Sequence[Row], smoothing: float) -> Tensor:
    """Of the heads against the coders, a row; rows that nobody coded count for nothing."""
    total = torch.zeros(())
    for task, head in network.heads.items():
        labels = {number: _label(each[2], task) for number, each in enumerate(batch)}
        at = [number for number, label in labels.items() if label is not None]
        if at:
            wanted = torch.tensor([labels[number] for number in at])
            wanted = wanted * (1 - smoothing) + smoothing / wanted.shape[1]
            total = total - (torch.log_softmax(head(pooled[at].float()), dim=1) * wanted).sum()
    return total / len(batch)


def _label(coded: Coded, task: str) -> tuple[float, ...] | None:
    """What the coders say in a kind of coding; None where it is not coded."""
    if task == ABOUT:
        return coded.about
    return coded.label if coded.task == task else None


@torch.no_grad()
def read(network: Network, found: Sequence[Row], size: int = 48) -> tuple[Tensor, dict[str, Tensor]]:
    """Pooled vectors (rows, 2 * HIDDEN) and the probabilities of each head, in the order given."""
    network.eval()
    order = sorted(range(len(found)), key=lambda number: len(found[number][0]))
    pooled = torch.zeros(len(found), 2 * 384)
    for at in range(0, len(order), size):
        part = order[at : at + size]
        pooled[part] = network.pooled(padded([found[n][0] for n in part]), padded([found[n][1] for n in part]))
    return pooled, {name: torch.softmax(head(pooled), dim=1) for name, head in network.heads.items()}
