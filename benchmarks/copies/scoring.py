"""Pairs of documents in one family, and what each copy is a copy of, against the truth."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.copies.corpus import Syndicated

from winset.ids import DocumentId


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """All 0-1."""

    precision: float  # of pairs said to be in one family
    recall: float  # of pairs that are
    parents: float  # share of the copies whose parent was found

    @property
    def f1(self) -> float:
        """Of pairs."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def scored(corpus: Syndicated, found: Mapping[DocumentId, DocumentId]) -> Score:
    """found: what each copy is said to be a copy of; a family is all that is joined by that."""
    families: dict[DocumentId, list[DocumentId]] = defaultdict(list)
    for document in corpus.documents:
        families[_first(document.id, found)].append(document.id)
    said = sum(_pairs(len(family)) for family in families.values())
    right = sum(
        _pairs(count)
        for family in families.values()
        for count in Counter(corpus.family[each] for each in family).values()
    )
    real = sum(_pairs(count) for count in Counter(corpus.family.values()).values())
    parents = sum(found.get(copy) == parent for copy, parent in corpus.parent.items())
    return Score(
        precision=right / said if said else 1.0,
        recall=right / real if real else 1.0,
        parents=parents / len(corpus.parent) if corpus.parent else 1.0,
    )


def _first(id: DocumentId, found: Mapping[DocumentId, DocumentId]) -> DocumentId:
    while id in found:
        id = found[id]
    return id


def _pairs(count: int) -> int:
    return count * (count - 1) // 2
