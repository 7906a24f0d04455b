"""Is a statement about this proposal? By the proposal's own words, by "the plan", and by what came just before."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from winset.corpus.types import Document
from winset.issues import Issue
from winset.positions.polarity import WORD
from winset.statements.phrases import PREPOSITIONS
from winset.statements.types import Segment, SegmentKind, Statement
from winset.statements.word_classes import word_class

# words that any proposal may hold and that tell none from another
GENERIC = word_class("generic")
POINTING = re.compile(
    r"\b(?:the|this|that|such an?|any such|said|his|her|its|their)\s+(?:\w+\s+)?"
    r"(?:plan|proposal|suggestion|idea|move|project|initiative|step|measure|draft|resolution|motion|deal|scheme|decision|text|package|bill|treaty|pact|agreement|amendment)s?\b"
    r"|\b(?:similar|the same)\s+(?:concern|criticism|objection|view|position|reservation|doubt|worr(?:y|ie))s?\b",
    re.IGNORECASE,
)
ABOUT_IT, POINTED, TOLD_OF, GOES_ON, ADJACENT, NEARBY = 0.95, 0.8, 0.7, 0.6, 0.55, 0.4  # relevance by what shows it
# "his opposition", "the French objections", without saying to what
_OPPOSING = re.compile(
    r"\b(?:opposition|objections?|rejection|veto|resistance)\b(?! (?:to|of|from|part(?:y|ies)|leaders?)\b)"
)
LONG = 7  # terms
BACK = 3  # sentences that "the plan" may look back over


def terms(issue: Issue) -> frozenset[str]:
    """The stems of the proposal's telling words, without the body's own name.

    >>> from winset.ids import PartialDate
    >>> issue = Issue(proposal="Open a river station in Oslo", body="own", rule="consensus", on=PartialDate("2023"))
    >>> sorted(terms(issue))
    ['oslo', 'river', 'station']
    """
    words = (word.lower() for word in WORD.findall(issue.proposal))
    own = {part for word in WORD.findall(issue.body) for part in word.lower().split("-")}
    return frozenset(stem(word) for word in words if word not in GENERIC | PREPOSITIONS | own)


def stem(word: str) -> str:
    """A word without its common English endings; crude, but the same on both sides.

    >>> stem("offices"), stem("office's"), stem("sanctions")
    ('office', 'office', 'sanction')
    """
    word = word.lower().removesuffix("'s").removesuffix("’s")
    for ending in ("ies", "ing", "ed", "s"):
        if word.endswith(ending) and len(word) - len(ending) > 3:  # noqa: PLR2004 - "king", "red", "bus" stay
            return word.removesuffix(ending) + ("y" if ending == "ies" else "")
    return word


@dataclass(frozen=True)
class Topic:
    """A document read for one issue: which of its sentences hold which of the proposal's words."""

    document: Document
    segments: tuple[Segment, ...]
    terms: frozenset[str]

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """All sentences that may state something, in order."""
        kinds = (SegmentKind.BODY, SegmentKind.CAPTION, SegmentKind.HEADING)
        return tuple(span for segment in self.segments if segment.kind in kinds for span in segment.sentences)

    @cached_property
    def hits(self) -> tuple[int, ...]:
        """For each sentence, how many different terms it holds."""
        return tuple(self.count(start, end) for start, end in self.sentences)

    @cached_property
    def is_about(self) -> bool:
        """Whether the document deals with the proposal: two sentences, or a tenth of them, hold half its words."""
        full = sum(hits >= self.enough for hits in self.hits)
        return full >= min(2, max(1, len(self.hits) // 10))

    @property
    def enough(self) -> int:
        """Terms that a sentence must hold to be about the proposal on its own: two, three of a long proposal's."""
        return min(len(self.terms), 3 if len(self.terms) >= LONG else 2)

    def count(self, start: int, end: int) -> int:
        """Different terms in `text[start:end]`."""
        return len(self.terms & {stem(word) for word in WORD.findall(self.document.text[start:end])})

    def around(self, statement: Statement) -> tuple[int, int]:
        """Numbers of the first and last sentence that the statement touches, half-open."""
        first = max(0, bisect_right(self._starts, statement.start) - 1)
        return first, max(first, bisect_left(self._starts, statement.end))

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(start for start, _ in self.sentences)

    def relevance(self, statement: Statement, *, goes_on: bool) -> tuple[float, str]:
        """(0-1, why). goes_on: the same source spoke about the proposal just before."""
        first, last = self.around(statement)
        own = [part.span for part in (*statement.contents, statement.cue) if part is not None]
        if not statement.contents:
            own = list(self.sentences[first:last])  # "because of French objections": its sentence says to what
        in_content = len(
            self.terms & {stem(word) for start, end in own for word in WORD.findall(self.document.text[start:end])}
        )
        before = max(self.hits[max(0, first - BACK) : last], default=0)
        if in_content >= self.enough:
            return ABOUT_IT, "the proposal's words"
        if in_content and (self.is_about or before >= self.enough):
            return POINTED, "one of the proposal's words where it is the topic"
        if self.is_about and any(_OPPOSING.search(self.document.text[start:end]) for start, end in own):
            return TOLD_OF, "speaks of opposition where the proposal is the topic"
        pointing = any(POINTING.search(self.document.text[start:end]) for start, end in own)
        if pointing and (before >= self.enough or (self.is_about and before)):
            return POINTED, "points back to the proposal"
        if goes_on:
            return GOES_ON, "the same source goes on"
        if self.is_about and max(self.hits[max(0, first - 1) : last], default=0) >= self.enough:
            return ADJACENT, "right behind the proposal's words"
        if self.is_about and before >= self.enough:
            return NEARBY, "near the proposal's words"
        return 0.1, "no word of the proposal"


def topic(document: Document, segments: Sequence[Segment], issue: Issue) -> Topic:
    """The document read for the issue."""
    return Topic(document, tuple(segments), terms(issue))
