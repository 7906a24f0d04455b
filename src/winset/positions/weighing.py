"""Words for and against, each turned by what stands around it: "no merit", "drop its resistance", "prevent a war"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from winset.positions.polarity import WORD, entries, polarity

TOKEN = re.compile(rf"{WORD.pattern}|[,;:.!?…—–“”\"]")
NOT = re.compile(r"(\w+)n['’]t$|^(can)not$")
OWN = frozenset("his her their our my your whose".split())  # as the phrases hold "its"
BREAKS = frozenset(", ; : . ! ? … — – because although though while whereas but unless".split())
SENTENCE_ENDS = frozenset(". ; ! ?".split())
TURNING_POINTS = frozenset(["but", "yet", "however", "nevertheless", "nonetheless", "still"])
CONCEDING = frozenset(["although", "though", "despite", "notwithstanding", "regardless"])
CONCEDED = 0.5  # share of its weight that a word before "but" or after "despite" keeps
JOINING = frozenset(["or", "nor", "and", ","])
LEAN_ENDS = frozenset("of to in for on about with at from by despite over that is are was has and".split())
HARD_BREAKS = frozenset(". ; : ! ? but because although though while whereas unless".split())
AFTER = frozenset(["neither", "nobody", "nothing", "none", "no", "little"])  # "would help nobody"
CLAIMS = frozenset(
    "that argument arguments claim claims idea ideas notion suggestion suggestions assertion assertions view "
    "allegation allegations accusation accusations charge charges talk suggesting saying".split()
)
PROPOSED = frozenset(["idea", "ideas", "suggestion", "suggestions", "notion", "talk"])  # may be the proposal itself
ACCUSED = frozenset(["allegation", "allegations", "accusation", "accusations", "charge", "charges"])
POSSESSIVE = ("'s", "’s", "s'", "s’")  # "the minister's rejection" is told of somebody else
NOBODY = frozenset(["nobody", "no one"])
STEM = 5  # letters by which a word of the proposal is known again: "suspend", "suspension"
DOING = ("verb", "denial", "removal", "relief")
DONE = 0.7  # who calls for what is proposed is for it
REACH = 4  # words over which a negation turns what follows
NEAR = 4  # words between a verb and what it governs
HEAD = 8  # words between a verb and the head of its object, "his position, or rather his opposition"
FAR = 12  # words between a claim and what it says
WEAKER = 0.7  # "not a mistake" is less than "a good step"
OTHERS = 0.5  # who speaks of "those who resist" is not one of them
GOVERNING = ("verb", "siding", "denial", "removal", "regret", "alarm", "request", "intention", "cue")
NOUNS = ("noun", "verb", "siding", "alarm", "regret")  # kinds of words that may be nouns: "Oslo's veto"
OPPOSING = ("noun", "contrary", "removal", "theirs")  # heads that are opposition themselves
MEASURING = ("evaluation", "adjective")
SPEAKING = frozenset(["not", "argue", "claim", "say", "think"])
BELITTLED = frozenset("treat claim say suggest argue think pretend call describe portray believe".split())
WEIGHT = {"noun": 0.9, "adjective": 0.7}


@dataclass(frozen=True, slots=True)
class Hit:
    """A word or phrase of the tables where it stands."""

    start: int  # number of its first word
    end: int
    value: float
    kind: str
    phrase: str
    turned: bool = False


def tokens(text: str) -> list[str]:
    """Words and marks, lower case: "doesn't" as two words, "her" as "its", adverbs in -ly left out.

    >>> tokens("She doesn't really support her plan.")
    ['she', 'does', 'not', 'support', 'its', 'plan', '.']
    """
    found: list[str] = []
    for word in TOKEN.findall(text.lower()):
        negated = NOT.search(word)
        if negated:
            stem = negated[1] or negated[2]
            found += ["cannot"] if stem in ("can", "ca", "could") else [stem, "not"]
        elif word == "not" and found and found[-1] in ("can", "could"):
            found[-1] = "cannot"
        elif word in OWN:
            found.append("its")
        elif not (word.endswith("ly") and len(word) > NEAR and word not in _told()):
            found.append(word)
    return found


@cache
def _told() -> frozenset[str]:
    return frozenset(word for each in entries(cues=True).values() for entry in each for word in entry.words)


def hits(words: Sequence[str], *, cue: int = 0, proposal: str = "") -> list[Hit]:
    """What the tables hold, longest phrase first, each word once, turned by the negation in front of it.

    cue: number of words of the cue; there verbs of intention count too.  proposal: in its own words.
    """
    found: list[Hit] = []
    at = 0
    while at < len(words):
        held = entries(cues=at < cue).get(words[at], ())
        entry = next((each for each in held if tuple(words[at : at + len(each.words)]) == each.words), None)
        if entry is None:
            at += 1
            continue
        end = at + len(entry.words)
        kind = "theirs" if at and words[at - 1].endswith(POSSESSIVE) and entry.kind in NOUNS else entry.kind
        weight = WEIGHT.get(kind, 1.0) if at >= cue else 1.0
        found.append(Hit(at, end, entry.value * weight, kind, " ".join(entry.words)))
        at = end
    return _turned(words, _proposed([each for each in found if each.kind != "masked"], proposal))


def _turned(words: Sequence[str], found: Sequence[Hit]) -> list[Hit]:
    """Without the negations, each of which turns the next word for or against and what is joined to it by "or"."""
    kept: list[Hit] = []
    negation: int | None = None  # where the negation in force ends
    by = ""
    for hit in found:
        if hit.kind == "turn":
            negation, by = None if negation == hit.start else hit.end, hit.phrase  # "not unlikely"
            continue
        between = words[negation : hit.start] if negation is not None else ()
        turned = negation is not None and len(between) < REACH and not BREAKS & set(between)
        if negation is not None and not turned:
            negation = None
        if turned:
            after = words[hit.end] if hit.end < len(words) else ""
            negation = hit.end if after in JOINING else None
        if hit.end < len(words) and words[hit.end] in AFTER and hit.kind not in ("relief", "others"):
            turned = not turned
        kept.append(_turn(hit, by=by) if turned else hit)
    return kept


def _turn(hit: Hit, *, by: str) -> Hit:
    weaker = WEAKER if hit.kind in ("evaluation", "contrary") and hit.value < 0 else 1.0
    weaker *= 0.0 if by in NOBODY else 1.0  # what nobody favours, the speaker need not be against
    return replace(hit, value=-hit.value * weaker, phrase=f"not {hit.phrase}", turned=not hit.turned)


def _proposed(found: Sequence[Hit], proposal: str) -> list[Hit]:
    """Words of the proposal itself: to "suspend" what is to be suspended is for it, the "threat" to be met is neither."""
    stems = {word[:STEM] for word in tokens(proposal)}
    return [
        hit
        if hit.value > 0 or hit.kind in ("turn", "others", "abstention") or hit.phrase.split()[0][:STEM] not in stems
        else replace(hit, value=DONE if hit.kind in DOING else 0.0, kind="verb")
        for hit in found
    ]


def weighed(words: Sequence[str], *, cue: int = 0, proposal: str = "") -> list[Hit]:
    """The hits with what governs what worked out: "rejects the argument that it would harm" is one, for.

    A hit made of two keeps the place of the first.
    """
    found = hits(words, cue=cue, proposal=proposal)
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
            said, used = _others(words, hit, found[at + 1 :])
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
    elif hit.kind == "refusal" and near:
        value = following.value * -sign
    elif hit.kind in ("relief", "removal") and near and head and following.value < 0 and following.kind != "removal":
        value = -following.value * sign
    elif _is_undoing(hit) and following.kind not in OPPOSING and len(between) <= FAR:
        value = -following.value
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


def _is_opposition(hit: Hit) -> bool:
    return hit.value < 0 and (hit.kind in OPPOSING or hit.phrase in polarity("noun"))


def _of_a_claim(words: Sequence[str], hit: Hit) -> Hit:
    """ "It is absurd to suggest": what is said of those who say something, so rather the contrary of it."""
    if hit.kind == "evaluation" and hit.value < 0:
        for at in range(hit.end, min(hit.end + NEAR, len(words) - 1)):
            if words[at] == "to" and words[at + 1] in BELITTLED:
                return replace(hit, value=-hit.value * CONCEDED)
    return hit


def _others(words: Sequence[str], hit: Hit, after: Sequence[Hit]) -> tuple[list[Hit], int]:
    """What "those who resist it are reckless" says of the thing itself, the contrary of what is said of them.

    With it, how many of the hits after it are used up.
    """
    near = after[0] if after and after[0].start - hit.end < NEAR else None
    if near is None or near.value > 0:
        against = SPEAKING & set(words[hit.end : hit.end + 2])
        return ([replace(hit, value=OTHERS)] if against else []), int(near is not None)
    if len(after) > 1 and not SENTENCE_ENDS & set(words[near.end : after[1].start]):
        return [replace(hit, value=-after[1].value, phrase=f"{hit.phrase} {near.phrase} … {after[1].phrase}")], 2
    return [replace(hit, value=OTHERS, phrase=f"{hit.phrase} {near.phrase}")], 1


def _conceded(words: Sequence[str], hit: Hit) -> Hit:
    """Counted for less before a "but" of its sentence or in a clause with "despite"."""
    end = next((at for at in range(hit.end, len(words)) if words[at] in SENTENCE_ENDS), len(words))
    start = next((at for at in range(hit.start - 1, -1, -1) if words[at] in BREAKS - CONCEDING), 0)
    if TURNING_POINTS & set(words[hit.end : end]) or CONCEDING & set(words[start : hit.start]):
        return replace(hit, value=hit.value * CONCEDED)
    return hit
