"""Find the verbs that attribute in a sentence, each with its auxiliaries: "has not been asked to oppose"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from winset.statements.lexicon import Cue, cues
from winset.statements.phrases import (
    ADVERBS,
    AUXILIARIES,
    BE,
    CONJUNCTIONS,
    DETERMINERS,
    HEDGES,
    HEDGING_PARTICIPLES,
    NEGATIONS,
    PREPOSITIONS,
    PRONOUNS,
    SPEAKERS,
)
from winset.statements.tokens import Token, next_word
from winset.statements.word_classes import word_class

# forms that are nouns as often as verbs; they must look like verbs from both sides
NOUNS_TOO = word_class("nouns_too")
AFTER_A_VERB = (
    DETERMINERS | PRONOUNS | {"that", "to", "not", "it", "how", "what", "whether", "why", "for", "on", "'", "if"}
)
CLAUSE_ONLY = word_class("clause_only")

BEFORE_A_PARTICIPLE = word_class("before_a_participle")
REACH = 10  # words between "with" and its participle
COUNTING = frozenset({"both", "all", "many", "some", "others", "most", "few", "several", "one"})  # speak for themselves
MODIFYING = (DETERMINERS - COUNTING) | {"'s", "of", "for", "with", "from", "on", "by", "about", "into"}
PEOPLES = word_class("peoples")
PLURALS = SPEAKERS | PEOPLES | {"who", "and"}
NO_SUBJECTS = (CONJUNCTIONS | PREPOSITIONS) - {"who", "and", "but"}
TURNS = frozenset({"likely", "set", "ready"})  # "is likely to oppose" is still an attitude
AFTER_A_CLAUSE_VERB = frozenset({"that", "as", '"', "“", "‘", ",", ".", ":", ""})


@dataclass(frozen=True, slots=True)
class CueGroup:
    """An attributing verb with the words that belong to its form; token indices, half-open."""

    cue: Cue
    first: int  # of the whole group: "is understood to" + verb
    verb: int
    end: int
    passive: bool
    participle: bool  # ", adding that"
    hedged: bool
    negated: bool


def cue_groups(words: Sequence[Token]) -> Iterator[CueGroup]:
    """The attributing verbs outside quotation marks, left to right."""
    taken, known = 0, cues()
    for place, token in enumerate(words):
        if token.lower not in known or place < taken or token.quote >= 0:
            continue
        if token.is_capital and place > 0 and words[place - 1].text not in '.:—–"“”':
            continue  # a name: "the Note", "State Department"
        for cue in known[token.lower]:
            group = _group(words, place, cue)
            if group is not None:
                taken = group.end
                yield group
                break


def _group(words: Sequence[Token], place: int, cue: Cue) -> CueGroup | None:
    end = place + 1 + len(cue.particles)
    if tuple(word.lower for word in words[place + 1 : end]) != cue.particles:
        return None
    helpers = _helpers(words, place)
    first, helped = helpers.first, helpers.helped
    before = words[first - 1] if first else None
    after = next_word(words, end)
    if first == place and before is not None and _is_modifier(before):
        return None  # "the proposed office", "the minister's remarks"
    if cue.tense in ("base", "s") and not helped and not _finite(words, place, cue, after):
        return None
    if cue.tense == "base" and helpers.infinitive and not helpers.hedged:
        return None  # "to oppose": whose attitude it is, another verb says
    if cue.tense == "participle" and not helped:
        return None
    participle = cue.tense == "ing" and not helped
    if participle and not (before is not None and (_opens_participle(before, cue) or led_by_with(words, first))):
        return None
    passive = helpers.passive and cue.tense in ("past", "participle")
    if cue.lemma in CLAUSE_ONLY and after not in AFTER_A_CLAUSE_VERB:
        return None
    return CueGroup(cue, first, place, end, passive, participle, helpers.hedged, helpers.negated)


def led_by_with(words: Sequence[Token], first: int) -> bool:
    """Whether the participle has a subject of its own behind "with": "with Oslo expressing doubts"."""
    for place in range(first - 1, max(-1, first - REACH), -1):
        if words[place].lower == "with":
            return place + 1 < first
        if not words[place].is_word:
            return False
    return False


def _opens_participle(before: Token, cue: Cue) -> bool:
    """Whether a participle may follow: ", adding that", "by noting that", "a report of 3 May suggesting"."""
    dated = before.text[0].isdigit() and bool(cue.kinds & {"say"})
    return before.text in ",—–)" or before.lower in BEFORE_A_PARTICIPLE or dated


@dataclass(frozen=True, slots=True)
class _Helpers:
    """The auxiliaries and adverbs before a verb."""

    first: int  # token where they begin; the verb's own place where there are none
    passive: bool = False
    infinitive: bool = False
    hedged: bool = False
    negated: bool = False
    helped: bool = False  # whether any auxiliary stands there


def _helpers(words: Sequence[Token], place: int) -> _Helpers:
    found, at = _Helpers(place), place
    while at > 0:
        word = words[at - 1].lower
        if word in HEDGES:
            found = replace(found, hedged=True)
        elif word == "to":
            found = replace(found, infinitive=True)
            led_by = words[at - 2].lower if at > 1 else ""
            if led_by not in HEDGING_PARTICIPLES and led_by not in TURNS:
                break
            found = replace(found, hedged=found.hedged or led_by in HEDGING_PARTICIPLES)
            at -= 1  # past "understood", as the verb and "to" are one group
        elif word in NEGATIONS:
            found = replace(found, negated=True, helped=found.helped or word in AUXILIARIES)
        elif word in AUXILIARIES:
            found = replace(found, helped=True, passive=found.passive or (word in BE and not found.infinitive))
        elif word not in ADVERBS and not _is_adverb(words[at - 1]):
            break
        at -= 1
    return replace(found, first=at)


def _is_adverb(token: Token) -> bool:
    return token.lower.endswith("ly") and len(token.lower) > len("only") and not token.is_capital


def _is_modifier(before: Token) -> bool:
    """A determiner, possessive or preposition before a bare form makes it a noun or an adjective."""
    return before.lower in MODIFYING


def _finite(words: Sequence[Token], place: int, cue: Cue, after: str) -> bool:
    """Whether a bare or -s form is a verb here: it needs a subject that agrees, and for nouns-too an object."""
    if place == 0:
        return False
    before = words[place - 1]
    if before.lower in PRONOUNS:
        return True
    if before.lower in NO_SUBJECTS:
        return False
    if cue.tense == "base":
        plural = before.lower.endswith("s") or before.lower in PLURALS
        if not plural and not any(word.lower == "and" for word in words[max(0, place - 4) : place]):
            return before.text in ',—–”"' and words[place].lower not in NOUNS_TOO
    if words[place].lower not in NOUNS_TOO:
        return before.is_word or before.text in ",—–)”\"’'"
    if cue.tense == "base" and before.lower in SPEAKERS and before.lower.endswith("s"):
        return True  # "commentators fear"
    return after in AFTER_A_VERB or bool(cue.particles) or (after[:1] in '"“‘,' and before.is_capital)
