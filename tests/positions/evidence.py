"""Evidence of our own making: what an actor said on a day, for or against."""

from __future__ import annotations

from typing import Any

from winset.actors.types import Identification, SpeaksAs, Standing
from winset.corpus.types import Document, anchor
from winset.ids import ActorId, PartialDate
from winset.issues import Issue
from winset.positions.estimation import Evidence
from winset.positions.types import Stance
from winset.sourcing.types import Origin
from winset.statements.types import Form, Statement

ISSUE = Issue(proposal="Adopt a fuel levy", body="league", rule="consensus", on=PartialDate("2024-05-01"))
DOCUMENT = Document(name="text", text="Riga opposes the levy. " * 4000)


def said(
    number: int,
    direction: float,
    on: str | None = None,
    *,
    actor: str = "LVA",
    origin: str | None = None,
    role: str | None = None,
    form: Form = Form.ACT,
    score: float = 0.9,
    issue: Issue = ISSUE,
    **stance: Any,
) -> Evidence:
    """One statement, each with an origin of its own where none is named."""
    start = number * 23
    statement = Statement(
        document_id=DOCUMENT.id,
        source=anchor(DOCUMENT, start, start + 4),
        cue=anchor(DOCUMENT, start + 5, start + 12),
        contents=(anchor(DOCUMENT, start + 13, start + 21),),
        form=form,
        said_on=PartialDate(on) if on else None,
    )
    told = {"relevance": 0.9, "confidence": 0.85} | stance
    return Evidence(
        statement=statement,
        identification=Identification(
            statement_id=statement.id,
            speaker=None,
            represents=actor,
            actor_id=ActorId(actor),
            standing=Standing.MEMBER,
            speaks_as=SpeaksAs.ACTOR,
            score=score,
            rule="test",
            role=role,
        ),
        stance=Stance(statement_id=statement.id, issue_id=issue.id, direction=direction, **told),
        origin=Origin(statement_id=statement.id, key=origin or f"o{number}", label="a paper"),
    )
