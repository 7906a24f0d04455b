"""Questions asked of a few documents at once, as a brief does: an index in memory, vectors only of what may answer."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from winset.actors.registry import registry
from winset.errors import BadQuestion
from winset.sourcing.asking.asked import LONGEST, asked
from winset.sourcing.asking.index import Row, rows_of
from winset.sourcing.asking.ranking import best
from winset.sourcing.asking.terms import Named
from winset.sourcing.types import Passage, Question, ReadDocument

_K, _B = 1.2, 0.75  # of BM25, as SQLite sets them
_CANDIDATES = 4  # for each question: their vectors are most of what it costs
_TOP = 3  # passages shown


def answers(read: Sequence[ReadDocument], questions: Sequence[Question]) -> tuple[tuple[Passage, ...], ...]:
    """For each question the best passages of the documents; none where nothing here answers it.

    The asking sentence and other questions are no answers.
    Cost: some 5 ms for each question and each passage that may answer one.
    """
    named = Named(registry())
    index = FewPassages(read, named)
    documents = {each.document.id: each.document for each in read}
    asking = {(question.document_id, question.anchor.start) for question in questions}
    found: list[tuple[Passage, ...]] = []
    for question in questions:
        try:
            taken_apart = asked(question.anchor.exact[:LONGEST], named)
        except BadQuestion:  # "Why not?": nothing to look for
            found.append(())
            continue
        answer = best(
            taken_apart, index, documents.__getitem__, named, top=_TOP, candidates=_CANDIDATES, left_out=asking
        )
        found.append(answer.passages if answer.answered else ())
    return tuple(found)


class FewPassages:
    """An index of documents in memory, without a database."""

    knows_all_vectors = False  # they would be most of what a brief costs

    def __init__(self, read: Sequence[ReadDocument], named: Named) -> None:
        self._rows: dict[int, Row] = {}
        self._texts: dict[int, str] = {}
        self._counts: dict[int, Counter[str]] = {}
        self._holding: defaultdict[str, list[int]] = defaultdict(list)
        self._vectors: dict[int, Any] = {}
        for each in read:
            for start, end, words in rows_of(each.document, each.segments, named):
                id = len(self._rows)
                self._rows[id] = Row(id, each.document.id, start, end, words)
                self._texts[id] = each.document.text[start:end]
                self._counts[id] = Counter(words.split())
                for word in self._counts[id]:
                    self._holding[word].append(id)
        self._average = sum(c.total() for c in self._counts.values()) / max(1, len(self._counts))

    def count(self) -> int:
        """How many passages there are."""
        return len(self._rows)

    def frequencies(self, words: Iterable[str]) -> Mapping[str, int]:
        """In how many passages each term stands."""
        return {word: len(self._holding[word]) for word in words if word in self._holding}

    def candidates(self, words: Sequence[str], top: int) -> list[tuple[int, float]]:
        """The best by BM25.  Source: Robertson & Zaragoza (2009), as SQLite's FTS5 computes it."""
        scores: defaultdict[int, float] = defaultdict(float)
        for word in words:
            holding = self._holding.get(word, ())
            weight = max(math.log((len(self._rows) - len(holding) + 0.5) / (len(holding) + 0.5)), 1e-6)
            for id in holding:
                count, length = self._counts[id][word], self._counts[id].total()
                scores[id] += weight * count * (_K + 1) / (count + _K * (1 - _B + _B * length / self._average))
        return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:top]

    def rows(self, ids: Iterable[int]) -> Mapping[int, Row]:
        """The passages of these ids."""
        return {id: self._rows[id] for id in ids if id in self._rows}

    def similar(self, ids: Sequence[int], vectors: Any) -> Any:
        """(ids, vectors) cosines; each passage's vector is made when it is first asked for."""
        for id in ids:
            if id not in self._vectors:
                self._vectors[id] = vector(self._texts[id])
        return np.array([self._vectors[id] for id in ids]).reshape(len(ids), -1) @ np.asarray(vectors).T

    def nearest(self, vector: Any, top: int) -> list[int]:  # noqa: ARG002 - of the protocol
        """None: to find the nearest, all would need vectors."""
        return []


@lru_cache(maxsize=4_096)
def vector(sentence: str) -> Any:
    """What a sentence means; remembered, for a brief asks of the same sentences more than once."""
    from winset.statements.meaning.vectors import sentence_encoder

    return sentence_encoder().vectors([sentence])[0]
