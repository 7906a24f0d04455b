"""What the documents say to a question, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from winset.exchange.statement_lines import document_label

if TYPE_CHECKING:
    from winset.actors.types import Identification
    from winset.corpus.types import Document
    from winset.sourcing.types import Origin, Passage
    from winset.statements.types import Statement


def passage_values(
    passage: Passage,
    document: Document,
    statement: Statement | None,
    who: Identification | None,
    origin: Origin | None,
) -> Mapping[str, Any]:
    """One passage: its words and where they stand, and who says them; None where nobody is told to.

    doc: the file's name without its folders, or the whole address; `document` is the text's id.  start, end:
    half-open, in Unicode code points.  score: 0-1, how surely it answers.  published: of the document.
    """
    return {
        "document": document.id,
        "doc": document_label(document.name),
        "start": passage.anchor.start,
        "end": passage.anchor.end,
        "exact": passage.anchor.exact,
        "score": passage.score,
        "actor": who.actor_id if who else None,
        "represents": who.represents if who else None,
        "speaker": who.speaker if who else None,
        "said_on": str(statement.said_on) if statement and statement.said_on else None,
        "published": str(document.published) if document.published else None,
        "origin": origin.label if origin else None,
        "statement": statement.id if statement else None,
    }
