"""The attributor made smaller: a network of fewer heads and units learns from the whole one, and from the coders."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - its usual name
from torch import Tensor

from training.attribution.examples import Example, examples, read
from training.attribution.network import LINK_SIZE, Network
from training.attribution.training import Recipe as Whole
from training.attribution.training import in_batches, link_loss, padded
from training.slimming import Recipe, Teacher, distil, importance, kept, slim, spread, unlike
from winset.statements.tagging.wordpieces import WordPieces

RECIPE = Recipe(heads=42, wide=1024, passes=6, earlier=0.3)
REPORTS, BEGINNING = 500, 4_000  # negotiation reports in a pass, characters of each: the coded articles are all news
TAGS_WEIGHT, CODED_WEIGHT = 4.0, 0.3
SEED = 11_000


def reports(data: Path) -> list[str]:
    """Sections of the Earth Negotiations Bulletin; none where they are not beside the coded articles."""
    path = data.parent / "enb" / "sections_dev.jsonl.gz"
    if not path.exists():
        return []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [" ".join(json.loads(line)["sentences"]) for line in lines]


def slimmer(
    teacher: Teacher, coded: Sequence[dict[str, Any]], reports: Sequence[str], folder: Path, recipe: Recipe = RECIPE
) -> Network:
    """The smaller network, trained; goes on from its checkpoint in `folder`."""
    words = WordPieces({piece: number for number, piece in enumerate(teacher.told["vocabulary"])})
    network = restored(teacher)
    first = _batches(coded, reports, words, 0)
    measured = [each for batch in first[: recipe.measured_on] for each in batch if each.tags]
    of_heads, of_wide = importance(network, measured, lambda each: _coded_loss(network, each))
    slim(network, kept(of_heads, of_wide, heads=recipe.heads, wide=recipe.wide))
    with ThreadPoolExecutor(torch.get_num_threads()) as pool:

        def loss(batch: Sequence[Example]) -> Tensor:
            return _loss(network, batch, list(pool.map(lambda each: teacher.taught(_given(each)), batch)))

        distil(network, lambda number: _batches(coded, reports, words, number), loss, recipe, folder)
    return network


def restored(teacher: Teacher) -> Network:
    """The whole network with the weights that are stored of it."""
    network, weights, told = Network(), teacher.weights, teacher.told
    teacher.put_layers(network)
    own = network.state_dict()
    chain = {name: np.array(told[name], np.float32) for name in ("transitions", "opening")}
    free = {name: np.where(value < -1e3, 0, value) for name, value in chain.items()}  # noqa: PLR2004 - forbidden ones
    table = weights["pieces.table"].astype(np.float32) * weights["pieces.scale"]
    with torch.no_grad():
        own["pieces.weight"].copy_(torch.from_numpy(table))
        for head in ("tags", "links"):
            own[f"{head}.weight"].copy_(torch.from_numpy(weights[f"{head}.weight"].T.copy()))
            own[f"{head}.bias"].copy_(torch.from_numpy(weights[f"{head}.bias"].copy()))
        for name, value in free.items():
            own[name].copy_(torch.from_numpy(value))
        own["nobody"].copy_(torch.tensor(told["nobody"]) * LINK_SIZE**0.5)
        own["nobody_bias"].copy_(torch.tensor(told["nobody_bias"]))
        own["distance"].copy_(torch.tensor(told["distance"]))
    return network


def _batches(
    coded: Sequence[dict[str, Any]], reports: Sequence[str], words: WordPieces, number: int
) -> list[list[Example]]:
    """The windows of one pass: every coded article, and some reports, which have no tags."""
    chance = random.Random(SEED + number)  # noqa: S311 - for shuffling
    found = [example for article in coded for example in examples(article, words, chance=chance)]
    found += list(_uncoded(chance.sample(reports, min(REPORTS, len(reports))), words, chance))
    return in_batches(found, Whole(), chance)


def _uncoded(texts: Sequence[str], words: WordPieces, chance: random.Random) -> Iterator[Example]:
    for text in texts:
        for window in read(text[:BEGINNING], words, first_width=chance.randint(64, 256)):
            yield Example(window, [], {})


def _given(example: Example) -> dict[str, Any]:
    window = example.window
    return {
        "pieces": np.array([window.pieces], np.int64),
        "types": np.array([window.types], np.int64),
        "firsts": np.array(window.firsts, np.int64),
    }


def _coded_loss(network: Network, example: Example) -> Tensor:
    """Of one window against the coders, for importance; the words are summed, so a link counts for five of them."""
    window = example.window
    scores, links = network(torch.tensor([window.pieces]), torch.tensor([window.types]))
    firsts = torch.tensor(window.firsts)
    everywhere = torch.ones(1, len(firsts), dtype=torch.bool)
    tagging = network.tagging_loss(scores[:, firsts], torch.tensor([example.tags]), everywhere)
    return tagging + 5 * Whole().link_weight * link_loss(network, links[0][firsts], example)[0]


def _loss(
    network: Network, batch: Sequence[Example], taught: Sequence[tuple[dict[str, Tensor], list[Tensor]]]
) -> Tensor:
    """Layers, tags and links against the teacher's; where people coded, tags and links against theirs too."""
    pieces, types = padded([each.window.pieces for each in batch]), padded([each.window.types for each in batch])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        layers = network.hidden(pieces, types)
    total = unlike(layers, [each for _, each in taught], pieces != 0)
    last = layers[-1].float()
    scores, links = network.tags(last), network.links(last)
    tags, vectors, count = torch.zeros(()), torch.zeros(()), 0
    linking, pairs = torch.zeros(()), 0
    for row, (example, (outputs, _)) in enumerate(zip(batch, taught, strict=True)):
        firsts = torch.tensor(example.window.firsts)
        mine, theirs = torch.log_softmax(scores[row, firsts], 1), torch.log_softmax(outputs["scores"], 1)
        tags = tags + F.kl_div(mine, theirs, log_target=True, reduction="sum")
        far = ((links[row, firsts] - outputs["links"]) ** 2).sum()
        vectors = vectors + far / spread(outputs["links"])
        count += len(firsts)
        if example.tags:
            value, askers = link_loss(network, links[row][firsts], example)
            linking, pairs = linking + value, pairs + askers
    told = Whole().link_weight * linking / max(1, pairs) + _tagging(network, scores, batch)
    return total + TAGS_WEIGHT * tags / count + vectors / count + CODED_WEIGHT * told


def _tagging(network: Network, scores: Tensor, batch: Sequence[Example]) -> Tensor:
    """Negative log likelihood of the coders' tags, a word; 0 where nothing is coded."""
    rows = [row for row, each in enumerate(batch) if each.tags]
    if not rows:
        return torch.zeros(())
    firsts, tags = padded([batch[row].window.firsts for row in rows]), padded([batch[row].tags for row in rows])
    lengths = torch.tensor([len(batch[row].tags) for row in rows])
    mask = torch.arange(tags.shape[1])[None] < lengths[:, None]
    return network.tagging_loss(scores[torch.tensor(rows)[:, None], firsts], tags, mask) / int(lengths.sum())
