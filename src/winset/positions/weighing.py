"""Words for and against, by what governs them: "drop its resistance", "prevent a war", "those who resist it"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from winset.positions.polar_words import BREAKS, NEAR, Hit, hits
from winset.positions.polarity import polarity

SENTENCE_ENDS = frozenset(". ; ! ?".split())
TURNING_POINTS = frozenset(["but", "yet", "however", "nevertheless", "nonetheless", "still"])
CONCEDING = frozenset(["although", "though", "despite", "notwithstanding", "regardless"])
CONCEDED = 0.5  # share of its weight that a word before "but" or after "despite" keeps
LEAN_ENDS = frozenset("of to in for on about with at from by despite over that is are was has and".split())
HARD_BREAKS = frozenset(". ; : ! ? but because although though while whereas unless".split())
CLAIMS = frozenset(
    "that argument arguments claim claims idea ideas notion suggestion suggestions assertion assertions view "
    "allegation allegations accusation accusations charge charges talk suggesting saying".split()
)
PROPOSED = frozenset(["idea", "ideas", "suggestion", "suggestions", "notion", "talk"])  # may be the proposal itself
ACCUSED = frozenset(["allegation", "allegations", "accusation", "accusations", "charge", "charges"])
LINKS = frozenset(["be", "is", "was", "are", "were", "as"])
HEAD = 8  # words between a verb and the head of its object, "his position, or rather his opposition"
FAR = 12  # words between a claim and what it says
OTHERS = 0.5  # who speaks of "those who resist" is not one of them
GOVERNING = ("verb", "siding", "denial", "removal", "regret", "alarm", "request", "intention", "cue")
OPPOSING = ("noun", "contrary", "removal", "theirs")  # heads that are opposition themselves
MEASURING = ("evaluation", "adjective")
SPEAKING = frozenset(["not", "argue", "claim", "say", "think"])
BELITTLED = frozenset("treat claim say suggest argue think pretend call describe portray believe".split())
SENTENCE = 40  # words over which a "but" reaches back at most


def weighed(words: Sequence[str], *, cue: int = 0, proposal: str = "") -> list[Hit]:
    """The hits with what governs what worked out: "rejects the argument that it would harm" is one, for.

    A hit made of two keeps the place of the first.
    """
    return governed(words, hits(words, cue=cue, proposal=proposal))


def governed(words: Sequence[str], found: Sequence[Hit]) -> list[Hit]:
    """The same from hits that are at hand."""
    told: list[Hit] = []
    at = 0
    while at < len(found):
        hit = found[at]
        following = found[at + 1] if at + 1 < len(found) else None
        joined = _joined(words, hit, following)
        if joined is not None:
            told.append(joined)
            at += 2 if following is not None else 1
            continue
        if hit.kind == "others":
            said, used = _others(words, hit, found[at + 1 : at + 1 + FAR])
            told += said
            at += 1 + used
            continue
        if hit.value and hit.kind != "theirs":
            told.append(_of_a_claim(words, hit))
        at += 1
    return [_conceded(words, hit) for hit in told]


def _joined(words: Sequence[str], hit: Hit, following: Hit | None) -> Hit | None:
    """Two hits as one where the first governs the second; None where it does not."""
    between = words[hit.end : following.start if following else hit.end + NEAR]
    claimed = hit.kind == "denial" and bool(CLAIMS & set(between[:NEAR]))
    if following is None or HARD_BREAKS & set(between):
        nothing_said = claimed and following is None and not PROPOSED & set(between)
        return replace(hit, value=0.5 if ACCUSED & set(between) else 0.0) if nothing_said else None
    near, opposing = len(between) <= NEAR, _is_opposition(following)
    head = len(between) <= HEAD and not LEAN_ENDS & set(between)
    sign = -1.0 if hit.turned else 1.0
    if claimed and len(between) <= FAR:
        value = -following.value * sign
    elif BREAKS & set(between) and not (hit.kind in GOVERNING and opposing) and not hit.phrase.startswith("without"):
        return None
    elif hit.kind in ("refusal", "unable") and near:
        value = following.value * -sign
    elif hit.kind in ("relief", "removal") and near and head and following.value < 0 and following.kind != "removal":
        value = -following.value * sign
    elif _is_undoing(hit) and following.kind not in OPPOSING and len(between) <= FAR:
        value = -following.value
    elif _is_judged(words, hit, between) and following.kind in MEASURING:
        value = following.value if hit.value > 0 else -following.value
    elif (hit.kind in GOVERNING and head and opposing) or (
        hit.kind in MEASURING and following.kind == "contrary" and following.value < 0 and near
    ):
        value = -hit.value
    else:
        return None
    return replace(hit, value=value, phrase=f"{hit.phrase} … {following.phrase}")


def _is_undoing(hit: Hit) -> bool:
    """Whether it may be what is judged and is the contrary of the thing itself: "abandoning it would be fatal"."""
    return hit.kind == "contrary" or (hit.kind == "removal" and hit.phrase.endswith(("ion", "al", "ment", "ing")))


def _is_judged(words: Sequence[str], hit: Hit, between: Sequence[str]) -> bool:
    """Whether siding itself is what is judged: "rejecting it would be folly", "its opposition is absurd"."""
    first = hit.phrase.split()[0]
    told = hit.kind == "noun" or first.endswith("ing") or (hit.start > 0 and words[hit.start - 1] == "to")
    return told and hit.kind in ("noun", "verb", "siding", "denial") and bool(LINKS & set(between))


def _is_opposition(hit: Hit) -> bool:
    return hit.value < 0 and (hit.kind in OPPOSING or hit.phrase in polarity("noun"))


def _of_a_claim(words: Sequence[str], hit: Hit) -> Hit:
    """What is said of those who say something, "it is absurd to suggest", is rather the contrary of it."""
    if hit.kind == "evaluation" and hit.value < 0:
        for at in range(hit.end, min(hit.end + NEAR, len(words) - 1)):
            if words[at] == "to" and words[at + 1] in BELITTLED:
                return replace(hit, value=-hit.value * CONCEDED)
    return hit


def _others(words: Sequence[str], hit: Hit, after: Sequence[Hit]) -> tuple[list[Hit], int]:
    """What "those who resist it are reckless" says of the thing itself, the contrary of what is said of them.

    With it, how many of the hits after it are used up.
    """
    if SPEAKING & set(words[hit.end : hit.end + 2]):
        return [replace(hit, value=OTHERS)], sum(not SENTENCE_ENDS & set(words[hit.end : each.start]) for each in after)
    near = after[0] if after and after[0].start - hit.end < NEAR else None
    if near is None or near.value > 0:
        return [], int(near is not None)
    if len(after) > 1 and not SENTENCE_ENDS & set(words[near.end : after[1].start]):
        return [replace(hit, value=-after[1].value, phrase=f"{hit.phrase} {near.phrase} … {after[1].phrase}")], 2
    return [replace(hit, value=OTHERS, phrase=f"{hit.phrase} {near.phrase}")], 1


def _conceded(words: Sequence[str], hit: Hit) -> Hit:
    """Counted for less before a "but" of its sentence or in a clause with "despite"."""
    last, first = min(len(words), hit.end + SENTENCE), max(0, hit.start - SENTENCE)
    end = next((at for at in range(hit.end, last) if words[at] in SENTENCE_ENDS), last)
    start = next((at for at in range(hit.start - 1, first, -1) if words[at] in BREAKS - CONCEDING), first)
    if TURNING_POINTS & set(words[hit.end : end]) or CONCEDING & set(words[start : hit.start]):
        return replace(hit, value=hit.value * CONCEDED)
    return hit
