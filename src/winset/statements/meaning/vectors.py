"""What a sentence means, as a vector: near one another where sentences say similar things."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from typing import Any

import numpy as np

from winset.statements.meaning.piece_table import WIDTH, PieceTable
from winset.statements.tagging.sessions import opened

WEIGHTS = Path(__file__).parent / "data" / "meaning.onnx"
LONGEST = 96  # pieces that are read


@dataclass(frozen=True, slots=True)
class SentenceEncoder:
    """MiniLM as published, with 8-bit weights.  Source: Wang et al. (2020); Reimers & Gurevych (2019)."""

    session: Any  # onnxruntime.InferenceSession
    table: PieceTable

    def vectors(self, sentences: Sequence[str]) -> Any:
        """(sentences, WIDTH) float32, each of length 1.  Each is a run of its own: company never changes one."""
        return np.array([self._vector(sentence) for sentence in sentences], np.float32).reshape(-1, WIDTH)

    def _vector(self, sentence: str) -> Any:
        words = self.table.pieces
        cut = islice(chain.from_iterable(word.pieces for word in words.words(sentence, 0, len(sentence))), LONGEST)
        row = [words.vocabulary["[CLS]"], *cut, words.vocabulary["[SEP]"]]
        (found,) = self.session.run(["meaning"], {"vectors": self.table.vectors(row)})
        return found[0]


def sentence_encoder(weights: Path = WEIGHTS) -> SentenceEncoder:
    """The encoder of a file, loaded once, whichever thread asks first."""
    with _LOADING:
        return _loaded(weights)


_LOADING = threading.Lock()


@lru_cache(maxsize=2)
def _loaded(weights: Path) -> SentenceEncoder:
    session, told = opened(weights)
    return SentenceEncoder(session, PieceTable.shared(told))
