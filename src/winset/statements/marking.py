"""A statement that a person marks: the same gate as for every attributor, and the same context."""

from __future__ import annotations

from collections.abc import Sequence

from winset import __version__
from winset.corpus.types import Document
from winset.provenance import Run
from winset.statements.extraction import with_context
from winset.statements.segmentation import segments
from winset.statements.types import Form, Proposal, Statement
from winset.statements.verifier import verify

OPENING, CLOSING = "\"'“‘«„‹", "\"'”’»“›"
METHOD = "marked-by-a-person"


def marked(
    document: Document,
    *,
    source: tuple[int, int] | None,
    cue: tuple[int, int] | None,
    contents: Sequence[tuple[int, int]],
    by: str,
) -> tuple[Statement, Run]:
    """The statement and the run that made it; white space at the ends of a span is left out.

    source, cue, contents: half-open spans of the document's text.  by: the person, who becomes its coder.
    Raises BadSpan for a span outside the text, without words, or over another part of the same statement.
    """
    run = Run(step="statements", method=METHOD, version=__version__, inputs=(document.id,))
    tight = tuple(_tight(document.text, span) for span in contents)
    proposal = Proposal(
        source=_tight(document.text, source) if source else None,
        cue=_tight(document.text, cue) if cue else None,
        contents=tight,
        form=_form(document.text, tight),
        confidence=1.0,
    )
    blocks = segments(document.text)
    return with_context(document, verify(document, proposal, coder=by, run_id=run.id), blocks, {}), run


def _tight(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """The span without white space at its ends; as it is where it holds nothing else, for the gate to refuse."""
    start, end = span
    words = text[max(0, start) : max(0, end)]
    if not words.strip() or start < 0 or end > len(text):
        return span
    return start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))


def _form(text: str, contents: Sequence[tuple[int, int]]) -> Form:
    """Direct where every part is inside quotation marks, mixed where some is, indirect else; an act without content."""
    if not contents:
        return Form.ACT
    quoted = [_is_quoted(text, start, end) for start, end in contents]
    if all(quoted):
        return Form.DIRECT
    inside = any(quoted) or any(mark in text[start:end] for start, end in contents for mark in '“”«»"')
    return Form.MIXED if inside else Form.INDIRECT


def _is_quoted(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    around = before and before in OPENING and after and after in CLOSING
    words = text[start:end]  # none where the span stands outside the text, for the gate to refuse
    return bool(around) or (bool(words) and words[0] in OPENING and words[-1] in CLOSING)
