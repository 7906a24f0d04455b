"""A small coded project of our own: what importers hold files against, and what study files are changed copies of."""

from __future__ import annotations

from functools import cache

from winset.actors.types import Identification, SpeaksAs, Standing
from winset.corpus.types import Document, anchor
from winset.exchange.projects import Project, ProjectDocument, ProjectStatement
from winset.ids import ActorId, PartialDate
from winset.issues import CaseSpec, Issue, Option
from winset.positions.rulings import Codes, Ruling
from winset.positions.types import Stance
from winset.statements.types import Form, Statement

TEXT = (
    "🐟 Harbour news.\nIda Holm of the Guild said the quay must be wider. Per Lund would rather see a jetty.\n\n"
    "“Nothing is decided,” the mayor told the Harbour Post."
)
SAID = (  # words, who says so, for whom, the machine's direction, what people coded
    ("the quay must be wider", "Ida Holm", "Guild", 0.8, ()),
    ("see a jetty", "Per Lund", "Port", -0.4, (("Ada", "oppose"), ("Ben", "favour"))),
    ("Nothing is decided,", None, None, None, ()),
)


@cache
def project() -> Project:
    """One document, three statements, two coders."""
    return Project(
        spec=_spec(),
        documents=(ProjectDocument(document=_document(), statements=tuple(_said(*each) for each in SAID)),),
    )


def documents() -> tuple[Document, ...]:
    """The project's documents, as those that a case holds already."""
    return (_document(),)


@cache
def _document() -> Document:
    return Document(
        name="news.txt",
        text=TEXT,
        title="Harbour news",
        authors=("Åsa Lind", "Ben Berg"),
        publisher="Harbour Post",
        published=PartialDate("2024-01-02"),
        source_url="https://example.org/news",
    )


@cache
def _spec() -> CaseSpec:
    return CaseSpec(
        issue=Issue(
            proposal="Widen the quay",
            body="Quay Council",
            rule="simple-majority",
            on=PartialDate("2024-03"),
            options=(Option(label="a jetty", value=40.0),),
        )
    )


def _said(
    words: str,
    speaker: str | None,
    represents: str | None,
    direction: float | None,
    coded: tuple[tuple[str, str], ...],
) -> ProjectStatement:
    start = TEXT.index(words)
    statement = Statement(
        document_id=_document().id,
        source=anchor(_document(), TEXT.index(speaker), TEXT.index(speaker) + len(speaker)) if speaker else None,
        cue=None,
        contents=(anchor(_document(), start, start + len(words)),),
        form=Form.INDIRECT,
        coder="machine: cues",
    )
    named = Identification(
        statement_id=statement.id,
        speaker=speaker,
        represents=represents,
        actor_id=ActorId(represents.lower()) if represents else None,
        standing=Standing.MEMBER if represents else Standing.UNKNOWN,
        speaks_as=SpeaksAs.ACTOR if represents else SpeaksAs.UNRESOLVED,
        score=0.9 if represents else 0.0,
        rule="office",
    )
    stance = None
    if direction is not None:
        stance = Stance(
            statement_id=statement.id, issue_id=_spec().issue.id, relevance=0.9, direction=direction, confidence=0.8
        )
    rulings = tuple(Ruling(statement_id=statement.id, coder=who, codes=Codes(stance=what)) for who, what in coded)
    return ProjectStatement(statement=statement, identification=named, stance=stance, rulings=rulings)
