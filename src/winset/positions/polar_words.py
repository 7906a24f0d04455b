"""The words for and against in a text, each turned by the negation in front of it: "no merit", "hardly a mistake"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from winset.positions.polarity import WORD, entries

TOKEN = re.compile(rf"{WORD.pattern}|[,;:.!?…—–“”\"]")
NOT = re.compile(r"(?<!\w)(\w+)n['’]t$|^(can)not$")
OWN = frozenset("his her their our my your whose".split())  # as the phrases hold "its"
BREAKS = frozenset(", ; : . ! ? … — – because although though while whereas but unless".split())
JOINING = frozenset(["or", "nor", "and", ","])
AFTER = frozenset(["neither", "nobody", "nothing", "none", "no", "little"])  # "would help nobody"
POSSESSIVE = ("'s", "’s", "s'", "s’")  # "the minister's rejection" is told of somebody else
NOBODY = frozenset(["nobody", "no one"])
STEM = 5  # letters by which a word of the proposal is known again: "suspend", "suspension"
DOING = ("verb", "denial", "removal", "relief")
DONE = 0.7  # who calls for what is proposed is for it
MET = frozenset(
    "met addressed allayed accommodated resolved answered respected dispelled overcome removed heard".split()
)
BEEN = frozenset("been were was are is being".split())
REACH = 5  # words over which a negation turns what follows
NEAR = 4  # words between a verb and what it governs
WEAKER = 0.7  # "not a mistake" is less than "a good step"
NOUNS = ("noun", "verb", "siding", "alarm", "regret")  # kinds of words that may be nouns: "Oslo's veto"
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
            doubled = negation == hit.start and hit.phrase != "nor"  # "not unlikely"
            negation, by = None if doubled else hit.end, hit.phrase
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
        if hit.kind in ("noun", "evaluation") and hit.value < 0 and _is_met(words, hit.end):
            turned = not turned
        kept.append(_turn(hit, by=by if turned else "") if turned else hit)
    return kept


def _is_met(words: Sequence[str], at: int) -> bool:
    """Whether what is named was dealt with: "its concerns have been met", "our red lines were respected"."""
    after = list(words[at : at + NEAR])
    met = next((number for number, word in enumerate(after) if word in MET), None)
    return met is not None and bool(BEEN & set(after[:met])) and not {"not", "never", *BREAKS} & set(after[:met])


def _turn(hit: Hit, *, by: str) -> Hit:
    weaker = WEAKER if hit.kind in ("evaluation", "contrary") and hit.value < 0 else 1.0
    weaker *= 0.0 if by in NOBODY else 1.0  # what nobody favours, the speaker need not be against
    return replace(hit, value=-hit.value * weaker, phrase=f"not {hit.phrase}", turned=not hit.turned)


def _proposed(found: Sequence[Hit], proposal: str) -> list[Hit]:
    """Words of the proposal itself: who will "suspend" what is to be suspended is for it, its "threat" is neither."""
    stems = _stems(proposal)
    return [
        hit
        if hit.value > 0 or hit.kind in ("turn", "others", "abstention") or hit.phrase.split()[0][:STEM] not in stems
        else replace(hit, value=DONE if hit.kind in DOING else 0.0, kind="verb")
        for hit in found
    ]


@lru_cache(maxsize=64)  # of a few proposals, for every statement
def _stems(proposal: str) -> frozenset[str]:
    return frozenset(word[:STEM] for word in tokens(proposal))
