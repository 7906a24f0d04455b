"""A document's sentences as tokens, with what each is: title, heading, first paragraph, body."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from winset.corpus.types import Document
from winset.positions.proposing.noun_phrases import term
from winset.positions.proposing.words import issue_words
from winset.statements.tokens import Token, tokens
from winset.statements.types import Segment, SegmentKind

READ = (SegmentKind.BODY, SegmentKind.HEADING, SegmentKind.CAPTION)


@dataclass(frozen=True)
class Sentence:
    """One sentence, read."""

    document: Document
    number: int  # within its document
    start: int  # half-open, code points
    end: int
    words: tuple[Token, ...]
    prominent: bool  # in the title, a heading or the first paragraph
    heading: bool
    paragraph: int  # number of its segment

    @property
    def text(self) -> str:
        """Its words as they stand."""
        return self.document.text[self.start : self.end]

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of all its words."""
        return frozenset(term(word) for word in self.words if word.is_word)

    @cached_property
    def _line(self) -> str:
        return f" {' '.join(word.lower for word in self.words)} "

    def has(self, name: str) -> bool:
        """Whether it holds a word or phrase of a class."""
        return any(f" {entry} " in self._line for entry in issue_words(name))


def sentences_of(document: Document, segments: Sequence[Segment]) -> tuple[Sentence, ...]:
    """Those that may state something, in order.  Cost: linear."""
    found: list[Sentence] = []
    first_body = next((s.start for s in segments if s.kind is SegmentKind.BODY and len(s.sentences) > 1), -1)
    for paragraph, segment in enumerate(segments):
        if segment.kind not in READ:
            continue
        heading = segment.kind is SegmentKind.HEADING
        title = document.title is not None and document.text[segment.start : segment.end].strip("# ") == document.title
        for start, end in segment.sentences:
            words = tuple(tokens(document.text, start, end, ()))
            prominent = heading or title or segment.start == first_body
            found.append(Sentence(document, len(found), start, end, words, prominent, heading or title, paragraph))
    return tuple(found)
