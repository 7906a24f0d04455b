"""Statement: who said what, in which words."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from winset.corpus.types import Anchor
from winset.errors import BadSpan
from winset.ids import DocumentId, EvidenceId, PartialDate, RunId, StatementId, content_id, on_unit_scale


class Form(StrEnum):
    """How the content is given. Source: PARC 3.0 / PolNeAR (Newell et al. 2018), and "act" for bare attitudes."""

    DIRECT = "direct"  # all of it inside quotation marks
    INDIRECT = "indirect"  # paraphrased
    MIXED = "mixed"  # part of it quoted
    ACT = "act"  # an attitude or deed: "opposes", "welcomed", "objections"


class SegmentKind(StrEnum):
    """What a stretch of a document is; only body text, headings and captions can state anything."""

    BODY = "body"
    HEADING = "heading"
    CAPTION = "caption"
    REFERENCE = "reference"  # bibliography, footnote
    BOILERPLATE = "boilerplate"  # navigation, mailing list, author note


@dataclass(frozen=True, slots=True)
class Segment:
    """A paragraph or a line of its own, with its sentences as half-open spans of the document's text."""

    start: int
    end: int
    kind: SegmentKind
    sentences: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What an attributor proposes; `statements.verifier` turns it into a Statement or refuses it."""

    source: tuple[int, int] | None
    cue: tuple[int, int] | None
    contents: tuple[tuple[int, int], ...]
    form: Form
    hedged: bool = False
    confidence: float = 0.5
    names: bool = False  # whether the source is a name or role rather than "he", "its members"

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """All its parts; none where nothing is proposed in the text's own words."""
        return tuple(part for part in (self.source, self.cue, *self.contents) if part)

    @property
    def start(self) -> int:
        """Where its first word stands."""
        return min(start for start, _ in self.spans)

    @property
    def end(self) -> int:
        """Where its last word ends."""
        return max(end for _, end in self.spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A source, a cue and a content, each as exact words at exact offsets.

    Source: PARC/PolNeAR (source, cue, content); Discourse Network Analyzer (statement).
    """

    document_id: DocumentId
    source: Anchor | None  # None: the text names nobody
    cue: Anchor | None
    contents: tuple[Anchor, ...]  # in text order; discontinuous where the cue interrupts it
    form: Form
    hedged: bool = False  # "reportedly", "is understood to", "apparently"
    via: tuple[str, ...] = ()  # media or documents the text credits for it, as written
    said_on: PartialDate | None = None
    confidence: float = 0.5  # that source, cue and content are right, 0-1
    coder: str = "machine"  # "machine: quotation-marks" or a person's name
    run_id: RunId = RunId("")
    id: StatementId = field(init=False, repr=False, compare=False)  # by its words' places and by who coded it

    def __post_init__(self) -> None:
        on_unit_scale(self.confidence, "a statement's confidence")
        if not self.contents and self.cue is None:
            raise BadSpan("a statement without content and cue says nothing")
        for part in (self.source, self.cue, *self.contents):
            if part is not None and part.document_id != self.document_id:
                raise BadSpan("a statement's words must all stand in its own document")
        spans = [f"{part.start}-{part.end}" if part else "" for part in (self.source, self.cue, *self.contents)]
        made = content_id("statement", self.document_id, *spans, self.coder)
        object.__setattr__(self, "id", StatementId(EvidenceId(made)))  # once: it is asked for very often

    @property
    def start(self) -> int:
        """Where its first word stands."""
        return min([part.start for part in (self.source, self.cue, *self.contents) if part])

    @property
    def end(self) -> int:
        """Where its last word ends."""
        return max([part.end for part in (self.source, self.cue, *self.contents) if part])

    @property
    def words(self) -> str:
        """Its content as one line, gaps shown as an ellipsis; the cue where there is no content."""
        return " […] ".join(part.exact for part in self.contents) or (self.cue.exact if self.cue else "")
