"""Which statements are asked about in one go, with the paragraphs in which they stand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from winset.corpus.types import Document
from winset.statements.language_model.passages import Chunk, Passage, chunks
from winset.statements.types import Segment, Statement

MOST = 20  # statements in one question; a small model loses count of more


@dataclass(frozen=True, slots=True)
class Asked:
    """One statement of a question."""

    number: int  # in its question, from 1
    place: int  # among the document's statements
    statement: Statement
    paragraph: int  # index in `Question.chunk`

    @property
    def parts(self) -> tuple[tuple[int, int], ...]:
        """The spans of its source, cue and contents."""
        said = self.statement
        return tuple(part.span for part in (said.source, said.cue, *said.contents) if part is not None)


@dataclass(frozen=True, slots=True)
class Question:
    """Paragraphs in order, and some of the statements that they hold."""

    chunk: Chunk
    asked: tuple[Asked, ...]

    def around(self, asked: Asked) -> tuple[Passage, ...]:
        """The paragraph in which a statement begins, and those right before and after it, its own first."""
        own = asked.paragraph
        near = (own, own - 1, own + 1)
        return tuple(self.chunk[index] for index in near if 0 <= index < len(self.chunk))


def questions(document: Document, segments: Sequence[Segment], statements: Sequence[Statement]) -> Iterator[Question]:
    """The statements in questions of at most MOST; one that stands in no paragraph of body text is in none."""
    for chunk in chunks(document.text, segments):
        starts = [passage.places[0] for passage in chunk]
        inside = [
            (place, statement, bisect_right(starts, statement.start) - 1)
            for place, statement in enumerate(statements)
            if starts[0] <= statement.start <= chunk[-1].places[-1]
        ]
        for first in range(0, len(inside), MOST):
            some = enumerate(inside[first : first + MOST], start=1)
            yield Question(chunk, tuple(Asked(number, *each) for number, each in some))
