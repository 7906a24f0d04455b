"""What an index of passages must answer, and how a document becomes rows of one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from winset.corpus.types import Document
from winset.ids import DocumentId
from winset.sourcing.asking.passages import passages
from winset.sourcing.asking.terms import Named, actor_term, terms

if TYPE_CHECKING:
    from winset.statements.types import Segment

MADE_BY = "1"  # goes up whenever passages, terms or vectors are made another way: older rows are made again
STEPS = 127.0  # of 8-bit vectors

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Row:
    """One passage as an index holds it. Ids follow the order of documents and places, one apart."""

    id: int
    document_id: DocumentId
    start: int
    end: int
    terms: str  # with spaces between them


class Index(Protocol):
    """All that ranking asks of an index; a database may stand behind it, or none."""

    @property
    def knows_all_vectors(self) -> bool:
        """Whether every passage's vector is at hand; else `similar` makes those that it is asked for."""

    def count(self) -> int:
        """How many passages there are."""

    def frequencies(self, words: Iterable[str]) -> Mapping[str, int]:
        """In how many passages each of these terms stands; those in none may be left out."""

    def candidates(self, words: Sequence[str], top: int) -> list[tuple[int, float]]:
        """The passages that hold any of these terms, the best by BM25 first, each with its score."""

    def rows(self, ids: Iterable[int]) -> Mapping[int, Row]:
        """The passages of these ids; ids of none are left out."""

    def similar(self, ids: Sequence[int], vectors: Any) -> Any:
        """(ids, vectors) cosines of these passages with these unit vectors."""

    def nearest(self, vector: Any, top: int) -> list[int]:
        """The ids of the passages nearest to a vector of any length; none where not all vectors are at hand."""


def rows_of(document: Document, segments: Sequence[Segment], named: Named) -> list[tuple[int, int, str]]:
    """(start, end, terms) of each passage: its words, and the actors it names.  Cost: linear."""
    found = []
    mentions = named.within(document.text, on=document.published.latest if document.published else None)
    at = 0
    for start, end in passages(document, segments):
        while at < len(mentions) and mentions[at][0] < start:
            at += 1
        actors = []
        while at < len(mentions) and mentions[at][0] < end:
            actors.append(actor_term(mentions[at][2]))
            at += 1
        found.append((start, end, " ".join((*terms(document.text, start, end), *actors))))
    return found


def eight_bit(vectors: Any) -> Any:
    """Unit vectors in a quarter of the room; a cosine is off by less than .01."""
    return np.rint(np.clip(vectors, -1, 1) * STEPS).astype(np.int8)
