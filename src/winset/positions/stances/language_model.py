"""Stance by a language model at an endpoint of the user's choice: it judges, and shows words that stand there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from winset.actors.types import Identification
from winset.corpus.types import Document
from winset.errors import BadSpan, NoAnswer
from winset.issues import Issue
from winset.positions.direction import direction
from winset.positions.judging import HEDGED, neutral
from winset.positions.manner import voice
from winset.positions.types import Stance
from winset.registry import method
from winset.statements.language_model.types import Endpoint
from winset.statements.types import Segment, Statement

if TYPE_CHECKING:
    from winset.positions.stance_questions.answer import Told
    from winset.positions.stance_questions.questions import Asked, Question

AT_ODDS = 0.5  # share of its confidence that a stance keeps which the verb or noun of attitude contradicts
CONFIDENCE = 0.6  # a constant: not measured for any one model, and no model's own word for it is taken
NOTHING = "says nothing of this statement"
NOT_SHOWN = "was not shown this part of the document"


@method("language-model", source="Gilardi2023", needs=("endpoint",))
def language_model(
    statements: Sequence[Statement],
    *,
    document: Document,
    issue: Issue,
    identifications: Sequence[Identification],
    segments: Sequence[Segment],
    endpoint: Endpoint,
) -> tuple[Stance, ...]:
    """One stance a statement, in the same order, as a language model judges it, by words that stand there.

    A stance counts only where the words that the model says decided stand by the statement. Where they do not, or it
    gave no answer, the confidence is 0 and the reason says why; nothing told has 0.
    endpoint: asked once for each chunk of paragraphs with a statement.  Never raises NoAnswer.
    Source: Gilardi, Alizadeh & Kubli (2023), zero-shot stance and relevance of texts.
    """
    from winset.positions.stance_questions.answer import SCHEMA, read_answer
    from winset.positions.stance_questions.checking import sentences_of
    from winset.positions.stance_questions.prompt import messages
    from winset.positions.stance_questions.questions import questions

    coder = f"machine: language-model ({endpoint.model})"
    found = [_untold(statement, issue, coder, NOT_SHOWN) for statement in statements]
    silent, sentences = neutral(statements, identifications), sentences_of(segments)
    for question in questions(document, segments, statements):
        reason: str = NOTHING
        told: dict[int, Told] = {}
        try:
            asked = messages(question, issue, document_id=document.id)
            answer = endpoint.ask(asked, schema=SCHEMA, read=read_answer)
            told = {each.statement: each for each in reversed(answer.stances)}  # the first of two judgements counts
        except NoAnswer as error:
            reason = str(error)
        for each in question.asked:
            try:
                judged = told.get(each.number)
                if judged is None:
                    raise BadSpan(reason)
                stance = _stance(judged, each, question, document=document, issue=issue, sentences=sentences)
            except BadSpan as error:
                found[each.place] = _untold(each.statement, issue, coder, str(error))
                continue
            known = identifications[each.place].is_somebody
            found[each.place] = replace(
                stance,
                by=coder,
                confidence=round(stance.confidence * (1 if known else HEDGED), 2),  # nobody known says it
                direction=0.0 if silent[each.place] else stance.direction,
                reason=silent[each.place] or stance.reason,
            )
    return tuple(found)


def _stance(
    told: Told,
    asked: Asked,
    question: Question,
    *,
    document: Document,
    issue: Issue,
    sentences: Sequence[tuple[int, int]],
) -> Stance:
    """What the model tells of one statement, as far as its words stand there.  Raises BadSpan."""
    from winset.positions.stance_questions.checking import option_told, words_held

    held = words_held(told, asked, question, sentences)
    words = [" ".join(document.text[start:end].split()) for start, end in held]
    hedged = told.hedged or asked.statement.hedged
    attitude = direction(asked.statement)
    at_odds = attitude.by_cue and attitude.sign * told.direction < 0
    reason = ", ".join(f"“{each}”" for each in words) or "about something else"
    return Stance(
        statement_id=asked.statement.id,
        issue_id=issue.id,
        relevance=told.relevance,
        direction=round(told.direction, 2),
        confidence=CONFIDENCE * (HEDGED if hedged else 1) * (AT_ODDS if at_odds else 1),
        reason=f"{reason}; against {attitude.reason}" if at_odds else reason,
        firmness=told.firmness,
        hedged=hedged,
        conditional=told.conditional,
        voice=voice(asked.statement),
        rung=option_told(told, issue),
    )


def _untold(statement: Statement, issue: Issue, coder: str, why: str) -> Stance:
    return Stance(
        statement_id=statement.id,
        issue_id=issue.id,
        relevance=0.0,
        direction=0.0,
        confidence=0.0,
        by=coder,
        reason=why,
        voice=voice(statement),
    )
