"""Quotation marks: a quotation that no verb of its sentence frames goes on with, or opens after, its speaker."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from winset.corpus.types import Document
from winset.registry import method
from winset.statements.clauses import attributions
from winset.statements.lexicon import cues
from winset.statements.phrases import can_speak, left_phrase, right_phrase
from winset.statements.proposals import Attribution, proposal
from winset.statements.quotations import Quotation
from winset.statements.sentences import Unit, units
from winset.statements.tokens import Token
from winset.statements.types import Form, Proposal, Segment

SPEECH = (Form.DIRECT, Form.MIXED)
LONGEST_SIGNATURE = 9  # words and marks
ALONE = 0.7  # share of a sentence that must be quoted before it counts as speech without a verb


@method("quotation-marks", source="Pouliquen2007")
def quotation_marks(document: Document, segments: Sequence[Segment]) -> Iterator[Proposal]:
    """Direct speech: framed by a verb in its sentence, continued from the last speaker, or after a colon.

    A sentence that is nothing but quotation belongs to the speaker quoted before it in its paragraph; where
    nobody was, its source is left open rather than guessed.
    """
    held: Proposal | None = None
    paragraph = -1
    for unit in units(document, segments):
        if unit.paragraph != paragraph:
            yield from _released(held)
            held, paragraph = None, unit.paragraph
        signature = _signature(unit.words, 0)
        if held is not None and held.source is None and signature is not None:
            held = _spoken_by(held, unit, signature)
            continue
        quoted = [found for found in (proposal(unit, each) for each in attributions(unit)) if found.form in SPEECH]
        if quoted:
            yield from _released(held)
            yield from quoted[:-1]
            held = quoted[-1]
            continue
        speech = _alone(unit)
        if speech:
            label = _label(unit)
            if label is not None:
                yield from _released(held)
                held = proposal(unit, label)
            elif held is not None and held.source is not None:
                held = _continued(held, speech)
            else:
                yield from _released(held)
                held = _unclaimed(speech)
    yield from _released(held)


def _released(held: Proposal | None) -> tuple[Proposal, ...]:
    return () if held is None else (held,)


def _continued(held: Proposal, speech: Sequence[Quotation]) -> Proposal:
    """The speech held so far with these quotations added."""
    spans = tuple((mark.inner_start, mark.inner_end) for mark in speech)
    return replace(held, contents=held.contents + spans)


def _unclaimed(speech: Sequence[Quotation]) -> Proposal:
    spans = tuple((mark.inner_start, mark.inner_end) for mark in speech)
    return Proposal(source=None, cue=None, contents=spans, form=Form.DIRECT, confidence=0.4)


def _alone(unit: Unit) -> tuple[Quotation, ...]:
    """The unit's quotations where they make up nearly all of it."""
    speech = tuple(mark for mark in unit.marks if not mark.is_scare)
    inside = sum(min(mark.end, unit.end) - max(mark.start, unit.start) for mark in speech)
    return speech if speech and inside >= ALONE * (unit.end - unit.start) else ()


def _label(unit: Unit) -> Attribution | None:
    """SOURCE: "…" without a verb, or SOURCE "verb …"."""
    words = unit.words
    opening = next((place for place, word in enumerate(words) if word.quote >= 0), len(words))
    if opening == 0:
        return _signed(words)
    if opening >= len(words):
        return None
    colon = words[opening - 1].text == ":"
    source = left_phrase(words, opening - 1 if colon else opening)
    if source is None or not can_speak(words, source) or not (colon or _begins_with_verb(words, opening)):
        return None
    end = opening
    while end < len(words) and words[end].quote >= 0:
        end += 1
    cue = (opening - 1, opening) if colon else (opening + 1, opening + 2)
    return Attribution(source, cue, ((opening, end),), None, 0.7)


def _signed(words: Sequence[Token]) -> Attribution | None:
    """The name behind a dash, as letters and collections of voices sign what they quote: "…" — NAME."""
    end = next((place for place, word in enumerate(words) if word.quote < 0), len(words))
    named = _signature(words, end)
    return Attribution(named, (end, end + 1), ((0, end),), None, 0.7) if named else None


def _signature(words: Sequence[Token], at: int) -> tuple[int, int] | None:
    """The name behind the dash at `at`, where little else follows: "— Ana Lind, Riga"."""
    if at + 1 >= len(words) or words[at].text not in "—–―-" or len(words) - at > LONGEST_SIGNATURE:
        return None
    named = right_phrase(words, at + 1)
    return named if named is not None and words[named[0]].is_capital else None


def _spoken_by(held: Proposal, unit: Unit, named: tuple[int, int]) -> Proposal:
    """The speech held without a speaker, now with the one who signs it."""
    first, last = unit.words[named[0]], unit.words[named[1] - 1]
    mark = unit.words[named[0] - 1]
    source, cue = (first.start, last.end), (mark.start, mark.end)
    return replace(held, source=source, cue=cue, confidence=0.7, names=True)


def _begins_with_verb(words: Sequence[Token], opening: int) -> bool:
    """Whether the quoted words go on from their subject: "Both sides “agreed to …”"."""
    forms = cues().get(words[opening + 1].lower, ()) if opening + 1 < len(words) else ()
    return any(form.tense == "past" for form in forms)
