"""The one gate for every attributor, a language model's included: words must stand where they are said to stand."""

from __future__ import annotations

from itertools import pairwise

from winset.corpus.types import Document, anchor
from winset.errors import BadSpan
from winset.ids import RunId
from winset.statements.types import Proposal, Statement


def verify(document: Document, proposal: Proposal, *, coder: str, run_id: RunId) -> Statement:
    """The proposal as a Statement with exact words; raises BadSpan where a span lies outside the text or is blank."""
    for start, end in (*proposal.contents, *(part for part in (proposal.source, proposal.cue) if part)):
        if not document.text[max(0, start) : max(0, end)].strip():
            raise BadSpan(f"span {start}-{end} in {document.name!r} holds no words: propose words of the text")
    contents = sorted(proposal.contents)
    if any(later[0] < earlier[1] for earlier, later in pairwise(contents)):
        raise BadSpan(f"contents {contents} in {document.name!r} overlap: propose each word once")
    return Statement(
        document_id=document.id,
        source=anchor(document, *proposal.source) if proposal.source else None,
        cue=anchor(document, *proposal.cue) if proposal.cue else None,
        contents=tuple(anchor(document, start, end) for start, end in contents),
        form=proposal.form,
        hedged=proposal.hedged,
        confidence=proposal.confidence,
        coder=coder,
        run_id=run_id,
    )
