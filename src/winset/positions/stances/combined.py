"""Stance by both: an attitude named in the text decides; what is said is weighed by word lists and network together."""

from __future__ import annotations

from collections.abc import Sequence

from winset.actors.types import Identification
from winset.corpus.types import Document
from winset.issues import Issue
from winset.positions.direction import direction
from winset.positions.judging import stances
from winset.positions.sides import Side
from winset.positions.stance_network.sides import weighed
from winset.positions.types import Stance
from winset.registry import method
from winset.statements.types import Segment, Statement


@method("combined", source="AllawayMcKeown2020")
def combined(
    statements: Sequence[Statement],
    *,
    document: Document,
    issue: Issue,
    identifications: Sequence[Identification],
    segments: Sequence[Segment],
) -> tuple[Stance, ...]:
    """One stance a statement, in the same order.

    Where words name a side, the word list decides; where they do not, a logistic regression weighs both, and a plain
    lean counts.  Whether a statement near the proposal's words speaks of it, the network decides.
    Source: the network as for `trained-model`; the weights by Platt (1999).
    """

    def told(statement: Statement, relevant: bool) -> Side:
        words = direction(statement, proposal=issue.proposal)
        return weighed(words, statement, document=document, issue=issue, relevant=relevant)

    return stances(
        told,
        statements,
        document=document,
        issue=issue,
        identifications=identifications,
        segments=segments,
        by="machine: combined",
    )
