"""Stance by word lists: about the proposal by its own words, for or against by the words of diplomatic reporting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from winset.actors.types import Identification, Standing
from winset.corpus.types import Document
from winset.issues import Issue
from winset.positions.direction import direction
from winset.positions.relevance import ADJACENT, GOES_ON, NEARBY, Topic, topic
from winset.positions.types import Stance
from winset.registry import method
from winset.statements.lexicon import cues
from winset.statements.types import Form, Segment, Statement

GOES_ON_WITHIN = 700  # characters: about two paragraphs of news prose
QUOTED = (Form.DIRECT, Form.MIXED)
CLEAR = 0.45  # direction and confidence from which a word for or against is plain
NEIGHBOURS = 4  # statements on either side among which one may stand inside another
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
    relays = _relays(statements, identifications)
    for number, statement in enumerate(statements):
        earlier = _earlier(number, statements, identifications, found)
        stance = _stance(read, statement, issue, identifications[number], earlier)
        found.append(replace(stance, direction=0.0, reason="passes on another's words") if relays[number] else stance)
    return tuple(found)


def _relays(statements: Sequence[Statement], identifications: Sequence[Identification]) -> list[bool]:
    """For each statement, whether its content holds another actor's statement: "Oslo objects, diplomats said".

    The one inside carries the stance; a minister who says "my country objects" speaks for it all the same.
    statements: in text order, so that only neighbours can overlap.
    """
    return [
        any(
            _who(identifications[other]) not in (None, _who(identifications[number]))
            and _holds(statements[number], statements[other])
            for other in range(max(0, number - NEIGHBOURS), min(len(statements), number + NEIGHBOURS + 1))
            if other != number
        )
        for number in range(len(statements))
    ]


def _who(identification: Identification) -> str | None:
    return identification.represents if identification.is_somebody else None


def _holds(outer: Statement, inner: Statement) -> bool:
    """Whether the inner one's source and cue both stand in the outer one's content."""
    return all(
        part is not None and any(content.start <= part.start and part.end <= content.end for content in outer.contents)
        for part in (inner.source, inner.cue)
    )


def _stance(
    read: Topic, statement: Statement, issue: Issue, identification: Identification, earlier: Stance | None
) -> Stance:
    sign, confidence, words = direction(statement)
    if identification.standing is Standing.MEDIUM and _reports(statement):
        sign, words = 0.0, "a medium that reports"  # what it reports is not its own view
    goes_on = earlier is not None and sign * earlier.direction > 0  # another subject rarely has the same sign too
    relevance, about = read.relevance(statement, goes_on=goes_on)
    if relevance == ADJACENT and (statement.form not in QUOTED or abs(sign) < CLEAR or confidence < CLEAR):
        relevance = NEARBY  # nearness is evidence only for quoted words that are plainly for or against
    if statement.hedged:
        confidence *= HEDGED
    if not identification.is_somebody:
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


def _reports(statement: Statement) -> bool:
    """Whether the cue only passes on: "reported that", "according to"; "calling it a menace" does not."""
    words = statement.cue.exact.lower().split() if statement.cue else []
    kinds = {kind for word in words for cue in cues().get(word, ()) for kind in cue.kinds}
    return statement.form is not Form.DIRECT and not kinds & {"judge", "describe", "urge"}


def _earlier(
    number: int,
    statements: Sequence[Statement],
    identifications: Sequence[Identification],
    found: Sequence[Stance],
) -> Stance | None:
    """What the same known source said about the proposal itself within the last paragraphs."""
    who = _who(identifications[number])
    if who is None:
        return None
    for earlier in range(number - 1, -1, -1):
        if statements[number].start - statements[earlier].end > GOES_ON_WITHIN:
            return None
        if _who(identifications[earlier]) == who and found[earlier].relevance > GOES_ON:
            return found[earlier]
    return None
