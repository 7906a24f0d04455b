"""For or against: the cue's own polarity, turned by what it is about, else the evaluation in the words said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from winset.positions.polarity import WORD, cue_polarity, polarity
from winset.statements.types import Form, Statement
from winset.statements.word_classes import word_class

NEGATIONS = word_class("negating_words")
FAINT = 0.2  # below it the words for and against cancel out
LONGEST_PHRASE = 4
HEAD = 8  # words in which the thing spoken of is named
HEAD_ENDS = frozenset(
    ["of", "to", "in", "for", "on", "about", "with", "at", "that", "from", "by", "is", "are", "was", "has"]
)
CONDITION = 0.35  # share of its confidence that a condition or question keeps
REACH = 4  # words over which a negation turns what follows
OUGHT_NOT = re.compile(
    r"\b(?:should|must|ought|need|can|could)\s+(?:not|never)\b|\bno\s+(?:need|reason|place)\b|\bstay (?:out|away|in)\b",
    re.I,
)
POSSESSIVE = ("'s", "’s", "s'", "s’")  # "the minister's rejection" is told of somebody else
CONDITIONAL = re.compile(r"^\W*(?:even )?if\b|\bwhether\b|\?")
OUGHT = re.compile(r"\b(?:should|must|ought to|needs?)\b", re.I)
DROPPED = word_class("dropped")


def direction(statement: Statement) -> tuple[float, float, str]:
    """(-1 against .. +1 for, confidence 0-1, the words that decided)."""
    cue = statement.cue.exact.lower() if statement.cue else ""
    content = statement.words.lower() if statement.contents else ""
    attitude, word = _cue_polarity(cue)
    if not attitude and _negated(cue):
        return 0.0, 0.2, "says what was not said"
    turn, turned_by = _object_turn(content)
    if attitude:
        sign = attitude * (-1 if _negated(cue) else 1)
        reason = f"“{word}”" + (f" of “{turned_by}”" if turned_by else "")
        return sign * turn, 0.85 if abs(attitude) > 0.7 else 0.65, reason  # noqa: PLR2004
    if turned_by and statement.form is Form.ACT:
        return -0.9, 0.75, f"“{turned_by}”"
    found, confidence, reason = _evaluation(content)
    if CONDITIONAL.search(content):
        return found, confidence * CONDITION, f"{reason}, in a condition or question"
    return found, confidence, reason


def _cue_polarity(cue: str) -> tuple[float, str]:
    words = WORD.findall(cue)
    verbs = cue_polarity()
    for size in (3, 2, 1):
        for at in range(len(words) - size + 1):
            phrase = " ".join(words[at : at + size])
            if phrase in verbs:
                return verbs[phrase], phrase
    for kind in ("noun", "adjective"):
        for word in words:
            if word in polarity(kind):
                return polarity(kind)[word], word
    return 0.0, ""


def _object_turn(content: str) -> tuple[float, str]:
    """-1 where the thing spoken of is itself opposition to, or removal of, something: "welcomed the objections"."""
    for word in WORD.findall(content)[:HEAD]:
        if word in HEAD_ENDS:
            break
        if polarity("noun").get(word, 0) < 0 or word in DROPPED:
            return -1.0, word
    return 1.0, ""


def _negated(cue: str) -> bool:
    return bool(NEGATIONS & set(WORD.findall(cue)))


def _phrases(words: Sequence[str], at: int) -> Iterator[str]:
    """The word at a place and the phrases that begin with it, longest first."""
    for size in range(min(LONGEST_PHRASE, len(words) - at), 0, -1):
        yield " ".join(words[at : at + size])


def _evaluation(content: str) -> tuple[float, float, str]:
    """What the words said say for or against; surest where they name a deed: "would veto", "in favour of"."""
    found = _weighed(WORD.findall(content))
    ought_not, ought = OUGHT_NOT.search(content), OUGHT.search(content)
    if ought_not:
        found.append((-0.8, ought_not.group()))
    elif ought and not found:
        found.append((0.5, ought.group()))
    if not found:
        return 0.0, 0.4, "no word for or against"
    total = max(-1.0, min(1.0, sum(value for value, _ in found)))
    if abs(total) <= FAINT:
        confidence = 0.25
    else:
        plain = any(abs(value) >= 1 for value, _ in found)
        confidence = min(0.75, (0.6 if plain else 0.35) + 0.1 * len(found))
    return total, confidence, ", ".join(f"“{word}”" for _, word in found[:3])


def _weighed(words: Sequence[str]) -> list[tuple[float, str]]:
    """Each word or phrase for or against with its polarity, turned by a negation just before it."""
    found: list[tuple[float, str]] = []
    for kind, weight in (("evaluation", 1.0), ("noun", 0.9), ("adjective", 0.7), ("verb", 1.0)):
        table = polarity(kind)
        for at in range(len(words)):
            phrase = next((phrase for phrase in _phrases(words, at) if phrase in table), None)
            if phrase is None or (at and words[at - 1].endswith(POSSESSIVE)):
                continue
            turned = bool(NEGATIONS & set(words[max(0, at - REACH) : at]))
            found.append((weight * table[phrase] * (-1 if turned else 1), phrase))
    return found
