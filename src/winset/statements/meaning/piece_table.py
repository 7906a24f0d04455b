"""Word pieces with a vector for each, shared by the networks that lie in files of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from winset.statements.tagging.tagger import WEIGHTS as ATTRIBUTION
from winset.statements.tagging.tagger import tagger
from winset.statements.tagging.wordpieces import WordPieces

WIDTH = 384  # numbers that stand for a word piece


@dataclass(frozen=True, slots=True)
class PieceTable:
    """Word pieces with a vector for each. They are the attributor's, whose file holds them once for all networks."""

    pieces: WordPieces
    table: Any  # (pieces, WIDTH) int8
    scale: Any  # (pieces, 1) float32

    @classmethod
    def shared(cls, told: Mapping[str, Any]) -> PieceTable:
        """The table in the attributor's file, where `told` says it begins."""
        pieces = tagger().pieces
        size = len(pieces.vocabulary)
        return cls(
            pieces=pieces,
            table=np.memmap(ATTRIBUTION, np.int8, "r", offset=told["table_at"], shape=(size, WIDTH)),
            scale=np.memmap(ATTRIBUTION, np.float32, "r", offset=told["scale_at"], shape=(size, 1)),
        )

    def vectors(self, row: Sequence[int]) -> Any:
        """(1, pieces, WIDTH) float32."""
        return (self.table[row].astype(np.float32) * self.scale[row])[None]
