"""Bodies of documents made by hand: what each says, who is heard, and what it credits."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from winset.actors.types import Identification, SpeaksAs, Standing
from winset.corpus.types import Anchor, Document, anchor
from winset.ids import ActorId, DocumentId, PartialDate
from winset.sourcing.types import Credit, ReadDocument
from winset.statements.segmentation import segments
from winset.statements.types import Form, Statement


@dataclass(slots=True)
class Made:
    """One document, filled piece by piece."""

    document: Document
    statements: list[Statement] = field(default_factory=list)
    identifications: list[Identification] = field(default_factory=list)
    credits: list[Credit] = field(default_factory=list)

    @property
    def id(self) -> DocumentId:
        """The document's."""
        return self.document.id

    @property
    def read(self) -> ReadDocument:
        """As the functions of `sourcing` take it."""
        return ReadDocument(
            document=self.document,
            segments=tuple(segments(self.document.text)),
            statements=tuple(self.statements),
            identifications=tuple(self.identifications),
        )

    def place(self, words: str) -> Anchor:
        """Where these words first stand."""
        start = self.document.text.index(words)
        return anchor(self.document, start, start + len(words))

    def says(
        self,
        source: str | None,
        cue: str,
        content: str,
        *,
        on: str | None = None,
        speaker: str | None = None,
        actor: str | None = None,
        speaks_as: SpeaksAs | None = None,
        form: Form = Form.INDIRECT,
    ) -> Statement:
        """A statement by the words of its parts; speaker, actor: who that is found to be."""
        said = Statement(
            document_id=self.document.id,
            source=self.place(source) if source else None,
            cue=self.place(cue),
            contents=(self.place(content),),
            form=form,
            said_on=PartialDate(on) if on else None,
        )
        self.statements.append(said)
        known = actor is not None or speaker is not None
        self.identifications.append(
            Identification(
                statement_id=said.id,
                speaker=speaker,
                represents=actor or (f"expert: {speaker}" if speaker else None),
                actor_id=ActorId(actor) if actor else None,
                standing=Standing.UNKNOWN,
                speaks_as=speaks_as or (SpeaksAs.ACTOR if known else SpeaksAs.UNRESOLVED),
                score=1.0,
                rule="made",
            )
        )
        return said

    def credits_(
        self, words: str, origin: str, kind: str = "medium", *, to: tuple[Statement, ...] = (), **told: Any
    ) -> Credit:
        """A credit by its words; to: the statements that rest on it; told: dated, url, title, marker, entry."""
        if told.get("dated"):
            told["dated"] = PartialDate(told["dated"])
        if told.get("entry"):
            told["entry"] = self.place(told["entry"])
        made = Credit(
            document_id=self.document.id,
            origin=origin,
            kind=kind,
            anchor=self.place(words),
            statement_ids=tuple(row.id for row in to),
            **told,
        )
        self.credits.append(made)
        return made


def made(name: str, text: str, *, published: str | None = None, **told: Any) -> Made:
    """A document with nothing read from it yet."""
    on = PartialDate(published) if published else None
    return Made(Document(name=name, text=text, published=on, **told))


def read_all(*documents: Made) -> tuple[tuple[ReadDocument, ...], tuple[Credit, ...]]:
    """All of them, and all their credits."""
    return tuple(each.read for each in documents), tuple(row for each in documents for row in each.credits)


LINE = "The lake lies beyond the borders of the northern compact"


def telling(name: str, before: str = "Ada Roe said: ", line: str = LINE, **told: str) -> tuple[Made, Statement]:
    """A document in which Ada Roe of Northmark says a line, and that statement."""
    document = made(name, f"{before}“{line}”", **told)
    said = document.says("Ada Roe", "said", line, speaker="Ada Roe", actor="NOR", form=Form.DIRECT)
    return document, said


def ring(number: int) -> list[Made]:
    """Documents that credit each other in a circle, up to three."""
    titles = [f"The {word} view of the compact and the lake" for word in ("first", "second", "third")][:number]
    documents = []
    for place, title in enumerate(titles):
        cited = titles[(place + 1) % number]
        text = f"Ada Roe said: “{LINE}”.[1]\n\n[1] {cited}."
        document = made(title, text, title=title, published=f"2031-05-0{3 + place}")
        said = document.says("Ada Roe", "said", LINE, speaker="Ada Roe", actor="NOR", form=Form.DIRECT)
        document.credits_("[1]", cited, "reference", title=cited, marker="1", to=(said,))
        documents.append(document)
    return documents
