"""The shipped network: windows in, attributions as ranges of their words out."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from typing import Any

import numpy as np

from winset.statements.tagging.chain import Floats, best_tags
from winset.statements.tagging.linking import Linked, Linker, linked
from winset.statements.tagging.sessions import opened
from winset.statements.tagging.windows import Window
from winset.statements.tagging.wordpieces import WordPieces

WEIGHTS = Path(__file__).parent / "data" / "attribution.onnx"
SIDE_BY_SIDE = 24  # windows decoded together, and so many held ahead: memory does not grow with the text


@dataclass(frozen=True, slots=True)
class Tagger:
    """A network with what its outputs are decoded by."""

    session: Any  # onnxruntime.InferenceSession; its `run` may be called from several threads
    pieces: WordPieces
    transitions: Floats
    opening: Floats
    linker: Linker
    confidence: tuple[float, ...]  # weights of the evidence and, last, the bias

    def read(
        self, windows: Iterable[Window], *, threads: int = 1
    ) -> Iterator[tuple[Window, list[tuple[Linked, float]]]]:
        """Each window with its attributions and their confidence, in order.

        threads: windows read at once. Each is a run of its own, so the result is the same for every number.
        """
        remaining = iter(windows)
        first = list(islice(remaining, 2))
        remaining = chain(first, remaining)
        with ExitStack() as stack:
            several = threads > 1 and len(first) > 1  # a short text is read sooner than a thread is started
            pool = stack.enter_context(ThreadPoolExecutor(threads)) if several else None
            ahead: list[tuple[Window, Future[tuple[Floats, Floats]] | None]] = []
            while True:
                while len(ahead) < 2 * SIDE_BY_SIDE and (window := next(remaining, None)) is not None:
                    ahead.append((window, pool.submit(self.outputs, window) if pool else None))
                if not ahead:
                    return
                group, ahead = ahead[:SIDE_BY_SIDE], ahead[SIDE_BY_SIDE:]
                read = [promise.result() if promise else self.outputs(window) for window, promise in group]
                yield from self._decoded([window for window, _ in group], read)

    def outputs(self, window: Window) -> tuple[Floats, Floats]:
        """Scores (words, tags) and link vectors (words, 4 * size) of one window."""
        given = {
            "pieces": np.array([window.pieces], np.int64),
            "types": np.array([window.types], np.int64),
            "firsts": np.array(window.firsts, np.int64),
        }
        scores, vectors = self.session.run(None, given)
        return scores[0], vectors[0]

    def _decoded(
        self, windows: Sequence[Window], read: Sequence[tuple[Floats, Floats]]
    ) -> Iterator[tuple[Window, list[tuple[Linked, float]]]]:
        tagged = best_tags([scores for scores, _ in read], self.transitions, self.opening)
        for window, (tags, sure), (_, vectors) in zip(windows, tagged, read, strict=True):
            found = linked(tags, sure, vectors, np.array(window.paragraphs), self.linker)
            yield window, [(each, self._confidence(each)) for each in found]

    def _confidence(self, found: Linked) -> float:
        """Probability that source and content are right: logistic regression on articles not trained on."""
        *weights, bias = self.confidence
        return 1 / (
            1
            + math.exp(-bias - sum(weight * float(part) for weight, part in zip(weights, found.evidence, strict=True)))
        )


def tagger(weights: Path = WEIGHTS) -> Tagger:
    """The network of a file, loaded once, whichever thread asks first."""
    with _LOADING:
        return _loaded(weights)


_LOADING = threading.Lock()


@lru_cache(maxsize=1)
def _loaded(weights: Path) -> Tagger:
    session, given = opened(weights)
    floats = {
        name: np.array(given[name], np.float32)
        for name in ("transitions", "opening", "nobody", "nobody_bias", "distance")
    }
    return Tagger(
        session=session,
        pieces=WordPieces({piece: number for number, piece in enumerate(given["vocabulary"])}),
        transitions=floats["transitions"],
        opening=floats["opening"],
        linker=Linker(floats["nobody"], floats["nobody_bias"], floats["distance"]),
        confidence=tuple(given["confidence"]),
    )
