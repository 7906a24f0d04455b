"""For or against: the cue's own polarity, turned by what it is about, else the evaluation in the words said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from winset.positions.polar_words import Hit, hits, tokens
from winset.positions.sides import Side
from winset.positions.weighing import CONCEDING, governed, weighed
from winset.statements.types import Form, Statement
from winset.statements.word_classes import word_class

NEGATIONS = word_class("negating_words") | {"neither"}
UNOPPOSED = 0.4  # direction of "does not oppose"
FAINT = 0.2  # below it the words for and against cancel out
HEAD = 4  # words in which the thing spoken of is named
CLAUSE = 9  # words and the comma behind them
WHATEVER = frozenset(["whatever", "whichever", "whoever"])
STRONG = 0.7  # polarity of a cue from which it is plain
PLAIN, SOFT, GUESS = 0.85, 0.65, 0.45  # confidence
CONDITION = 0.35  # share of its confidence that a condition or question keeps
OUGHT_NOT = re.compile(r"\b(?:should|must|ought|need) (?:not|never) (?!forget)")
CONDITIONAL = re.compile(r"^\W*(?:even )?if\b|\bwhether\b|\?")
OUGHT = re.compile(r"(?<!^)\b(?:should|must|ought to) (?!not\b|they\b|it\b|we\b|he\b|she\b|the\b|never\b)")


def direction(statement: Statement, *, proposal: str = "") -> Side:
    """For or against by the words alone: the cue's own polarity before the evaluation in what is said.

    proposal: in its own words, which by themselves are neither; who asks for what is proposed is for it.
    """
    content = " ".join(part.exact for part in statement.contents).lower()
    cue = tokens(statement.cue.exact) if statement.cue else []
    if cue[-1:] == ["by"]:
        cue = cue[:-1]  # "the objections, supported by Oslo": it supports the objections
    said = tokens(content)
    words = cue + _main(said)
    found = hits(words, cue=len(cue), proposal=proposal)
    abstained = next((hit for hit in found if hit.kind == "abstention" and hit.start < len(cue)), None)
    if abstained is not None:
        return Side(0.0, 0.6, f"“{abstained.phrase}”", by_cue=True)
    attitude = next((hit for hit in governed(words, found) if hit.start < len(cue)), None)
    if attitude is not None:
        return _by_cue(attitude, content, proposal)
    if NEGATIONS & set(cue):
        return Side(0.0, 0.2, "says what was not said", by_cue=True)
    told = weighed(said, proposal=proposal)
    named = next(iter(told), None)
    if statement.form is Form.ACT and named is not None and named.kind == "noun" and named.start < HEAD:
        return Side(0.9 if named.value > 0 else -0.9, 0.75, f"“{named.phrase}”", by_cue=True)
    sign, confidence, reason = _evaluated(content, told)
    if CONDITIONAL.search(content):
        return Side(sign, confidence * CONDITION, f"{reason}, in a condition or question")
    return Side(sign, confidence, reason)


def _main(said: list[str]) -> list[str]:
    """Without a clause of concession at its head, "whatever the reason, his opposition": the cue is not about that."""
    if said[:1] and said[0] in CONCEDING | WHATEVER and "," in said[1:CLAUSE]:
        return said[said.index(",") + 1 :]
    return said


def _by_cue(attitude: Hit, content: str, proposal: str) -> Side:
    """The side of a cue that takes one: some cues by themselves, others by what they ask, fear or regret."""
    reason = f"“{attitude.phrase}”"
    sign, confidence, words = evaluation(content, proposal=proposal)
    clear = abs(sign) > FAINT
    if attitude.kind in ("intention", "request") and sign < -FAINT and " … " not in attitude.phrase:
        turned = -1.0 if attitude.value < 0 else 1.0
        return Side(turned * sign, max(SOFT, confidence), f"{reason}: {words}", by_cue=True)
    if attitude.kind == "alarm" and not attitude.turned:
        return Side(sign, SOFT, f"{reason}: {words}", by_cue=True) if clear else Side(-0.5, GUESS, reason, by_cue=True)
    if attitude.kind == "regret" and content.startswith("that"):
        return Side(sign, GUESS if clear else 0.25, f"{reason}: {words}", by_cue=True)
    if attitude.kind == "denial" and attitude.phrase.startswith("den") and " … " not in attitude.phrase:
        return Side(-sign if clear else 0.0, SOFT if clear else 0.4, f"{reason}: {words}", by_cue=True)
    if attitude.turned and attitude.value > UNOPPOSED:  # who does not oppose, or rule out, is hardly for it
        return Side(UNOPPOSED, SOFT, reason, by_cue=True)
    plain = PLAIN if abs(attitude.value) > STRONG else SOFT if abs(attitude.value) > 0.5 else GUESS  # noqa: PLR2004
    return Side(attitude.value, plain, reason, by_cue=True)


def evaluation(content: str, *, proposal: str = "") -> tuple[float, float, str]:
    """(sign, confidence, words): what words say for or against; surest where they name a deed: "would veto".

    content: lower case.
    """
    return _evaluated(content, weighed(tokens(content), proposal=proposal))


def _evaluated(content: str, told: Sequence[Hit]) -> tuple[float, float, str]:
    """The same from the words for and against that are at hand."""
    found = [(hit.value, hit.phrase) for hit in told]
    ought_not, ought = OUGHT_NOT.search(content), OUGHT.search(content)
    if ought_not and not found:
        found.append((-0.8, ought_not.group()))
    elif ought and not found:
        found.append((0.5, ought.group().strip()))
    if not found:
        return 0.0, 0.4, "no word for or against"
    return _together(found)


def _together(found: Sequence[tuple[float, str]]) -> tuple[float, float, str]:
    total = max(-1.0, min(1.0, sum(value for value, _ in found)))
    if abs(total) <= FAINT:
        confidence = 0.25
    else:
        plain = any(abs(value) >= 1 for value, _ in found)
        confidence = min(0.75, (0.6 if plain else 0.35) + 0.1 * len(found))
    return total, confidence, ", ".join(f"“{word}”" for _, word in found[:3])
