"""The network: MiniLM's encoder over proposal, context and statement, and one head for each kind of coding."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor, nn

from training.attribution.network import FULL, HIDDEN, POSITIONS, VOCABULARY, Layer, Shape, put_encoder, shape_of
from winset.positions.stance_network.pieces import STATEMENT

TYPES = 3
HEADS = {"stance": 3, "sentiment": 3, "conflict": 2, "about": 2}


class Network(nn.Module):
    """pieces and types in; the pooled vector of each row, and the scores of each head."""

    def __init__(self, shape: Shape = FULL) -> None:
        super().__init__()
        self.pieces = nn.Embedding(VOCABULARY, HIDDEN, padding_idx=0)
        self.positions = nn.Embedding(POSITIONS, HIDDEN)
        self.types = nn.Embedding(TYPES, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer(heads, wide) for heads, wide in shape)
        self.heads = nn.ModuleDict({name: nn.Linear(2 * HIDDEN, size) for name, size in HEADS.items()})
        self.dropout = nn.Dropout(0.1)

    def pooled(self, pieces: Tensor, types: Tensor) -> Tensor:
        """First vector beside the mean of the statement's, (batch, 2 * HIDDEN). pieces, types: (batch, length)."""
        return self.pooled_of(self.hidden(pieces, types)[-1], pieces, types)

    def hidden(self, pieces: Tensor, types: Tensor) -> list[Tensor]:
        """What each layer gives, (batch, length, HIDDEN)."""
        places = torch.arange(pieces.shape[1])
        found = [self.norm(self.pieces(pieces) + self.positions(places) + self.types(types))]
        mask = (pieces != 0)[:, None, None, :]
        for layer in self.layers:
            found.append(layer(self.dropout(found[-1]) if self.training else found[-1], mask))
        return found[1:]

    def pooled_of(self, hidden: Tensor, pieces: Tensor, types: Tensor) -> Tensor:
        """First vector beside the mean of the statement's, of what the last layer gives."""
        own = ((types == STATEMENT) & (pieces != 0)).unsqueeze(-1)
        mean = (hidden * own).sum(1) / own.sum(1).clamp(min=1)
        return torch.cat([hidden[:, 0], mean], dim=1).float()

    def forward(self, pieces: Tensor, types: Tensor) -> dict[str, Tensor]:
        """Scores of every head, (batch, classes)."""
        pooled = self.dropout(self.pooled(pieces, types))
        return {name: head(pooled) for name, head in self.heads.items()}


def loaded(weights: Mapping[str, Tensor]) -> Network:
    """The network of trained weights, whatever its layers' shape."""
    network = Network(shape_of(weights))
    network.load_state_dict(weights)
    return network


def from_pretrained(weights: Path) -> Network:
    """The network with the encoder's published weights; its heads are new."""
    network = Network()
    put_encoder(network, weights, types=TYPES)
    for head in network.heads.values():
        nn.init.normal_(head.weight, std=0.02)
        nn.init.zeros_(head.bias)
    return network
