"""The passes over the coded articles: seeded, with a checkpoint to go on from, and a bar that says how long."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from torch import Tensor, nn

from training.attribution.examples import Example, Span, examples
from training.attribution.network import LAYERS, LINK_SIZE, Network
from winset.statements.tagging.linking import buckets
from winset.statements.tagging.wordpieces import WordPieces


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What a run is made of; two runs of one recipe on one machine give the same weights."""

    passes: int = 8
    pieces_a_step: int = 1_800
    rate: float = 2.5e-4  # of the top layer; each layer below learns `decay` times as fast
    decay: float = 0.88
    head_rate: float = 1e-3
    warm_up: float = 0.06  # share of the steps
    weight_decay: float = 0.01
    link_weight: float = 0.15
    hidden_words: float = 0.04  # share of pieces masked, so that names are not learned by heart
    seed: int = 7
    checkpoint_every: int = 150  # steps


def train(
    network: Network, coded: Sequence[dict[str, Any]], pieces: dict[str, int], recipe: Recipe, folder: Path
) -> None:
    """Train in place; goes on from the last checkpoint in `folder` where there is one."""
    torch.manual_seed(recipe.seed)
    words = WordPieces(pieces)
    optimiser = torch.optim.AdamW(groups(network, recipe), weight_decay=recipe.weight_decay)
    steps_a_pass = len(_batches(coded, words, recipe, 0))
    total = recipe.passes * steps_a_pass
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: rate_at(step, total, recipe.warm_up))
    checkpoint = folder / "checkpoint.pt"
    done = 0
    if checkpoint.exists():
        kept = torch.load(checkpoint, weights_only=True)
        network.load_state_dict(kept["network"])
        optimiser.load_state_dict(kept["optimiser"])
        schedule.load_state_dict(kept["schedule"])
        done = kept["step"]
    columns = (TextColumn("training"), BarColumn(), MofNCompleteColumn(), TextColumn("loss {task.fields[loss]}"))
    with Progress(*columns, TimeRemainingColumn()) as bar:
        task = bar.add_task("", total=total, completed=done, loss="")
        recent: list[float] = []
        for number in range(done // steps_a_pass, recipe.passes):
            batches = _batches(coded, words, recipe, number)[:steps_a_pass]
            for place, batch in enumerate(batches):
                step = number * steps_a_pass + place
                if step < done:
                    continue
                torch.manual_seed(recipe.seed * 1_000_003 + step)
                loss = _loss(network, batch, recipe, pieces["[MASK]"])
                optimiser.zero_grad(set_to_none=True)
                loss.backward()
                torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
                optimiser.step()
                schedule.step()
                recent = [*recent[-49:], float(loss.detach())]
                bar.update(task, advance=1, loss=f"{np.mean(recent):.4f}")
                if (step + 1) % recipe.checkpoint_every == 0:
                    print(f"step {step + 1}/{total} loss {np.mean(recent):.4f}", flush=True)
                    keep_checkpoint(checkpoint, network, optimiser, schedule, step + 1)


def keep_checkpoint(path: Path, network: nn.Module, optimiser: Any, schedule: Any, step: int) -> None:
    """Write where a run stands, whole or not at all."""
    kept = {
        "network": network.state_dict(),
        "optimiser": optimiser.state_dict(),
        "schedule": schedule.state_dict(),
        "step": step,
    }
    beside = path.with_suffix(".new")
    torch.save(kept, beside)
    beside.replace(path)


def rate_at(step: int, total: int, warm_up: float) -> float:
    """Share of the learning rate at a step: up over the share `warm_up` of all, then down to 0."""
    warm = max(1, int(warm_up * total))
    return min((step + 1) / warm, max(0.0, (total - step) / max(1, total - warm)))


def groups(network: Any, recipe: Any) -> list[dict[str, Any]]:
    """The parameters, each with its learning rate; recipe: rate, decay and head_rate."""
    network.pieces.weight.requires_grad_(requires_grad=False)  # the words' own vectors stay as published
    found = []
    for name, parameter in network.named_parameters():
        if not parameter.requires_grad:
            continue
        if name.startswith("layers."):
            rate = recipe.rate * recipe.decay ** (LAYERS - 1 - int(name.split(".")[1]))
        elif name.startswith(("positions", "types", "norm")):
            rate = recipe.rate * recipe.decay**LAYERS
        else:
            rate = recipe.head_rate
        if name in ("transitions", "opening", "distance", "nobody_bias"):
            rate = recipe.head_rate * 5
        group: dict[str, Any] = {"params": [parameter], "lr": rate}
        if parameter.ndim == 1 or name in ("transitions", "distance"):
            group["weight_decay"] = 0.0
        found.append(group)
    return found


def _batches(coded: Sequence[dict[str, Any]], words: WordPieces, recipe: Recipe, number: int) -> list[list[Example]]:
    """The windows of one pass in batches of like length, in an order of chance."""
    chance = random.Random(recipe.seed * 1_000 + number)  # noqa: S311 - for shuffling
    return in_batches(
        [example for article in coded for example in examples(article, words, chance=chance)], recipe, chance
    )


def in_batches(found: list[Example], recipe: Recipe, chance: random.Random) -> list[list[Example]]:
    """Windows in batches of like length, in an order of chance."""
    chance.shuffle(found)
    pool = 400
    batches = list(_filled(found, recipe, pool))
    chance.shuffle(batches)
    return batches


def _filled(found: Sequence[Example], recipe: Recipe, pool: int) -> Iterator[list[Example]]:
    for at in range(0, len(found), pool):
        batch: list[Example] = []
        for example in sorted(found[at : at + pool], key=lambda each: len(each.window.pieces)):
            longest = len(example.window.pieces)
            if batch and (len(batch) + 1) * longest > recipe.pieces_a_step:
                yield batch
                batch = []
            batch.append(example)
        if batch:
            yield batch


def padded(rows: Sequence[Sequence[int]]) -> Tensor:
    """Rows of unlike length as one matrix, filled up with zeros."""
    return torch.nn.utils.rnn.pad_sequence([torch.tensor(row) for row in rows], batch_first=True)


def _loss(network: Network, batch: Sequence[Example], recipe: Recipe, hidden_piece: int) -> Tensor:
    pieces, types = padded([each.window.pieces for each in batch]), padded([each.window.types for each in batch])
    firsts, tags = padded([each.window.firsts for each in batch]), padded([each.tags for each in batch])
    lengths = torch.tensor([len(each.tags) for each in batch])
    mask = torch.arange(tags.shape[1])[None, :] < lengths[:, None]
    covered = (torch.rand(pieces.shape) < recipe.hidden_words) & (pieces > 999)  # noqa: PLR2004 - below are marks
    pieces = torch.where(covered, hidden_piece, pieces)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores, links = network(pieces, types)
    rows = torch.arange(len(batch))[:, None]
    tagging = network.tagging_loss(scores[rows, firsts], tags, mask) / int(lengths.sum())
    linking, pairs = torch.zeros(()), 0
    for number, example in enumerate(batch):
        loss, count = link_loss(network, links[number][torch.tensor(example.window.firsts)], example)
        linking, pairs = linking + loss, pairs + count
    return tagging + recipe.link_weight * linking / max(1, pairs)


def link_scores(network: Network, vectors: Tensor, example: Example, kind: int) -> Tensor:
    """Scores of each asking span for each asked one and, last, for nobody.

    kind 0: cues ask for their source; 1: contents ask for their cue.
    """
    asking, asked = (("cue", "source"), ("content", "cue"))[kind]
    first = vectors[:, 2 * kind * LINK_SIZE : (2 * kind + 1) * LINK_SIZE]
    second = vectors[:, (2 * kind + 1) * LINK_SIZE : (2 * kind + 2) * LINK_SIZE]
    queries, keys = _ends(first, example.spans[asking]), _ends(second, example.spans[asked])
    lie = buckets(
        _places(example.spans[asking]),
        _places(example.spans[asked]),
        np.array(sorted(span.first for span in example.spans["cue"]), dtype=np.int64),
        np.array(example.window.paragraphs),
    )
    pairs = queries @ keys.T / LINK_SIZE**0.5 + network.distance[kind][torch.from_numpy(lie)]
    nobody = queries @ network.nobody[kind] / LINK_SIZE**0.5 + network.nobody_bias[kind]
    return torch.cat([pairs, nobody[:, None]], dim=1)


def link_loss(network: Network, vectors: Tensor, example: Example) -> tuple[Tensor, int]:
    """Negative log likelihood of the right partners, summed, and how many asked."""
    total, count = torch.zeros(()), 0
    for kind, (asking, asked) in enumerate((("cue", "source"), ("content", "cue"))):
        askers, others = example.spans[asking], example.spans[asked]
        if not askers:
            continue
        scores = link_scores(network, vectors, example, kind)
        right = torch.zeros(scores.shape, dtype=torch.bool)
        for row, asker in enumerate(askers):
            partners = [column for column, other in enumerate(others) if other.attribution == asker.attribution]
            right[row, partners or [len(others)]] = True
        likely = torch.logsumexp(scores.masked_fill(~right, -1e9), dim=1)
        total = total + (torch.logsumexp(scores, dim=1) - likely).sum()
        count += len(askers)
    return total, count


def _ends(vectors: Tensor, spans: Sequence[Span]) -> Tensor:
    first = torch.tensor([span.first for span in spans], dtype=torch.long)
    last = torch.tensor([span.last for span in spans], dtype=torch.long)
    return vectors[first] + vectors[last]


def _places(spans: Sequence[Span]) -> tuple[Any, Any]:
    first, last = [span.first for span in spans], [span.last for span in spans]
    return np.array(first, dtype=np.int64), np.array(last, dtype=np.int64)
