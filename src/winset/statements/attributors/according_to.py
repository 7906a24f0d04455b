"""According to: a source named by a preposition, the rest of its sentence the content."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from winset.corpus.types import Document
from winset.registry import method
from winset.statements.phrases import can_speak, right_phrase
from winset.statements.proposals import Attribution, proposal
from winset.statements.sentences import Unit, units
from winset.statements.tokens import Token
from winset.statements.types import Proposal, Segment

OPENERS = (("according", "to"), ("in", "the", "words", "of"), ("in", "the", "view", "of"), ("as", "reported", "by"))
FIRST = frozenset(first for first, *_ in OPENERS)


@method("according-to", source="Pareti2016")
def according_to(document: Document, segments: Sequence[Segment]) -> Iterator[Proposal]:
    """Each "according to SOURCE" and its kin outside quotation marks."""
    for unit in units(document, segments):
        for place, word in enumerate(unit.words):
            opener = _opener(unit.words, place) if word.lower in FIRST else 0
            if opener:
                found = _attribution(unit, place, opener)
                if found:
                    yield proposal(unit, found)


def _opener(words: Sequence[Token], place: int) -> int:
    """Number of words of the opener at `place`, 0 where there is none."""
    if words[place].quote >= 0:
        return 0
    for opener in OPENERS:
        if tuple(word.lower for word in words[place : place + len(opener)]) == opener:
            return len(opener)
    return 0


def _attribution(unit: Unit, place: int, length: int) -> Attribution | None:
    words = unit.words
    source = right_phrase(words, place + length)
    if source is None or not can_speak(words, source):
        return None
    contents = []
    left = _trim(words, _clause(words, place), place)
    if left:
        contents.append(left)
    close = source[1]
    while close < len(words) and words[close].text not in ",.;—–:" and close - source[1] < 14:  # noqa: PLR2004 - "in London"
        close += 1
    right = _trim(words, close, len(words))
    if right and (not left or (place > 0 and words[place - 1].text in ",—–(")):
        contents.append(right)
    if not contents:
        return None
    return Attribution(source, (place, place + length), tuple(contents), None, 0.85)


def _clause(words: Sequence[Token], place: int) -> int:
    """Where the content left of the insertion begins: at "which" or "that" if the insertion stands right behind it."""
    inside = place >= 2 and words[place - 1].text == "," and words[place - 2].lower in ("which", "that", "who")  # noqa: PLR2004
    return place if inside else 0


def _trim(words: Sequence[Token], start: int, end: int) -> tuple[int, int] | None:
    while start < end and words[start].text in ",;:—–.()":
        start += 1
    while end > start and words[end - 1].text in ",;:—–.()":
        end -= 1
    return (start, end) if end - start > 1 else None
