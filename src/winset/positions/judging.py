"""What every stance method needs: what a statement is about, whose words they are, who relays whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from winset.actors.types import Identification, Standing
from winset.corpus.types import Document
from winset.issues import Issue
from winset.positions.manner import conditional, firmness, voice
from winset.positions.polarity import WORD, polarity_of
from winset.positions.relevance import ABOUT_IT, ADJACENT, GOES_ON, HERE, NEARBY, TOLD_OF, Topic, rung, topic
from winset.positions.sides import UNREAD, Side
from winset.positions.types import Stance
from winset.statements.lexicon import cues
from winset.statements.types import Form, Segment, Statement

GOES_ON_WITHIN = 700  # characters: about two paragraphs of news prose
QUOTED = (Form.DIRECT, Form.MIXED)
CLEAR = 0.45  # direction and confidence from which a word for or against is plain
NAMING = 5  # letters from which a word may name something
FEW_WORDS = 1
NEAR_IT = (ADJACENT, NEARBY, HERE)  # where it is open what a statement is about; its own words are not overruled
SURELY_ABOUT = 0.95  # share from which a network that reads a statement as about the proposal is believed
READ_AS_ABOUT = 0.6  # confidence where only the network says what it is about: 37 of 55 coded ones were right
PLAIN = 0.6  # direction and confidence from which a side is plain enough to be about what the document is about
NEIGHBOURS = 4  # statements on either side among which one may stand inside another
HEDGED = 0.7  # share of its confidence that a hedged statement keeps


def stances(
    side: Callable[[Statement, bool], Side],
    statements: Sequence[Statement],
    *,
    document: Document,
    issue: Issue,
    identifications: Sequence[Identification],
    segments: Sequence[Segment],
    by: str,
) -> tuple[Stance, ...]:
    """One stance a statement, in the same order, its side as `side` tells it.

    side: asked with a statement and whether its words show that it is about the proposal.
    statements: of one document, in text order, with one identification each.  A statement that holds none of
    the proposal's words still counts when its source spoke about the proposal just before.
    by: the method, as shown to a reader.
    """
    read = topic(document, segments, issue)
    found: list[Stance] = []
    relays = _relays(statements, identifications)
    for number, statement in enumerate(statements):
        earlier = _earlier(number, statements, identifications, found)
        who = identifications[number]
        stance = _stance(statement, read=read, issue=issue, who=who, earlier=earlier, side=side, by=by)
        found.append(replace(stance, direction=0.0, reason="passes on another's words") if relays[number] else stance)
    return tuple(found)


def neutral(statements: Sequence[Statement], identifications: Sequence[Identification]) -> list[str]:
    """For each statement, why it takes no side of its own, whatever it says; empty where it may."""
    return [
        "passes on another's words"
        if relayed
        else "a medium that reports"
        if who.standing is Standing.MEDIUM and _reports(statement)
        else ""
        for statement, who, relayed in zip(
            statements, identifications, _relays(statements, identifications), strict=True
        )
    ]


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
    statement: Statement,
    *,
    read: Topic,
    issue: Issue,
    who: Identification,
    earlier: Stance | None,
    side: Callable[[Statement, bool], Side],
    by: str,
) -> Stance:
    relevance, about = read.relevance(statement, goes_on=False)
    option = rung(statement.words, issue)
    # a method may be slow, and what is about something else need not be read
    relevant = relevance >= TOLD_OF or option is not None
    told = side(statement, relevant) if relevant or relevance >= HERE or earlier is not None else UNREAD
    sign, confidence, words = told.sign, told.confidence, told.reason
    if who.standing is Standing.MEDIUM and _reports(statement):
        sign, words = 0.0, "a medium that reports"  # what it reports is not its own view
    if earlier is not None and sign * earlier.direction > 0:  # another subject rarely has the same sign too
        relevance, about = read.relevance(statement, goes_on=True)
    if option is not None:
        relevance, about = max(relevance, ABOUT_IT), f"the words of “{option}”"
    if relevance in NEAR_IT and abs(sign) >= PLAIN and confidence >= CLEAR:
        share = told.read_about()  # where nothing hangs on it, it is not asked for
        if share is not None and share >= SURELY_ABOUT:
            relevance, about = GOES_ON, f"read as about it ({share:.0%}), {about}"
            confidence = min(confidence, READ_AS_ABOUT)
    if relevance in (NEARBY, HERE) and abs(sign) >= PLAIN and confidence >= PLAIN and _is_bare(statement):
        relevance, about = GOES_ON, f"takes a side and names nothing else, {about}"
    if relevance == ADJACENT and (statement.form not in QUOTED or abs(sign) < CLEAR or confidence < CLEAR):
        relevance = NEARBY  # nearness is evidence only for quoted words that are plainly for or against
    if statement.hedged:
        confidence *= HEDGED
    if not who.is_somebody:
        confidence *= HEDGED  # nobody known says it
    return Stance(
        statement_id=statement.id,
        issue_id=issue.id,
        relevance=relevance,
        direction=round(max(-1.0, min(1.0, sign)), 2),
        confidence=round(confidence, 2),
        by=by,
        reason=f"{about}; {words}",
        firmness=firmness(statement),
        hedged=statement.hedged,
        conditional=conditional(statement),
        voice=voice(statement),
        rung=option,
    )


def _is_bare(statement: Statement) -> bool:
    """Whether what is said names nothing of its own: "it is against", "he disagreed", "remains unconvinced".

    Who welcomes a thing that is named welcomes that thing, not the proposal, be it ever so near.
    """
    words = [word for part in statement.contents for word in WORD.findall(part.exact)]
    own = [word for word in words if len(word) >= NAMING and polarity_of(word.lower()) is None]
    return len(own) <= FEW_WORDS


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
