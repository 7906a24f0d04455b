"""What of a language model's answer holds: its words must stand where the statement stands, or nothing is taken."""

from __future__ import annotations

from collections.abc import Sequence

from winset.errors import BadSpan
from winset.issues import Issue
from winset.positions.stance_questions.answer import Told
from winset.positions.stance_questions.questions import Asked, Question
from winset.statements.language_model.anchoring import places_in
from winset.statements.language_model.passages import Passage
from winset.statements.types import Segment

MOST_WORDS = 5  # strings
LONGEST_WORDS = 300  # characters of one; more would be the paragraph, and decide nothing
RELEVANT = 0.5

Span = tuple[int, int]


def words_held(told: Told, asked: Asked, question: Question, sentences: Sequence[Span]) -> tuple[Span, ...]:
    """Where in the document the words stand that decided; none where the statement is told to be about other things.

    Each must stand whole in the statement's paragraph or the one before or after it, and one of them in the
    statement's own sentences: what a document says elsewhere, also to the model, cannot stand in for them.
    sentences: the document's, in order.  Raises BadSpan.
    """
    if told.relevance < RELEVANT:
        return ()
    if not 0 < len(told.words) <= MOST_WORDS:
        raise BadSpan(f"{len(told.words)} stretches of words: at least 1, at most {MOST_WORDS}")
    own = _own(asked, sentences)
    found = [_nearest(words, question.around(asked), own) for words in told.words]
    if not any(_meets(span, own) for span in found):
        raise BadSpan("none of the words stands in the statement's own sentence")
    return tuple(sorted(set(found)))


def option_told(told: Told, issue: Issue) -> str | None:
    """The label of the option with that number.  Raises BadSpan where there is none."""
    if told.option is None:
        return None
    if not 0 < told.option <= len(issue.options):
        raise BadSpan(f"option {told.option}: there are {len(issue.options)}")
    return issue.options[told.option - 1].label


def sentences_of(segments: Sequence[Segment]) -> tuple[Span, ...]:
    """All sentences in order."""
    return tuple(span for segment in segments for span in segment.sentences)


def _own(asked: Asked, sentences: Sequence[Span]) -> tuple[Span, ...]:
    """The statement's parts, and the sentences that they touch."""
    return (*asked.parts, *(span for span in sentences if any(_meet(span, part) for part in asked.parts)))


def _nearest(words: str, passages: tuple[Passage, ...], own: tuple[Span, ...]) -> Span:
    """Where they stand, in the statement's own sentences before elsewhere; raises BadSpan where they do not."""
    if len(words) > LONGEST_WORDS:
        raise BadSpan(f"{len(words)} characters of words: at most {LONGEST_WORDS}")
    elsewhere: Span | None = None
    for passage in passages:
        try:
            places = [passage.span(start, end) for start, end in places_in(words, passage.shown)]
        except BadSpan:
            continue
        for span in places:
            if _meets(span, own):
                return span
        elsewhere = elsewhere or places[0]
    if elsewhere is None:
        raise BadSpan(f"{words[:40]!r} does not stand by the statement")
    return elsewhere


def _meets(span: Span, own: tuple[Span, ...]) -> bool:
    return any(_meet(span, one) for one in own)


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
