"""The network: MiniLM's encoder, a linear-chain CRF over words, and dot products that link spans to cues.

Source: Wang et al. 2020 (MiniLM), Lafferty et al. 2001 and Lample et al. 2016 (CRF over an encoder),
Dozat & Manning 2017 (scores of pairs from projections of their ends).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import torch
import torch.nn.functional as F  # noqa: N812 - its usual name
from safetensors.torch import load_file
from torch import Tensor, nn

from winset.statements.tagging.linking import BUCKETS, LINKS
from winset.statements.tagging.tags import OUTSIDE, TAGS, follows
from winset.statements.tagging.windows import TYPES

LAYERS, HIDDEN, HEADS, WIDE, POSITIONS, VOCABULARY = 6, 384, 12, 1536, 512, 30522
HEAD_SIZE = HIDDEN // HEADS
LINK_SIZE = 64
FORBIDDEN = -1e4

Shape: TypeAlias = Sequence[tuple[int, int]]  # heads and wide units of each layer
FULL: Shape = ((HEADS, WIDE),) * LAYERS


class Layer(nn.Module):
    """One transformer block, normalised after each sum as in BERT."""

    def __init__(self, heads: int = HEADS, wide: int = WIDE) -> None:
        super().__init__()
        self.heads = heads
        self.mixed = nn.Linear(HIDDEN, 3 * heads * HEAD_SIZE)
        self.joined = nn.Linear(heads * HEAD_SIZE, HIDDEN)
        self.norm_attention = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.wide = nn.Linear(HIDDEN, wide)
        self.narrow = nn.Linear(wide, HIDDEN)
        self.norm_output = nn.LayerNorm(HIDDEN, eps=1e-12)

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """hidden: (batch, pieces, HIDDEN). mask: (batch, 1, 1, pieces), True where there is a piece."""
        batch, pieces, _ = hidden.shape
        query, key, value = self.mixed(hidden).view(batch, pieces, 3, self.heads, HEAD_SIZE).permute(2, 0, 3, 1, 4)
        seen = F.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        seen = seen.transpose(1, 2).reshape(batch, pieces, self.heads * HEAD_SIZE)
        hidden = self.norm_attention(hidden + self.joined(seen))
        return self.norm_output(hidden + self.narrow(F.gelu(self.wide(hidden))))


class Network(nn.Module):
    """pieces and types in; for each piece the scores of seven tags and the vectors that link spans."""

    def __init__(self, shape: Shape = FULL) -> None:
        super().__init__()
        self.pieces = nn.Embedding(VOCABULARY, HIDDEN, padding_idx=0)
        self.positions = nn.Embedding(POSITIONS, HIDDEN)
        self.types = nn.Embedding(TYPES, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer(heads, wide) for heads, wide in shape)
        self.tags = nn.Linear(HIDDEN, TAGS)
        self.links = nn.Linear(HIDDEN, len(LINKS) * LINK_SIZE)
        self.transitions = nn.Parameter(torch.zeros(TAGS, TAGS))
        self.opening = nn.Parameter(torch.zeros(TAGS))
        self.nobody = nn.Parameter(
            torch.zeros(2, LINK_SIZE)
        )  # what a cue without source, a content without cue, points at
        self.nobody_bias = nn.Parameter(torch.zeros(2))
        self.distance = nn.Parameter(torch.zeros(2, BUCKETS))
        allowed = torch.tensor([[follows(before, after) for after in range(TAGS)] for before in range(TAGS)])
        self.register_buffer("forbidden", torch.where(allowed, 0.0, FORBIDDEN))
        self.register_buffer(
            "forbidden_opening", torch.tensor([0.0 if follows(OUTSIDE, after) else FORBIDDEN for after in range(TAGS)])
        )

    def forward(self, pieces: Tensor, types: Tensor) -> tuple[Tensor, Tensor]:
        """pieces, types: (batch, length), 0 where there is none. Returns (batch, length, TAGS) and the link vectors."""
        hidden = self.hidden(pieces, types)[-1]
        return self.tags(hidden).float(), self.links(hidden).float()

    def hidden(self, pieces: Tensor, types: Tensor) -> list[Tensor]:
        """What each layer gives, (batch, length, HIDDEN)."""
        places = torch.arange(pieces.shape[1])
        found = [self.norm(self.pieces(pieces) + self.positions(places) + self.types(types))]
        mask = (pieces != 0)[:, None, None, :]
        for layer in self.layers:
            found.append(layer(found[-1], mask))
        return found[1:]

    def chain(self) -> tuple[Tensor, Tensor]:
        """Scores of one tag behind another, and of each tag at the start."""
        return self.transitions + self.forbidden, self.opening + self.forbidden_opening

    def tagging_loss(self, scores: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
        """Negative log likelihood of the tags, summed. scores: (batch, words, TAGS); tags, mask: (batch, words)."""
        transitions, opening = self.chain()
        batch, words, _ = scores.shape
        rows = torch.arange(batch)
        path = opening[tags[:, 0]] + scores[rows, 0, tags[:, 0]]
        alpha = opening + scores[:, 0]
        for at in range(1, words):
            here = mask[:, at]
            step = transitions[tags[:, at - 1], tags[:, at]] + scores[rows, at, tags[:, at]]
            path = path + step * here
            onward = torch.logsumexp(alpha[:, :, None] + transitions, dim=1) + scores[:, at]
            alpha = torch.where(here[:, None], onward, alpha)
        return (torch.logsumexp(alpha, dim=1) - path).sum()


def shape_of(weights: Mapping[str, Tensor]) -> Shape:
    """Heads and wide units of the layers whose weights these are."""
    layers = range(sum(name.endswith(".joined.weight") for name in weights))
    return tuple(
        (weights[f"layers.{number}.joined.weight"].shape[1] // HEAD_SIZE, len(weights[f"layers.{number}.wide.bias"]))
        for number in layers
    )


def loaded(weights: Mapping[str, Tensor]) -> Network:
    """The network of trained weights, whatever its layers' shape."""
    network = Network(shape_of(weights))
    network.load_state_dict(weights)
    return network


def put_encoder(network: nn.Module, weights: Path, *, types: int) -> None:
    """Write the encoder's published weights into a network of these layers; types: how many kinds of piece it tells."""
    given = {name.removeprefix("bert."): value for name, value in load_file(weights).items()}
    own = network.state_dict()

    def put(name: str, value: Tensor) -> None:
        own[name].copy_(value)

    with torch.no_grad():
        put("pieces.weight", given["embeddings.word_embeddings.weight"])
        put("positions.weight", given["embeddings.position_embeddings.weight"])
        put("types.weight", given["embeddings.token_type_embeddings.weight"][:1].expand(types, HIDDEN))
        own["types.weight"].add_(torch.randn(types, HIDDEN) * 0.01)
        for part in ("weight", "bias"):
            put(f"norm.{part}", given[f"embeddings.LayerNorm.{part}"])
            for number in range(LAYERS):
                theirs, ours = f"encoder.layer.{number}", f"layers.{number}"
                three = [given[f"{theirs}.attention.self.{name}.{part}"] for name in ("query", "key", "value")]
                put(f"{ours}.mixed.{part}", torch.cat(three))
                put(f"{ours}.joined.{part}", given[f"{theirs}.attention.output.dense.{part}"])
                put(f"{ours}.norm_attention.{part}", given[f"{theirs}.attention.output.LayerNorm.{part}"])
                put(f"{ours}.wide.{part}", given[f"{theirs}.intermediate.dense.{part}"])
                put(f"{ours}.narrow.{part}", given[f"{theirs}.output.dense.{part}"])
                put(f"{ours}.norm_output.{part}", given[f"{theirs}.output.LayerNorm.{part}"])


def from_pretrained(weights: Path) -> Network:
    """The network with the encoder's published weights; its heads are new."""
    network = Network()
    put_encoder(network, weights, types=TYPES)
    own = network.state_dict()
    with torch.no_grad():
        nn.init.normal_(own["tags.weight"], std=0.02)
        nn.init.zeros_(own["tags.bias"])
        nn.init.normal_(own["links.weight"], std=0.02)
        nn.init.zeros_(own["links.bias"])
    return network
