"""Stance by word lists: about the proposal by its own words, for or against by the words of diplomatic reporting."""

from __future__ import annotations

from collections.abc import Sequence

from winset.actors.types import Identification
from winset.corpus.types import Document
from winset.issues import Issue
from winset.positions.direction import direction
from winset.positions.judging import stances
from winset.positions.types import Stance
from winset.registry import method
from winset.statements.types import Segment, Statement


@method("lexicon", source="GrimmerStewart2013")
def lexicon(
    statements: Sequence[Statement],
    *,
    document: Document,
    issue: Issue,
    identifications: Sequence[Identification],
    segments: Sequence[Segment],
) -> tuple[Stance, ...]:
    """One stance a statement, in the same order, by counting words for and against.

    Source: dictionary methods as reviewed by Grimmer & Stewart (2013), with their limits: irony, and
    conditions set out over several sentences, are not seen.
    """
    return stances(
        lambda statement, _: direction(statement, proposal=issue.proposal),
        statements,
        document=document,
        issue=issue,
        identifications=identifications,
        segments=segments,
        by="machine: lexicon",
    )
