"""The shipped network: proposal, context and statement in, probabilities out."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from winset.positions.stance_network.pieces import row
from winset.statements.meaning.piece_table import PieceTable
from winset.statements.tagging.sessions import opened

WEIGHTS = Path(__file__).parent / "data" / "stance.onnx"
HEADS = ("stance", "conflict", "about")


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
