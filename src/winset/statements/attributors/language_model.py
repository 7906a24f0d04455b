"""A language model at an endpoint of the user's choice: it proposes words, and only words that stand there count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from winset.corpus.types import Document
from winset.errors import BadSpan
from winset.registry import method
from winset.statements.language_model.passages import chunks
from winset.statements.language_model.types import Endpoint
from winset.statements.quotations import quotations, touching
from winset.statements.types import Form, Proposal, Segment

REFUSED = Proposal(source=None, cue=None, contents=(), form=Form.INDIRECT)  # of no words: counted, never stated


@method("language-model", source="Hines2024", needs=("endpoint",))
def language_model(document: Document, segments: Sequence[Segment], *, endpoint: Endpoint) -> Iterator[Proposal]:
    """Whatever a language model finds, as far as its words stand in the paragraph that it names.

    For what it tells in other words a proposal of no words is made, so that it is counted among the refused.
    endpoint: asked once for each chunk of paragraphs.  Raises NoAnswer.
    """
    from winset.statements.language_model.anchoring import anchored
    from winset.statements.language_model.answer import SCHEMA, read_answer
    from winset.statements.language_model.prompt import messages

    marks = quotations(document.text, segments)
    for chunk in chunks(document.text, segments):
        asked = messages(chunk, document_id=document.id)
        shown = {passage.number: passage for passage in chunk}
        for told in endpoint.ask(asked, schema=SCHEMA, read=read_answer).attributions:
            passage = shown.get(told.paragraph)
            if passage is None:
                yield REFUSED
                continue
            try:
                yield anchored(told, passage, touching(marks, passage.places[0], passage.places[-1] + 1))
            except BadSpan:
                yield REFUSED
