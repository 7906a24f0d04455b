"""The sentence encoder as published: nothing of it is trained here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, islice

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor

from training.attribution import starting_point
from training.stance.heads import Floats
from training.stance.network import Network, from_pretrained
from training.stance.training import padded
from winset.statements.meaning.vectors import LONGEST
from winset.statements.tagging.wordpieces import WordPieces


@dataclass(frozen=True, slots=True)
class Encoder:
    """The published layers, and the one vector that it adds to every place of a single sentence."""

    network: Network
    type: Tensor


def encoder() -> Encoder:
    """The pinned weights."""
    weights = starting_point.folder() / "model.safetensors"
    given = {name.removeprefix("bert."): value for name, value in load_file(weights).items()}
    return Encoder(from_pretrained(weights).eval(), given["embeddings.token_type_embeddings.weight"][0])


@torch.no_grad()
def vectors(encoder: Encoder, sentences: Sequence[str], vocabulary: dict[str, int], size: int = 48) -> Floats:
    """(sentences, 384), each of length 1: the mean over its pieces."""
    words = WordPieces(vocabulary)
    cut = [_row(words, sentence) for sentence in sentences]
    found = np.zeros((len(cut), 384))
    for at in range(0, len(cut), size):
        pieces = padded(cut[at : at + size])
        mask = pieces != 0
        network = encoder.network
        places = torch.arange(pieces.shape[1])
        hidden = network.norm(network.pieces(pieces) + network.positions(places) + encoder.type)
        for layer in network.layers:
            hidden = layer(hidden, mask[:, None, None, :])
        mean = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        found[at : at + size] = (mean / mean.norm(dim=1, keepdim=True)).numpy()
    return found


def _row(words: WordPieces, sentence: str) -> list[int]:
    pieces = chain.from_iterable(word.pieces for word in words.words(sentence, 0, len(sentence)))
    return [words.vocabulary["[CLS]"], *islice(pieces, LONGEST), words.vocabulary["[SEP]"]]
