"""Stance by word lists: about the proposal by its own words, for or against by the words of diplomatic reporting."""

from __future__ import annotations

from collections.abc import Sequence

from winset.actors.types import Identification
from winset.corpus.types import Document
from winset.issues import Issue
from winset.positions.stances.direction import direction
from winset.positions.stances.relevance import GOES_ON, Topic, topic
from winset.positions.types import Stance
from winset.registry import method
from winset.statements.types import Segment, Statement

GOES_ON_WITHIN = 700  # characters: about two paragraphs of news prose
HEDGED = 0.7  # share of its confidence that a hedged statement keeps


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

    statements: of one document, in text order, with one identification each.  A statement that holds none of
    the proposal's words still counts when its source spoke about the proposal just before.
    Source: dictionary methods as reviewed by Grimmer & Stewart (2013), with their limits: irony, and
    conditions set out over several sentences, are not seen.
    """
    read = topic(document, segments, issue)
    found: list[Stance] = []
    for number, statement in enumerate(statements):
        earlier = _earlier(number, statements, identifications, found)
        found.append(_stance(read, statement, issue, identifications[number], earlier))
    return tuple(found)


def _stance(
    read: Topic, statement: Statement, issue: Issue, identification: Identification, earlier: Stance | None
) -> Stance:
    sign, confidence, words = direction(statement)
    goes_on = earlier is not None and sign * earlier.direction > 0  # another subject rarely has the same sign too
    relevance, about = read.relevance(statement, goes_on=goes_on)
    if statement.hedged:
        confidence *= HEDGED
    if identification.represents is None:
        confidence *= HEDGED  # nobody known says it
    return Stance(
        statement_id=statement.id,
        issue_id=issue.id,
        relevance=relevance,
        direction=round(max(-1.0, min(1.0, sign)), 2),
        confidence=round(confidence, 2),
        by="machine: lexicon",
        reason=f"{about}; {words}",
    )


def _earlier(
    number: int,
    statements: Sequence[Statement],
    identifications: Sequence[Identification],
    found: Sequence[Stance],
) -> Stance | None:
    """What the same known source said about the proposal itself within the last paragraphs."""
    who = identifications[number].represents
    if who is None:
        return None
    for earlier in range(number - 1, -1, -1):
        if statements[number].start - statements[earlier].end > GOES_ON_WITHIN:
            return None
        if identifications[earlier].represents == who and found[earlier].relevance > GOES_ON:
            return found[earlier]
    return None
