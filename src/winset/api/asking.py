"""Answer: the passages that answer a question, word for word."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from winset.api.tables import Row, Table
from winset.errors import BadCase

if TYPE_CHECKING:
    from winset.api.opened import Source
    from winset.api.words import Words
    from winset.sourcing.asking.replies import Reply

PASSAGES = {
    "score": "how surely it answers, 0-1",
    "who": "who says it, where somebody does",
    "exact": "the exact words",
    "said_on": "",
    "origin": "where it comes from in the end",
    "document": "title, else name",
    "document_id": "",
    "start": "",
    "end": "",
    "statement_id": "of the statement made in it, where there is one",
}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Answer:
    """What the documents say to a question: passages of theirs, and nothing else."""

    question: str
    answered: bool  # False: nothing here answers it, and the passages are the nearest ones
    score: float  # 0-1: how surely any passage answers
    passages: Table = field(repr=False)  # best first; `.words(n)` gives the words of one

    def __repr__(self) -> str:
        from winset.brief.wording import count

        found = count(len(self.passages), "passage") if self.answered else "nothing here answers this"
        return f"<Answer to “{self.question}”: {found}>"

    def __str__(self) -> str:
        if not self.answered:
            return "Nothing here answers this."
        return "\n".join(f"“{' '.join(row['exact'].split())}” ({_by(row)})" for row in self.passages)

    def _repr_html_(self) -> str:
        from winset.api import html

        head = "" if self.answered else "<p><b>Nothing here answers this.</b> Nearest:</p>"
        quoted = [
            f"<blockquote>{html.safe(row['exact'])}<br>{html.muted(_by(row))}</blockquote>" for row in self.passages
        ]
        return html.framed(f"<p><b>{html.safe(self.question)}</b></p>", head, *quoted)


def answer(source: Source, question: str, *, top: int) -> Answer:
    """What a case's documents say to a question.  Raises BadQuestion, BadCase where there is none."""
    from winset.actors.registry import registry
    from winset.pipeline.asking import replied
    from winset.sourcing.asking.asked import asked
    from winset.sourcing.asking.terms import Named
    from winset.store.passage_index import index_of

    if top < 1:
        raise BadCase(f"top={top}: allowed is 1 or more")
    named = Named(registry(source.additions))
    apart = asked(question, named)
    material = source.material
    if not material.documents:
        raise BadCase(f"{source.name}: holds no document yet: add some with `winset add CASE DOCS...`")
    documents = {document.id: document for document in material.documents}
    with index_of(material.documents, named) as index:
        reply = replied(apart, index, documents, named, material=lambda _: material, top=top)
    return _told(reply)


def _told(reply: Reply) -> Answer:
    from winset.api.words import words_of

    rows, words = [], []
    for each in reply.heard:
        who, said, anchor = each.identification, each.statement, each.passage.anchor
        words.append(words_of(anchor, each.document, "passage"))
        rows.append(
            {
                "score": round(each.passage.score, 4),
                "who": ", ".join(filter(None, (who.represents, who.speaker))) or None if who else None,
                "exact": anchor.exact,
                "said_on": said.said_on.text if said and said.said_on else None,
                "origin": each.origin.label if each.origin else None,
                "document": each.document.title or each.document.name,
                "document_id": str(anchor.document_id),
                "start": anchor.start,
                "end": anchor.end,
                "statement_id": str(said.id) if said else None,
            }
        )
    places = {(each.document_id, each.start, each.end): each for each in words}

    def opened(row: Row) -> tuple[Words, ...]:
        return (places[row["document_id"], row["start"], row["end"]],)

    shown = ("score", "who", "exact", "document")
    table = Table.of("passages", rows, columns=PASSAGES, shown=shown, opener=opened)
    return Answer(question=reply.question, answered=reply.answered, score=round(reply.score, 4), passages=table)


def _by(row: Row) -> str:
    return ", ".join(filter(None, (row["who"], row["said_on"], row["document"], f"{row['start']}–{row['end']}")))
