"""Stance by the trained network alone, which reads the proposal, what stands before a statement, and the statement."""

from __future__ import annotations

from collections.abc import Sequence

from winset.actors.types import Identification
from winset.corpus.types import Document
from winset.issues import Issue
from winset.positions.judging import stances
from winset.positions.sides import Side
from winset.positions.stance_network.sides import side
from winset.positions.types import Stance
from winset.registry import method
from winset.statements.types import Segment, Statement


@method("trained-model", source="AllawayMcKeown2020")
def trained_model(
    statements: Sequence[Statement],
    *,
    document: Document,
    issue: Issue,
    identifications: Sequence[Identification],
    segments: Sequence[Segment],
) -> tuple[Stance, ...]:
    """One stance a statement, in the same order, as the network reads it.

    Source: the task, a topic and a text, and most of the training texts are of Allaway & McKeown (2020).
    """

    def told(statement: Statement, _: bool) -> Side:
        return side(statement, document=document, issue=issue)

    return stances(
        told,
        statements,
        document=document,
        issue=issue,
        identifications=identifications,
        segments=segments,
        by="machine: trained model",
    )
