"""The shipped network: proposal, context and statement in, probabilities out."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from winset.positions.stance_network.pieces import row
from winset.statements.tagging.tagger import WEIGHTS as ATTRIBUTION
from winset.statements.tagging.tagger import interrupted_later, tagger
from winset.statements.tagging.wordpieces import WordPieces

WEIGHTS = Path(__file__).parent / "data" / "stance.onnx"
HEADS = ("stance", "conflict", "about")
WIDTH = 384  # numbers that stand for a word piece


@dataclass(frozen=True, slots=True)
class Reading:
    """Probabilities; the first three sum to 1."""

    against: float
    neutral: float  # on neither side
    favour: float
    conflict: float  # that somebody is criticised
    about: float  # that it is about the proposal at all

    @property
    def lean(self) -> float:
        """-1 against .. +1 for: how much likelier one side is than the other."""
        return self.favour - self.against


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


@dataclass(frozen=True, slots=True)
class StanceNetwork:
    """A network with the word pieces it reads."""

    session: Any  # onnxruntime.InferenceSession
    table: PieceTable
    temperatures: Mapping[str, float]

    def read(self, *, proposal: str, context: str, statement: str) -> Reading:
        """What the network makes of one statement. Each is a run of its own, so company never changes an answer."""
        found, types = row(self.table.pieces, proposal, context, statement)
        given = {"vectors": self.table.vectors(found), "types": np.array([types], np.int64)}
        told = {
            head: _shares(scores[0] / self.temperatures[head])
            for head, scores in zip(HEADS, self.session.run(list(HEADS), given), strict=True)
        }
        against, neutral, favour = map(float, told["stance"])
        return Reading(against, neutral, favour, float(told["conflict"][1]), float(told["about"][1]))


def _shares(scores: Any) -> Any:
    powers = np.exp(scores - scores.max())
    return powers / powers.sum()


_LOADING = threading.Lock()


def stance_network(weights: Path = WEIGHTS) -> StanceNetwork:
    """The network of a file, loaded once, whichever thread asks first."""
    with _LOADING:
        return _loaded(weights)


@lru_cache(maxsize=2)
def _loaded(weights: Path) -> StanceNetwork:
    session, told = opened(weights)
    return StanceNetwork(session=session, table=PieceTable.shared(told), temperatures=told["temperatures"])


def opened(weights: Path) -> tuple[Any, dict[str, Any]]:
    """(a session of one thread, what the file says besides)."""
    with interrupted_later():
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])
    return session, json.loads(session.get_modelmeta().custom_metadata_map["winset"])
